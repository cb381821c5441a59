"""Reads about known problems and operating notices. What a desk tells is told to all its customers and staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from vaxel.domain.people.models import Person
from vaxel.domain.problems.known import ProblemMissingError
from vaxel.domain.problems.models import Affected, KnownProblem, OperatingNotice, ProblemUpdate
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.kit.compiled import Compiled, Row, columns_of, compiled, from_json, row_as
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, Found

#: How long what is over is still shown.
SHOWN_AFTERWARDS: Final = timedelta(days=14)
#: The open ones by their news, then the closed ones, the last first.
_OPEN_FIRST: Final = (F("closed_at").desc(nulls_first=True), "-updated_at", "-pk")
_OPEN: Final = [status.value for status in OPEN_STATUSES]


@dataclass(frozen=True, slots=True)
class Told:
    """A problem with what has been told about it, newest first."""

    problem: KnownProblem
    updates: tuple[ProblemUpdate, ...]


def shown_problems(*, desk_id: int, now: datetime, products: Sequence[str] | None = None) -> QuerySet[KnownProblem]:
    """Open ones, and those fixed lately, newest news first. With `products` only those that concern one of them."""
    open_or_new = Q(state=KnownProblem.State.OPEN) | Q(
        state=KnownProblem.State.FIXED, closed_at__gt=now - SHOWN_AFTERWARDS
    )
    rows = KnownProblem.unscoped.filter(open_or_new, desk=desk_id).order_by(*_OPEN_FIRST)
    return rows if products is None else rows.filter(_concerning(products))


def _concerning(products: Sequence[str]) -> Q:
    return Q(products=[]) | Q(products__overlap=list(products))


def problem_told(*, desk_id: int, number: int) -> Told:
    """One problem, whatever its state but withdrawn; two queries. Raises ProblemMissingError."""
    rows = KnownProblem.unscoped.filter(desk=desk_id, number=number).exclude(state=KnownProblem.State.WITHDRAWN)
    problem = rows.first()
    if problem is None:
        raise ProblemMissingError(number)
    return Told(problem, tuple(problem.updates.order_by("-at", "-pk")))


def problems_for_staff(scope: Scope) -> QuerySet[KnownProblem]:
    """All of a desk's, with how many tickets and organisations hang on each."""
    return (
        KnownProblem.objects.within(scope)
        .annotate(
            tickets=Count("affected__ticket", distinct=True),
            organisations=Count("affected__organisation", distinct=True),
            people=Count("affected__person", distinct=True),
        )
        .order_by(*_OPEN_FIRST)
    )


def told_to_staff(scope: Scope, *, number: int) -> Told:
    """One problem of the desk with its counts, whatever its state; two queries. Raises ProblemMissingError."""
    problem = problems_for_staff(scope).filter(number=number).first()
    if problem is None:
        raise ProblemMissingError(number)
    return Told(problem, tuple(problem.updates.order_by("-at", "-pk")))


@dataclass(frozen=True, slots=True)
class ProblemNamed:
    """A problem that a ticket may hang on, and whether it does."""

    number: int
    title: Mapping[str, str]
    has_ticket: bool


def problems_beside(scope: Scope, *, ticket_id: int | Found) -> Asked[Sequence[ProblemNamed]]:
    """The open problems of a ticket's desk, and the one that the ticket hangs on whatever its state."""
    return Asked(_reading_beside(), {_A_DESK.desk_id: scope.desk_id, _A_TICKET: ticket_id}, _problems_in)


def _problems_in(rows: Sequence[Row]) -> Sequence[ProblemNamed]:
    return [ProblemNamed(number, from_json(title), has_ticket) for number, title, has_ticket in rows]


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_DESK: Final = Scope(desk_id=-1)
_A_TICKET: Final = -2
#: More open problems at once than a select can hold are no longer "known".
_MOST_BESIDE: Final = 100


