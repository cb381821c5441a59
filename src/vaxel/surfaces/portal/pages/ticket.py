"""A ticket as its customer reads it: a letter exchange, whose turn it is, and why it is where it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.desks.policies import policy_version
from vaxel.domain.notices.participants import let_in_to
from vaxel.domain.people.queries import LocalContact, first_line
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.first_line import is_stranded, way_on
from vaxel.domain.tickets.models import Attachment, Clock, Event, Message, ReplyDraft, Ticket
from vaxel.domain.tickets.queries import clocks_of, events_of, messages_of, reply_draft_of
from vaxel.domain.tickets.question import STANDS_STILL
from vaxel.domain.tickets.status import DONE, Status
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decision import Decision
from vaxel.surfaces.asking.details import kept_files
from vaxel.surfaces.asking.way import Details, details_of
from vaxel.surfaces.asking.wording import destination_name, local_person, why
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.offers import OfferShown, offers_on
from vaxel.surfaces.portal.pages.contacts_notes import NotesShown, notes_on
from vaxel.surfaces.portal.pages.related import Related, related_to
from vaxel.surfaces.portal.pages.rows import running_promise, status_of, whose_turn
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.field_answers import field_answer
from vaxel.surfaces.ui.files import file_url, size_in_words
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import File, Moment, Person, Promise, Reason
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.words import safe_html
from vaxel.surfaces.ui.written_down import written_down

#: Events that customers read between the messages; the others are the vendor's own affair.
_SHOWN: Final[Mapping[str, str]] = {
    EventKind.SOLVED: "solved",
    EventKind.REOPENED: "undo",
    EventKind.CLOSED: "closed",
    EventKind.MERGED: "route",
    EventKind.PASSED_ON: "send",
    EventKind.PARTICIPANT_LET_IN: "mail",
    EventKind.DECIDED_AGAIN: "route",
    EventKind.HANDED_OVER: "route",
    EventKind.ERASED: "delete",
}
#: Events after which somebody may get our answers who came along in a mail.
_LETTING_IN: Final = frozenset({EventKind.PARTICIPANT_LET_IN, EventKind.PARTICIPANTS_NAMED, EventKind.TAKEN_IN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A message, or something that happened between two."""

    message: shapes.Message | None = None
    event: shapes.Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """What they are writing, kept on the server; `version` is the ticket's that they write to."""

    text: str
    version: int
    error: str
    files_error: str
    kept: tuple[File, ...]
    max_bytes: int
    url: str
    autosave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """All contacts that the question went to have left: who sees it now, and where it can go."""

    people: tuple[Person, ...]
    #: The place that steps in for an organisation without contacts; empty where the terms name none.
    where: str
    #: Sends the ticket there, for its asker; empty where that place takes no tickets.
    pass_on_url: str
    details: Details | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOn:
    """The way to bring a colleague's question to the vendor; `again`: one of the contacts has done that already."""

    url: str
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    name: str
    subject: str
    status: shapes.Status
    turn: str
    promise: Promise | None
    sent: Moment
    items: tuple[Item, ...]
    helper: Person | None
    where: str
    because: tuple[Reason, ...]
    #: Whom the reasons speak to, by name; empty for the reader.
    told_to: str
    facts: tuple[tuple[str, str], ...]
    #: None on a closed ticket: a new question may refer to it.
    reply: ReplyForm | None
    #: Words of theirs that a closed ticket did not take any more, for a new question.
    unsent: str
    close_url: str
    reopen_url: str
    another_url: str
    #: Where to tell what a mail did not; empty when nothing is missing.
    details_url: str
    #: For a local contact: bring a colleague's question to the vendor.
    take_on: TakingOn | None
    #: For a local contact: what they tell each other of a colleague's question.
    notes: NotesShown | None
    #: For the asker, when nobody is left who can answer.
    stranded: Stranded | None
    offers: tuple[OfferShown, ...]
    #: Tickets that it was taken out of, goes on in, or was passed on as.
    related: tuple[Related, ...]


