"""Roles x routes: whoever has no business at an address finds nothing there, on reading and on writing.

Each test looks at all routes and tells every one that fails.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests import factories as world
from tests.access import routes
from tests.access.conftest import BACKEND, CANARY, NOTE_CANARY, Matrix, make_matrix
from tests.worlds import world_of_its_own
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation

#: The method is refused before anybody is looked at: that tells nothing about who may enter.
NO_SUCH_METHOD = HTTPStatus.METHOD_NOT_ALLOWED
#: What tells a person in front of a page from a program.
BROWSER = {"accept": "text/html,*/*;q=0.8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said to whoever read it."""

    status: int
    location: str
    #: What stood on the page, or on the one that it led to.
    has_canary: bool
    has_note: bool
    #: The statements that changed something.
    changes: list[str]


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[tuple[str, str], Answer]:
    """Every route as each role reads it, in one world: reading changes nothing (`test_t34_…`)."""
    with django_db_blocker.unblock(), world_of_its_own():
        matrix = make_matrix()
        return {
            (route.name, role): read(matrix.reader(role), matrix.address(route))
            for route in routes.guarded()
            for role in routes.ROLES
        }


def read(client: Client, address: str) -> Answer:
    """Ask, go where the answer leads, and take all of it in, files too."""
    # Django keeps the newest 9000 statements of a connection, and warns once there have been more.
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as captured:
        page: Any = client.get(address, follow=True)
        body = page.getvalue().decode(errors="replace")
    location, status = page.redirect_chain[0] if page.redirect_chain else ("", page.status_code)
    # Django tells no text of statements that the server has prepared. Those are reads (see `kit.compiled`), and the one
    # thing that reading adds: that it was read (trust 84, tests/surfaces/workspace/settings/test_readings.py).
    texts = [query["sql"] or "" for query in captured]
    changes = [text for text in texts if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    return Answer(status, location, CANARY in body, NOTE_CANARY in body, changes)


def post(client: Client, address: str) -> tuple[int, str]:
    """Send an empty form: the status, and where the answer leads."""
    response = client.post(address)
    return response.status_code, response.headers.get("Location", "")


def test_t42_every_route_has_a_line_in_the_matrix() -> None:
    assert {route.name for route in routes.guarded()} == set(routes.AUDIENCE)


def test_t42_others_find_nothing(answers: dict[tuple[str, str], Answer]) -> None:
    found = {
        (name, role): answer.status
        for (name, role), answer in answers.items()
        if role not in {*routes.AUDIENCE[name], routes.ANONYMOUS}
        and answer.status not in {HTTPStatus.NOT_FOUND, NO_SUCH_METHOD}
    }

    assert found == {}


def test_t42_others_change_nothing(matrix: Matrix) -> None:
    found = {
        (route.name, role): status
        for route in routes.guarded()
        for role in set(routes.ROLES) - routes.AUDIENCE[route.name] - {routes.ANONYMOUS}
        if (status := post(matrix.reader(role), matrix.address(route))[0]) not in {HTTPStatus.NOT_FOUND, NO_SUCH_METHOD}
    }

    assert found == {}


def test_t42_things_of_another_desk_are_not_found_at_ones_own(matrix: Matrix) -> None:
    """Whoever may do everything at their own desk names the owner's things there, by number and by id."""
    far = Desk.objects.get(slug="baver")
    boss = world.make_staff(far, name="Bo Ek", may_administer=True, may_edit_manual=True)
    lead = world.make_person(
        Organisation.unscoped.get(desk=far),
        name="Cia Falk",
        may_see_organisation=True,
        may_approve=True,
        may_administer=True,
        is_local_contact=True,
    )
    everything = (boss.account, lead.account)
    named = {**matrix.arguments, "desk": far.slug, "name": matrix.arguments["name"].replace("KOM", far.prefix)}
    found: dict[tuple[str, str], int] = {}
    for account in filter(None, everything):
        client = Client()
        client.force_login(account, backend=BACKEND)
        for route in routes.guarded():
            if set(route.arguments) == {"desk"} or route.name in routes.OF_EVERY_DESK:
                continue
            own = {**named, **matrix.special.get(route.name, {})}
            address = reverse(route.name, kwargs={name: own[name] for name in route.arguments})
            for status in (client.get(address).status_code, client.post(address).status_code):
                if status not in {HTTPStatus.NOT_FOUND, NO_SUCH_METHOD}:
                    found[route.name, account.name] = status

    assert found == {}


def test_t42_those_with_business_there_enter(answers: dict[tuple[str, str], Answer]) -> None:
    refused = {
        (name, role)
        for (name, role), answer in answers.items()
        if role in routes.AUDIENCE[name] and answer.status == HTTPStatus.NOT_FOUND
    }

    assert refused == set()


def test_nobody_enters_without_signing_in(answers: dict[tuple[str, str], Answer]) -> None:
    asked = {name: (each.status, each.location) for (name, role), each in answers.items() if role == routes.ANONYMOUS}

    assert {name: told for name, told in asked.items() if not is_refused(*told)} == {}


def test_nobody_changes_anything_without_signing_in(matrix: Matrix) -> None:
    asked = {route.name: post(matrix.reader(routes.ANONYMOUS), matrix.address(route)) for route in routes.guarded()}

    assert {name: told for name, told in asked.items() if not is_refused(*told)} == {}


def is_refused(status: int, location: str) -> bool:
    """By the method, or by the way to the sign-in page."""
    return status == NO_SUCH_METHOD or (status, location.partition("?")[0]) == (HTTPStatus.FOUND, "/signin/")


def test_address_that_only_takes_forms_leads_a_browser_to_the_page_of_the_form(
    matrix: Matrix, answers: dict[tuple[str, str], Answer]
) -> None:
    """After a conflict the browser stands on the form's address; Enter there gives no empty page."""
    only_forms = {place for place, answer in answers.items() if answer.status == NO_SUCH_METHOD}
    ends: dict[tuple[str, str], int] = {}
    for route in routes.guarded():
        for role in sorted(role for role in routes.AUDIENCE[route.name] if (route.name, role) in only_forms):
            page: Any = matrix.reader(role).get(matrix.address(route), headers=BROWSER)
            if page.status_code == HTTPStatus.FOUND:
                page = matrix.reader(role).get(page.headers["Location"], headers=BROWSER, follow=True)
            ends[route.name, role] = page.status_code
            page.getvalue()

    assert ends
    assert {place for place, status in ends.items() if status in {NO_SUCH_METHOD, HTTPStatus.NOT_FOUND}} == set()


def test_t43_a_canary_is_seen_by_its_readers_only(answers: dict[tuple[str, str], Answer]) -> None:
    may = {routes.OWNER, routes.SEER} | routes.STAFF

    assert {place for place, answer in answers.items() if answer.has_canary and place[1] not in may} == set()


def test_t43_the_canary_is_seen_where_it_should_be(answers: dict[tuple[str, str], Answer]) -> None:
    """The test above could not fail if the canary stood nowhere."""
    assert answers["portal:ticket", routes.OWNER].has_canary


def test_t44_a_note_is_seen_by_no_customer(answers: dict[tuple[str, str], Answer]) -> None:
    assert {role for (_, role), answer in answers.items() if answer.has_note} == routes.STAFF


def test_t34_reading_changes_nothing(answers: dict[tuple[str, str], Answer]) -> None:
    assert {place: answer.changes for place, answer in answers.items() if answer.changes} == {}


def test_t56_a_form_without_its_token_is_refused(matrix: Matrix) -> None:
    clients = {role: matrix.client(role, enforce_csrf=True) for role in routes.ROLES}
    taken = {
        (route.name, role): status
        for route in routes.guarded()
        for role in routes.AUDIENCE[route.name]
        if (status := post(clients[role], matrix.address(route))[0]) not in {HTTPStatus.FORBIDDEN, NO_SUCH_METHOD}
    }

    assert taken == {}
