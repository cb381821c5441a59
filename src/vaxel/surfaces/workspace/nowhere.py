"""An address of the workspace where there is nothing: views and search stay around it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.views import request_number
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.labels import labels_of


@staff_page
def nowhere(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """It says the same of what this agent may not see as of what is not there (trust 42)."""
    return frame.show(
        request,
        place,
        "nowhere",
        labels=labels_of(place.desk, now=place.now),
        status=HTTPStatus.NOT_FOUND,
        request_id=request_number(),
        title=_("We cannot find the page"),
    )