def ticket_page(
    ticket: Ticket,
    *,
    place: CustomerPlace,
    language: str,
    errors: Mapping[str, str],
    typed: str | None = None,
    noted: str = "",
) -> TicketPage:
    """The page; `typed` and `noted` are what came with a form that had errors, else the draft is shown. Six to ten
    queries.
    """
    policy, zone = policy_version(ticket.policy_id), ZoneInfo(place.desk.time_zone)
    name = ticket_name(place.desk, ticket.number)
    done = ticket.status in DONE
    reasons = why(Decision.from_json(ticket.decision), policy=policy, language=language)
    # Where somebody has put it by hand, the route's reason would tell of another place.
    where = reasons.where[:1] if ticket.handed_to else reasons.where
    events = events_of(ticket)
    offered = any(event.kind == EventKind.OFFER_MADE for event in events)
    stranded = _stranded(ticket, policy=policy, place=place, language=language)
    return TicketPage(
        name=name,
        subject=ticket.subject,
        status=status_of(ticket),
        turn=_("The question waits for somebody who can answer.")
        if stranded
        else whose_turn(ticket, place=place, language=language),
        promise=running_promise(_first_due(clocks_of(ticket)), place=place, zone=zone, language=language),
        sent=moment(ticket.created_at, now=place.now, zone=zone, language=language),
        items=_items(ticket, events, place=place, zone=zone, language=language),
        helper=_helper(ticket, place=place),
        where=_("Nobody right now") if stranded else destination_name(policy, ticket.destination, language),
        because=(*where, *reasons.when),
        told_to="" if ticket.requester_id == place.viewer.person_id else ticket.requester.name,
        facts=(*_facts(ticket, policy=policy, place=place, language=language), *_copies(ticket, events)),
        reply=_reply(ticket, name=name, place=place, errors=errors, typed=typed),
        unsent=_unsent(ticket, place=place),
        close_url="" if done else portal_url("ticket_close", place, name=name),
        reopen_url=portal_url("ticket_reopen", place, name=name) if ticket.status == Status.SOLVED else "",
        another_url=f"{portal_url('ask', place)}?after={name}",
        details_url="" if done or not ticket.details_missing else portal_url("ticket_details", place, name=name),
        take_on=_taking_on(ticket, events, place=place),
        notes=notes_on(ticket, place=place, language=language, typed=noted, error=errors.get("note", ""))
        if may_take_on(ticket, place=place)
        else None,
        stranded=stranded,
        related=related_to(ticket, events, place=place),
        offers=offers_on(ticket, place=place, language=language, offered=offered),
    )


def _stranded(ticket: Ticket, *, policy: Policy, place: CustomerPlace, language: str) -> Stranded | None:
    """For the asker alone: whoever else reads the question is one who can answer it."""
    asker = place.viewer.person_id
    if ticket.requester_id != asker or not is_stranded(ticket):
        return None
    name = ticket_name(place.desk, ticket.number)
    onward = way_on(ticket)
    step_in = None if onward is None else policy.file.destinations[onward]
    left = first_line(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id)
    return Stranded(
        people=tuple(_administrator(each) for each in left if each.person_id != asker),
        where="" if step_in is None else step_in.name.in_(language),
        pass_on_url=portal_url("ticket_pass_on", place, name=name)
        if step_in is not None and step_in.takes_ticket
        else "",
        details=details_of(step_in.details, language) if step_in is not None and step_in.details is not None else None,
    )


def _taking_on(ticket: Ticket, events: Sequence[Event], *, place: CustomerPlace) -> TakingOn | None:
    if not may_take_on(ticket, place=place):
        return None
    name = ticket_name(place.desk, ticket.number)
    is_passed_on = any(event.kind == EventKind.PASSED_ON for event in events)
    return TakingOn(url=portal_url("ticket_take_on", place, name=name), again=is_passed_on)


def may_take_on(ticket: Ticket, *, place: CustomerPlace) -> bool:
    """A question to the local contacts, read by one of them and not their own; where it leads the policy decides."""
    return ticket.is_first_line and ticket.requester_id != place.viewer.person_id


def _administrator(contact: LocalContact) -> Person:
    return replace(local_person(contact), role=contact.title or _("Administers at your organisation"))


def _first_due(clocks: Sequence[Clock]) -> Clock | None:
    running = [clock for clock in clocks if clock.state == Clock.State.RUNNING and clock.due_at is not None]
    return min(running, key=attrgetter("due_at"), default=None)


def _items(
    ticket: Ticket, events: Sequence[Event], *, place: CustomerPlace, zone: ZoneInfo, language: str
) -> tuple[Item, ...]:
    """Messages and events in the order in which they happened."""
    found = [
        (message.at, 0, Item(message=_message(message, place=place, zone=zone, language=language)))
        for message in messages_of(ticket)
    ] + [
        (event.at, 1, Item(event=_event(event, place=place, zone=zone, language=language)))
        for event in events
        if event.kind in _SHOWN and _is_news(event)
    ]
    return tuple(item for *_place, item in sorted(found, key=lambda one: one[:2]))


def _is_news(event: Event) -> bool:
    """A change of kind that left the ticket where it was is nothing to the customer."""
    if event.kind != EventKind.DECIDED_AGAIN:
        return True
    before, after = event.data.get("before", {}), event.data.get("after", {})
    return bool(before.get("destination") != after.get("destination"))


def _message(message: Message, *, place: CustomerPlace, zone: ZoneInfo, language: str) -> shapes.Message:
    ours, files = message.by_kind == "staff", list(message.attachments.all())
    return shapes.Message(
        id=f"m{message.pk}",
        author=Person(
            name=message.by_name,
            initials=initials(message.by_name),
            organisation=place.desk.name if ours else place.viewer.organisation_name,
            ours=ours,
        ),
        at=moment(message.at, now=place.now, zone=zone, language=language),
        kind="ours" if ours else "customer",
        via=written_down(message.written_down_by.name, channel=message.channel) if message.written_down_by else "",
        lang=message.language,
        html=safe_html(message.html, text=message.text),
        # What an agent's mail quotes may be talk among staff: customers read what agents wrote, and nothing below it.
        quoted=safe_html("", text=message.quoted) if message.quoted and not ours else None,
        files=tuple(_file(each, place=place) for each in files if not each.is_decoration),
        aside=tuple(_file(each, place=place) for each in files if each.is_decoration),
    )


