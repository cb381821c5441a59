"""Mails that did not arrive: staff look, and send again what should be."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.notices.blocking import lift_block
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import NotSendableError, send_again
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.frame import say


@require_POST
@staff_page
def mail(request: HttpRequest, place: StaffPlace, name: str, mail_id: int) -> HttpResponse:
    """Send it once more, though a copy may be there already."""
    try:
        send_again(scope=place.scope, mail_id=mail_id, by=place.by, now=place.now)
    except OutgoingMail.DoesNotExist:
        raise Http404 from None
    except NotSendableError:
        say(request, _("The mail is on its way already."))
    else:
        say(request, _("The mail is sent again."))
    return back(request, place, name)


@require_POST
@staff_page
def address(request: HttpRequest, place: StaffPlace, name: str, mail_id: int) -> HttpResponse:
    """Send to an address again that mails had come back from."""
    try:
        lift_block(scope=place.scope, mail_id=mail_id, by=place.by, now=place.now)
    except OutgoingMail.DoesNotExist:
        raise Http404 from None
    say(request, _("Mails go to the address again. Send the ones that waited."))
    return back(request, place, name)
