"""Mails that a delivery service received for us and posts: 2xx after they are stored, and not before (trust 66).

The service's own view in django-anymail proves who posts. Where the post holds the mail as it came, those bytes are
stored; where it holds pieces, the view puts them together. Which mailbox a mail is for follows from its envelope, or
from what it shows.
"""

from datetime import datetime
from typing import Final

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vaxel.channels.mail.reading.limits import LONGEST_MAIL
from vaxel.channels.mail.services import SERVICES, ServiceName
from vaxel.channels.webhooks.raw_posts import PostedMail, raw_mails
from vaxel.domain.mailroom.choosing import mailbox_of_address, mailbox_shown
from vaxel.domain.mailroom.storing import Arrival, store

#: A mail of the longest kind, once more encoded in JSON.
_LONGEST_POST: Final = 2 * LONGEST_MAIL


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def received_mails(request: HttpRequest, service: ServiceName) -> HttpResponse:
    """A mail from the service in the settings; 404 for any other and for others' mail, 400 without its secret."""
    if service not in SERVICES or service != settings.MAIL_SERVICE:
        raise Http404
    if request.method == "POST":
        view = _view(service)
        _read_whole(request)
        view.run_validators(request)
        posted = raw_mails(service, request)
        if posted is None:
            posted = [_put_together(event.message) for event in view.parse_events(request)]
        for mail in posted:
            _store(mail, now=timezone.now())
    return HttpResponse()


def _view(service: ServiceName) -> AnymailBaseWebhookView:
    """Refuses everybody while no secret is set: anybody could write in anybody's name."""
    if not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise AnymailWebhookValidationFailure("no secret for received mails is set")
    name = SERVICES[service].reports.replace("Tracking", "Inbound")
    view: AnymailBaseWebhookView = import_string(f"anymail.webhooks.{name}")()
    return view


def _read_whole(request: HttpRequest) -> None:
    """Mails are longer than the forms that Django's limit is for; a limit they have as well."""
    if (request.content_type or "").startswith("multipart/"):
        return
    body = request.read(_LONGEST_POST + 1)
    if len(body) > _LONGEST_POST:
        raise RequestDataTooBig("the posted mail is too long")
    request._body = body  # noqa: SLF001  # where `request.body` keeps what it has read


def _put_together(message: AnymailInboundMessage) -> PostedMail:
    """Pieces that the service has made of it itself."""
    return PostedMail(
        raw=message.as_bytes(), sender=message.envelope_sender or "", recipient=message.envelope_recipient or ""
    )


def _store(mail: PostedMail, *, now: datetime) -> None:
    mailbox = mailbox_of_address(mail.recipient) or mailbox_shown(mail.raw)
    if mailbox is None:
        raise Http404
    arrival = Arrival(
        raw=mail.raw if len(mail.raw) <= LONGEST_MAIL else None,
        size=len(mail.raw),
        envelope_sender=mail.sender,
        envelope_recipients=(mail.recipient,) if mail.recipient else (),
    )
    store([arrival], mailbox=mailbox, now=now)
