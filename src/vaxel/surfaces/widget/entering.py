"""The script that a product's pages name, and the session that it begins with."""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

import structlog
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from vaxel.domain.manual.queries import manual_of
from vaxel.domain.widgets.identity import SESSION, TokenRefusedError, enter, new_session
from vaxel.surfaces import ui
from vaxel.surfaces.ui.accent import accent_stylesheet
from vaxel.surfaces.widget.gate import Body, Refusal, WidgetPlace, entrance

log = structlog.get_logger("vaxel.widget")

_BUILT: Final = Path(str(ui.__file__)).parent / "static" / "built"
_ENTRY: Final = "widget/loader.ts"
#: Seconds for which a product's pages may keep the way to the script; a new version is used after that.
_KEPT: Final = 300


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """To the script of this version; any page may fetch it, for it holds nothing of anybody."""
    response = HttpResponseRedirect(static(f"built/{_script()}"))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={_KEPT}"
    return response


@cache
def _script() -> str:
    manifest = _BUILT / "manifest.json"
    if not manifest.exists():
        raise Http404
    return str(json.loads(manifest.read_text())[_ENTRY]["file"])


@entrance
def session(request: HttpRequest, place: WidgetPlace) -> Body:
    """With a token: the person it names. Without: somebody who may read, and is told no names."""
    viewer, token = None, request.POST.get("token", "")
    if token:
        try:
            viewer = enter(place.widget, token=token, now=place.now)
        except TokenRefusedError as error:
            log.warning("token refused", widget=place.widget.pk, why=error.code)
            raise Refusal(HTTPStatus.UNAUTHORIZED, f"token-{error.code}") from error
    manual = manual_of(place.desk.pk)
    reads = manual is not None and (viewer is not None or manual.is_public)
    return {
        "session": new_session(place.widget, viewer, origin=place.origin),
        "seconds": int(SESSION.total_seconds()),
        "desk": place.desk.name,
        "language": place.language,
        "person": None if viewer is None else {"name": viewer.name, "organisation": viewer.organisation_name},
        "reads": reads,
        "accent": accent_stylesheet(place.desk.accent).replace(":root", ":host"),
    }
