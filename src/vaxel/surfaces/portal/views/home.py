"""The portal's start page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vaxel.surfaces.portal.frame import HOME, language, show
from vaxel.surfaces.portal.pages.home import home_page
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page


@require_safe
@customer_page
def home(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """What do you need help with?"""
    return show(
        request,
        place,
        "home",
        part=HOME,
        title=place.viewer.organisation_name,
        page=home_page(place, language=language()),
    )
