"""A product that shows help, for demonstrations: it plays the vendor's own system, on another origin than ours.

Open it by the name `localhost` while Växel is at 127.0.0.1, or the other way round: for a browser those are two sites.
Its addresses exist only with VAXEL_DEMO. Its pages have a policy as strict as a host's can be.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.sealing import unseal
from vaxel.domain.people.demo import DEMO_DOMAIN, DemoPerson, demo_people, holds_real_accounts
from vaxel.domain.widgets.models import Widget
from vaxel.domain.widgets.queries import widgets_of
from vaxel.domain.widgets.setting_up import SIGNING_KEY, add_widget, change_widget
from vaxel.kit.ids import new_public_id
from vaxel.kit.later import later
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.addresses import address

if TYPE_CHECKING:
    import jwt
else:
    jwt = later("jwt")

_NAME: Final = "Demonstration"
_STAFF: Final = frozenset({"lead", "staff"})
_VERSION: Final = "8.9.0"
_TOKEN_LASTS: Final = timedelta(minutes=5)


@require_GET
def product(request: HttpRequest, desk: str) -> HttpResponse:
    """A page of the product. `as` is the address of who is signed in there; without it nobody is."""
    found = _desk(desk)
    widget, person = _widget(found), request.GET.get("as", "")
    people = _people(found)
    context = {
        "desk": found,
        "widget": widget,
        "script": f"{settings.BASE_URL}{address('widget:script')}",
        "token": f"{address('demo_product:token', desk=desk)}?{urlencode({'as': person})}" if person else "",
        "person": next((one for one in people if one.email == person), None),
        "people": people,
        "version": _VERSION,
        "at": _other_origin(request),
    }
    response = render(request, "widget/product.html.jinja", context)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {settings.BASE_URL}; connect-src 'self' {settings.BASE_URL}; "
        "style-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "require-trusted-types-for 'script'; trusted-types vaxel html2canvas-pro"
    )
    # Chromium asks for the camera's leave too before it shows a page to itself.
    response.headers["Permissions-Policy"] = "display-capture=(self), microphone=(), geolocation=()"
    return response


@require_GET
def token(request: HttpRequest, desk: str) -> JsonResponse:
    """What a vendor's own server does: a short word, signed, about who is signed in with it."""
    found = _desk(desk)
    if request.GET.get("as", "") not in {one.email for one in _people(found)}:
        raise Http404
    key = unseal(_widget(found).key)[SIGNING_KEY]
    claims = {
        "email": request.GET["as"],
        "exp": int((timezone.now() + _TOKEN_LASTS).timestamp()),
        "jti": new_public_id(),
    }
    return JsonResponse({"token": jwt.encode(claims, key, algorithm="HS256")})


def _desk(slug: str) -> Desk:
    if not settings.DEMO or holds_real_accounts():
        raise Http404
    return get_object_or_404(Desk, slug=slug)


def _people(desk: Desk) -> list[DemoPerson]:
    """Customers who are at home at one organisation: the address alone tells who they are."""
    found = demo_people(desk, today=timezone.localdate())
    return [one for one in found if one.sort not in _STAFF and not one.chooses and one.email.endswith(DEMO_DOMAIN)]


def _widget(desk: Desk) -> Widget:
    """Made when it is first looked at, for pages at every name of this machine; a demonstration may change its port."""
    port = urlsplit(settings.BASE_URL).port
    origins = [f"http://{host}:{port}" if port else f"http://{host}" for host in ("localhost", "127.0.0.1")]
    scope, now = Scope(desk.pk), timezone.now()
    found = next((one for one in widgets_of(scope) if one.name == _NAME), None)
    if found is None:
        return add_widget(desk=desk, name=_NAME, product="", origins=origins, by=SYSTEM, now=now)[0]
    if found.origins == origins:
        return found
    return change_widget(
        scope=scope,
        widget_id=found.pk,
        name=_NAME,
        product=found.product,
        origins=origins,
        is_on=found.is_on,
        by=SYSTEM,
        now=now,
    )


def _other_origin(request: HttpRequest) -> str:
    """The same page where it is another site than Växel; empty when it is that already."""
    base = urlsplit(settings.BASE_URL)
    if request.get_host() != base.netloc:
        return ""
    other = "localhost" if base.hostname == "127.0.0.1" else "127.0.0.1"
    return f"{base.scheme}://{other}:{base.port}{request.get_full_path()}" if base.port else ""


urlpatterns: list[URLPattern] = [
    path("<slug:desk>/", product, name="product"),
    path("<slug:desk>/token/", token, name="token"),
]
