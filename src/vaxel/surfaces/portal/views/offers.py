"""Saying yes or no to work that costs: signed in, or by the link in a mail (A14, trust 51)."""

from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Person
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.offers import (
    OfferAnsweredError,
    OfferExpiredError,
    OfferMissingError,
    accept_offer,
    decline_offer,
)
from vaxel.domain.smalljobs.prepaid import NotEnoughHoursError
from vaxel.domain.smalljobs.queries import offer_for_person
from vaxel.domain.smalljobs.tokens import read_offer_token
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.portal.frame import APPROVALS, language, portal_url, show
from vaxel.surfaces.portal.offers import Reading, approvals_page, offer_behind_link
from vaxel.surfaces.portal.pages.stranger import stranger_chrome
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page

_LONGEST: Final = 2000


@require_safe
@customer_page
def approvals(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """For those who may say yes to costs; for all others the page does not exist."""
    if not place.viewer.rights.approves:
        raise Http404
    page = approvals_page(place, language=language())
    return show(request, place, "approvals", part=APPROVALS, title=_("To approve"), page=page)


@require_POST
@customer_page
def approval(request: HttpRequest, place: CustomerPlace, offer_id: int) -> HttpResponse:
    """The yes or the no of somebody who is signed in."""
    person_id, by = place.viewer.person_id, place.by
    said = _answer(request, scope=place.scope, offer_id=offer_id, person_id=person_id, by=by)
    messages.success(request, said)
    return HttpResponseRedirect(portal_url("approvals", place))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed_offer(request: HttpRequest, desk: str, token: str) -> HttpResponse:
    """The offer behind a link in a mail: reading it changes nothing, and the right is asked anew at the answer."""
    offer, person = _behind(token, desk=desk)
    with translation.override(_spoken(request, person)):
        said = ""
        if request.method == "POST":
            by = Actor(kind="person", id=person.pk, name=person.name)
            scope = Scope(desk_id=offer.desk_id, organisation_id=offer.organisation_id)
            said = _answer(request, scope=scope, offer_id=offer.pk, person_id=person.pk, by=by)
            offer, person = _behind(token, desk=desk)
        reading = Reading(zone=ZoneInfo(offer.desk.time_zone), language=language(), now=timezone.now())
        context = {
            "chrome": stranger_chrome(request, offer.desk),
            "title": _("Offer of work"),
            "errors": (),
            "notices": (),
            "kept": False,
            "offer": offer_behind_link(offer, reading=reading),
            "person": person.name,
            "organisation": offer.organisation.name,
            "said": said,
        }
        response = render(request, "portal/signed_offer.html.jinja", context)
    # The address is the key: it goes to nobody else.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _spoken(request: HttpRequest, person: Person) -> str | None:
    """The language that was chosen in this browser; without a choice, the person's own."""
    own = person.account.language if person.account is not None else ""
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return translation.get_language() if has_chosen or not own else own


def _behind(token: str, *, desk: str) -> tuple[Offer, Person]:
    named = read_offer_token(token)
    found = None if named is None else offer_for_person(offer_id=named[0], person_id=named[1], desk_slug=desk)
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, *, scope: Scope, offer_id: int, person_id: int, by: Actor) -> str:
    """Give the answer that was sent; what came of it, in a sentence. 404 for whoever has no right to it."""
    is_yes = request.POST.get("answer") == "yes"
    if not is_yes and request.POST.get("answer") != "no":
        raise Http404
    now, why_not = timezone.now(), clean(request.POST.get("why", ""))[:_LONGEST]
    try:
        if is_yes:
            accept_offer(scope=scope, offer_id=offer_id, person_id=person_id, by=by, now=now)
        else:
            decline_offer(scope=scope, offer_id=offer_id, person_id=person_id, why_not=why_not, by=by, now=now)
    except OfferMissingError:
        raise Http404 from None
    except OfferAnsweredError:
        return _("Somebody else has answered already. Nothing was changed.")
    except OfferExpiredError:
        return _("The offer has run out. Ask for a new one in the ticket.")
    except NotEnoughHoursError:
        return _("Your bought hours do not last. Ask for an offer by invoice instead.")
    if is_yes:
        return _("You have said yes. We can begin.")
    return _("You have said no. We do not do the work.")
