"""The mail viewer of a demonstration: all that would have been sent. Its addresses exist only with VAXEL_DEMO."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.queries import MailState, outbox_mail, outbox_page, state_of
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.chrome import chosen_theme
from vaxel.surfaces.ui.demonstration import require_demonstration
from vaxel.surfaces.ui.languages import language_options
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import Chrome, Link, Moment

#: For the HTML of a mail, alone in its frame: its own styles and nothing else, no script, nothing fetched.
_MAIL_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; "
    "sandbox allow-top-navigation-by-user-activation"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    url: str
    subject: str
    #: Of the mail, which need not be that of the page.
    language: str
    recipient: str
    state: MailState
    at: Moment


@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """The outbox of the first desk."""
    require_demonstration()
    desk = Desk.objects.order_by("pk").first()
    if desk is None:
        raise Http404
    return redirect("outbox:mails", desk=desk.slug)


@require_GET
def mails(request: HttpRequest, desk: str) -> HttpResponse:
    """A desk's mails, newest first."""
    require_demonstration()
    found = get_object_or_404(Desk, slug=desk)
    after = request.GET.get("after", "")
    page = outbox_page(desk_id=found.pk, after=number_in(after))
    own = reverse("outbox:mails", kwargs={"desk": desk})
    context = {
        "chrome": _chrome(request, found),
        "desks": [_desk_link(each, current=each.pk == found.pk) for each in Desk.objects.order_by("pk")],
        "rows": [_row(mail, found) for mail in page.mails],
        "first_url": own if after else "",
        "next_url": f"{own}?after={page.next_after}" if page.next_after else "",
    }
    return render(request, "ui/outbox.html.jinja", context)


@require_GET
def mail(request: HttpRequest, desk: str, mail_id: int) -> HttpResponse:
    """One mail: its heads, its text part, and its HTML part in a frame."""
    require_demonstration()
    found = get_object_or_404(Desk, slug=desk)
    shown = _mail_or_404(found, mail_id)
    context = {"chrome": _chrome(request, found), "mail": shown, "row": _row(shown, found), "desk": found}
    return render(request, "ui/outbox_mail.html.jinja", context)


@require_GET
@xframe_options_sameorigin
def mail_html(request: HttpRequest, desk: str, mail_id: int) -> HttpResponse:
    """The HTML part alone, as a mail program would show it; its links lead out of the frame."""
    require_demonstration()
    shown = _mail_or_404(get_object_or_404(Desk, slug=desk), mail_id)
    body = shown.html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(body, headers={"Content-Security-Policy": _MAIL_POLICY})


def _mail_or_404(desk: Desk, mail_id: int) -> OutgoingMail:
    found = outbox_mail(desk_id=desk.pk, mail_id=mail_id)
    if found is None:
        raise Http404
    return found


def _desk_link(desk: Desk, *, current: bool) -> Link:
    return Link(label=desk.name, url=reverse("outbox:mails", kwargs={"desk": desk.slug}), current=current)


def _row(mail: OutgoingMail, desk: Desk) -> MailRow:
    now, language = timezone.now(), translation.get_language() or "sv"
    return MailRow(
        url=reverse("outbox:mail", kwargs={"desk": desk.slug, "mail_id": mail.pk}),
        subject=mail.subject,
        language=mail.language,
        recipient=f"{mail.recipient_name} <{mail.recipient}>" if mail.recipient_name else mail.recipient,
        state=state_of(mail),
        at=moment(mail.created_at, now=now, zone=ZoneInfo(desk.time_zone), language=language),
    )


def _chrome(request: HttpRequest, desk: Desk) -> Chrome:
    return Chrome(
        desk_name=desk.name,
        place=_("Sent mail"),
        home_url=reverse("outbox:mails", kwargs={"desk": desk.slug}),
        accent_url=reverse("accent", kwargs={"desk": desk.slug}),
        language_url=reverse("language"),
        languages=language_options(),
        theme_url=reverse("theme"),
        theme=chosen_theme(request),
    )


urlpatterns: list[URLPattern] = [
    path("", first, name="first"),
    path("<slug:desk>/", mails, name="mails"),
    path("<slug:desk>/<int:mail_id>/", mail, name="mail"),
    path("<slug:desk>/<int:mail_id>/html/", mail_html, name="mail_html"),
]
