"""What the mailroom's pages have in common: the tabs, and the frame of the workspace around them."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import labels_of

QUARANTINE, OUTGOING, MAILBOXES = "mailroom", "outgoing", "mailboxes"


def show(
    request: HttpRequest,
    place: StaffPlace,
    template: str,
    *,
    title: str,
    part: str,
    status: HTTPStatus = HTTPStatus.OK,
    **contents: Any,
) -> HttpResponse:
    """A page of the mailroom; `part` is the tab that it belongs to."""
    return frame.show(
        request,
        place,
        f"mailroom/{template}",
        labels=labels_of(place.desk, now=place.now),
        status=status,
        title=title,
        tabs=_tabs(place, part),
        **{"errors": (), **contents},
    )


def _tabs(place: StaffPlace, part: str) -> tuple[Link, ...]:
    """Mailboxes are set up by those who run the desk, and nobody else is shown the way."""
    names = {QUARANTINE: _("Mail that waits"), OUTGOING: _("Mail going out")}
    if place.viewer.may_administer:
        names[MAILBOXES] = _("Mailboxes")
    icons = {QUARANTINE: "inbox", OUTGOING: "send", MAILBOXES: "settings"}
    return tuple(
        Link(label=label, url=workspace_url(name, place), icon=icons[name], current=name == part)
        for name, label in names.items()
    )
