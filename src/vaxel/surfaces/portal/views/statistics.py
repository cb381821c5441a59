"""What the organisation's people ask their own contacts: for those contacts and whoever administers."""

from datetime import timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.surfaces.portal.frame import TICKETS, language, show
from vaxel.surfaces.portal.pages.first_line import first_line_page
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page

#: How far back the figures go.
_YEAR: Final = timedelta(days=365)


@require_safe
@customer_page
def first_line(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """Figures of the last year; 404 for anybody else."""
    if not (place.reader.is_local_contact or place.viewer.rights.administers):
        raise Http404
    page = first_line_page(place, since=place.now - _YEAR, language=language())
    return show(request, place, "first_line", part=TICKETS, title=_("Questions among yourselves"), page=page)
