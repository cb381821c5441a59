"""Several queries in one round trip."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as world
from vaxel.domain.notices.queries import mail_states
from vaxel.domain.problems.queries import problems_beside
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.thread_view import ThreadView, thread_view
from vaxel.kit.compiled import compiled
from vaxel.kit.together import Asked, Found, in_pipeline, instant, joined, sent, together

A_NUMBER = -1


def asked(number: int, *columns: str) -> Asked[Sequence[Any]]:
    rows = Ticket.unscoped.filter(number=A_NUMBER).order_by("id")
    return Asked(compiled(rows.values_list(*columns), A_NUMBER), {A_NUMBER: number}, list)


@pytest.mark.django_db
def test_answers_are_those_of_each_alone_in_one_query() -> None:
    ticket = world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))
    questions = [
        asked(ticket.number, "subject", "number", "assignee", "is_first_line"),
        asked(ticket.number + 1, "subject"),
        asked(ticket.number, "version"),
    ]

    with CaptureQueriesContext(connection) as queries:
        answers = together(*questions)

    assert len(queries) == 1
    assert answers == [each.alone() for each in questions]


@pytest.mark.django_db
def test_value_that_the_database_finds_answers_as_the_same_value_does() -> None:
    ticket = world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))
    there = Found(
        compiled(Ticket.unscoped.filter(number=A_NUMBER).values_list("pk"), A_NUMBER), {A_NUMBER: ticket.number}
    )
    nowhere = Found(there.query, {A_NUMBER: ticket.number + 1})

    with CaptureQueriesContext(connection) as queries:
        found, counted, missing = together(
            thread_view(ticket_id=there), asked(ticket.number, "version"), thread_view(ticket_id=nowhere)
        )

    assert len(queries) == 1
    assert (found, counted) == (thread_view(ticket_id=ticket.pk).alone(), [(ticket.version,)])
    assert found.events != ()
    assert missing == ThreadView(messages=(), notes=(), files=(), events=(), clocks=())


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_answers_as_it_does_alone_whatever_is_asked_meanwhile() -> None:
    ticket = world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))
    questions: list[Asked[Any]] = [asked(ticket.number, "subject", "number"), joined(asked(ticket.number, "version"))]

    with CaptureQueriesContext(connection) as queries, in_pipeline():
        answers = [sent(question) for question in questions]
        count = Ticket.unscoped.count()

    assert len(queries) == 3
    assert (count, [answer() for answer in answers]) == (1, [each.alone() for each in questions])


@pytest.mark.django_db(transaction=True)
def test_pipeline_that_is_left_by_a_fault_leaves_the_connection_usable() -> None:
    def find() -> None:
        with in_pipeline():
            sent(asked(1, "subject"))
            raise LookupError

    with pytest.raises(LookupError):
        find()

    assert Ticket.unscoped.count() == 0


@pytest.mark.django_db
def test_what_stands_on_a_ticket_is_the_same_together_and_alone() -> None:
    ticket = world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))
    scope = world.desk_scope(ticket.desk)
    parts = (
        thread_view(ticket_id=ticket.pk),
        mail_states(scope, ticket_id=ticket.pk),
        problems_beside(scope, ticket_id=ticket.pk),
    )

    assert together(*parts) == [part.alone() for part in parts]


@pytest.mark.parametrize("written", ["2026-11-19T09:00:00.5+00:00", "2026-11-19T09:00:00.500000+00:00"])
def test_instant_is_read_from_json(written: str) -> None:
    at = datetime(2026, 11, 19, 9, 0, 0, 500_000, tzinfo=UTC)

    assert (instant(written), instant(at)) == (at, at)
