"""Roles x routes: whoever has no business at an address finds nothing there, on reading and on writing.

Each test walks all routes in one world and tells every route that fails.
"""

from dataclasses import dataclass
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access import routes
from tests.access.conftest import CANARY, NOTE_CANARY, Matrix

METHODS = ("get", "post")
#: The method is refused before anybody is looked at: that tells nothing about who may enter.
NO_SUCH_METHOD = HTTPStatus.METHOD_NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said."""

    status: int
    body: str
    location: str


def enter(client: Client, address: str, *, method: str = "get", follow: bool = False) -> Answer:
    """Ask, and take the whole answer in, files too."""
    response = getattr(client, method)(address, follow=follow)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, body.decode(errors="replace"), response.headers.get("Location", ""))


def test_t42_every_route_has_a_line_in_the_matrix() -> None:
    assert {route.name for route in routes.guarded()} == set(routes.AUDIENCE)


@pytest.mark.parametrize("method", METHODS)
def test_t42_others_find_nothing(matrix: Matrix, method: str) -> None:
    found = {
        (route.name, role): status
        for route in routes.guarded()
        for role in set(routes.ROLES) - routes.AUDIENCE[route.name] - {routes.ANONYMOUS}
        if (status := enter(matrix.reader(role), matrix.address(route), method=method).status)
        not in {HTTPStatus.NOT_FOUND, NO_SUCH_METHOD}
    }

    assert found == {}


def test_t42_those_with_business_there_enter(matrix: Matrix) -> None:
    refused = {
        (route.name, role)
        for route in routes.guarded()
        for role in routes.AUDIENCE[route.name]
        if enter(matrix.reader(role), matrix.address(route)).status == HTTPStatus.NOT_FOUND
    }

    assert refused == set()


@pytest.mark.parametrize("method", METHODS)
def test_nobody_enters_without_signing_in(matrix: Matrix, method: str) -> None:
    answers = {
        route.name: enter(matrix.client(routes.ANONYMOUS), matrix.address(route), method=method)
        for route in routes.guarded()
    }

    assert {
        name: answer
        for name, answer in answers.items()
        if answer.status != NO_SUCH_METHOD
        and (answer.status, answer.location.split("?")[0]) != (HTTPStatus.FOUND, "/signin/")
    } == {}


def test_t43_a_canary_is_seen_by_its_readers_only(matrix: Matrix) -> None:
    seen = {
        (route.name, role)
        for route in routes.guarded()
        for role in set(routes.ROLES) - {routes.OWNER, routes.SEER} - routes.STAFF
        if CANARY in enter(matrix.reader(role), matrix.address(route), follow=True).body
    }

    assert seen == set()


def test_t43_the_canary_is_seen_where_it_should_be(matrix: Matrix) -> None:
    """The test above could not fail if the canary stood nowhere."""
    route = next(route for route in routes.guarded() if route.name == "portal:ticket")

    assert CANARY in enter(matrix.client(routes.OWNER), matrix.address(route)).body


def test_t44_a_note_is_seen_by_no_customer(matrix: Matrix) -> None:
    seen = {
        (route.name, role)
        for route in routes.guarded()
        for role in routes.ROLES
        if NOTE_CANARY in enter(matrix.reader(role), matrix.address(route), follow=True).body
    }

    assert {role for _, role in seen} == routes.STAFF


def test_t34_reading_changes_nothing(matrix: Matrix) -> None:
    writes = {}
    for route in routes.guarded():
        for role in routes.AUDIENCE[route.name]:
            client, address = matrix.reader(role), matrix.address(route)
            with CaptureQueriesContext(connection) as captured:
                enter(client, address)
            # Django tells no text of statements that the server has prepared; those are reads (see `kit.compiled`).
            texts = [query["sql"] or "" for query in captured]
            changes = [text for text in texts if text.startswith(("INSERT", "UPDATE", "DELETE"))]
            if changes:
                writes[route.name, role] = changes

    assert writes == {}


def test_t56_a_form_without_its_token_is_refused(matrix: Matrix) -> None:
    taken = {
        (route.name, role): status
        for route in routes.guarded()
        for role in routes.AUDIENCE[route.name]
        if (status := enter(matrix.client(role, enforce_csrf=True), matrix.address(route), method="post").status)
        not in {HTTPStatus.FORBIDDEN, NO_SUCH_METHOD}
    }

    assert taken == {}
