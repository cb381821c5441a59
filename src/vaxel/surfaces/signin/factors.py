"""Second factors: an authenticator app, passkeys, recovery codes."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from typing_extensions import override


class AddApp(ActivateTOTPView):
    """An authenticator app, proven by its first code."""

    @override
    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Add it; who has just shown a code of it has used it."""
        response: HttpResponse = super().form_valid(form)
        _count_as_used(self.request)
        return response


class AddPasskey(AddWebAuthnView):
    """A passkey, proven by making it."""

    @override
    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Add it; who has just made it has used it."""
        response: HttpResponse = super().form_valid(form)
        _count_as_used(self.request)
        return response

    @override
    def get_form(self, form_class: Any = None) -> BaseForm:
        """Every passkey can be signed in with on its own."""
        form: BaseForm = super().get_form(form_class)
        form.fields["passwordless"].initial = True
        return form


def _count_as_used(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise TypeError("second factors are added behind login_required")
    # More may be done in the session from now on, so it gets a new id (trust 52).
    record_authentication(request, request.user, method="mfa", reauthenticated=True)
    request.session.cycle_key()
