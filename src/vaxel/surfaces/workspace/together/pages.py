"""Tickets that belong together: what is tied to a ticket, tying more to it, and taking it back."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TypedDict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.link import CHOSEN_BY_STAFF, Link
from vaxel.domain.tickets.linking import (
    Hindrance,
    LinkMissingError,
    NotTogetherError,
    link_tickets,
    unlink_tickets,
)
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.merging import merge_tickets, unmerge_tickets
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.domain.tickets.status import DONE
from vaxel.kit.numbers import number_in
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.actions import changed_meanwhile
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.page import show_ticket
from vaxel.surfaces.workspace.together_beside import others_of


class _Pair(TypedDict):
    """What both doors are told: the two tickets, and how the first one stood when the form was shown."""

    scope: Scope
    number: int
    other: int
    by: Actor
    now: datetime
    seen_version: int | None


#: The choice that makes one ticket of two.
SAME = "same"


@require_safe
@staff_page
def together(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """What is tied to the ticket, and the form that ties more."""
    return _show(request, place, _ticket(place, name))


@require_POST
@staff_page
def linking(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Tie another ticket to this one, or make one of the two."""
    ticket, what = _ticket(place, name), request.POST.get("what", "")
    written = plain(request.POST.get("other", "")).strip()
    errors = [*_what_problems(what)]
    other = _number(place, written)
    if other is None:
        errors.append(FieldError(field="other", text=_("Write the number of the other ticket")))
    if errors or other is None:
        return _show(request, place, ticket, what=what, other=written, errors=errors)
    pair = _Pair(
        scope=place.scope,
        number=ticket.number,
        other=other,
        by=place.by,
        now=place.now,
        seen_version=number_in(request.POST.get("version", "")),
    )
    try:
        if what == SAME:
            return _merged(request, place, merge_tickets(**pair))
        link_tickets(**pair, kind=Link.Kind(what))
    except ChangedMeanwhileError:
        trouble = changed_meanwhile(_("Look at it, and do it again if it is still right."), since=0)
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    except TicketMissingError:
        errors.append(FieldError(field="other", text=_("There is no ticket with that number")))
    except NotTogetherError as error:
        errors.append(FieldError(field="other", text=hindrance_in_words(error.hindrance)))
    if errors:
        return _show(request, place, ticket, what=what, other=written, errors=errors)
    say(request, _("The tickets are tied together."))
    return _to_page(place, name)


@require_POST
@staff_page
def unlinking(request: HttpRequest, place: StaffPlace, name: str, link_id: int) -> HttpResponse:
    """Take a link back."""
    done = _("The link is gone.")
    return _take_back(
        request,
        place,
        name,
        done,
        lambda number: unlink_tickets(scope=place.scope, number=number, link_id=link_id, by=place.by, now=place.now),
    )


@require_POST
@staff_page
def unmerging(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """The merged ticket is one of its own again."""
    done = _("%(name)s is a ticket of its own again.") % {"name": name.upper()}
    return _take_back(
        request,
        place,
        name,
        done,
        lambda number: unmerge_tickets(scope=place.scope, number=number, by=place.by, now=place.now),
    )


def _take_back(
    request: HttpRequest, place: StaffPlace, name: str, done: str, door: Callable[[int], object]
) -> HttpResponse:
    try:
        door(number_of(place.desk, name))
    except (TicketMissingError, LinkMissingError):
        raise Http404 from None
    say(request, done)
    return _to_page(place, name)


def _merged(request: HttpRequest, place: StaffPlace, kept: Ticket) -> HttpResponse:
    name = ticket_name(place.desk, kept.number)
    say(request, _("The tickets are one now: %(name)s. Whoever asked is told.") % {"name": name})
    return HttpResponseRedirect(workspace_url("ticket", place, name=name), status=HTTPStatus.SEE_OTHER)


def _to_page(place: StaffPlace, name: str) -> HttpResponse:
    return HttpResponseRedirect(workspace_url("together", place, name=name), status=HTTPStatus.SEE_OTHER)


def _ticket(place: StaffPlace, name: str) -> Ticket:
    try:
        return staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None


def _number(place: StaffPlace, written: str) -> int | None:
    """The number in "KOM-1042" or in "1042"."""
    return number_in(written.upper().removeprefix(f"{place.desk.prefix}-"))


def _what_problems(what: str) -> tuple[FieldError, ...]:
    if what in {SAME, *(kind.value for kind in CHOSEN_BY_STAFF)}:
        return ()
    return (FieldError(field="what", text=_("Choose how the tickets belong together")),)


def hindrance_in_words(hindrance: Hindrance) -> str:
    """Why two tickets stay apart."""
    return {
        "same": _("That is this ticket itself. Write the number of the other one"),
        "other-organisation": _("That ticket is another customer's. Only tickets of one customer are put together"),
        "other-person": _(
            "Somebody else asked that question. Two persons' tickets are never made one; call it a duplicate instead"
        ),
        "finished": _("One of the tickets is finished. Open it again first, or call it a duplicate"),
        "said-in-reverse": _("The other ticket is tied to this one in that way already. Take that back first"),
        "has-job": _("The younger ticket has an offer of work. Call it a duplicate instead"),
    }[hindrance]


def _show(
    request: HttpRequest,
    place: StaffPlace,
    ticket: Ticket,
    *,
    what: str = "",
    other: str = "",
    errors: list[FieldError] | None = None,
) -> HttpResponse:
    labels, name = labels_of(place.desk, now=place.now), ticket_name(place.desk, ticket.number)
    return show(
        request,
        place,
        "together/together",
        labels=labels,
        name=name,
        ticket=ticket,
        others=others_of(place, ticket.number, labels=labels),
        choices=_choices(can_merge=ticket.status not in DONE),
        what=what,
        other=other,
        errors=errors or (),
        error_of={each.field: each.text for each in errors or ()},
        link_url=workspace_url("linking", place, name=name),
        back_url=workspace_url("ticket", place, name=name),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _choices(*, can_merge: bool) -> list[Option]:
    choices = [
        Option(value=Link.Kind.DUPLICATE, label=_("This ticket is a duplicate of the other")),
        Option(value=Link.Kind.PART_OF, label=_("This ticket is a part of the other")),
        Option(value=Link.Kind.CAUSED_BY, label=_("This ticket is caused by the other")),
    ]
    if can_merge:
        hint = _("Only when the same person asked both. The older one goes on, and whoever asked is told.")
        choices.append(Option(value=SAME, label=_("They are the same question: make them one ticket"), hint=hint))
    return choices
