"""Rows that are written by compiled statements."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.kit.compiled import columns_of
from vaxel.kit.rows import insert, insert_all, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Ticket:
    return world.ask(world.make_person(world.make_organisation(world.make_desk("kompass"))))


def event(ticket: Ticket, **data: object) -> Event:
    return Event(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket=ticket,
        kind=EventKind.NOTED.value,
        at=world.NOW,
        by_kind=SYSTEM.kind,
        by_id=SYSTEM.id,
        by_name=SYSTEM.name,
        data=data,
    )


def test_inserted_row_is_the_one_that_the_orm_reads(ticket: Ticket) -> None:
    row = event(ticket, note=1, said="100 % 'quoted'", none=None)

    with CaptureQueriesContext(connection) as queries:
        insert(row)

    assert len(queries) == 1
    found = Event.unscoped.get(pk=row.pk)
    assert [getattr(found, name) for name in columns_of(Event)] == [getattr(row, name) for name in columns_of(Event)]
    assert not row._state.adding  # Django documents it


def test_inserted_rows_get_ids_in_their_order(ticket: Ticket) -> None:
    rows = [event(ticket, note=number) for number in range(3)]

    insert_all(rows)

    assert [row.data["note"] for row in Event.unscoped.filter(pk__in=[row.pk for row in rows]).order_by("pk")] == [
        0,
        1,
        2,
    ]


def test_stored_fields_are_written_and_others_are_not(ticket: Ticket) -> None:
    ticket.subject, ticket.solved_at, ticket.version = "Another", world.NOW, 99

    with CaptureQueriesContext(connection) as queries:
        store(ticket, "subject", "solved_at")

    assert len(queries) == 1
    found = Ticket.unscoped.get(pk=ticket.pk)
    assert (found.subject, found.solved_at, found.version) == ("Another", world.NOW, 1)


def test_relation_is_stored_by_its_id(ticket: Ticket) -> None:
    ticket.assignee_id = None
    store(ticket, "assignee")

    assert Ticket.unscoped.get(pk=ticket.pk).assignee_id is None


def test_row_that_is_gone_is_not_stored_in_silence(ticket: Ticket) -> None:
    row = event(ticket)
    row.pk = 0

    with pytest.raises(DatabaseError):
        store(row, "data")


def test_what_the_database_refuses_is_djangos_fault(ticket: Ticket) -> None:
    row = event(ticket)
    row.desk_id = None  # type: ignore[assignment]  # the fault

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(row)
