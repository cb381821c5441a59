"""A question is handed over to whoever is right for it: who that is and what holds there is shown before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.handing_over import HandOver, Words, hand_over, hand_over_if, places_to_hand_to
from vaxel.domain.tickets.lifecycle import NotHereError, NotPossibleError
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.actions import back, changed_meanwhile
from vaxel.surfaces.workspace.composer import MOST_CHARACTERS
from vaxel.surfaces.workspace.decision import Outcome, outcome_of
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.page import Trouble, show_ticket

_LONGEST_WHY: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form. The words to the asker are in the asker's language."""

    destination: str
    why: str = ""
    to_asker: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where the question would land. `holder` is empty for a team, and where nobody holds the role."""

    outcome: Outcome
    holder: str
    #: The place is a role's that nobody fills: all who answer for it are told.
    is_gap: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def handing_over(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Choose a place; look at what holds there; write why, and do it."""
    try:
        ticket = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    given = request.POST if request.method == "POST" else request.GET
    typed = Typed(
        destination=given.get("destination", ""),
        why=plain(given.get("why", "")).strip()[:_LONGEST_WHY],
        to_asker=plain(given.get("to_asker", "")).strip()[:MOST_CHARACTERS],
        language=_language_of(ticket, place),
    )
    try:
        found = _landing(ticket, typed.destination, place=place) if typed.destination else None
    except NotHereError:
        raise Http404 from None
    if request.method != "POST":
        return _show(request, place, ticket, typed, found)
    errors = _faults(typed)
    if errors or found is None:
        return _show(request, place, ticket, typed, found, errors=errors)
    return _hand_over(request, place, name, typed, seen_version=number_in(given.get("version", "")))


def _landing(ticket: Ticket, destination: str, *, place: StaffPlace) -> HandOver:
    return hand_over_if(ticket, destination=destination, desk=place.desk, now=place.now)


def _faults(typed: Typed) -> tuple[FieldError, ...]:
    if not typed.destination:
        return (FieldError(field="destination", text=_("Choose who should have the question")),)
    if not typed.why:
        return (FieldError(field="why", text=_("Write why, for whoever gets the question")),)
    return ()


def _show(
    request: HttpRequest,
    place: StaffPlace,
    ticket: Ticket,
    typed: Typed,
    found: HandOver | None,
    *,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    name = f"{place.desk.prefix}-{ticket.number}"
    labels = labels_of(place.desk, now=place.now, version_id=ticket.policy_id)
    names = labels.names.destinations
    return show(
        request,
        place,
        "hand_over",
        labels=labels,
        listing=Listing.of(request),
        name=name,
        ticket=ticket,
        typed=typed,
        places=[
            Option(value=each, label=names.get(each, each))
            for each in places_to_hand_to(ticket, desk=place.desk, now=place.now)
        ],
        landing=None if found is None else _shown(ticket, found, labels=labels),
        proposed="" if found is None else _proposal(ticket, found, place=place),
        by_field={each.field: each.text for each in errors},
        errors=errors,
        back_url=workspace_url("ticket", place, name=name) + Listing.of(request).query(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _shown(ticket: Ticket, found: HandOver, *, labels: Labels) -> Landing:
    outcome = outcome_of(found.decision, kind=ticket.kind, product=ticket.product, topic=ticket.topic, labels=labels)
    place = policy_version(ticket.policy_id).file.destinations.get(found.decision.destination)
    is_role = place is not None and place.role is not None
    return Landing(
        outcome=outcome,
        holder="" if found.holder is None else found.holder.name,
        is_gap=is_role and found.holder is None,
    )


def _language_of(ticket: Ticket, place: StaffPlace) -> str:
    """The asker's own, or the desk's first."""
    account = ticket.requester.account
    chosen = "" if account is None else account.language
    return chosen if chosen in place.desk.languages else place.desk.languages[0]


def _proposal(ticket: Ticket, found: HandOver, *, place: StaffPlace) -> str:
    """Plain words to the asker, which name the new person; whoever hands over may write their own. The mail that
    carries them greets by itself.
    """
    language = _language_of(ticket, place)
    file = policy_version(ticket.policy_id).file
    destination = file.destinations.get(found.decision.destination)
    # What customers call a role's holder ("Your project manager") is nobody here where nobody holds it.
    named = destination if destination is None or destination.role is None else file.roles.get(destination.role)
    where = found.decision.destination if named is None else named.name.in_(language)
    with translation.override(language):
        if found.holder is None:
            said = _(
                "Another part of our team can answer your question better than I can, so I have handed it "
                "over. You get your answer here: %(where)s."
            )
            return said % {"where": where}
        said = _(
            "%(who)s can answer your question better than I can, so I have handed it over. "
            "%(who)s answers you here, and you need not do anything."
        )
        return said % {"who": found.holder.name}


def _hand_over(
    request: HttpRequest, place: StaffPlace, name: str, typed: Typed, *, seen_version: int | None
) -> HttpResponse:
    try:
        ticket = hand_over(
            scope=place.scope,
            number=number_of(place.desk, name),
            destination=typed.destination,
            words=Words(why=typed.why, to_asker=typed.to_asker, language=typed.language),
            by=place.by,
            now=place.now,
            seen_version=seen_version,
        )
    except TicketMissingError:
        raise Http404 from None
    except ChangedMeanwhileError:
        trouble = changed_meanwhile(_("Look at it, and do it again if it is still right."), since=0)
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    except NotPossibleError:
        trouble = Trouble(title=_("The ticket is finished"), text=_("Open it again first, and then hand it over."))
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    names = labels_of(place.desk, now=place.now, version_id=ticket.policy_id).names
    where = names.destinations.get(ticket.destination, ticket.destination)
    say(request, _("The question is handed over: %(destination)s.") % {"destination": where})
    return back(request, place, name)
