"""An address of the portal where there is nothing: what to do instead, within the portal's own frame."""

from dataclasses import replace
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.places import places_of
from vaxel.surfaces.portal.frame import help_links, portal_url, show
from vaxel.surfaces.portal.pages.stranger import stranger_chrome
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import CustomerPlace, bound_organisation, customer_page, signed_in_account
from vaxel.surfaces.ui.views import request_number


@customer_page
def nowhere(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """For a customer, whose tickets can be searched. What is not theirs looks as what is not there (trust 42)."""
    return show(
        request,
        place,
        "nowhere",
        part="",
        title=_("We cannot find the page"),
        status=HTTPStatus.NOT_FOUND,
        request_id=request_number(),
        sign_in_url="",
        tickets_url=portal_url("tickets", place),
        switch_url=_switch_url(request, place),
    )


def _switch_url(request: HttpRequest, place: CustomerPlace) -> str:
    """Where somebody with several organisations here chooses another one and comes back; empty for all others."""
    account_id, bound = signed_in_account(request), bound_organisation(request)
    found = [] if account_id is None else places_of(account_id=account_id, organisation_id=bound)
    others = [one for one in found if one.desk_slug == place.desk.slug and one.person_id != place.viewer.person_id]
    return f"{address('signin:places')}?{urlencode({'next': request.path})}" if others else ""


def nowhere_signed_out(request: HttpRequest, desk: str) -> HttpResponse:
    """For somebody whom we do not know yet: the page may be there once they have signed in."""
    found = get_object_or_404(Desk, slug=desk)
    sign_in_url = f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}"
    chrome = replace(stranger_chrome(request, found), nav=help_links(found), sign_in_url=sign_in_url, sign_out_url="")
    context = {
        "chrome": chrome,
        "title": _("We cannot find the page"),
        "desk": found.slug,
        "errors": (),
        "notices": (),
        "kept": False,
        "request_id": request_number(),
        "sign_in_url": sign_in_url,
        "tickets_url": "",
        "switch_url": "",
    }
    return render(request, "portal/nowhere.html.jinja", context, status=HTTPStatus.NOT_FOUND)
