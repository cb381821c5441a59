"""Take a question out of a ticket: choose the words, look at what the policy decides, do it (B12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.intake import NotATicketError, preview
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.queries import messages_of, staff_ticket
from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.split import NothingChosenError, NotSaidError, Part, Sort, split_ticket
from vaxel.kit.numbers import number_in
from vaxel.rules.policy import FactsError
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Moment
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.actions import changed_meanwhile
from vaxel.surfaces.workspace.decision import Outcome, outcome_of
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, options_of
from vaxel.surfaces.workspace.page import show_ticket

#: What the fields of a message's box and passage are called, before its id.
_MESSAGE: Final = "message"
_PASSAGE: Final = "passage-"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShown:
    """A message to choose; `passage` is what stands in its field."""

    id: int
    by: str
    at: Moment
    text: str
    chosen: bool
    passage: str
    files: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says."""

    parts: tuple[Part, ...]
    sort: Sort
    version: int | None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def split(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Nothing is done before the press on the button that says so."""
    try:
        ticket = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    sent = request.POST
    wanted = _wanted(sent, ticket)
    if request.method != "POST":
        return _show(request, place, ticket, wanted)
    errors = _problems(wanted, place)
    outcome, more = (None, ()) if errors else _outcome(wanted.sort, ticket, place=place)
    errors = (*errors, *more)
    if "do" in sent and outcome is not None and not outcome.stays:
        return _split(request, place, ticket, wanted, outcome)
    return _show(request, place, ticket, wanted, outcome=outcome, errors=errors)


def _wanted(sent: QueryDict, ticket: Ticket) -> Wanted:
    ids = [number for each in sent.getlist(_MESSAGE) if (number := number_in(each)) is not None]
    return Wanted(
        parts=tuple(Part(message_id=each, passage=_passage(sent, each)) for each in ids),
        sort=Sort(
            subject=plain(sent.get("subject", "")).strip(),
            kind=sent.get("kind", ticket.kind),
            product=sent.get("product", ticket.product),
            topic=sent.get("topic", ""),
        ),
        version=number_in(sent.get("version", "")),
    )


def _passage(sent: QueryDict, message_id: int) -> str | None:
    """None where the field was left empty: all of it is meant."""
    return plain(sent.get(f"{_PASSAGE}{message_id}", "")).replace("\r\n", "\n").strip() or None


def _problems(wanted: Wanted, place: StaffPlace) -> tuple[FieldError, ...]:
    file, sort = current_policy(place.desk).file, wanted.sort
    checks = [
        (_MESSAGE, bool(wanted.parts), _("Choose the words that belong to the new question")),
        ("subject", bool(sort.subject), _("Write a subject")),
        ("kind", sort.kind in file.kinds, _("Choose a kind of question")),
        ("product", not sort.product or sort.product in file.products, _("Choose a product from the list")),
        ("topic", not sort.topic or sort.topic in file.topics, _("Choose a topic from the list")),
    ]
    return tuple(FieldError(field=field, text=text) for field, is_right, text in checks if not is_right)


def _outcome(sort: Sort, ticket: Ticket, *, place: StaffPlace) -> tuple[Outcome | None, tuple[FieldError, ...]]:
    """What the policy decides about the new question, or why there can be no such question."""
    question = Question(
        kind=sort.kind, channel=ticket.channel, subject=sort.subject, text="", product=sort.product, topic=sort.topic
    )
    try:
        answer = preview(question, desk=place.desk, person_id=ticket.requester_id, now=place.now)
    except FactsError:
        text = _("This kind of question is not asked about that product. Choose another combination")
        return None, (FieldError(field="kind", text=text),)
    labels = labels_of(place.desk, now=place.now)
    return outcome_of(answer.decision, kind=sort.kind, product=sort.product, topic=sort.topic, labels=labels), ()


def _split(request: HttpRequest, place: StaffPlace, ticket: Ticket, wanted: Wanted, outcome: Outcome) -> HttpResponse:
    name = ticket_name(place.desk, ticket.number)
    try:
        new = split_ticket(
            scope=place.scope,
            number=ticket.number,
            parts=wanted.parts,
            sort=wanted.sort,
            by=place.by,
            now=place.now,
            seen_version=wanted.version,
        )
    except ChangedMeanwhileError:
        trouble = changed_meanwhile(_("Look at it, and do it again if it is still right."), since=0)
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    except (NothingChosenError, NotSaidError, NotPossibleError, NotATicketError) as error:
        return _show(request, place, ticket, wanted, outcome=outcome, errors=(_fault(error),))
    say(
        request,
        _("%(name)s is a ticket of its own. Whoever asked is told.") % {"name": ticket_name(place.desk, new.number)},
    )
    if new.is_first_line:
        return HttpResponseRedirect(workspace_url("ticket", place, name=name), status=HTTPStatus.SEE_OTHER)
    address = workspace_url("ticket", place, name=ticket_name(place.desk, new.number))
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _fault(error: Exception) -> FieldError:
    if isinstance(error, NothingChosenError):
        return FieldError(field=_MESSAGE, text=_("Choose words that the customer wrote; answers alone are no question"))
    if isinstance(error, NotSaidError):
        text = _("The passage holds words that do not stand in the message. Keep only the customer's own words")
        return FieldError(field=_MESSAGE, text=text)
    return FieldError(field="kind", text=_("The policy takes no ticket for this question, or its asker has left"))


def _show(
    request: HttpRequest,
    place: StaffPlace,
    ticket: Ticket,
    wanted: Wanted,
    *,
    outcome: Outcome | None = None,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    labels, name = labels_of(place.desk, now=place.now), ticket_name(place.desk, ticket.number)
    names = labels.names
    return show(
        request,
        place,
        "together/split",
        labels=labels,
        name=name,
        ticket=ticket,
        messages=[_message(each, wanted, labels=labels) for each in messages_of(ticket)],
        sort=wanted.sort,
        version=ticket.version,
        outcome=outcome,
        errors=errors,
        error_of={each.field: each.text for each in errors},
        kinds=options_of(names.kinds),
        products=options_of(names.products),
        topics=options_of(names.topics),
        back_url=workspace_url("ticket", place, name=name),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _message(message: Message, wanted: Wanted, *, labels: Labels) -> MessageShown:
    part = next((each for each in wanted.parts if each.message_id == message.pk), None)
    return MessageShown(
        id=message.pk,
        by=message.by_name,
        at=labels.moment(message.at),
        text=message.text,
        chosen=part is not None,
        passage="" if part is None else part.passage or "",
        files=tuple(each.name for each in message.attachments.all() if not each.is_decoration),
        error="",
    )
