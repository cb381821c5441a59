"""Working on an agreed job: the clock, minutes written afterwards, corrections, and the end."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.smalljobs.offers import ClockRunsError, JobNotAgreedError, OfferMissingError, finish_job
from vaxel.domain.smalljobs.prepaid import NotEnoughHoursError
from vaxel.domain.smalljobs.queries import jobs_on
from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.domain.smalljobs.work import (
    ClockElsewhereError,
    EntryMissingError,
    SpentError,
    correct_time,
    log_time,
    start_work,
    stop_work,
)
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.ui.typed import instant_in
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.jobs_beside import job_shown
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.listing import Listing

_LONGEST_NOTE: Final = 300
_MOST_MINUTES: Final = 100_000
_TYPED: Final = "%Y-%m-%dT%H:%M"


@require_safe
@staff_page
def job(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """One job with all that was worked on it."""
    return _show(request, place, name, offer_id)


@require_POST
@staff_page
def start(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """Let the viewer's clock run."""
    return _change(request, place, name, offer_id, start_work, _("Your clock runs."))


@require_POST
@staff_page
def stop(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """Stop the viewer's clock."""
    note = plain(request.POST.get("note", "")).strip()[:_LONGEST_NOTE]
    return _change(request, place, name, offer_id, stop_work, _("Your clock has stopped."), note=note)


@require_POST
@staff_page
def finish(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """The work is done."""
    return _change(request, place, name, offer_id, finish_job, _("The work is done. The customer gets a mail."))


def _change(
    request: HttpRequest, place: StaffPlace, name: str, offer_id: int, door: Callable[..., Any], done: str, **more: str
) -> HttpResponse:
    try:
        door(scope=place.scope, offer_id=offer_id, by=place.by, now=place.now, **more)
    except OfferMissingError:
        raise Http404 from None
    except (EntryMissingError, JobNotAgreedError, ClockRunsError, SpentError, ClockElsewhereError) as refused:
        text = _refusal(refused, place=place)
        return _show(request, place, name, offer_id, errors=(FieldError(field="job", text=text),))
    say(request, done)
    return back(request, place, name)


def _refusal(refused: Exception, *, place: StaffPlace) -> str:
    match refused:
        case SpentError():
            return _("The agreed time is used up. Make a new offer before anybody works on")
        case ClockElsewhereError():
            running = ticket_name(place.desk, refused.entry.offer.ticket.number)
            return _("Your clock runs on %(name)s. Stop it there first") % {"name": running}
        case ClockRunsError():
            return _("Somebody's clock runs on the job. Stop it first")
        case EntryMissingError():
            return _("Your clock does not run here any more")
        case _:
            return _("No work before the customer has said yes")


@require_POST
@staff_page
def worked(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """Write down time that was worked without the clock."""
    labels = labels_of(place.desk, now=place.now)
    minutes = number_in(request.POST.get("minutes", ""))
    at = instant_in(request.POST.get("at", ""), zone=labels.zone)
    errors = []
    if minutes is None or not 1 <= minutes <= _MOST_MINUTES:
        errors.append(FieldError(field="minutes", text=_("Write the time in minutes, as a whole number")))
    if at is None:
        errors.append(FieldError(field="at", text=_("Write when you began, as day and time")))
    if minutes is None or at is None or errors:
        return _show(request, place, name, offer_id, errors=tuple(errors))
    note = plain(request.POST.get("note", "")).strip()[:_LONGEST_NOTE]
    try:
        log_time(
            scope=place.scope, offer_id=offer_id, minutes=minutes, worked_at=at, note=note, by=place.by, now=place.now
        )
    except OfferMissingError:
        raise Http404 from None
    except JobNotAgreedError:
        text = _("Choose a time after the customer's yes and before now")
        return _show(request, place, name, offer_id, errors=(FieldError(field="at", text=text),))
    except SpentError as spent:
        return _show(request, place, name, offer_id, errors=(_too_much("minutes", spent, labels=labels),))
    say(request, _("The time is written down."))
    return _again(request, place, name, offer_id)


@require_POST
@staff_page
def correction(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """Say what a row should have been, and why; the row itself stays."""
    labels = labels_of(place.desk, now=place.now)
    entry, minutes = number_in(request.POST.get("entry", "")), number_in(request.POST.get("right", ""))
    note = plain(request.POST.get("why", "")).strip()[:_LONGEST_NOTE]
    errors = []
    if minutes is None or minutes > _MOST_MINUTES:
        errors.append(FieldError(field="right", text=_("Write the time in minutes, as a whole number")))
    if not note:
        errors.append(FieldError(field="why", text=_("Write why the time is corrected")))
    if entry is None:
        raise Http404
    if minutes is None or errors:
        return _show(request, place, name, offer_id, errors=tuple(errors))
    try:
        correct_time(scope=place.scope, entry_id=entry, minutes=minutes, note=note, by=place.by, now=place.now)
    except EntryMissingError:
        raise Http404 from None
    except SpentError as spent:
        return _show(request, place, name, offer_id, errors=(_too_much("right", spent, labels=labels),))
    except NotEnoughHoursError:
        text = _("The customer has used the hours that came back. Make a new offer for more")
        return _show(request, place, name, offer_id, errors=(FieldError(field="right", text=text),))
    say(request, _("The time is corrected. The first row stays, with the correction beside it."))
    return _again(request, place, name, offer_id)


def _too_much(field: str, spent: SpentError, *, labels: Labels) -> FieldError:
    left = minutes_in_words(spent.left, language=labels.language)
    text = _("Only %(left)s is left of what was agreed. Make a new offer for more") % {"left": left}
    return FieldError(field=field, text=text)


def _again(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    address = workspace_url("job", place, name=name, offer_id=str(offer_id)) + Listing.of(request).query()
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _show(
    request: HttpRequest, place: StaffPlace, name: str, offer_id: int, *, errors: tuple[FieldError, ...] = ()
) -> HttpResponse:
    """The job's page; four queries besides the frame's."""
    try:
        ticket = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    found = [each for each in jobs_on(place.scope, ticket_id=ticket.pk) if each.offer.pk == offer_id]
    if not found:
        raise Http404
    labels, listing = labels_of(place.desk, now=place.now, version_id=ticket.policy_id), Listing.of(request)
    return show(
        request,
        place,
        "smalljobs/job",
        labels=labels,
        listing=listing,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        name=name.upper(),
        subject=ticket.subject,
        job=job_shown(found[0], place=place, name=name, labels=labels),
        sent={
            "minutes": request.POST.get("minutes", ""),
            "at": request.POST.get("at", "") or place.now.astimezone(labels.zone).strftime(_TYPED),
            "note": request.POST.get("note", ""),
            "right": request.POST.get("right", ""),
            "why": request.POST.get("why", ""),
            "entry": request.POST.get("entry", ""),
        },
        back_url=workspace_url("ticket", place, name=name) + listing.query(),
    )
