"""Queries that are compiled once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as world
from vaxel.domain.desks.models import Desk
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.compiled import columns_of, compiled, rows_as

pytestmark = pytest.mark.django_db

A_NUMBER = -1
AN_INSTANT = datetime(1000, 1, 1, tzinfo=UTC)


def test_constants_stand_in_the_text_and_marks_apart() -> None:
    rows = Ticket.unscoped.filter(number=A_NUMBER, created_at__gt=AN_INSTANT, status__in=["new", "it's 100 %"])
    query = compiled(rows.values_list("number"), A_NUMBER, AN_INSTANT)

    assert query.marks == (AN_INSTANT, A_NUMBER)
    assert "'it''s 100 %%'" in query.text
    assert query.run({A_NUMBER: 1, AN_INSTANT: world.NOW}) == []


def test_row_is_the_same_as_the_orms() -> None:
    ticket = world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))
    rows = Ticket.unscoped.filter(number=A_NUMBER)
    query = compiled(rows.values_list(*columns_of(Ticket), *columns_of(Desk, "desk__")), A_NUMBER)

    with CaptureQueriesContext(connection) as queries:
        (row,) = query.run({A_NUMBER: ticket.number})
    found, desk = rows_as((Ticket, Desk), row)

    assert len(queries) == 1
    expected = Ticket.unscoped.get(pk=ticket.pk)
    assert [getattr(found, name) for name in columns_of(Ticket)] == [
        getattr(expected, name) for name in columns_of(Ticket)
    ]
    assert desk == Desk.objects.get(pk=ticket.desk_id)


def test_values_are_the_requests_own_each_time() -> None:
    query = compiled(Ticket.unscoped.filter(created_at__gt=AN_INSTANT).values_list("number"), AN_INSTANT)
    ticket = world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))

    before, after = ({AN_INSTANT: ticket.created_at + timedelta(seconds=shift)} for shift in (-1, 1))
    assert (query.run(before), query.run(after)) == ([(ticket.number,)], [])