@cache
def _reading_beside() -> Compiled:
    hangs = Exists(Affected.unscoped.filter(problem=OuterRef("pk"), ticket=_A_TICKET))
    rows = KnownProblem.objects.within(_A_DESK).annotate(has_ticket=hangs)
    rows = rows.filter(Q(state=KnownProblem.State.OPEN) | Q(has_ticket=True)).order_by("-number")
    return compiled(rows.values_list("number", "title", "has_ticket")[:_MOST_BESIDE], _A_DESK.desk_id, _A_TICKET)


def open_tickets_on(scope: Scope, *, problem_id: int) -> Sequence[Ticket]:
    """The unfinished tickets about a problem, which can be solved together when it is fixed."""
    rows = Ticket.objects.within(scope).filter(problems__problem=problem_id, status__in=_OPEN)
    return list(rows.select_related("organisation", "requester", "desk").order_by("number"))


def is_affected(*, person_id: int, problem_id: int) -> bool:
    """Whether the person has said "me too"."""
    return Affected.unscoped.filter(problem=problem_id, person=person_id).exists()


def colleagues_affected(scope: Scope, *, person_id: int, problem_id: int) -> Sequence[str]:
    """The names of those others at the scope's organisation who have said "me too", the first first; one query."""
    said = Affected.objects.within(scope).filter(problem=problem_id, person__isnull=False).exclude(person=person_id)
    return list(said.order_by("at", "pk").values_list("person__name", flat=True))


def people_affected(*, problem_id: int) -> Sequence[Person]:
    """Who is to hear of an update: those who asked about it and those who said "me too", each once.

    Only those who still may sign in (trust 47).
    """
    concerned = Q(pk__in=Affected.unscoped.filter(problem=problem_id).values("person")) | Q(
        pk__in=Affected.unscoped.filter(problem=problem_id).values("ticket__requester")
    )
    people = Person.unscoped.filter(concerned, is_active=True, organisation__is_active=True)
    return list(people.exclude(account__is_active=False).select_related("account").order_by("pk"))


def people_with_open_tickets(*, problem_id: int) -> frozenset[int]:
    """The persons who wait for an answer about it; one query."""
    rows = Ticket.unscoped.filter(problems__problem=problem_id, status__in=_OPEN)
    return frozenset(rows.values_list("requester_id", flat=True))


def notices_for_staff(scope: Scope) -> QuerySet[OperatingNotice]:
    """All of a desk's that were not withdrawn, the latest first."""
    return OperatingNotice.objects.within(scope).filter(withdrawn_at=None).order_by("-starts_at", "-pk")


def notice_named(scope: Scope, *, notice_id: int) -> OperatingNotice | None:
    """One of them; one query."""
    return notices_for_staff(scope).filter(pk=notice_id).first()


def notices_shown(*, desk_id: int, now: datetime) -> QuerySet[OperatingNotice]:
    """What is planned, goes on, or was over lately; what goes on longest comes first."""
    rows = OperatingNotice.unscoped.filter(desk=desk_id, withdrawn_at=None)
    return rows.filter(Q(ends_at=None) | Q(ends_at__gt=now - SHOWN_AFTERWARDS)).order_by("starts_at", "pk")


def notices_ongoing(*, desk_id: int, now: datetime) -> Sequence[OperatingNotice]:
    """What goes on at this moment, the longest first; one query. Every page that has the banner asks it."""
    found = _reading_ongoing().run({_A_DESK.desk_id: desk_id, _AN_INSTANT: now})
    return [row_as(OperatingNotice, row) for row in found]


_AN_INSTANT: Final = datetime(1000, 1, 1, tzinfo=UTC)


@cache
def _reading_ongoing() -> Compiled:
    """Those of the phase "ongoing": see `operating.phase_of`."""
    rows = OperatingNotice.objects.within(_A_DESK).filter(
        Q(ends_at=None) | Q(ends_at__gt=_AN_INSTANT), withdrawn_at=None, starts_at__lte=_AN_INSTANT
    )
    columns = rows.order_by("starts_at", "pk").values_list(*columns_of(OperatingNotice))
    return compiled(columns, _A_DESK.desk_id, _AN_INSTANT)
