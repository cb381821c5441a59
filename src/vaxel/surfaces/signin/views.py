"""After coming in: where to, and one's own account."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.accounts import as_actor, sign_out_everywhere
from vaxel.domain.people.models import Account
from vaxel.domain.people.places import PlaceOf, places_of
from vaxel.surfaces.signin.own_sign_in import by_own_means, connections_of, lead_out
from vaxel.surfaces.signin.remembered import remember
from vaxel.surfaces.ui.gate import bound_organisation


@require_http_methods(["GET", "HEAD"])
def front(request: HttpRequest) -> HttpResponse:
    """The bare address: to one's own place, to the demonstration's people, or to sign-in.

    An installation without a desk says how to make one: it is the first page that a vendor sees.
    """
    if not Desk.objects.exists():
        return render(request, "signin/no_desk.html.jinja")
    if request.user.is_authenticated:
        return redirect("signin:places")
    return redirect("signin:demo" if settings.DEMO else settings.LOGIN_URL)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """Go to the one place there is, or choose among several; `next` is a page of a desk that was on the way."""
    found = places_of(account_id=_account(request).pk, organisation_id=bound_organisation(request))
    onward = request.POST.get("next", request.GET.get("next", ""))
    if request.method == "POST":
        return _go(request, next((one for one in found if _key(one) == request.POST.get("place")), None), onward)
    if len(found) == 1:
        return _go(request, found[0], onward)
    # At the desk of the page that was on the way only its customers' places are in question.
    near = [one for one in found if not one.is_staff and onward.startswith(f"/{one.desk_slug}/")] or found
    context = {"places": [(_key(one), one) for one in near], "onward": onward}
    return render(request, "signin/places.html.jinja", context)


def _key(place: PlaceOf) -> str:
    return f"{place.desk_slug}:{place.person_id or 'staff'}"


def _go(request: HttpRequest, place: PlaceOf | None, onward: str) -> HttpResponse:
    if place is None:
        return redirect("signin:places")
    if place.person_id is None:
        return HttpResponseRedirect(f"/{place.desk_slug}/workspace/")
    remember(request, [place])
    leads_there = onward.startswith(f"/{place.desk_slug}/") and get_adapter().is_safe_url(onward)
    return HttpResponseRedirect(onward if leads_there else f"/{place.desk_slug}/")


@login_required
@by_own_means
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Ways to sign in, and the sessions."""
    own = _account(request)
    kinds = set(Authenticator.objects.filter(user=own).values_list("type", flat=True))
    context = {
        "email": own.email,
        "has_password": own.has_usable_password(),
        "kinds": kinds,
        "connections": connections_of(own),
    }
    return lead_out(render(request, "signin/account.html.jinja", context))


@login_required
@by_own_means
@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out on every device. An organisation's server ends no session that it did not open (trust 54)."""
    own = _account(request)
    sign_out_everywhere(own, by=as_actor(own), now=timezone.now())
    logout(request)
    return HttpResponseRedirect(reverse("account_login"))


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError("these pages are behind login_required")
    return request.user
