"""Coming in by an organisation's own sign-in (OpenID Connect): what the library asks us, and our pages around it.

Such a session is the organisation's people's and nobody else's: see `ui.gate.bound_organisation`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as library
from allauth.utils import get_request_param
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException
from typing_extensions import override

from vaxel.domain.administration.models import OrganisationSignIn
from vaxel.domain.administration.own_sign_in import (
    NotAdmittedError,
    Refusal,
    admit,
    require_place,
    secret_of,
    sign_in_with_key,
    sign_ins_for_address,
    sign_ins_of,
)
from vaxel.domain.people.models import Account
from vaxel.kit.outside import OutsideSession
from vaxel.surfaces.ui.gate import bound_organisation
from vaxel.surfaces.ui.middleware import CONTENT_POLICY

log = structlog.get_logger("vaxel.signin")


class OwnSignInAdapter(DefaultSocialAccountAdapter):
    """Our answers to the part of the library that speaks with other servers."""

    @override
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The one sign-in that an address names."""
        found = sign_in_with_key(provider) if provider else None
        if found is None:
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=found.key,
                name=found.organisation.name,
                client_id=found.client_id,
                secret=secret_of(found),
                settings={"server_url": found.issuer, "oauth_pkce_enabled": True},
            )
        ]

    @override
    def get_requests_session(self) -> OutsideSession:
        """Only to servers outside (trust 60)."""
        return OutsideSession()

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The proof is whole and of this issuer, and whoever it names has a place in the organisation."""
        sign_in = _sign_in(sociallogin)
        _require_proof(request, sociallogin, sign_in)
        _require_own_means_to_connect(request, str(sociallogin.state.get("process")))
        account = request.user if sociallogin.state.get("process") == AuthProcess.CONNECT else sociallogin.user
        # What the server told is not ours to keep.
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk is not None:
            sociallogin.account.save(update_fields=["extra_data"])
        if account is not None and account.pk is not None:
            with _refused(request):
                require_place(sign_in, account_id=account.pk)

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Somebody whom we do not know: let in as a user, or told why not. Answers itself, so that the library's own
        ways of making accounts are never gone (trust 54).
        """
        sign_in = _sign_in(sociallogin)
        told = sociallogin.user
        if not isinstance(told, Account):
            raise TypeError("the library makes its users of our accounts")
        with _refused(request), transaction.atomic():
            sociallogin.user = admit(sign_in, email=told.email, name=told.name, now=timezone.now())
            sociallogin.account.user = sociallogin.user
            sociallogin.account.save(force_insert=True)
        # No mail address goes into the library's own assessment: ours is done.
        sociallogin.email_addresses = []
        return True

    @override
    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    @override
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> AbstractBaseUser | None:
        """Everything is saved by now."""
        return sociallogin.user

    @override
    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> AbstractBaseUser:
        """Our accounts have one name."""
        user: AbstractBaseUser = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        if isinstance(user, Account):
            user.name = str(data.get("name") or " ".join(filter(None, parts)))
        return user

    @override
    def on_authentication_error(self, request: HttpRequest, provider: Any, *_args: Any, **_more: Any) -> None:
        """Back to our page with a sentence, and the reason in the log (trust 63)."""
        exception = _more.get("exception")
        log.info("own sign-in failed", error=type(exception).__name__ if exception else str(_more.get("error")))
        raise _back(request, _("Your organisation's sign-in did not let you in. Try again, or sign in with a code."))

    @override
    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("signin:account")


def _sign_in(sociallogin: SocialLogin) -> OrganisationSignIn:
    found = sign_in_with_key(sociallogin.account.provider)
    if found is None:
        raise ImmediateHttpResponse(redirect("signin:own_sign_ins"))
    return found


def _require_proof(request: HttpRequest, sociallogin: SocialLogin, sign_in: OrganisationSignIn) -> None:
    """The library checks audience, age and that the issuer is the one that the server calls itself; that this is the
    one that was set up, and that both halves speak of the same person, is checked here.
    """
    told = sociallogin.account.extra_data
    proof, more = told.get("id_token") or {}, told.get("userinfo") or {}
    same_issuer = str(proof.get("iss", "")).rstrip("/") == sign_in.issuer
    same_subject = bool(proof.get("sub")) and more.get("sub", proof.get("sub")) == proof.get("sub")
    verified = {str(half.get("email_verified", True)).lower() for half in (proof, more)}
    if not same_issuer or not same_subject or verified != {"true"}:
        log.warning("own sign-in refused", issuer=same_issuer, subject=same_subject)
        raise _back(
            request, _("Your organisation's sign-in gave an answer that we do not trust. Tell whoever runs it.")
        )


