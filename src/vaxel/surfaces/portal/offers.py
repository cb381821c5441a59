"""Offers of work as customers see them: on the ticket, among what waits for a yes, and behind the link in a mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.lists import format_list
from django.utils.translation import gettext as _

from vaxel.domain.smalljobs.models import HourEntry, Offer
from vaxel.domain.smalljobs.offers import approvers
from vaxel.domain.smalljobs.prepaid import balance
from vaxel.domain.smalljobs.queries import Job, answered_offers, hour_entries, jobs_on, offers_waiting
from vaxel.domain.smalljobs.rates import Price
from vaxel.domain.smalljobs.wording import minutes_in_words, price_in_words
from vaxel.domain.tickets.models import Ticket
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.ui.ticket_names import ticket_name

State = Offer.State
#: Answered offers that are shown; the tickets have them all.
_ANSWERED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShown:
    """An offer in words; empty texts do not apply."""

    #: Unique on its page: names the fields of its form.
    id: int
    ticket: str
    subject: str
    #: Empty for whoever may not read the ticket.
    ticket_url: str
    state: str
    #: Waits for an answer that can still be given.
    waits: bool
    what: str
    at_most: str
    price: str
    valid_until: Moment
    made_by: str
    answered_by: str
    why_not: str
    used: str
    #: Takes the yes or the no; empty for whoever has no such right.
    answer_url: str
    #: Who decides, for those who do not.
    deciders: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow:
    """Bought hours coming in or going out."""

    at: Moment
    what: str
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsPage:
    """What waits for a yes, what has been answered, and the bought hours."""

    waiting: tuple[OfferShown, ...]
    answered: tuple[OfferShown, ...]
    #: Empty where the organisation has never bought any.
    balance: str
    hours: tuple[HourRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one reader is told, now."""

    zone: ZoneInfo
    language: str
    now: datetime

    def moment(self, at: datetime) -> Moment:
        """An instant at the desk."""
        return moment(at, now=self.now, zone=self.zone, language=self.language)


def reading_of(place: CustomerPlace, *, language: str) -> Reading:
    """For somebody who is signed in."""
    return Reading(zone=ZoneInfo(place.desk.time_zone), language=language, now=place.now)


def offers_on(ticket: Ticket, *, place: CustomerPlace, language: str, offered: bool) -> tuple[OfferShown, ...]:
    """The ticket's offers, but those that were taken back; no query where nothing was `offered`, else one or two."""
    if not offered:
        return ()
    jobs = [job for job in jobs_on(place.scope, ticket_id=ticket.pk) if job.offer.state != State.WITHDRAWN]
    reading, may = reading_of(place, language=language), place.viewer.rights.approves
    who = ""
    if not may and any(job.offer.state == State.MADE for job in jobs):
        names = [each.name for each in approvers(organisation_id=ticket.organisation_id)]
        who = format_list(names, style="or", locale=language)
    name = ticket_name(place.desk, ticket.number)
    return tuple(
        _shown(job, ticket, name=name, reading=reading, answer_url=_answer_url(job.offer, place=place), deciders=who)
        for job in jobs
    )


def approvals_page(place: CustomerPlace, *, language: str) -> ApprovalsPage:
    """Everything that somebody with the right decides on; five queries."""
    reading = reading_of(place, language=language)
    organisation_id = place.viewer.organisation_id
    entries = hour_entries(place.scope, organisation_id=organisation_id)
    left = balance(organisation_id=organisation_id)
    return ApprovalsPage(
        waiting=tuple(_of(offer, place=place, reading=reading) for offer in offers_waiting(place.scope)),
        answered=tuple(
            _of(offer, place=place, reading=reading) for offer in answered_offers(place.scope, most=_ANSWERED)
        ),
        balance=minutes_in_words(left, language=language) if entries else "",
        hours=tuple(_hours(entry, place=place, reading=reading) for entry in entries),
    )


def _of(offer: Offer, *, place: CustomerPlace, reading: Reading) -> OfferShown:
    ticket = offer.ticket
    name = ticket_name(place.desk, ticket.number)
    reads = place.viewer.rights.sees_organisation or ticket.requester_id == place.viewer.person_id
    return _shown(
        Job(offer, ()),
        ticket,
        name=name,
        reading=reading,
        ticket_url=portal_url("ticket", place, name=name) if reads else "",
        answer_url=_answer_url(offer, place=place),
    )


def _answer_url(offer: Offer, *, place: CustomerPlace) -> str:
    may = place.viewer.rights.approves and offer.state == State.MADE and offer.valid_until > place.now
    return portal_url("approval", place, offer_id=str(offer.pk)) if may else ""


def offer_behind_link(offer: Offer, *, reading: Reading) -> OfferShown:
    """For whoever came by the link in a mail: it is its own address that takes the answer."""
    name = ticket_name(offer.desk, offer.ticket.number)
    return _shown(Job(offer, ()), offer.ticket, name=name, reading=reading, answer_url=".")


def _shown(
    job: Job,
    ticket: Ticket,
    *,
    name: str,
    reading: Reading,
    answer_url: str,
    ticket_url: str = "",
    deciders: str = "",
) -> OfferShown:
    offer, language = job.offer, reading.language
    waits = offer.state == State.MADE and offer.valid_until > reading.now
    price = Price(offer.per_hour, offer.currency)
    worked = minutes_in_words(job.spent.used, language=language) if job.entries else ""
    return OfferShown(
        id=offer.pk,
        ticket=name,
        subject=ticket.subject,
        ticket_url=ticket_url,
        state=_state(offer, now=reading.now),
        waits=waits,
        what=offer.what,
        at_most=minutes_in_words(offer.minutes, language=language),
        price=_("From the hours you have bought")
        if offer.paid_by == Offer.PaidBy.PREPAID
        else _("%(amount)s without VAT") % {"amount": price_in_words(price, minutes=offer.minutes, language=language)},
        valid_until=reading.moment(offer.valid_until),
        made_by=offer.made_by_name,
        answered_by=offer.answered_by_name,
        why_not=offer.why_not,
        used=worked,
        answer_url=answer_url if waits else "",
        deciders=deciders if waits else "",
    )


def _state(offer: Offer, *, now: datetime) -> str:
    if offer.state == State.MADE and offer.valid_until <= now:
        return _("The offer has run out")
    names = {
        State.MADE: _("Waits for a yes or a no"),
        State.ACCEPTED: _("Approved: we may work"),
        State.DECLINED: _("Declined"),
        State.WITHDRAWN: _("We have taken the offer back"),
        State.DONE: _("The work is done"),
    }
    return names[State(offer.state)]


def _hours(entry: HourEntry, *, place: CustomerPlace, reading: Reading) -> HourRow:
    names = {
        HourEntry.Kind.BOUGHT: _("Bought"),
        HourEntry.Kind.RESERVED: _("Set aside for a job"),
        HourEntry.Kind.RETURNED: _("Not needed for a job"),
        HourEntry.Kind.CORRECTED: _("Corrected"),
    }
    kind = names[HourEntry.Kind(entry.kind)]
    ticket = "" if entry.offer is None else ticket_name(place.desk, entry.offer.ticket.number)
    more = ticket or entry.note
    return HourRow(
        at=reading.moment(entry.at),
        what=f"{kind}: {more}" if more else kind,
        minutes=minutes_in_words(entry.minutes, language=reading.language),
    )
