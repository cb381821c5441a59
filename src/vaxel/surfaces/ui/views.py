"""Pages that belong to no surface: health, errors, language."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vaxel.domain.audit.health import health_of_parts


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """The state of every part; 503 when one of them is not well."""
    parts = health_of_parts()
    well = all(part.well for part in parts)
    body = {"well": well, "parts": {part.name: part.as_json() for part in parts}}
    return JsonResponse(body, status=200 if well else 503)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit: usually a session that ended; what was typed is kept in the draft."""
    return render(request, "ui/form_expired.html.jinja", status=403)
