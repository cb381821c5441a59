"""After sending: number, promise, what happens next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decision import Decision
from vaxel.surfaces.asking.answers import from_data
from vaxel.surfaces.asking.way import Way, way_of
from vaxel.surfaces.portal.following import followers
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import day
from vaxel.surfaces.ui.ticket_names import ticket_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    title: str
    number: str
    subject: str
    next: str
    way: Way
    ticket_url: str
    another_url: str
    #: By when they said that it must be done, where it is urgent; empty otherwise (A10).
    deadline: str


def receipt_page(ticket: Ticket, *, place: CustomerPlace, language: str) -> ReceiptPage:
    """By the decision that was stored with the ticket."""
    number = ticket_name(place.desk, ticket.number)
    policy = policy_version(ticket.policy_id)
    way = way_of(Decision.from_json(ticket.decision), policy=policy, kind=ticket.kind, place=place, language=language)
    return ReceiptPage(
        title=_("Thank you, your question is sent"),
        number=number,
        subject=ticket.subject,
        next=_next(way),
        way=way,
        ticket_url=portal_url("ticket", place, name=number),
        another_url=f"{portal_url('ask', place)}?after={number}",
        deadline=_deadline(ticket, policy=policy, place=place, language=language),
    )


def _deadline(ticket: Ticket, *, policy: Policy, place: CustomerPlace, language: str) -> str:
    if not ticket.facts["urgent"]:
        return ""
    dates = (ticket.fields.get(name) for name, field in policy.file.fields.items() if field.type == "date")
    written = next((str(each) for each in dates if each), "")
    today = place.desk.day_of(place.now)
    return day(date.fromisoformat(written), today=today, language=language) if written else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """The next of several that are asked at once."""

    label: str
    subject: str
    url: str


def next_question(sent: Draft, place: CustomerPlace) -> NextQuestion | None:
    """None when nothing follows; one query."""
    following = next(iter(followers(sent, place=place)), None)
    if following is None:
        return None
    answers = from_data(following.data)
    numbers = {"number": answers.nth, "of": answers.of}
    return NextQuestion(
        label=_("Go on with question %(number)d of %(of)d") % numbers,
        subject=answers.subject,
        url=portal_url("ask_kind", place, draft=following.public_id),
    )


def _next(way: Way) -> str:
    """What happens now, and who does it."""
    if way.sort == "local-contacts":
        return _("Your colleagues read your question and answer you here and by mail.")
    who = {"who": way.people[0].name if way.people else way.destination}
    if not way.works:
        return _("%(who)s has your question. No work on it is included now: read what it costs.") % who
    return _("%(who)s reads your question and answers you here and by mail.") % who
