"""An address of the help centre where there is nothing: the search and the ways on, within its own frame."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vaxel.surfaces.helpcentre.frame import Alternate, help_url, show
from vaxel.surfaces.helpcentre.place import HelpPlace, help_page
from vaxel.surfaces.ui.gate import signed_in_account
from vaxel.surfaces.ui.views import request_number


@help_page
def nowhere(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """It says the same of what this reader may not read as of what is not there (trust 43)."""
    fronts = tuple(Alternate(one, help_url("home", place, language=one)) for one in place.desk.languages)
    return show(
        request,
        place,
        "nowhere",
        title=_("We cannot find the page"),
        status=HTTPStatus.NOT_FOUND,
        request_id=request_number(),
        home_url=help_url("home", place, language=place.language),
        problems_url=help_url("problems", place, language=place.language),
        other_languages=[one for one in fronts if one.language != place.language],
        signed_out=signed_in_account(request) is None,
    )
