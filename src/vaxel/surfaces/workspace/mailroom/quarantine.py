"""Mails that were not simply accepted: why each waits, and what staff do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.mailroom import releasing
from vaxel.domain.mailroom.bodies import mail_body
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.mailroom.queries import HELD, Held, HeldMail, blocked_senders, held_mail, held_mails
from vaxel.domain.mailroom.releasing import NoSuchPlaceError, NotReleasableError
from vaxel.domain.people.queries import Caller, callers
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Letter, Moment
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.mailroom.frame import QUARANTINE, show
from vaxel.surfaces.workspace.mailroom.letters import remark_of

_ASIDE: Final = (ReceivedMail.State.IGNORED,)
_LISTS: Final = {"waiting": HELD, "aside": _ASIDE}
#: Pixels of the frame on the page of one mail.
_HEIGHT: Final = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A mail in the list."""

    url: str
    subject: str
    sender: str
    why: str
    mailbox: str
    at: Moment
    is_answered: bool


@require_safe
@staff_page
def quarantine(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """What waits for a human, or what nobody needed to see; newest first."""
    chosen = request.GET.get("show", "waiting")
    chosen = chosen if chosen in _LISTS else "waiting"
    page = held_mails(place.scope, states=_LISTS[chosen], after=request.GET.get("after", ""))
    own, labels = workspace_url(QUARANTINE, place), labels_of(place.desk, now=place.now)
    return show(
        request,
        place,
        "quarantine",
        title=_("Mail that waits"),
        part=QUARANTINE,
        chosen=chosen,
        rows=[_row(mail, place=place, labels=labels) for mail in page.rows],
        first_url=f"{own}?show={chosen}" if request.GET.get("after") else "",
        next_url=f"{own}?show={chosen}&after={page.next_after}" if page.next_after else "",
        own_url=own,
        blocked=blocked_senders(place.scope),
        unblock_url=workspace_url("mail_unblock", place),
    )


def _row(mail: Held, *, place: StaffPlace, labels: Labels) -> Row:
    return Row(
        url=workspace_url("held_mail", place, mail=mail.public_id),
        subject=mail.subject or _("(no subject)"),
        sender=_sender(mail),
        why=mail.why,
        mailbox=mail.mailbox,
        at=labels.moment(mail.received_at),
        is_answered=mail.is_answered,
    )


def _sender(mail: Held) -> str:
    """The true address always, the name beside it: a name is what the sender says (trust 7)."""
    if not mail.sender:
        return _("unknown sender")
    return f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender


@require_safe
@staff_page
def held(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """One mail, with everything that may be done with it."""
    return _show_held(request, place, _found(place, mail))


def _found(place: StaffPlace, public_id: str) -> HeldMail:
    found = held_mail(place.scope, public_id=public_id)
    if found is None:
        raise Http404
    return found


def _show_held(
    request: HttpRequest, place: StaffPlace, found: HeldMail, *, errors: tuple[FieldError, ...] = ()
) -> HttpResponse:
    row, labels = found.row, labels_of(place.desk, now=place.now)
    sought = plain(request.GET.get("q", "")).strip() or row.sender
    seen = mail_body(place.scope, public_id=row.public_id)
    return show(
        request,
        place,
        "held",
        title=row.subject or _("(no subject)"),
        part=QUARANTINE,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        facts=_facts(row, labels=labels),
        row=row,
        sender=_sender(row),
        is_open=row.state in releasing.OPEN_TO_RELEASE and found.has_original,
        is_waiting=row.state in HELD,
        ticket_url=workspace_url("ticket", place, name=ticket) if (ticket := _ticket(row, place=place)) else "",
        letter=None if seen is None else _letter(found, place=place),
        text="" if seen is None else found.text,
        is_hidden=seen is None,
        number=request.POST.get("number") or ticket,
        sought=sought,
        people=_people(sought, place=place),
        back_url=workspace_url(QUARANTINE, place),
        urls={name: workspace_url(f"mail_{name}", place, mail=row.public_id) for name in _ACTIONS},
    )


_ACTIONS: Final = ("ticket", "person", "retry", "aside", "block")


def _people(sought: str, *, place: StaffPlace) -> list[Caller]:
    return callers(place.scope, words=sought, most=8) if sought else []


def _ticket(row: Held, *, place: StaffPlace) -> str:
    return "" if row.ticket_number is None else ticket_name(place.desk, row.ticket_number)


def _letter(found: HeldMail, *, place: StaffPlace) -> Letter:
    """The preview; a mail of plain words stands on the page itself."""
    public_id = found.row.public_id
    return Letter(
        original_url=workspace_url("mail_original", place, mail=public_id) if found.has_original else "",
        frame_url=workspace_url("mail_body", place, mail=public_id) if found.html else "",
        height=_HEIGHT,
        remark=remark_of(len(found.remote_images)),
    )


def _facts(row: Held, *, labels: Labels) -> list[tuple[str, str]]:
    proven = {
        "pass": _("Yes: the receiving server has checked the sender's domain"),
        "fail": _("No: the sender's domain did not send it"),
        "none": _("Not known: the sender's domain says nothing about its mails"),
    }
    rows = [
        (_("From"), _sender(row)),
        (_("To"), row.mailbox),
        (_("Came"), labels.moment(row.received_at).exact),
        (_("Size"), size_in_words(row.size)),
        (
            _("Is the sender real?"),
            proven.get(row.authentication, _("Not known: no server that you trust has checked")),
        ),
    ]
    if row.is_answered:
        rows.append((_("Answered"), _("The sender has had a friendly answer that says why nothing came of it")))
    return rows


def _act(
    request: HttpRequest, place: StaffPlace, mail: str, door: Callable[[], object], *, done: str, field: str = "state"
) -> HttpResponse:
    """Do it and go back to the list; what cannot be done is said on the mail's page."""
    found = _found(place, mail)
    try:
        door()
    except ReceivedMail.DoesNotExist:
        raise Http404 from None
    except (NoSuchPlaceError, NotReleasableError) as error:
        fault = FieldError(field=field, text=_why_not(error, field=field))
        return _show_held(request, place, found, errors=(fault,))
    say(request, done)
    return HttpResponseRedirect(workspace_url(QUARANTINE, place), status=HTTPStatus.SEE_OTHER)


def _why_not(error: Exception, *, field: str) -> str:
    """What could not be done, as what to do instead."""
    if isinstance(error, NoSuchPlaceError):
        return (
            _("There is no such ticket at this desk. Check the number") if field == "number" else _("Choose somebody")
        )
    if field == "number":
        return _("The ticket is closed and takes no answers. Let the mail in as a new question")
    return _("Something has become of the mail already, or it was never fetched")


@require_POST
@staff_page
def to_ticket(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """Take it as an answer in a ticket."""
    name = plain(request.POST.get("number", "")).strip()

    def door() -> object:
        return releasing.release_to_ticket(
            scope=place.scope, public_id=mail, number=_number(place, name), by=place.by, now=place.now
        )

    return _act(
        request, place, mail, door, done=_("The mail goes to %(name)s.") % {"name": name.upper()}, field="number"
    )


def _number(place: StaffPlace, name: str) -> int:
    """With or without the desk's prefix. NoSuchPlaceError for what is no number."""
    try:
        return number_of(place.desk, name if "-" in name else f"{place.desk.prefix}-{name}")
    except Http404:
        raise NoSuchPlaceError(name) from None


@require_POST
@staff_page
def to_person(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """Take it as a question from somebody at a customer; the policy decides it like any other."""
    person_id = request.POST.get("person", "")
    chosen = next(iter(callers(place.scope, person_id=person_id)), None) if person_id else None

    def door() -> object:
        if chosen is None:
            raise NoSuchPlaceError
        return releasing.release_to_person(
            scope=place.scope, public_id=mail, person_id=chosen.person_id, by=place.by, now=place.now
        )

    name = "" if chosen is None else chosen.name
    done = _("The mail becomes a question of %(name)s.") % {"name": name}
    return _act(request, place, mail, door, done=done, field="person")


@require_POST
@staff_page
def retry(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """Judge it anew."""
    return _act(
        request,
        place,
        mail,
        lambda: releasing.retry(scope=place.scope, public_id=mail, by=place.by, now=place.now),
        done=_("The mail is looked at once more."),
    )


@require_POST
@staff_page
def aside(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """Put it aside: no ticket is made of it, and it stays in the list of those put aside."""
    return _act(
        request,
        place,
        mail,
        lambda: releasing.put_aside(scope=place.scope, public_id=mail, by=place.by, now=place.now),
        done=_("The mail is put aside. You find it under “Put aside”."),
    )


@require_POST
@staff_page
def block(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """Put mails from this address, or from its whole domain, aside from now on."""
    whole = "domain" in request.POST
    return _act(
        request,
        place,
        mail,
        lambda: releasing.block_sender(
            scope=place.scope, public_id=mail, whole_domain=whole, by=place.by, now=place.now
        ),
        done=_("Mails from there are put aside from now on."),
    )


@require_POST
@staff_page
def unblock(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Judge mails from there like all others again."""
    address = plain(request.POST.get("address", ""))
    releasing.unblock_sender(scope=place.scope, address=address, by=place.by, now=place.now)
    say(request, _("Mails from %(address)s are let in again.") % {"address": address})
    return HttpResponseRedirect(workspace_url(QUARANTINE, place), status=HTTPStatus.SEE_OTHER)
