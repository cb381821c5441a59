"""What is read about one organisation, each as a question of its own; `customer_record` asks them all at once.

Marks stand in for the values of a request (see `kit.compiled`). Days come as text, for the rows travel as JSON.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject, TruncMonth
from django.db.models.lookups import Exact

from vaxel.domain.administration.models import SeatWish
from vaxel.domain.customers.models import CustomerNote
from vaxel.domain.people.certificates import Passed
from vaxel.domain.people.models import Agreement, Certificate, Person, Project, RoleHolder, Seat
from vaxel.domain.smalljobs.models import HourEntry, Offer, WorkEntry
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import DONE, OPEN_STATUSES
from vaxel.domain.wishes.models import Vote, Wish
from vaxel.insight.reports.promises_kept import Period
from vaxel.kit.compiled import Compiled, Row, compiled
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, instant

#: Open tickets, wishes and rows of notes that are read: what is most pressing, or newest.
MOST_TICKETS: Final = 10
MOST_WISHES: Final = 30
MOST_NOTES: Final = 300
MOST_CONTACTS: Final = 200

_A_DESK: Final = Scope(desk_id=-1)
_ITS_ID: Final = -2
_BEGINS: Final = datetime(1000, 1, 1, tzinfo=UTC)
_ENDS: Final = datetime(1001, 1, 1, tzinfo=UTC)
_NOW: Final = datetime(1002, 1, 1, tzinfo=UTC)


class Of(NamedTuple):
    """What a reading is about."""

    scope: Scope
    organisation_id: int
    period: Period
    now: datetime

    @property
    def values(self) -> Mapping[Any, Any]:
        """By the marks that they stand for."""
        return {
            _A_DESK.desk_id: self.scope.desk_id,
            _ITS_ID: self.organisation_id,
            _BEGINS: self.period.begins,
            _ENDS: self.period.ends,
            _NOW: self.now,
        }


class HolderSeen(NamedTuple):
    """Somebody who holds a role for the organisation, or (`for_all`) for those that have nobody of their own."""

    role: str
    name: str
    title: str
    for_all: bool


class ContactSeen(NamedTuple):
    """Somebody who may contact the vendor, or whom colleagues ask first."""

    name: str
    title: str
    email: str
    phone: str
    is_local_contact: bool
    #: The agreements in which they have a seat.
    agreements: Sequence[int]
    passed: Sequence[Passed]


class TicketSeen(NamedTuple):
    number: int
    subject: str
    status: str
    kind: str
    assignee: str | None
    next_deadline_at: datetime | None


class ProjectSeen(NamedTuple):
    name: str
    manager: str
    starts_on: date
    ends_on: date | None


class WishSeen(NamedTuple):
    number: int
    title: Mapping[str, str]
    text: str
    state: str
    #: Somebody there wished it; otherwise they want it too.
    is_own: bool


class NoteSeen(NamedTuple):
    """A row of a note: see `CustomerNote`."""

    id: int
    text: str
    by: str
    at: datetime
    begins: int


class AskedSeen(NamedTuple):
    """Questions of one kind in one month, by when they came."""

    month: date
    kind: str
    asked: int
    done: int


class JobsSeen(NamedTuple):
    """Small jobs that were agreed in a period, and the time that was worked in it; minutes."""

    jobs: int
    agreed: int
    worked: int
    #: Offers that wait for an answer now.
    waiting: int
    #: Bought hours: None for somebody who never bought any.
    bought_left: int | None


def holders(of: Of) -> Asked[list[HolderSeen]]:
    """The roles that are held, those of the organisation's own first."""
    return Asked(_reading_holders(), of.values, lambda rows: [HolderSeen(*row) for row in rows])


@cache
def _reading_holders() -> Compiled:
    rows = RoleHolder.objects.within(_A_DESK).filter(
        Q(organisation=_ITS_ID) | Q(organisation=None), staff__is_active=True
    )
    rows = rows.annotate(holder=F("staff__name"), heading=F("staff__title"), for_all=Q(organisation__isnull=True))
    return _compiled(rows.order_by("for_all", "role").values_list("role", "holder", "heading", "for_all"))


def agreements(of: Of) -> Asked[list[tuple[Agreement, int, int]]]:
    """Every agreement, the newest first, with the seats that are taken and those who wait for one."""
    return Asked(_reading_agreements(), of.values, lambda rows: [_agreement(row) for row in rows])


@cache
def _reading_agreements() -> Compiled:
    seats = Seat.unscoped.filter(agreement=OuterRef("pk")).values("pk")
    waiting = SeatWish.unscoped.filter(agreement=OuterRef("pk")).values("pk")
    rows = Agreement.objects.within(_A_DESK).filter(organisation=_ITS_ID).order_by("-starts_on", "-pk")
    rows = rows.annotate(taken=ArraySubquery(seats), in_line=ArraySubquery(waiting))
    return _compiled(
        rows.values_list("id", "plan", "products", "starts_on", "ends_on", "seats", "facts", "taken", "in_line")
    )


