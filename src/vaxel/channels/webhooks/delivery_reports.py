"""What a delivery service reports about mails it took: the ones that came back are noted at the mail.

Each service's own view in django-anymail proves the sender and reads the body; what it finds goes through the same
door as a delivery report by mail. The service hears 2xx after the commit, and repeats what it did not hear of.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vaxel.channels.mail.services import SERVICES, Service, ServiceName
from vaxel.domain.notices.bounces import record_bounce
from vaxel.kit.mail import Bounce, Severity

#: What the service found out: for good, or for now. The rest of its reports is not about delivery.
_SEVERITY: Final[Mapping[str, Severity]] = {
    EventType.BOUNCED: "hard",
    EventType.REJECTED: "soft",
    EventType.FAILED: "soft",
}
#: A bounce that names one of these is no proof that there is no such mailbox.
_NOT_FOR_GOOD: Final = frozenset({RejectReason.TIMED_OUT, RejectReason.BLOCKED, RejectReason.SPAM})
_ENHANCED_STATUS: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
#: Not now (4), or a mailbox that exists and is full or closed (5.2).
_FOR_NOW: Final = ("4.", "5.2.")
_SOFT: Final = re.compile(r"soft[-_ ]?bounced?|soft|transient|temporary", re.IGNORECASE)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def delivery_reports(request: HttpRequest, service: ServiceName) -> HttpResponse:
    """Reports of the service in the settings; 404 for any other, 400 without its secret."""
    if service not in SERVICES or service != settings.MAIL_SERVICE:
        raise Http404
    if request.method == "POST":
        view = _view(SERVICES[service])
        view.run_validators(request)
        take_in(view.parse_events(request), now=timezone.now())
    return HttpResponse()


def take_in(events: Iterable[AnymailTrackingEvent], *, now: datetime) -> None:
    """Note every mail that came back; a report about none of ours is heard and changes nothing."""
    for event in events:
        bounce = _bounce(event)
        if bounce is not None and event.message_id:
            record_bounce(bounce=bounce, service_id=str(event.message_id), now=now)


def _bounce(event: AnymailTrackingEvent) -> Bounce | None:
    severity = _SEVERITY.get(event.event_type)
    if severity is None:
        return None
    status = _status(event)
    if event.reject_reason in _NOT_FOR_GOOD or status.startswith(_FOR_NOW) or _is_called_soft(event):
        severity = "soft"
    return Bounce(recipient=event.recipient or "", severity=severity, status=status)


def _status(event: AnymailTrackingEvent) -> str:
    """The enhanced status code in the other server's reply; empty where there is none."""
    found = _ENHANCED_STATUS.search(event.mta_response or "")
    return found[0] if found else ""


def _is_called_soft(event: AnymailTrackingEvent) -> bool:
    """Whether the service itself says so, in one of the fields of its report: django-anymail has one word for both."""
    report = event.esp_event if isinstance(event.esp_event, dict) else {}
    return any(isinstance(value, str) and _SOFT.fullmatch(value) is not None for value in report.values())


def _view(service: Service) -> AnymailBaseWebhookView:
    """Refuses everybody while no secret is set: anybody could block anybody's address."""
    if not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise AnymailWebhookValidationFailure("no secret for reports is set")
    view: AnymailBaseWebhookView = import_string(f"anymail.webhooks.{service.reports}")()
    return view
