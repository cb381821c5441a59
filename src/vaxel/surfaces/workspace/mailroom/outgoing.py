"""Mails on their way out: what waits, what went wrong, what was sent."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import NotSendableError, send_again
from vaxel.domain.notices.outgoing import LISTS, Outgoing, outgoing_page
from vaxel.domain.notices.queries import MailState
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.mailroom.frame import OUTGOING, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A mail in the list; the addresses are empty where there is nothing to open or to press."""

    subject: str
    language: str
    state: MailState
    at: Moment
    ticket: str
    ticket_url: str
    again_url: str


@require_safe
@staff_page
def outgoing(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """One of the lists, newest first."""
    which = request.GET.get("show", "trouble")
    which = which if which in LISTS else "trouble"
    page = outgoing_page(place.scope, which=which, after=request.GET.get("after", ""))
    own, labels = workspace_url(OUTGOING, place), labels_of(place.desk, now=place.now)
    return show(
        request,
        place,
        "outgoing",
        title=_("Mail going out"),
        part=OUTGOING,
        chosen=which,
        own_url=own,
        rows=[_row(mail, place=place, labels=labels) for mail in page.rows],
        first_url=f"{own}?show={which}" if request.GET.get("after") else "",
        next_url=f"{own}?show={which}&after={page.next_after}" if page.next_after else "",
    )


def _row(mail: Outgoing, *, place: StaffPlace, labels: Labels) -> Row:
    name = "" if mail.number is None else ticket_name(place.desk, mail.number)
    state = mail.state
    return Row(
        subject=mail.subject,
        language=mail.language,
        state=state,
        at=labels.moment(state.at),
        ticket=name,
        ticket_url=workspace_url("ticket", place, name=name) if name else "",
        again_url=_again_url(state, place=place) if state.needs_a_look and state.can_be_sent_again else "",
    )


def _again_url(state: MailState, *, place: StaffPlace) -> str:
    return workspace_url("outgoing_again", place, mail_id=str(state.mail_id))


@require_POST
@staff_page
def again(request: HttpRequest, place: StaffPlace, mail_id: int) -> HttpResponse:
    """Send it once more, though a copy may be there already."""
    try:
        send_again(scope=place.scope, mail_id=mail_id, by=place.by, now=place.now)
    except OutgoingMail.DoesNotExist:
        raise Http404 from None
    except NotSendableError:
        say(request, _("The mail is on its way already."))
    else:
        say(request, _("The mail is sent again."))
    return HttpResponseRedirect(workspace_url(OUTGOING, place), status=HTTPStatus.SEE_OTHER)