def _agreement(row: Row) -> tuple[Agreement, int, int]:
    id_, plan, products, starts_on, ends_on, seats, facts, taken, waiting = row
    agreement = Agreement(
        id=id_,
        plan=plan,
        products=products,
        starts_on=date.fromisoformat(starts_on),
        ends_on=_day(ends_on),
        seats=seats,
        facts=facts,
    )
    return agreement, len(taken), len(waiting)


def contacts(of: Of) -> Asked[list[ContactSeen]]:
    """Support contacts and local contacts, by name."""
    return Asked(_reading_contacts(), of.values, lambda rows: [_contact(row) for row in rows])


@cache
def _reading_contacts() -> Compiled:
    held = Seat.unscoped.filter(person=OuterRef("pk")).values("agreement")
    passed = Certificate.unscoped.filter(person=OuterRef("pk")).values(
        row=JSONObject(product="product", passed_on="passed_on", expires_on="expires_on")
    )
    rows = Person.objects.within(_A_DESK).filter(organisation=_ITS_ID, is_active=True)
    rows = rows.filter(Q(is_local_contact=True) | Exists(held)).order_by("name", "pk")
    rows = rows.annotate(held=ArraySubquery(held), passed=ArraySubquery(passed))
    columns = ("name", "title", "email", "phone", "is_local_contact", "held", "passed")
    return _compiled(rows.values_list(*columns)[:MOST_CONTACTS])


def _contact(row: Row) -> ContactSeen:
    name, title, email, phone, is_local_contact, held, passed = row
    proofs = [Passed(one["product"], date.fromisoformat(one["passed_on"]), _day(one["expires_on"])) for one in passed]
    return ContactSeen(name, title, email, phone, is_local_contact, held, proofs)


def people_count(of: Of) -> Asked[int]:
    """Everybody there, contacts and users."""
    return Asked(_counting_people(), of.values, lambda rows: sum(many for (many,) in rows))


@cache
def _counting_people() -> Compiled:
    rows = Person.objects.within(_A_DESK).filter(organisation=_ITS_ID, is_active=True)
    return _compiled(rows.order_by().values("organisation").annotate(many=Count("pk")).values_list("many"))


def open_tickets(of: Of) -> Asked[tuple[int, int, list[TicketSeen]]]:
    """How many are open, for how many of them the promise has passed, and those whose promise is due first."""
    return Asked(_reading_open(), of.values, _open_in)


@cache
def _reading_open() -> Compiled:
    rows = Ticket.objects.within(_A_DESK).filter(organisation=_ITS_ID, status__in=OPEN_STATUSES)
    one_row = rows.order_by().values("organisation")
    in_all = ArraySubquery(one_row.annotate(many=Count("pk")).values("many"))
    has_passed = Q(next_deadline_at__lt=_NOW)
    late = ArraySubquery(one_row.annotate(many=Count("pk", filter=has_passed)).values("many"))
    rows = rows.annotate(holder=F("assignee__name"), late=late, in_all=in_all)
    ordered = rows.order_by(F("next_deadline_at").asc(nulls_last=True), "-last_message_at", "-pk")
    columns = ("number", "subject", "status", "kind", "holder", "next_deadline_at", "late", "in_all")
    return _compiled(ordered.values_list(*columns)[:MOST_TICKETS])


def _open_in(rows: Sequence[Row]) -> tuple[int, int, list[TicketSeen]]:
    (late,), (in_all,) = rows[0][-2:] if rows else ((0,), (0,))
    return in_all, late, [_ticket(row) for row in rows]


def _ticket(row: Row) -> TicketSeen:
    number, subject, status, kind, assignee, due, _late, _in_all = row
    return TicketSeen(number, subject, status, kind, assignee, None if due is None else instant(due))


def projects(of: Of) -> Asked[list[ProjectSeen]]:
    """The newest first."""
    return Asked(_reading_projects(), of.values, lambda rows: [_project(row) for row in rows])


@cache
def _reading_projects() -> Compiled:
    rows = Project.objects.within(_A_DESK).filter(organisation=_ITS_ID).annotate(leader=F("manager__name"))
    return _compiled(rows.order_by("-starts_on", "-pk").values_list("name", "leader", "starts_on", "ends_on"))


def _project(row: Row) -> ProjectSeen:
    name, manager, starts_on, ends_on = row
    return ProjectSeen(name, manager, date.fromisoformat(starts_on), _day(ends_on))


def wishes(of: Of) -> Asked[list[WishSeen]]:
    """What somebody there has wished or wants too, as it stands, the newest first."""
    return Asked(_reading_wishes(), of.values, lambda rows: [WishSeen(*row) for row in rows])


