"""The account beside a session only finds it: who is signed in stays what the sealed data says."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import factories as world
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Account, Session, Staff
from vaxel.domain.people.sessions import SessionRead, read_session
from vaxel.surfaces.ui.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk)


@pytest.fixture
def client(agent: Staff) -> Client:
    client = Client()
    client.force_login(agent.account)
    return client


def read_by(client: Client) -> SessionRead:
    read = read_session(key=client.cookies["vaxel"].value, now=timezone.now())
    assert read is not None
    return read


def workspace_of(client: Client, desk: Desk) -> int:
    return client.get(f"/{desk.slug}/workspace/tickets/").status_code


def test_session_is_read_with_its_account_and_places(client: Client, agent: Staff, desk: Desk) -> None:
    read = read_by(client)

    assert read.has(agent.account_id)
    assert read.account() == agent.account
    found = read.staff_at(desk.slug)
    assert found is not None
    assert (found.desk, found.viewer.staff_id, found.viewer.email) == (desk, agent.pk, agent.account.email)
    assert read.staff_at("another") is None


def test_somebody_at_two_desks_is_found_at_each(client: Client, agent: Staff, desk: Desk) -> None:
    other = world.make_desk("baver")
    there = world.make_staff(other, account=agent.account)

    found = [read_by(client).staff_at(each.slug) for each in (desk, other)]
    assert [place and place.viewer.staff_id for place in found] == [agent.pk, there.pk]


def test_t47_whoever_is_not_staff_any_more_is_so_at_once(client: Client, agent: Staff, desk: Desk) -> None:
    assert workspace_of(client, desk) == 200
    Staff.unscoped.filter(pk=agent.pk).update(is_active=False)

    assert (read_by(client).has(agent.account_id), read_by(client).staff_at(desk.slug)) == (True, None)
    assert workspace_of(client, desk) == 404


def test_t47_closed_account_has_no_place(client: Client, agent: Staff, desk: Desk) -> None:
    Account.objects.filter(pk=agent.account_id).update(is_active=False)

    assert (read_by(client).account(), read_by(client).staff_at(desk.slug)) == (None, None)


def test_account_in_the_row_is_not_believed_against_the_sealed_data(client: Client, agent: Staff) -> None:
    somebody = world.make_account()
    Session.objects.update(account=somebody)

    assert read_by(client).has(somebody.pk)
    answer = client.get("/signin/account/").content.decode()
    assert (agent.account.email in answer, somebody.email in answer) == (True, False)


def test_place_in_the_row_is_not_believed_against_the_sealed_data(client: Client, desk: Desk) -> None:
    """Somebody who is nobody at this desk, with a row that names one of its agents."""
    stranger = Client()
    stranger.force_login(world.make_account())
    agents = Session.objects.get(pk=client.cookies["vaxel"].value)
    Session.objects.filter(pk=stranger.cookies["vaxel"].value).update(account=agents.account)

    assert workspace_of(stranger, desk) == 404


def test_session_from_before_keeps_its_owner_in(client: Client, agent: Staff, desk: Desk) -> None:
    Session.objects.update(account=None)

    assert not read_by(client).has(agent.account_id)
    assert workspace_of(client, desk) == 200


def test_session_of_nobody_names_nobody() -> None:
    store = SessionStore()
    store["kept"] = "words"
    store.save()

    assert Session.objects.get().account_id is None


def test_table_from_before_gets_the_column_and_keeps_its_rows(client: Client, agent: Staff) -> None:
    """As an installation is that had Django's own sessions; a new one is what all other tests run on."""
    with connection.schema_editor() as editor:
        editor.remove_field(Session, Session._meta.get_field("account"))
        import_module("vaxel.domain.people.migrations.0006_sessions_with_accounts").give_account(apps, editor)

    assert Session.objects.get().account_id is None
    assert client.get("/signin/account/").status_code == 200
    client.force_login(agent.account)
    assert Session.objects.filter(account=agent.account).exists()
