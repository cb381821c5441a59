"""Everything of one customer as a file: asked for, waited for, taken (trust 83)."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.privacy.exports import (
    ask_for_export,
    export_path,
    exports_listed,
    remove_export,
    signed_name,
    take_export,
)
from vaxel.domain.privacy.models import CustomerExport
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.workspace.settings.frame import Settings, settings_page, show, to
from vaxel.surfaces.workspace.settings.organisations import organisation_or_404, trail_to


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One that is being made, lies ready, or is gone."""

    organisation: str
    #: The export's state.
    state: str
    asked: Moment
    asked_by: str
    expires: Moment | None
    size: str
    #: Both empty where there is no file.
    file_url: str
    removal_url: str


@require_safe
@settings_page
def exports(request: HttpRequest, at: Settings) -> HttpResponse:
    """All of them, the newest first; one query."""
    rows = [_row(each, at) for each in exports_listed(at.place.scope)]
    return show(
        request, at, "exports", title=_("Exports of customers"), rows=rows, organisations_url=at.url("organisations")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def organisation_export(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """What is in it and what is not, and having it made."""
    known = organisation_or_404(organisation_id, at)
    if request.method == "POST":
        ask_for_export(known, by=at.place.by, now=at.place.now)
        return to(at.url("exports"), request, _("The file is being made. It lies here when it is ready."))
    return show(
        request,
        at,
        "organisation_export",
        title=_("Export everything of %(organisation)s") % {"organisation": known.name},
        trail=trail_to(known, at),
        exports_url=at.url("exports"),
    )


@require_safe
@settings_page
def export_file(request: HttpRequest, at: Settings, signed: str) -> FileResponse:
    """The bytes, streamed, once it is noted who took them."""
    export = take_export(at.place.scope, signed=signed, by=at.place.by, now=at.place.now)
    if export is None:
        raise Http404
    day = at.place.now.date().isoformat()
    name = f"{at.place.desk.slug}-{export.organisation_id}-{day}.zip"
    response = FileResponse(export_path(export.key).open("rb"), as_attachment=True, filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@settings_page
def export_removal(request: HttpRequest, at: Settings, export_id: int) -> HttpResponse:
    """Nobody needs it any more."""
    if not remove_export(at.place.scope, export_id=export_id, by=at.place.by, now=at.place.now):
        raise Http404
    return to(at.url("exports"), request, _("The file is gone."))


def _row(export: CustomerExport, at: Settings) -> ExportRow:
    is_ready = export.state == CustomerExport.State.READY
    return ExportRow(
        organisation=export.organisation.name,
        state=export.state,
        asked=at.labels.moment(export.asked_at),
        asked_by=export.asked_by_name,
        expires=at.labels.moment(export.expires_at) if is_ready and export.expires_at else None,
        size=size_in_words(export.size) if is_ready else "",
        file_url=at.url("export_file", signed=signed_name(export)) if is_ready else "",
        removal_url=at.url("export_removal", export_id=export.pk) if is_ready else "",
    )