@cache
def _reading_wishes() -> Compiled:
    wants = Vote.unscoped.filter(organisation=_ITS_ID).filter(
        Q(wish=OuterRef("pk")) | Q(wish__merged_into=OuterRef("pk"))
    )
    wished = Wish.unscoped.filter(organisation=_ITS_ID, merged_into=OuterRef("pk"))
    rows = Wish.objects.within(_A_DESK).filter(merged_into=None)
    rows = rows.annotate(is_own=Exact(F("organisation"), _ITS_ID) | Exists(wished))
    rows = rows.filter(Q(organisation=_ITS_ID) | Exists(wished) | Exists(wants)).order_by("-updated_at", "-pk")
    return _compiled(rows.values_list("number", "title", "text", "state", "is_own")[:MOST_WISHES])


def notes(of: Of) -> Asked[list[NoteSeen]]:
    """Every row of every note, the newest first."""
    return Asked(_reading_notes(), of.values, lambda rows: [_note(row) for row in rows])


@cache
def _reading_notes() -> Compiled:
    rows = CustomerNote.objects.within(_A_DESK).filter(organisation=_ITS_ID).order_by("-at", "-pk")
    return _compiled(rows.values_list("id", "text", "by_name", "at", "begins_id")[:MOST_NOTES])


def _note(row: Row) -> NoteSeen:
    id_, text, by, at, begins = row
    return NoteSeen(id_, text, by, instant(at), begins or id_)


def asked(of: Of) -> Asked[list[AskedSeen]]:
    """The questions that came in the period."""
    return Asked(_reading_asked(of.period.zone.key), of.values, lambda rows: [_asked(row) for row in rows])


@lru_cache(maxsize=16)
def _reading_asked(zone: str) -> Compiled:
    rows = Ticket.objects.within(_A_DESK).filter(organisation=_ITS_ID, created_at__gte=_BEGINS, created_at__lt=_ENDS)
    grouped = rows.annotate(month=TruncMonth("created_at", tzinfo=ZoneInfo(zone))).order_by("month", "kind")
    done = Count("pk", filter=Q(status__in=DONE))
    return _compiled(grouped.values("month", "kind").annotate(asked=Count("pk"), done=done))


def _asked(row: Row) -> AskedSeen:
    month, kind, many, done = row
    return AskedSeen(datetime.fromisoformat(month).date(), kind, many, done)


def agreed_jobs(of: Of) -> Asked[tuple[int, int]]:
    """How many got their yes in the period, and for how many minutes."""
    return Asked(_reading_agreed(), of.values, lambda rows: next(((n, minutes) for n, minutes in rows), (0, 0)))


@cache
def _reading_agreed() -> Compiled:
    rows = Offer.objects.within(_A_DESK).filter(
        organisation=_ITS_ID, state__in=["accepted", "done"], answered_at__gte=_BEGINS, answered_at__lt=_ENDS
    )
    return _compiled(_whole(rows).annotate(many=Count("pk"), agreed=Sum("minutes")).values_list("many", "agreed"))


def worked(of: Of) -> Asked[int]:
    """Minutes that were worked in the period, corrections counted in."""
    return Asked(_reading_worked(), of.values, lambda rows: sum(minutes for (minutes,) in rows))


@cache
def _reading_worked() -> Compiled:
    rows = WorkEntry.objects.within(_A_DESK).filter(organisation=_ITS_ID, started_at__gte=_BEGINS, started_at__lt=_ENDS)
    return _compiled(_whole(rows).annotate(spent=Sum("minutes")).values_list("spent"))


def waiting_offers(of: Of) -> Asked[int]:
    """Offers that can be answered now."""
    return Asked(_reading_waiting(), of.values, lambda rows: sum(many for (many,) in rows))


@cache
def _reading_waiting() -> Compiled:
    rows = Offer.objects.within(_A_DESK).filter(organisation=_ITS_ID, state="made", valid_until__gt=_NOW)
    return _compiled(_whole(rows).annotate(many=Count("pk")).values_list("many"))


def bought_left(of: Of) -> Asked[int | None]:
    """Minutes of bought hours that are left; None for somebody who never bought any."""
    return Asked(_reading_left(), of.values, lambda rows: next((left for (left,) in rows), None))


@cache
def _reading_left() -> Compiled:
    rows = HourEntry.objects.within(_A_DESK).filter(organisation=_ITS_ID)
    return _compiled(_whole(rows).annotate(balance=Sum("minutes")).values_list("balance"))


def _whole(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Summed up for the organisation."""
    return rows.order_by().values("organisation")


def _compiled(rows: QuerySet[Any, Any]) -> Compiled:
    return compiled(rows, _A_DESK.desk_id, _ITS_ID, _BEGINS, _ENDS, _NOW)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
