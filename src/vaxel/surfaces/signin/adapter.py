"""Where the sign-in library (django-allauth) asks us: who may come in, with which words, and where to."""

import base64
import secrets
from typing import Any, Final

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from vaxel.domain.people.accounts import note_account_change, note_sign_in
from vaxel.domain.people.models import Account
from vaxel.kit.sealing import SealBrokenError, seal, unseal
from vaxel.surfaces.signin.been_here import note_sign_in_here
from vaxel.surfaces.signin.letters import LOGIN_CODE, NOTICES, code_letter, notice_letter, send_beside
from vaxel.surfaces.signin.remembered import remember_only_places

log = structlog.get_logger("vaxel.signin")

_SEALED_FOR: Final = b"vaxel second factors"
#: As long as those that apps are given.
_BYTES: Final = 20
_WRONG_CODE: Final = _("The code does not match. Check it and enter it again.")


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to the account part of the library."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  # the library declares it so
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address and the password do not match. Check both."),
        "enter_current_password": _("That is not your present password. Enter it again."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("That is not your password. Enter it again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes and try again."),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by invitation only."""
        return False

    @override
    def is_safe_url(self, url: str) -> bool:
        """After sign-in people go to pages of this installation only (trust 61)."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    @override
    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and leave a trace of how."""
        super().login(request, user)
        if isinstance(user, Account):
            remember_only_places(request, user)
            ways = dict.fromkeys(record["method"] for record in get_authentication_records(request, user))
            note_sign_in(user, method="+".join(ways), now=timezone.now())

    @override
    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """The browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **how)
        if isinstance(user, Account):
            note_sign_in_here(request, response, address=user.email)
        return response

    @override
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password leaves a line in the log, without the address that was tried (trust 63)."""
        log.info("sign-in refused", way="password")

    @override
    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The library tells of every change to an account here: leave a trace before the owner is told."""
        if isinstance(user, Account):
            what = template_prefix.rpartition("/")[2].replace("_", "-")
            note_account_change(user, what=what, now=timezone.now())
        super().send_notification_mail(template_prefix, user, context, email)

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our own letters instead of the library's."""
        language = language_of(email)
        if template_prefix == LOGIN_CODE:
            send_beside(code_letter(to=email, code=context["code"], language=language))
        elif template_prefix in NOTICES:
            send_beside(notice_letter(template_prefix, to=email, language=language))

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Pass on what went wrong; that something went well, the page itself shows."""
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)

    @override
    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Write the password and nothing else of the row."""
        user.set_password(password)
        user.save(update_fields=["password"])

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page where the change began."""
        return reverse("signin:account")

    @override
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The caller's address is part of what is counted, so that nobody can lock out somebody else (trust 53).
        return f"{self.get_client_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our answers to the second-factor part of the library."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  # the library declares it so
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_generate_recovery_codes": _("Add an authenticator app or a passkey first."),
    }

    @override
    def encrypt(self, text: str) -> str:
        """Whoever reads the rows makes no codes from them (trust 55)."""
        return seal({"text": text}, purpose=_SEALED_FOR)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        """A secret that our key does not open is nobody's: no code fits it, and none can be guessed from it."""
        try:
            return unseal(encrypted_text, purpose=_SEALED_FOR)["text"]
        except (SealBrokenError, KeyError):
            log.warning("second factor cannot be read")
            return base64.b32encode(secrets.token_bytes(_BYTES)).decode()


def language_of(email: str) -> str:
    """The language that the owner of the address has chosen, or that of the page."""
    chosen = Account.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return chosen or translation.get_language() or "sv"
