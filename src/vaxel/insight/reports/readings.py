"""Who read what, with the names that ids stand for (trust 84).

Names come from the rows that they belong to, so they are today's: of somebody who was erased it is a number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db.models import Q

from vaxel.domain.audit.models import Reading
from vaxel.domain.audit.reading import PAGE_SIZE, Wanted, readings
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.tickets.models import Attachment, Ticket
from vaxel.kit.tenancy import Scope

_AT_A_TIME: Final = 1000
#: People whom one search by words takes in.
_MOST_PEOPLE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTold:
    """One reading, in names. What is gone meanwhile has none."""

    id: int
    at: datetime
    by_kind: str
    by_id: int | None
    by_name: str
    what: Reading.What
    #: A file's name; empty for everything else.
    thing: str
    #: None where it belongs to no ticket, or to one that the desk does not see.
    ticket_number: int | None
    organisation: str


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """Some of them, the newest first, and whether there are older ones."""

    rows: Sequence[ReadingTold]
    has_older: bool


def readings_page(scope: Scope, wanted: Wanted, *, before: int | None) -> ReadingsPage:
    """A page of them, those older than the one with the id `before`; six queries."""
    found = readings(scope, wanted)
    rows = list((found if before is None else found.filter(pk__lt=before))[: PAGE_SIZE + 1])
    return ReadingsPage(_told(rows[:PAGE_SIZE], scope), has_older=len(rows) > PAGE_SIZE)


def all_readings(scope: Scope, wanted: Wanted, *, most: int) -> Iterator[ReadingTold]:
    """The newest `most` of them for a file; memory stays flat."""
    rows = readings(scope, wanted)[:most].iterator(chunk_size=_AT_A_TIME)
    while batch := list(islice(rows, _AT_A_TIME)):
        yield from _told(batch, scope)


def readers_called(scope: Scope, *, words: str) -> list[tuple[str, int]]:
    """Staff and customers' people whose name holds every word, as actors; two queries."""
    called = Q()
    for word in words.split():
        called &= Q(name__icontains=word)
    staff = Staff.objects.within(scope).filter(called).order_by("pk")[:_MOST_PEOPLE]
    people = Person.objects.within(scope).filter(called).order_by("pk")[:_MOST_PEOPLE]
    return [*(("staff", each.pk) for each in staff), *(("person", each.pk) for each in people)]


def ticket_id_of(scope: Scope, *, number: int) -> int | None:
    """The ticket with this number at the desk; one query."""
    return Ticket.objects.within(scope).filter(number=number).values_list("pk", flat=True).first()


def _told(rows: Sequence[Reading], scope: Scope) -> list[ReadingTold]:
    staff = _named(Staff.objects.within(scope), (each.by_id for each in rows if each.by_kind == "staff"))
    people = _named(Person.objects.within(scope), (each.by_id for each in rows if each.by_kind == "person"))
    files = _named(
        Attachment.objects.within(scope), (each.what_id for each in rows if each.what == Reading.What.ATTACHMENT)
    )
    organisations = _named(Organisation.objects.within(scope), (each.organisation_id for each in rows))
    numbers = _named(Ticket.objects.within(scope), (each.ticket_id for each in rows), name="number")
    names: Mapping[str, Mapping[int, Any]] = {"staff": staff, "person": people}
    return [
        ReadingTold(
            id=each.pk,
            at=each.at,
            by_kind=each.by_kind,
            by_id=each.by_id,
            by_name=names.get(each.by_kind, {}).get(each.by_id or 0, ""),
            what=Reading.What(each.what),
            thing=files.get(each.what_id, "") if each.what == Reading.What.ATTACHMENT else "",
            ticket_number=numbers.get(each.ticket_id or 0),
            organisation=organisations.get(each.organisation_id or 0, ""),
        )
        for each in rows
    ]


def _named(rows: Any, ids: Iterable[int | None], *, name: str = "name") -> dict[int, Any]:
    wanted = {each for each in ids if each is not None}
    return dict(rows.filter(pk__in=wanted).values_list("pk", name)) if wanted else {}
