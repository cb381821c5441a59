"""The page of one customer as its template places it: every word, day and number is ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.people.certificates import certificate_state
from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.insight.reports.customer_reads import ContactSeen, JobsSeen, ProjectSeen, TicketSeen, WishSeen
from vaxel.insight.reports.customer_record import AgreementSeen, CustomerRecord
from vaxel.insight.reports.meeting_report import Bar, Chart
from vaxel.insight.reports.promises_kept import MOST, MonthOfPromises, PromisesKept, percent
from vaxel.rules.policy import PolicyFile
from vaxel.surfaces.ui.end_of_life import end_of_life
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.quota_words import per_words, renewal_in_words, used_in_words, what_counts
from vaxel.surfaces.ui.shapes import Promise, Status
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.wish_words import WishState, wish_state
from vaxel.surfaces.workspace.customers.attention import day_in_words, lapses
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.panel import in_language
from vaxel.surfaces.workspace.rows import promise_of
from vaxel.surfaces.workspace.wishes.rows import shortened

#: Nothing to count.
NONE = "–"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one reader is told at this desk, today."""

    place: StaffPlace
    file: PolicyFile
    labels: Labels
    today: date

    def product(self, name: str) -> str:
        """A product by the name that people know."""
        return self.labels.names.products.get(name, name)

    def day(self, day: date) -> str:
        """A day, its month by name."""
        return day_in_words(day, labels=self.labels)

    def span(self, time: timedelta | None) -> str:
        """Open time, in hours and minutes."""
        if time is None:
            return NONE
        return minutes_in_words(round(time.total_seconds() / 60), language=self.labels.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    name: str
    per: str
    used: int
    beyond: int
    limit: int
    #: "2 of 2 used this quarter, and 1 beyond that".
    said: str
    renewal: str
    what_counts: str
    is_nearly_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementShown:
    """An agreement: what it gives, how much of it is used."""

    plan: str
    period: str
    has_ended: bool
    seats: str
    #: Each product with its end of life, where it has one.
    products: tuple[str, ...]
    quotas: tuple[QuotaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    name: str
    title: str
    email: str
    phone: str
    part: str
    certificate: str
    lapses: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    name: str
    url: str
    subject: str
    kind: str
    status: Status
    assignee: str
    promise: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month of promises."""

    month: str
    given: int
    kept: int
    share: str
    median: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    name: str
    manager: str
    period: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishLine:
    title: str
    url: str
    state: WishState
    part: str


def agreement_shown(seen: AgreementSeen, *, reading: Reading) -> AgreementShown:
    agreement, file = seen.agreement, reading.file
    ends_on = agreement.ends_on
    return AgreementShown(
        plan=reading.labels.names.plans.get(agreement.plan, agreement.plan),
        period=period_in_words(agreement.starts_on, ends_on, reading=reading),
        has_ended=ends_on is not None and ends_on < reading.today,
        seats=seats_in_words(seen),
        products=tuple(product_in_words(name, reading=reading) for name in agreement.products),
        quotas=tuple(
            QuotaRow(
                name=file.facts[quota.fact].name.in_(reading.labels.language),
                per=per_words()[quota.per],
                used=quota.used,
                beyond=quota.beyond,
                limit=quota.limit,
                said=used_in_words(quota),
                renewal=renewal_in_words(quota, language=reading.labels.language),
                what_counts=what_counts(quota, file=file, language=reading.labels.language),
                is_nearly_used=quota.is_nearly_used,
            )
            for quota in seen.quotas
        ),
    )


def seats_in_words(seen: AgreementSeen) -> str:
    """Seats that are taken and free, and how long the line is."""
    if seen.limit is None:
        return _("%(taken)d contacts, as many as they like") % {"taken": seen.taken}
    said = {"taken": seen.taken, "limit": seen.limit, "waiting": seen.waiting, "free": seen.free}
    if seen.waiting:
        return _("%(taken)d of %(limit)d taken, %(waiting)d in line") % said
    return _("%(taken)d of %(limit)d taken, %(free)d free") % said


def product_in_words(name: str, *, reading: Reading) -> str:
    """A product, and when it reaches its end of life."""
    ends = end_of_life(name, file=reading.file, today=reading.today, language=reading.labels.language)
    return ", ".join(filter(None, (reading.product(name), ends)))


def period_in_words(first: date, last: date | None, *, reading: Reading) -> str:
    """From when to when."""
    if last is None:
        return _("from %(day)s") % {"day": reading.day(first)}
    return _("%(start)s to %(end)s") % {"start": reading.day(first), "end": reading.day(last)}


def contact_row(seen: ContactSeen, *, reading: Reading) -> ContactRow:
    parts = [
        _("Support contact") if seen.agreements else "",
        _("Local support") if seen.is_local_contact else "",
    ]
    return ContactRow(
        name=seen.name,
        title=seen.title,
        email=seen.email,
        phone=seen.phone,
        part=", ".join(part for part in parts if part),
        certificate=_certificate(seen, reading=reading) if seen.agreements else "",
        lapses=bool(seen.agreements) and lapses(seen, file=reading.file, today=reading.today),
    )


def _certificate(seen: ContactSeen, *, reading: Reading) -> str:
    rule = reading.file.certificates
    if rule is None:
        return ""
    state = certificate_state(seen.passed, product="", today=reading.today, grace_days=rule.grace_days)
    if state == "none":
        return pgettext("certificate", "none")
    if any(one.expires_on is None for one in seen.passed):
        return pgettext("certificate", "valid")
    last = reading.day(max(one.expires_on for one in seen.passed if one.expires_on is not None))
    if state == "valid":
        return _("valid to %(day)s") % {"day": last}
    return _("expired %(day)s") % {"day": last}


def ticket_line(seen: TicketSeen, *, reading: Reading) -> TicketLine:
    place, labels = reading.place, reading.labels
    name = ticket_name(place.desk, seen.number)
    return TicketLine(
        name=name,
        url=workspace_url("ticket", place, name=name),
        subject=seen.subject or _("(no subject)"),
        kind=labels.names.kinds.get(seen.kind, seen.kind),
        status=labels.names.statuses[seen.status],
        assignee=seen.assignee or _("nobody"),
        promise=promise_of(seen.next_deadline_at, label=_("Answer by"), status=seen.status, labels=labels),
    )


def month_row(seen: MonthOfPromises, *, reading: Reading) -> MonthRow:
    share = percent(seen.kept, seen.given)
    return MonthRow(
        month=format_date(seen.month, "LLLL y", locale=reading.labels.language),
        given=seen.given,
        kept=seen.kept,
        share=NONE if share is None else percent_in_words(share),
        median=reading.span(seen.median),
    )


def percent_in_words(share: int) -> str:
    """With the sign as the language writes it."""
    return _("%(share)d%%") % {"share": share}


def cut_in_words(promises: PromisesKept) -> str:
    """That older promises were left out; empty when none were."""
    return _("Only the newest %(most)d promises are counted.") % {"most": MOST} if promises.is_cut else ""


def promise_chart(promises: PromisesKept, *, language: str) -> Chart:
    """A column for each month: kept below, not kept above."""
    return Chart(
        told=_("Promises month by month, kept and not kept. The table has the same figures."),
        lower=_("Kept"),
        upper=_("Not kept"),
        bars=tuple(
            Bar(format_date(month.month, "LLL", locale=language).strip("."), month.kept, month.given - month.kept)
            for month in promises.months
        ),
    )


def project_row(seen: ProjectSeen, *, reading: Reading) -> ProjectRow:
    if seen.starts_on > reading.today:
        state = pgettext("project", "to come")
    elif seen.ends_on is None or seen.ends_on >= reading.today:
        state = pgettext("project", "running")
    else:
        state = pgettext("project", "finished")
    period = period_in_words(seen.starts_on, seen.ends_on, reading=reading)
    return ProjectRow(name=seen.name, manager=seen.manager, period=period, state=state)


def wish_line(seen: WishSeen, *, reading: Reading) -> WishLine:
    return WishLine(
        title=in_language(seen.title, reading.labels.language) or shortened(seen.text),
        url=workspace_url("wish", reading.place, number=str(seen.number)),
        state=wish_state(seen.state),
        part=_("wished there") if seen.is_own else _("wanted there too"),
    )


def job_facts(jobs: JobsSeen, *, language: str) -> tuple[tuple[str, str], ...]:
    """Small jobs and hours in figures. Bought hours only where some were bought."""
    facts = [
        (_("Jobs that got their yes"), str(jobs.jobs)),
        (_("Time agreed"), minutes_in_words(jobs.agreed, language=language)),
        (_("Time worked"), minutes_in_words(jobs.worked, language=language)),
        (_("Offers that wait for an answer"), str(jobs.waiting)),
    ]
    if jobs.bought_left is not None:
        facts.append((_("Bought hours left"), minutes_in_words(jobs.bought_left, language=language)))
    return tuple(facts)


def holders_shown(record: CustomerRecord, *, labels: Labels) -> Sequence[tuple[str, str]]:
    """Each role and who holds it; the organisation's own holder before the desk's."""
    by_role: dict[str, str] = {}
    for seen in record.holders:
        by_role.setdefault(seen.role, seen.name)
    return [(labels.names.roles.get(role, role), name) for role, name in by_role.items()]
