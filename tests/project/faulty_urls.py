"""The installation's addresses, and pages that fail."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from vaxel.project import urls

SECRET = "the-canary-of-maj@askline.example"


def fails(request: HttpRequest, key: str = "") -> HttpResponse:
    raise RuntimeError(SECRET)


def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(SECRET)


def refuses(request: HttpRequest) -> HttpResponse:
    raise BadRequest(SECRET)


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("words", ""))


urlpatterns = [
    path("fails/", fails, name="fails"),
    path("fails/<str:key>/", fails, name="fails_with_key"),
    path("forbids/", forbids, name="forbids"),
    path("refuses/", refuses, name="refuses"),
    path("reads/", reads, name="reads"),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
