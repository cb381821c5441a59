"""Setting up the organisation's own sign-in."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.administration.own_sign_in import (
    Provider,
    SetUpFault,
    SetUpRefusedError,
    check_provider,
    set_up_sign_in,
    switch_off_sign_in,
)
from vaxel.domain.administration.queries import sign_in_of
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.portal.administering import administering_page, organisation_at
from vaxel.surfaces.portal.frame import ORGANISATION, portal_url, show
from vaxel.surfaces.portal.own_server import ServerFault, fault_of, in_words
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import FieldError


@require_http_methods(["GET", "HEAD", "POST"])
@administering_page
def own_sign_in(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """The form; the secret is never shown again."""
    if request.method != "POST":
        return _show(request, place)
    organisation = organisation_at(place)
    if request.POST.get("switch-off"):
        switch_off_sign_in(organisation, by=place.by, now=place.now)
        messages.success(request, _("The sign-in is switched off. People sign in with a code again."))
        return _again(place)
    sent = {name: clean(request.POST.get(name, ""))[:300] for name in ("issuer", "client_id", "secret")}
    provider = Provider(**sent, admits="admits" in request.POST)
    try:
        check_provider(provider)
        trouble = fault_of(provider.issuer)
        if trouble not in {None, ServerFault.AWAY}:
            return _show(request, place, sent=sent, errors=(FieldError(field="issuer", text=in_words(trouble)),))
        set_up_sign_in(organisation, provider=provider, by=place.by, now=place.now)
    except SetUpRefusedError as error:
        return _show(request, place, sent=sent, errors=(_fault(error.why),))
    if trouble is not None:
        messages.warning(request, in_words(trouble))
    else:
        tried = _("The sign-in is set up. Try it in another browser before you tell your colleagues.")
        messages.success(request, tried)
    return _again(place)


def _show(
    request: HttpRequest,
    place: CustomerPlace,
    *,
    sent: Mapping[str, str] | None = None,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    present = sign_in_of(place.scope)
    known = {} if present is None else {"issuer": present.issuer, "client_id": present.client_id}
    back = "" if present is None else address("openid_connect_callback", provider_id=present.key)
    return show(
        request,
        place,
        "organisation/own_sign_in",
        part=ORGANISATION,
        title=_("Our own sign-in"),
        errors=errors,
        error_of={error.field: error.text for error in errors},
        values=sent or known,
        is_set_up=present is not None,
        admits=present is None or present.admits,
        back=request.build_absolute_uri(back) if back else "",
        find=request.build_absolute_uri(address("signin:own_sign_ins")),
        domains=organisation_at(place).domains,
    )


def _fault(why: SetUpFault) -> FieldError:
    texts = {
        SetUpFault.ISSUER: _("Write the address of your server, beginning with https://"),
        SetUpFault.CLIENT_ID: _("Write the client id that your server has given"),
        SetUpFault.SECRET: _("Write the secret that your server has given"),
    }
    return FieldError(field=why.value, text=texts[why])


def _again(place: CustomerPlace) -> HttpResponse:
    return HttpResponseRedirect(portal_url("own_sign_in", place), status=HTTPStatus.SEE_OTHER)
