"""Who may enter a page of a desk: the decorators of every view behind sign-in.

A view takes `(request, place, **arguments of its address)`, and its address names the desk as `desk`.
Whoever is not signed in is asked to sign in and comes back. For whoever has no place there, a desk does not
exist (404). The clock is read here, once per request, and handed on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from vaxel.domain.administration.own_sign_in import organisation_of_key
from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Account
from vaxel.domain.people.queries import StaffAt, chosen_among, customers_at, staff_at
from vaxel.domain.people.viewers import CustomerViewer, StaffViewer
from vaxel.domain.tickets.queries import Reader
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.kept_form import keep_form
from vaxel.surfaces.ui.sessions import read_with

P = ParamSpec("P")

#: In the session, by the desk's slug: who somebody with several organisations there has chosen to be.
CHOSEN_PERSONS: Final = "chosen_persons"


@dataclass(frozen=True, slots=True)
class CustomerPlace:
    """A customer's person at a desk, now."""

    desk: Desk
    viewer: CustomerViewer
    now: datetime

    @property
    def scope(self) -> Scope:
        """The rows that may be read."""
        return self.viewer.scope

    @property
    def by(self) -> Actor:
        """The viewer as doors take it."""
        return self.viewer.actor

    @property
    def reader(self) -> Reader:
        """The viewer as the reads of tickets take it."""
        return Reader(
            scope=self.scope,
            person_id=self.viewer.person_id,
            sees_organisation=self.viewer.rights.sees_organisation,
            is_local_contact=self.viewer.is_local_contact,
        )


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """One of the vendor's staff at a desk, now."""

    desk: Desk
    viewer: StaffViewer
    now: datetime

    @property
    def scope(self) -> Scope:
        """The rows that may be read."""
        return self.viewer.scope

    @property
    def by(self) -> Actor:
        """The viewer as doors take it."""
        return self.viewer.actor


Place = CustomerPlace | StaffPlace
Page = Callable[..., HttpResponseBase]


def customer_page(view: Callable[Concatenate[HttpRequest, CustomerPlace, P], HttpResponseBase]) -> Page:
    """For the people of a desk's customers; staff are strangers here."""

    @wraps(view)
    def page(request: HttpRequest, desk: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        account_id = signed_in_account(request)
        if account_id is None:
            return ask_to_sign_in(request, desk)
        chosen = request.session.get(CHOSEN_PERSONS, {}).get(desk)
        bound = bound_organisation(request)
        found = customers_at(account_id=account_id, desk_slug=desk, organisation_id=bound)
        if not found:
            raise Http404
        here = chosen_among(found, preferred=chosen)
        if here is None:
            return _ask_where(request)
        place = CustomerPlace(desk=here.desk, viewer=here.viewer, now=timezone.now())
        return view(request, place, *args, **kwargs)

    return page


def staff_page(view: Callable[Concatenate[HttpRequest, StaffPlace, P], HttpResponseBase]) -> Page:
    """For the staff of a desk, with their second factor where the desk wants one."""

    @wraps(view)
    def page(request: HttpRequest, desk: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if signed_in_account(request) is None:
            return ask_to_sign_in(request, desk)
        found = staff_here(request, desk)
        if found is None or bound_organisation(request) is not None:
            raise Http404
        if found.desk.staff_need_second_factor and not used_second_factor(request):
            return _by_way_of(settings.SECOND_FACTOR_URL, request)
        place = StaffPlace(desk=found.desk, viewer=found.viewer, now=timezone.now())
        return view(request, place, *args, **kwargs)

    return page


def administrator_page(view: Callable[Concatenate[HttpRequest, StaffPlace, P], HttpResponseBase]) -> Page:
    """For those of a desk's staff who run it; for all others the page does not exist."""

    def page(request: HttpRequest, place: StaffPlace, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not place.viewer.may_administer:
            raise Http404
        return view(request, place, *args, **kwargs)

    return staff_page(page)


def anyone_page(view: Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase]) -> Page:
    """For the staff and the customers of a desk; somebody who is both stands here as staff."""
    for_staff, for_customers = staff_page(view), customer_page(view)

    @wraps(view)
    def page(request: HttpRequest, desk: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        is_staff = bound_organisation(request) is None and staff_here(request, desk) is not None
        return (for_staff if is_staff else for_customers)(request, desk, *args, **kwargs)

    return page


def signed_in_account(request: HttpRequest) -> int | None:
    """The id of the active account that is signed in, or None."""
    user = request.user
    return user.pk if user.is_authenticated else None


def staff_here(request: HttpRequest, desk: str) -> StaffAt | None:
    """Whoever is signed in, as one of the desk's staff, else None. No query where it came with the session."""
    account_id = signed_in_account(request)
    if account_id is None:
        return None
    read = read_with(request.session, account_id)
    return staff_at(account_id=account_id, desk_slug=desk) if read is None else read.staff_at(desk)


def bound_organisation(request: HttpRequest) -> int | None:
    """The organisation that this session is kept to: whose own sign-in, and nothing else, has said who it is; no query.

    A customer's server could claim any name. It is believed about the customer's own people, and about nobody's place
    anywhere else (trust 54).
    """
    key = opened_by(request, request.user)
    return organisation_of_key(key) if key else None


def opened_by(request: HttpRequest, user: Account | AnonymousUser) -> str:
    """The key of the organisation's sign-in that alone has opened the user's session; empty for all other sessions."""
    records = get_authentication_records(request, user) if user.is_authenticated else []
    if not records or any(record["method"] != "socialaccount" for record in records):
        return ""
    # A record that names nothing is bound to nobody's organisation, and to no own means either.
    return str(records[-1].get("provider") or "-")


def used_second_factor(request: HttpRequest) -> bool:
    """True when this sign-in was proven by a passkey, an authenticator app or a recovery code; no query."""
    user = request.user
    records = get_authentication_records(request, user) if user.is_authenticated else []
    return any(record["method"] == "mfa" for record in records)


def ask_to_sign_in(request: HttpRequest, desk: str) -> HttpResponseBase:
    """To the sign-in page and back; a form that was sent is kept until then."""
    get_object_or_404(Desk, slug=desk)
    _keep_form(request)
    return _by_way_of(settings.LOGIN_URL, request)


def _ask_where(request: HttpRequest) -> HttpResponseBase:
    """To the choice among several organisations and back; a form that was sent is kept until then."""
    _keep_form(request)
    return _by_way_of(settings.PLACES_URL, request)


def _keep_form(request: HttpRequest) -> None:
    """Anybody may come here and each form is a row, so there are no more of them than a town hall needs (trust 59)."""
    if request.method == "POST" and ratelimit.consume(request, action="late_form"):
        keep_form(request, page=urlsplit(_page_to_return_to(request)).path, now=timezone.now())


def _by_way_of(address: str, request: HttpRequest) -> HttpResponseBase:
    target = f"{address}?{urlencode({'next': _page_to_return_to(request)})}"
    if "HX-Request" in request.headers:
        # A fragment cannot hold the sign-in page: the whole page goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _page_to_return_to(request: HttpRequest) -> str:
    """The page that the person sees: for a fragment or a sent form the one that it belongs to."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(shown, {request.get_host()}, require_https=request.is_secure()):
        return request.path
    parts = urlsplit(shown)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
