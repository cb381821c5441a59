"""All that one of the staff has, handed on at once: when they leave, or are away for long (A13). Each hands on their
own, administrators everybody's.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.absences import active_staff, staff_named
from vaxel.domain.people.models import Staff
from vaxel.domain.tickets.leaving import MOST_AT_ONCE, HandedOn, Receiver, hand_on, open_with, who_has_what
from vaxel.domain.tickets.lifecycle import NotHereError
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.numbers import number_in
from vaxel.rules.policy.decide import may_be_handed
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Moment, Option
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

_LONGEST_WHY: Final = 2000
#: What a choice begins with: one of the staff by id, or a destination by name; without either, each ticket's own place.
_STAFF, _PLACE, _OWN = "staff:", "place:", "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A question that they have."""

    name: str
    url: str
    subject: str
    organisation: str
    place: str
    due: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver:
    """One of the staff with something open, and how much."""

    name: str
    has_left: bool
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form."""

    to: str = _OWN
    why: str = ""


def leaving_url(place: StaffPlace, *, staff_id: int) -> str:
    """Where somebody's questions are handed on; empty for whoever may not."""
    if not _may(place, staff_id=staff_id):
        return ""
    return workspace_url("leaving", place, staff_id=str(staff_id))


def leavers_of(place: StaffPlace) -> list[Leaver]:
    """Everybody who has something open, for administrators: those who work here no more stand first; one query."""
    if not place.viewer.may_administer:
        return []
    return [
        Leaver(
            name=each.name,
            has_left=not each.is_active,
            count=each.count,
            url=leaving_url(place, staff_id=each.staff_id),
        )
        for each in who_has_what(place.scope)
    ]


def _may(place: StaffPlace, *, staff_id: int) -> bool:
    return place.viewer.may_administer or staff_id == place.viewer.staff_id


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def leaving(request: HttpRequest, place: StaffPlace, staff_id: int) -> HttpResponse:
    """What they have, and to whom it goes."""
    whose = staff_named(place.scope, staff_id=staff_id) if _may(place, staff_id=staff_id) else None
    if whose is None:
        raise Http404
    typed = Typed(
        to=request.POST.get("to", _OWN),
        why=plain(request.POST.get("why", "")).strip()[:_LONGEST_WHY],
    )
    if request.method != "POST":
        return _show(request, place, whose, typed)
    to, error = _receiver(typed, place=place), None
    if to is None or to.staff_id == staff_id:
        error = FieldError(field="to", text=_("Choose who should have the questions"))
    elif to.destination and not typed.why:
        error = FieldError(field="why", text=_("Write why, for whoever gets the questions"))
    if to is None or error is not None:
        return _show(request, place, whose, typed, error=error)
    try:
        done = hand_on(
            scope=place.scope, desk=place.desk, staff_id=staff_id, to=to, why=typed.why, by=place.by, now=place.now
        )
    except NotHereError:
        raise Http404 from None
    say(request, _said(done, place=place))
    return HttpResponseRedirect(workspace_url("leaving", place, staff_id=str(staff_id)), status=HTTPStatus.SEE_OTHER)


def _receiver(typed: Typed, *, place: StaffPlace) -> Receiver | None:
    if typed.to == _OWN:
        return Receiver()
    if typed.to.startswith(_STAFF):
        staff_id = number_in(typed.to.removeprefix(_STAFF))
        return None if staff_id is None else Receiver(staff_id=staff_id)
    name = typed.to.removeprefix(_PLACE)
    return Receiver(destination=name) if may_be_handed(current_policy(place.desk), name) else None


def _said(done: HandedOn, *, place: StaffPlace) -> str:
    said = ngettext("%(count)d question is handed on.", "%(count)d questions are handed on.", done.gone)
    said %= {"count": done.gone}
    if not done.left:
        return said
    names = ", ".join(ticket_name(place.desk, each) for each in done.left)
    stay = _("These stay, look at them one by one: %(names)s.") % {"names": names}
    return f"{said} {stay}"


def _show(
    request: HttpRequest, place: StaffPlace, whose: Staff, typed: Typed, *, error: FieldError | None = None
) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    rows = open_with(place.scope, staff_id=whose.pk)
    return show(
        request,
        place,
        "leaving",
        labels=labels,
        who=whose.name,
        is_own=whose.pk == place.viewer.staff_id,
        rows=[_row(each, place=place, labels=labels) for each in rows],
        is_cut=len(rows) == MOST_AT_ONCE,
        choices=_choices(place, whose, labels=labels),
        typed=typed,
        errors=() if error is None else (error,),
        by_field={} if error is None else {error.field: error.text},
        absences_url=workspace_url("absences", place),
        status=HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _row(ticket: Ticket, *, place: StaffPlace, labels: Labels) -> OpenRow:
    name = ticket_name(place.desk, ticket.number)
    return OpenRow(
        name=name,
        url=workspace_url("ticket", place, name=name),
        subject=ticket.subject or "–",
        organisation=ticket.organisation.name,
        place=labels.names.destinations.get(ticket.destination, ticket.destination),
        due=None if ticket.next_deadline_at is None else labels.moment(ticket.next_deadline_at),
    )


def _choices(place: StaffPlace, whose: Staff, *, labels: Labels) -> list[Option]:
    """First where each belongs, then the places, then the colleagues."""
    policy = current_policy(place.desk)
    own = Option(value=_OWN, label=_("Where each belongs: whoever holds the role now, or the team's queue"))
    places = [
        Option(value=f"{_PLACE}{name}", label=label)
        for name, label in labels.names.destinations.items()
        if may_be_handed(policy, name)
    ]
    staff = [
        Option(value=f"{_STAFF}{pk}", label=name) for pk, name in active_staff(place.scope).items() if pk != whose.pk
    ]
    return [own, *places, *staff]
