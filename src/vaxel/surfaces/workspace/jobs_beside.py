"""A small job as staff see it: where it stands, what is used of what was agreed, and what can be done now."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.offers import why_no_offer
from vaxel.domain.smalljobs.queries import Job, jobs_on
from vaxel.domain.smalljobs.rates import Price
from vaxel.domain.smalljobs.wording import minutes_in_words, price_in_words
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.thread_view import EventSeen
from vaxel.kit.values import value
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Moment, Option
from vaxel.surfaces.workspace.approving import approving
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels

State = Offer.State
_ICONS: Final[Mapping[str, str]] = {
    State.MADE: "waiting",
    State.ACCEPTED: "check",
    State.DECLINED: "closed",
    State.WITHDRAWN: "undo",
    State.DONE: "solved",
}


#: Work may begin, or has been done.
_AGREED: Final = frozenset({State.ACCEPTED, State.DONE})


@value(kw_only=True)
class EntryShown:
    """A row of work; `minutes` is empty while its clock runs."""

    staff: str
    at: Moment
    minutes: str
    note: str
    #: Worked beyond what was agreed, and not charged.
    beyond: str
    is_correction: bool
    runs: bool


@value(kw_only=True)
class JobShown:
    """An offer and its work; empty texts do not apply. Urls are empty where the step is not possible now."""

    what: str
    state: str
    icon: str
    #: Why nobody may ever answer an offer that waits; empty where those who may say yes are told.
    unheard: str
    #: "12 minuter av 30 minuter"; agreed and used in minutes for the meter.
    used: str
    used_minutes: int
    agreed_minutes: int
    agreed: str
    price: str
    valid_until: Moment | None
    made_by: str
    answered_by: str
    why_not: str
    runs_for: str
    entries: tuple[EntryShown, ...]
    #: The rows that can be corrected, as choices.
    correctable: tuple[Option, ...]
    url: str
    start_url: str
    stop_url: str
    finish_url: str
    withdraw_url: str
    time_url: str
    correction_url: str


@value(kw_only=True)
class JobsBeside:
    """What the ticket's panel says of small jobs, newest first."""

    jobs: tuple[JobShown, ...]
    #: Empty where the terms take no offer, of whatever size, or the ticket is finished.
    offer_url: str


def jobs_of(place: StaffPlace, ticket: Ticket, *, name: str, events: Sequence[EventSeen], labels: Labels) -> JobsBeside:
    """One query for a ticket on which something was offered, one more while it waits, and none for any other."""
    offered = any(event.kind == EventKind.OFFER_MADE for event in events)
    jobs = jobs_on(place.scope, ticket_id=ticket.pk) if offered else []
    may_offer = why_no_offer(ticket, desk=place.desk, now=place.now) is None
    return JobsBeside(
        jobs=tuple(job_shown(job, place=place, name=name, labels=labels) for job in jobs),
        offer_url=workspace_url("offer", place, name=name) if may_offer else "",
    )


def job_shown(job: Job, *, place: StaffPlace, name: str, labels: Labels) -> JobShown:
    """One job, for the viewer; one query for an offer that waits for its yes, none for any other."""
    offer, spent, language = job.offer, job.spent, labels.language
    price = Price(offer.per_hour, offer.currency)
    agreed = minutes_in_words(offer.minutes, language=language)
    used = minutes_in_words(spent.used, language=language)
    at_work = offer.state == State.ACCEPTED
    mine = any(entry.staff_id == place.viewer.staff_id for entry in job.running)

    def url(page: str, *, when: bool) -> str:
        return workspace_url(page, place, name=name, offer_id=str(offer.pk)) if when else ""

    return JobShown(
        what=offer.what,
        state=state_in_words(offer, labels=labels),
        icon=_ICONS[offer.state],
        unheard=approving(offer.organisation_id).trouble if _waits(offer, labels=labels) else "",
        used=_("%(used)s of %(agreed)s") % {"used": used, "agreed": agreed} if offer.state in _AGREED else "",
        used_minutes=spent.used,
        agreed_minutes=offer.minutes,
        agreed=agreed,
        price=_("From the customer's hours")
        if offer.paid_by == Offer.PaidBy.PREPAID
        else price_in_words(price, minutes=offer.minutes, language=language),
        valid_until=labels.moment(offer.valid_until) if offer.state == State.MADE else None,
        made_by=offer.made_by_name,
        answered_by=offer.answered_by_name,
        why_not=offer.why_not,
        runs_for=", ".join(entry.staff_name for entry in job.running),
        entries=tuple(_entry(entry, labels=labels) for entry in job.entries),
        correctable=tuple(_choice(entry, labels=labels) for entry in job.entries if _can_be_corrected(entry)),
        url=url("job", when=True),
        start_url=url("job_start", when=at_work and not mine and spent.left > 0),
        stop_url=url("job_stop", when=mine),
        finish_url=url("job_end", when=at_work and not job.running),
        withdraw_url=url("offer_withdrawal", when=offer.state == State.MADE),
        time_url=url("job_time", when=at_work and spent.left > 0),
        correction_url=url("job_correction", when=bool(job.entries)),
    )


def _waits(offer: Offer, *, labels: Labels) -> bool:
    return offer.state == State.MADE and offer.valid_until > labels.now


def state_in_words(offer: Offer, *, labels: Labels) -> str:
    """Where an offer stands; one that nobody answered in time has run out."""
    if offer.state == State.MADE and offer.valid_until <= labels.now:
        return _("The offer has run out")
    return {
        State.MADE: _("Waits for the customer's yes"),
        State.ACCEPTED: _("The customer has said yes"),
        State.DECLINED: _("The customer has said no"),
        State.WITHDRAWN: _("Taken back"),
        State.DONE: _("Done"),
    }[State(offer.state)]


def _can_be_corrected(entry: WorkEntry) -> bool:
    return entry.ended_at is not None and entry.corrects_id is None


def _choice(entry: WorkEntry, *, labels: Labels) -> Option:
    said = minutes_in_words(entry.minutes, language=labels.language)
    at = labels.moment(entry.started_at).exact
    return Option(value=str(entry.pk), label=f"{at}, {entry.staff_name}: {said}")


def _entry(entry: WorkEntry, *, labels: Labels) -> EntryShown:
    runs, language = entry.ended_at is None, labels.language
    return EntryShown(
        staff=entry.staff_name,
        at=labels.moment(entry.started_at),
        minutes="" if runs else minutes_in_words(entry.minutes, language=language),
        note=entry.note,
        beyond=minutes_in_words(entry.beyond, language=language) if entry.beyond else "",
        is_correction=entry.corrects_id is not None,
        runs=runs,
    )
