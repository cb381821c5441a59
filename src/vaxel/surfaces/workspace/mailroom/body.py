"""A mail as its sender sees it, alone in a frame; and the mail as it came, for a download."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from vaxel.domain.mailroom.bodies import mail_body, original_bytes
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.workspace.mailroom.safe_page import safe_page, words_page

#: A saved file runs nothing and is opened by nobody but whoever saved it.
_ORIGINAL_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
@xframe_options_sameorigin
@staff_page
def body(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """What the frame shows."""
    found = mail_body(place.scope, public_id=mail)
    if found is None:
        raise Http404
    html = found.html or words_page(found.text)
    return safe_page(html, pictures=found.pictures, own_host=request.get_host(), title=_("The mail as it was sent"))


@require_safe
@staff_page
def original(request: HttpRequest, place: StaffPlace, mail: str) -> HttpResponse:
    """The bytes as they came: whatever is in them, browsers save them."""
    found = original_bytes(place.scope, public_id=mail, by=place.by, now=place.now)
    if found is None:
        raise Http404
    return HttpResponse(
        found,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="mail-{mail[:12]}.eml"',
            "Content-Security-Policy": _ORIGINAL_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