class _refused:  # noqa: N801  # reads as a phrase: with _refused(request)
    """Turns a refusal into the page that says it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, NotAdmittedError):
            log.info("own sign-in refused", why=error.why)
            raise _back(self._request, _said(error.why)) from error


def _said(why: Refusal) -> str:
    texts = {
        Refusal.UNKNOWN: _("We do not know you yet. Ask whoever administers at your organisation to invite you."),
        Refusal.NO_ADDRESS: _("Your organisation's sign-in did not tell your mail address. Tell whoever runs it."),
        Refusal.ANOTHER_DOMAIN: _("Your mail address is not one of your organisation's. Ask to be invited instead."),
        Refusal.HAS_ACCOUNT: _(
            "There is an account with your mail address. Sign in with a code once, and connect it under Your account."
        ),
        Refusal.LEFT: _("You have no access at this organisation any more. Ask whoever administers there."),
    }
    return texts[why]


def _back(request: HttpRequest, text: str) -> ImmediateHttpResponse:
    messages.error(request, text)
    page = "signin:account" if request.user.is_authenticated else "signin:own_sign_ins"
    return ImmediateHttpResponse(redirect(page))


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """An organisation's own sign-in, and whether an account is connected to it."""

    organisation: str
    key: str
    is_connected: bool


def connections_of(account: Account) -> list[Connection]:
    """Of the organisations that the account has a place in; two queries."""
    offered = sign_ins_of(account_id=account.pk)
    connected = set(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))
    return [
        Connection(organisation=one.organisation.name, key=one.key, is_connected=one.key in connected)
        for one in offered
    ]


def lead_out(response: HttpResponse) -> HttpResponse:
    """A page whose forms may lead to an organisation's own server."""
    policy = CONTENT_POLICY.replace("form-action 'self'", "form-action 'self' https:")
    response.headers["Content-Security-Policy"] = policy
    return response


def by_own_means(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For those who have signed in with us: an organisation's server gives no right to change an account (trust 54)."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if bound_organisation(request) is None:
            return view(request, *args, **kwargs)
        messages.error(request, _("You came in by your organisation. Sign in with a code to change how you sign in."))
        return redirect("signin:places")

    return page


@require_GET
def own_sign_ins(request: HttpRequest) -> HttpResponse:
    """Find one's organisation's sign-in by one's mail address."""
    email = request.GET.get("email", "").strip()[:254]
    found = sign_ins_for_address(email) if "@" in email else []
    return lead_out(render(request, "signin/own_sign_ins.html.jinja", {"email": email, "found": found}))


@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the organisation's server. Only by a press on a button: nobody is sent by following a link (trust 55)."""
    # Asked as the library asks: what stands in the address counts there too.
    _require_own_means_to_connect(request, get_request_param(request, "process", ""))
    return _answered(request, library.login, provider_id)


def _require_own_means_to_connect(request: HttpRequest, process: str) -> None:
    """An organisation's server gives no right to tie an account to another one's (trust 54)."""
    if process == AuthProcess.CONNECT and bound_organisation(request) is not None:
        raise Http404


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the organisation's server, with a code."""
    return _answered(request, library.callback, provider_id)


#: What an answer raises in the library that is no answer at all, or comes from nowhere.
_SENSELESS = (RequestException, KeyError, TypeError, ValueError)


def _answered(request: HttpRequest, step: Callable[..., HttpResponse], provider_id: str) -> HttpResponse:
    """The library's next step; a server that is away or talks nonsense is told to the reader as such."""
    try:
        return step(request, provider_id)
    except _SENSELESS as error:
        log.warning("own sign-in failed", error=type(error).__name__)
        text = _("Your organisation's sign-in does not answer as it should. Sign in with a code instead.")
        response: HttpResponse = _back(request, text).response
        return response
