"""The forms of sign-in: the library's, with our words, our limits and codes that are kept as hashes."""

import struct
from collections.abc import Mapping
from typing import Any, Final

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    SetPasswordForm,
)
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ConfirmFactorForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.forms import BaseForm, HiddenInput, JSONField
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from vaxel.surfaces.signin.been_here import has_been_here

log = structlog.get_logger("vaxel.signin")

_ADDRESS: Final = {
    "required": _("Enter your e-mail address."),
    "invalid": _("Enter an e-mail address, such as name@municipality.example."),
}
_PASSWORD: Final = {"required": _("Enter your password.")}
_NEW_PASSWORD: Final = {"required": _("Enter a new password.")}
_CODE: Final = {"required": _("Enter the code.")}


class AddressForm(RequestLoginCodeForm):
    """Where to send a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": _ADDRESS})

    @override
    def clean_email(self) -> str:
        """Find the account, if there is one. Limits count for an address whether or not anybody has it."""
        address = self.cleaned_data["email"].lower()
        request, adapter = context.request, get_adapter()
        key = f"{adapter.get_client_ip(request)}:{address}"
        own = ratelimit.consume(request, action="code_from_here", key=key)
        everywhere = "code_again" if has_been_here(request, address=address) else "code_to_address"
        if not own or not ratelimit.consume(request, action=everywhere, key=address):
            raise adapter.validation_error("too_many_login_attempts")
        return str(super().clean_email())


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail; what it is compared with is a hash."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _CODE})

    @override
    def clean_code(self) -> str:
        """Compare, whatever dashes and spaces were typed. Nobody's code is empty and matches nothing."""
        code = str(self.cleaned_data["code"])
        expected = str(self.expected_code or "")
        if not constant_time_compare(code_hash(code), expected):
            log.info("sign-in refused", way="code")
            raise get_adapter().validation_error("incorrect_code")
        return code


def code_hash(code: str) -> str:
    """What is kept of a sign-in code: useless without the installation's key."""
    return salted_hmac("signin-code", normalize_user_code(code), algorithm="sha256").hexdigest()


class PasswordForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"login": _ADDRESS, "password": _PASSWORD})


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more, before something about the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password": _PASSWORD})


class NewPasswordForm(SetPasswordForm):
    """A first password; written once, since it can be looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _say(self, {"password1": _NEW_PASSWORD})


class OtherPasswordForm(ChangePasswordForm):
    """Another password; written once, since it can be looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _say(self, {"oldpassword": _PASSWORD, "password1": _NEW_PASSWORD})


class SecondFactorForm(AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _CODE})


class ConfirmSecondFactorForm(ConfirmFactorForm):
    """The same once more, before something about the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _CODE})


class ActivateAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _CODE})


#: What reading a passkey's answer raises when somebody has made it up: bytes cut off, lists in lists without end.
_INVENTED: Final = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    struct.error,
)


class _AnswerField(JSONField):
    """What a passkey has answered. Brackets without end and numbers of ten thousand digits are no answer (trust 26)."""

    widget = HiddenInput

    @override
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except _INVENTED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _PasskeyAnswer:
    """An answer of a passkey that makes no sense is a wrong code, not a fault of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the library's form that it is mixed into
        except _INVENTED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyForm(_PasskeyAnswer, LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = _AnswerField()


class SecondPasskeyForm(_PasskeyAnswer, AuthenticateWebAuthnForm):
    """A passkey as second factor."""

    credential = _AnswerField()


class ConfirmPasskeyForm(_PasskeyAnswer, ReauthenticateWebAuthnForm):
    """A passkey once more, before something about the account is changed."""

    credential = _AnswerField()


class NewPasskeyForm(AddWebAuthnForm):
    """A new passkey and its name."""

    credential = _AnswerField()

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse what no passkey has made."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except _INVENTED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


def _say(form: BaseForm, words: Mapping[str, Mapping[str, Any]]) -> None:
    for name, messages in words.items():
        field = form.fields[name]
        field.error_messages = {**field.error_messages, **messages}
