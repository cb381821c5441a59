"""Coming in: a code by mail, a password, and starting over."""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from typing_extensions import override

from vaxel.surfaces.signin.adapter import language_of
from vaxel.surfaces.signin.forms import AddressForm, CodeForm, code_hash
from vaxel.surfaces.signin.letters import code_letter


class StartsOver:
    """Opening the page of a way in leaves a sign-in that was begun, so that a mistyped address can be put right."""

    def _redirect_to_pending_stage(self, request: HttpRequest, _stage: object) -> None:
        clear_login(request)


class AskForCode(StartsOver, RequestLoginCodeView):
    """The entrance: an address, to which a code goes if it has an account."""

    @override
    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Send, or do as much work without sending, so that the time tells nothing (trust 50)."""
        response: HttpResponse = super().form_valid(form)
        if form._user is None:  # noqa: SLF001  # the library's form keeps it there for its own view
            email = form.cleaned_data["email"]
            code_letter(to=email, code="0000-0000", language=language_of(email))
        _keep_only_hash(self.request)
        return response


class EnterCode(ConfirmLoginCodeView):
    """The code from the mail."""

    @override
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell why a code that is too old leads back to the entrance."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if hasattr(self, "_process") and self._process is None:
            messages.error(request, _("The code is too old. Ask for a new one."))
        return response

    @override
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try before anything is compared: the session's own count is lost among tries that come at once."""
        if request.POST.get("code", "").strip() and not self._may_try():
            self._process.abort()
            return self._ask_anew()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def _may_try(self) -> bool:
        """Whether this code has tries left, wherever they come from (trust 53)."""
        asked = f"{self.request.session.session_key}:{self._process.state['at']}"
        return ratelimit.consume(self.request, action="code_tried", key=asked)

    @override
    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """An empty field is no try. After the last one the library would ask people to wait: nothing comes of that."""
        if form.has_error("code", code="required") or self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return self._ask_anew()

    def _ask_anew(self) -> HttpResponse:
        """The code is used up; a new one can be had at once, and leads to where the old one did."""
        messages.error(self.request, _("The code was wrong too many times and works no longer. Ask for a new one."))
        entrance = reverse("account_request_login_code")
        return HttpResponseRedirect(self.passthrough_next_url(entrance))  # type: ignore[no-untyped-call]  # the library's


class Password(StartsOver, LoginView):
    """Address and password."""


def _keep_only_hash(request: HttpRequest) -> None:
    """Put a hash where the library has put the code: sessions are rows that others may read (trust 51)."""
    login = request.session[LOGIN_SESSION_KEY]
    state = login["state"]["stages"][LoginByCodeStage.key]["data"]
    if "code" in state:
        state["code"] = code_hash(state["code"])
        request.session.modified = True
