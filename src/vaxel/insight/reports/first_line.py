"""What an organisation's people ask their own local contacts, and what becomes of it (A12): figures, never words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.domain.tickets.status import DONE
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Questions of one kind; each is in one of the three others."""

    kind: str
    asked: int
    solved: int
    passed_on: int

    @property
    def waiting(self) -> int:
        return self.asked - self.solved - self.passed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInMonth:
    """The same of one month, by the day on which it begins."""

    month: date
    asked: int
    solved: int
    passed_on: int

    @property
    def waiting(self) -> int:
        return self.asked - self.solved - self.passed_on


def asked_locally(scope: Scope, *, destinations: Collection[str], since: datetime) -> list[Asked]:
    """Questions that came to the local contacts since then, most asked first; one query.

    `destinations` are the policy's names for the organisation's own contacts. A question that was taken on to the
    vendor, or went there because nobody was left to answer, counts as passed on, however it ended.
    """
    rows = _counted(_asked(scope, destinations=destinations, since=since).values("kind"))
    return [Asked(**row) for row in rows.order_by("-asked", "kind")]


def asked_by_month(
    scope: Scope, *, destinations: Collection[str], since: datetime, zone: ZoneInfo
) -> list[AskedInMonth]:
    """The same by the month in which they were asked, at the desk, the newest first; months without a question are
    not among them. One query.
    """
    month = TruncMonth("created_at", tzinfo=zone, output_field=DateField())
    rows = _counted(_asked(scope, destinations=destinations, since=since).annotate(month=month).values("month"))
    return [AskedInMonth(**row) for row in rows.order_by("-month")]


def _asked(scope: Scope, *, destinations: Collection[str], since: datetime) -> QuerySet[Ticket]:
    opened = Event.unscoped.filter(
        ticket=OuterRef("pk"), kind=EventKind.OPENED, data__destination__in=list(destinations)
    )
    taken_on = Link.unscoped.filter(other=OuterRef("pk"), kind=Link.Kind.PASSED_ON_FROM, ended_at=None)
    tickets = Ticket.objects.within(scope).filter(Exists(opened), created_at__gte=since)
    return tickets.annotate(was_taken_on=Exists(taken_on)).order_by()


def _counted(grouped: QuerySet[Any, Any]) -> QuerySet[Any, Any]:  # rows of names and figures
    passed_on = Q(is_first_line=False) | Q(was_taken_on=True)
    counted: QuerySet[Any, Any] = grouped.annotate(
        asked=Count("pk"),
        solved=Count("pk", filter=Q(status__in=[each.value for each in DONE]) & ~passed_on),
        passed_on=Count("pk", filter=passed_on),
    )
    return counted
