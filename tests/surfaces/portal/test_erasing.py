"""An organisation asks the vendor to erase somebody who has left (trust 81)."""

import pytest
from django.test import Client

from tests import factories as world
from vaxel.domain.people.models import Person
from vaxel.domain.privacy.models import Erasure

pytestmark = pytest.mark.django_db


def _browser(person: Person) -> Client:
    client = Client()
    assert person.account is not None
    client.force_login(person.account, backend="vaxel.surfaces.signin.backend.AccountBackend")
    return client


@pytest.fixture
def leader() -> Person:
    organisation = world.make_organisation(world.make_desk(slug="kompass"))
    return world.make_person(organisation, name="Siv Ahl", may_administer=True)


def _ask(leader: Person, whom: Person) -> int:
    address = f"/kompass/organisation/people/{whom.pk}/erasure/"
    return _browser(leader).post(address, follow=True).status_code


def test_t81_the_wish_for_somebody_who_has_left_reaches_the_desk(leader: Person) -> None:
    gone = world.make_person(leader.organisation, name="Ove Lind", contact=False, is_active=False)

    assert _ask(leader, gone) == 200

    wish = Erasure.unscoped.get()
    assert (wish.person, wish.state, wish.decided_at) == (gone, "wished", None)


def test_whoever_is_here_is_not_asked_for(leader: Person) -> None:
    assert _ask(leader, world.make_person(leader.organisation, name="Ove Lind")) == 404


def test_t42_nobody_asks_for_another_organisations_people(leader: Person) -> None:
    other = world.make_organisation(leader.organisation.desk)

    assert _ask(leader, world.make_person(other, name="Nils Ros", is_active=False)) == 404


def test_somebody_erased_has_no_page_any_more(leader: Person) -> None:
    gone = world.make_person(leader.organisation, is_active=False, erased_at=world.NOW)

    assert _ask(leader, gone) == 404