def _file(attachment: Attachment, *, place: CustomerPlace) -> File:
    return File(
        name=attachment.name, url=file_url(attachment, desk=place.desk), facts=size_in_words(attachment.blob.size)
    )


def _event(event: Event, *, place: CustomerPlace, zone: ZoneInfo, language: str) -> shapes.Event:
    texts = {
        EventKind.SOLVED: _("%(name)s marked the ticket as solved."),
        EventKind.REOPENED: _("%(name)s opened the ticket again."),
        EventKind.CLOSED: _("%(name)s closed the ticket."),
        EventKind.MERGED: _("%(name)s put the ticket together with another one, where it goes on."),
        EventKind.PASSED_ON: _("%(name)s has passed the question on to us."),
        EventKind.PARTICIPANT_LET_IN: _("%(name)s lets one more person get our answers by mail."),
        EventKind.HANDED_OVER: _("%(name)s handed the question over to whoever can answer it best."),
        EventKind.DECIDED_AGAIN: _("%(name)s moved the ticket to the right place."),
        EventKind.ERASED: _("%(name)s erased all that was written here."),
    }
    return shapes.Event(
        text=texts[EventKind(event.kind)] % {"name": event.by_name},
        at=moment(event.at, now=place.now, zone=zone, language=language),
        icon=_SHOWN[event.kind],
    )


def _helper(ticket: Ticket, *, place: CustomerPlace) -> Person | None:
    if ticket.assignee is None:
        return None
    name = ticket.assignee.name
    return Person(
        name=name, initials=initials(name), role=ticket.assignee.title, organisation=place.desk.name, ours=True
    )


def _facts(ticket: Ticket, *, policy: Policy, place: CustomerPlace, language: str) -> tuple[tuple[str, str], ...]:
    """What was answered besides the words; names that the policy does not know are shown as they are."""
    file, today = policy.file, place.desk.day_of(place.now)
    rows = [(_("Asked by"), ticket.requester.name)]
    if ticket.kind in file.kinds:
        rows.append((_("Kind"), file.kinds[ticket.kind].name.in_(language)))
    if ticket.product in file.products:
        rows.append((_("Product"), file.products[ticket.product].name.in_(language)))
    if ticket.topic in file.topics:
        rows.append((_("Concerns"), file.topics[ticket.topic].name.in_(language)))
    if ticket.priority in file.priorities.levels:
        rows.append((_("Priority"), file.priorities.levels[ticket.priority].name.in_(language)))
    if ticket.on_behalf_of:
        rows.append((pgettext("colleague", "On behalf of"), ticket.on_behalf_of["name"]))
    for name, value in ticket.fields.items():
        field = file.fields.get(name)
        # Long answers stand in the first message; what is kept beside the form is told where it belongs.
        if field is not None and field.type != "long-text":
            rows.append((field.label.in_(language), field_answer(field, str(value), today=today, language=language)))
    if ticket.fields.get(STANDS_STILL):
        rows.append((_("What stands still"), ticket.fields[STANDS_STILL]))
    return tuple(rows)


def _copies(ticket: Ticket, events: Sequence[Event]) -> tuple[tuple[str, str], ...]:
    """Who came along in a mail and gets the answers too; a query only where somebody was ever let in."""
    if not any(event.kind in _LETTING_IN for event in events):
        return ()
    addresses = ", ".join(each.address for each in let_in_to(ticket))
    return ((_("Also gets our answers"), addresses),) if addresses else ()


def _reply(
    ticket: Ticket, *, name: str, place: CustomerPlace, errors: Mapping[str, str], typed: str | None
) -> ReplyForm | None:
    if ticket.status == Status.CLOSED:
        return None
    draft: ReplyDraft | None = reply_draft_of(ticket, by=place.by)
    return ReplyForm(
        text=typed if typed is not None else "" if draft is None else draft.text,
        version=ticket.version,
        error=errors.get("text", ""),
        files_error=errors.get("files", ""),
        kept=() if draft is None else kept_files(list(draft.attachments.all())),
        max_bytes=settings.UPLOAD_LIMIT_BYTES,
        url=portal_url("ticket_reply", place, name=name),
        autosave=portal_url("ticket_draft", place, name=name),
    )


def _unsent(ticket: Ticket, *, place: CustomerPlace) -> str:
    """What somebody was still writing when the ticket was closed: it is shown, for the words are theirs."""
    draft = reply_draft_of(ticket, by=place.by) if ticket.status == Status.CLOSED else None
    return "" if draft is None else draft.text
