"""Which mails a customer's person gets, and when."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.notices.choosing import choose_notices
from vaxel.surfaces.portal.frame import portal_url, show
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page
from vaxel.surfaces.ui.notice_choices import chosen_hour, chosen_ways, notice_form


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def notices(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """The form of choices for this organisation."""
    if request.method == "POST":
        ways, hour = chosen_ways(request), chosen_hour(request)
        choose_notices(desk_id=place.desk.pk, ways=ways, digest_hour=hour, by=place.by, now=place.now)
        messages.success(request, _("Your choices are kept."))
        return HttpResponseRedirect(portal_url("notices", place), status=HTTPStatus.SEE_OTHER)
    return show(request, place, "notices", part="", title=_("Mails to you"), form=notice_form(place.by))
