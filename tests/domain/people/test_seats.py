"""Seats are numbered from one, and the last one is taken once."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from tests.factories import make_desk, make_organisation, make_person
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.people.appointing import describe_person
from vaxel.domain.people.models import Agreement, Person, Seat
from vaxel.domain.people.queries import seats_used
from vaxel.domain.people.seats import SeatsFullError, free_seat, give_seat

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


def _people(count: int) -> tuple[Agreement, list[Person]]:
    organisation = make_organisation(make_desk("kompass"))
    people = [make_person(organisation, contact=False, certified=False) for _ in range(count)]
    return Agreement.unscoped.get(organisation=organisation), people


def _give(person: Person, agreement: Agreement, *, limit: int | None) -> Seat:
    return give_seat(person, agreement=agreement, limit=limit, by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_lowest_free_number_is_given() -> None:
    agreement, people = _people(4)
    seats = [_give(person, agreement, limit=3) for person in people[:3]]
    free_seat(seats[1], by=SYSTEM, now=NOW)
    assert [seat.number for seat in (*seats, _give(people[3], agreement, limit=3))] == [1, 2, 3, 2]


@pytest.mark.django_db
def test_full_agreement_says_how_many_seats_there_are() -> None:
    agreement, people = _people(3)
    for person in people[:2]:
        _give(person, agreement, limit=2)
    with pytest.raises(SeatsFullError, match="all 2 seats are taken") as full:
        _give(people[2], agreement, limit=2)
    assert (full.value.limit, seats_used(agreement=agreement)) == (2, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "given"), [(0, 0), (1, 1), (None, 3)])
def test_limit_of_nought_gives_none_and_none_gives_all(limit: int | None, given: int) -> None:
    agreement, people = _people(3)
    for person in people:
        try:
            _give(person, agreement, limit=limit)
        except SeatsFullError:
            continue
    assert seats_used(agreement=agreement) == given


@pytest.mark.django_db
def test_second_seat_for_the_same_person_is_the_first() -> None:
    agreement, (person,) = _people(1)
    assert _give(person, agreement, limit=1) == _give(person, agreement, limit=1)
    assert AuditEntry.unscoped.filter(kind="seat-given").count() == 1


@pytest.mark.django_db
def test_freeing_twice_is_freeing_once_and_leaves_a_trace() -> None:
    agreement, (person,) = _people(1)
    seat = _give(person, agreement, limit=1)
    for _ in range(2):
        free_seat(seat, by=SYSTEM, now=NOW)
    (entry,) = AuditEntry.unscoped.filter(kind="seat-freed")
    assert entry.data == {
        "organisation_id": person.organisation_id,
        "person_id": person.pk,
        "agreement_id": agreement.pk,
        "number": 1,
    }


@pytest.mark.django_db
def test_person_of_another_organisation_gets_no_seat() -> None:
    agreement, _ = _people(0)
    stranger = make_person(make_organisation(agreement.desk), contact=False, certified=False)
    with pytest.raises(ValueError, match="another organisation"):
        _give(stranger, agreement, limit=2)


@pytest.mark.django_db
def test_database_itself_refuses_a_seat_beyond_the_limit() -> None:
    agreement, (person,) = _people(1)
    with pytest.raises(IntegrityError, match="seat_within_limit"):
        Seat.objects.create(
            desk_id=person.desk_id,
            organisation_id=person.organisation_id,
            agreement=agreement,
            person=person,
            number=3,
            limit=2,
            since=NOW,
        )


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_give_the_last_seat_once() -> None:
    agreement, people = _people(3)
    _give(people[0], agreement, limit=2)
    ready = threading.Barrier(2)
    results: list[str] = []

    def invite(person: Person) -> None:
        try:
            ready.wait(timeout=10)
            seat = _give(person, agreement, limit=2)
            results.append(f"seat {seat.number}")
        except SeatsFullError as full:
            results.append(str(full))
        finally:
            connection.close()

    threads = [threading.Thread(target=invite, args=(person,)) for person in people[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(results) == ["all 2 seats are taken", "seat 2"]
    assert seats_used(agreement=agreement) == 2


@pytest.mark.django_db
def test_log_tells_when_the_last_contact_has_left() -> None:
    organisation = make_organisation(make_desk("kompass"))
    first, last = (make_person(organisation, name=name) for name in ("Maj Ekdahl", "Siv Ahl"))

    def left() -> int:
        return AuditEntry.unscoped.filter(kind="last-contact-left").count()

    free_seat(Seat.unscoped.get(person=first), by=SYSTEM, now=NOW)
    before = left()
    describe_person(last, profile={"is_active": False}, by=SYSTEM, now=NOW)

    assert (before, left()) == (0, 1)
