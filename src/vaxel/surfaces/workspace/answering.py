"""Sending an answer or keeping a note: the box below the conversation."""

from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.tickets.conversation import TicketClosedError, note, reply
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.status import Status
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.kept_form import forget_form
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.workspace.actions import back, changed_meanwhile
from vaxel.surfaces.workspace.composer import MOST_CHARACTERS, Written, read_written
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.manual.passages import with_passage
from vaxel.surfaces.workspace.page import Trouble, show_ticket
from vaxel.surfaces.workspace.unsent import keep_files

#: What the buttons beside Send make of the ticket.
_THEN: Final = {"wait": Status.WAITING_CUSTOMER, "solve": Status.SOLVED}


@require_POST
@staff_page
def conversation(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Words for the customer or for colleagues. A canned reply, a file or a passage only changes the box."""
    forget_form(request)
    written = read_written(request.POST)
    if written.passage:
        written = with_passage(written, place, name)
    if written.changes_box:
        return show_ticket(request, place, name, written=written)
    problems = keep_files(request, place, name, written)
    if not written.remove:
        problems = problems or _amiss(written)
    if problems or written.remove:
        trouble = Trouble(title=_("There is a problem"), errors=problems) if problems else None
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
        return show_ticket(request, place, name, written=written, trouble=trouble, status=status)
    return (_keep_note if written.is_note else _send_answer)(request, place, name, written)


def _amiss(written: Written) -> tuple[FieldError, ...]:
    """What is wrong with the words: there are none, or more than anybody reads."""
    if not written.text:
        return (FieldError(field="body", text=_("Write something before you send")),)
    if len(written.text) > MOST_CHARACTERS:
        length, most = (number_format(many, force_grouping=True) for many in (len(written.text), MOST_CHARACTERS))
        words = _("Your text has %(length)s characters, and at most %(most)s fit. Attach what is long as a file.")
        return (FieldError(field="body", text=words % {"length": length, "most": most}),)
    return ()


def _keep_note(request: HttpRequest, place: StaffPlace, name: str, written: Written) -> HttpResponse:
    """Keep a note for colleagues. It overwrites nothing, so nobody is refused whose page was overtaken."""
    try:
        note(
            scope=place.scope,
            number=number_of(place.desk, name),
            text=written.text,
            html=written.html,
            by=place.by,
            now=place.now,
            seen_version=written.seen_version,
        )
    except TicketMissingError:
        raise Http404 from None
    say(request, _("The note is kept. Customers cannot see it."))
    return back(request, place, name)


def _send_answer(request: HttpRequest, place: StaffPlace, name: str, written: Written) -> HttpResponse:
    try:
        reply(
            scope=place.scope,
            number=number_of(place.desk, name),
            text=written.text,
            html=written.html,
            by=place.by,
            now=place.now,
            seen_version=written.seen_version,
            then=_THEN.get(written.then),
        )
    except TicketMissingError:
        raise Http404 from None
    except (ChangedMeanwhileError, TicketClosedError) as error:
        trouble = _too_late(error, written)
        return show_ticket(request, place, name, written=written, trouble=trouble, status=HTTPStatus.CONFLICT)
    _say_sent(request, place, name, written)
    return _onward(request, place, written) if written.then == "next" else back(request, place, name)


def _onward(request: HttpRequest, place: StaffPlace, written: Written) -> HttpResponse:
    """To the next ticket of the list, or to the list at its end."""
    try:
        number = number_of(place.desk, written.next_name)
    except Http404:
        address = workspace_url("inbox", place)
    else:
        address = workspace_url("ticket", place, name=ticket_name(place.desk, number))
    return HttpResponseRedirect(address + Listing.of(request).query(), status=HTTPStatus.SEE_OTHER)


def signed_out(written: Written | None) -> Trouble | None:
    """What was sent after the session had ended stands in the box again, with what has happened since."""
    if written is None:
        return None
    advice = _(
        "Your answer stands in the box. Read what has happened since, if anything has, choose files once more, and "
        "send it."
    )
    return Trouble(title=_("You had been signed out, so nothing was sent"), text=advice, tell_since=written.seen_event)


def _too_late(error: ChangedMeanwhileError | TicketClosedError, written: Written) -> Trouble:
    """Somebody was faster; every word is kept (trust 75)."""
    if isinstance(error, ChangedMeanwhileError):
        advice = _("Your answer stands in the box. Read what has happened, and send it if it is still right.")
        return changed_meanwhile(advice, since=written.seen_event)
    return Trouble(
        title=_("The ticket is closed, so the answer was not sent."),
        text=_("Your words stand in the box. Keep them as an internal note, or copy them."),
    )


def _say_sent(request: HttpRequest, place: StaffPlace, name: str, written: Written) -> None:
    called = {"name": name.upper()}
    if written.then == "solve":
        undo_url = workspace_url("reopening", place, name=name)
        say(request, _("Your answer is on its way, and %(name)s is solved.") % called, undo_url=undo_url)
    elif written.then == "wait":
        say(request, _("Your answer is on its way, and %(name)s waits for the customer.") % called)
    else:
        say(request, _("Your answer in %(name)s is on its way.") % called)
