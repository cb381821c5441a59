"""Customers as their account managers watch them: a line each, with what needs a hand, the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Agreement, Certificate, Organisation, Person
from vaxel.domain.tickets.counts import Quota, quotas_of_each
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.rules.policy import Policy

#: How far ahead an end is told: of an agreement, of a certificate.
AHEAD: Final = timedelta(days=90)
PAGE_SIZE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One organisation."""

    id: int
    name: str
    #: The newest agreement that has begun; None where there is none.
    agreement: Agreement | None
    open_tickets: int
    has_late: bool
    #: A support contact has no certificate that holds `AHEAD`.
    has_lapsing: bool
    #: Somebody there can be asked first: local support, or a support contact.
    has_contact: bool
    quotas: tuple[Quota, ...]

    @property
    def nearly_used(self) -> tuple[Quota, ...]:
        return tuple(quota for quota in self.quotas if quota.is_nearly_used)


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page of the list; `has_more` says whether there is another one."""

    lines: tuple[CustomerLine, ...]
    has_more: bool


def customer_page(
    organisations: QuerySet[Organisation], *, policy: Policy, desk: Desk, today: date, now: datetime, page: int = 1
) -> CustomerPage:
    """A page of these organisations, those that need a hand first and then by name; two queries, and one for each
    quota of tickets.
    """
    first = (page - 1) * PAGE_SIZE
    rows = list(_watched(organisations, policy=policy, today=today, now=now)[first : first + PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    ids = [one.agreement_id for one in shown if one.agreement_id is not None]
    agreements = {one.organisation_id: one for one in Agreement.unscoped.filter(pk__in=ids)}
    quotas = quotas_of_each(policy, agreements=list(agreements.values()), desk=desk, now=now)
    lines = tuple(_line(one, agreements.get(one.pk), quotas.get(one.pk, ())) for one in shown)
    return CustomerPage(lines, has_more=len(rows) > PAGE_SIZE)


def _line(row: Any, agreement: Agreement | None, quotas: Sequence[Quota]) -> CustomerLine:
    return CustomerLine(
        id=row.pk,
        name=row.name,
        agreement=agreement,
        open_tickets=row.open_tickets,
        has_late=row.has_late,
        has_lapsing=row.has_lapsing,
        has_contact=row.has_contact,
        quotas=tuple(quotas),
    )


def _watched(
    organisations: QuerySet[Organisation], *, policy: Policy, today: date, now: datetime
) -> QuerySet[Any]:  # organisations with what was counted, which no type knows
    tickets = Ticket.unscoped.filter(organisation=OuterRef("pk"), is_first_line=False)
    opened = tickets.filter(status__in=OPEN_STATUSES).order_by().values("organisation").annotate(many=Count("pk"))
    newest = Agreement.unscoped.filter(organisation=OuterRef("pk"), starts_on__lte=today).order_by("-starts_on", "-pk")
    people = Person.unscoped.filter(organisation=OuterRef("pk"), is_active=True)
    rows = organisations.annotate(
        agreement_id=Subquery(newest.values("pk")[:1]),
        ends_on=Subquery(newest.values("ends_on")[:1]),
        open_tickets=Coalesce(Subquery(opened.values("many")), 0),
        has_late=Exists(tickets.filter(next_deadline_at__lt=now)),
        has_lapsing=_lapsing(people, policy=policy, today=today),
        has_contact=Exists(people.filter(Q(is_local_contact=True) | Q(seats__isnull=False))),
    )
    worst = Q(has_late=True) | Q(ends_on__lt=today)
    pressing = Q(has_lapsing=True) | Q(has_contact=False) | Q(agreement_id=None) | Q(ends_on__lte=today + AHEAD)
    order = Case(When(worst, then=0), When(pressing, then=1), default=2)
    return rows.order_by(order, "name", "pk")


def _lapsing(people: QuerySet[Person], *, policy: Policy, today: date) -> Any:
    """Whether one of the contacts has none, or none that holds long enough, where the policy asks for one."""
    if policy.file.certificates is None:
        return Value(value=False, output_field=BooleanField())
    holding = Certificate.unscoped.filter(Q(expires_on=None) | Q(expires_on__gt=today + AHEAD), person=OuterRef("pk"))
    return Exists(people.filter(~Exists(holding), seats__agreement__organisation=F("organisation")))
