"""Setting up the organisation's own sign-in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

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

#: Letters of each field: a secret that is cut opens nothing.
_LONGEST: Final = {"issuer": 300, "client_id": 200, "secret": 300}
_MOST_SHOWN: Final = 2000


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
    sent = {name: clean(request.POST.get(name, ""))[:_MOST_SHOWN] for name in _LONGEST}
    if errors := tuple(_too_long(name, sent[name]) for name in _LONGEST if len(sent[name]) > _LONGEST[name]):
        return _show(request, place, sent=sent, errors=errors)
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
    told = list(messages.get_messages(request))
    return show(
        request,
        place,
        "organisation/own_sign_in",
        part=ORGANISATION,
        title=_("Our own sign-in"),
        errors=errors,
        error_of={error.field: error.text for error in errors},
        # That nobody has tried it yet stands in the page, and not in a message that goes away.
        warnings=[str(each) for each in told if each.level == messages.WARNING],
        notices=[str(each) for each in told if each.level != messages.WARNING],
        values=sent or known,
        is_set_up=present is not None,
        admits=present is None or present.admits,
        back=request.build_absolute_uri(back) if back else "",
        find=request.build_absolute_uri(address("signin:own_sign_ins")),
        domains=organisation_at(place).domains,
    )


def _too_long(field: str, typed: str) -> FieldError:
    said = {"most": _LONGEST[field], "many": len(typed)}
    return FieldError(field=field, text=_("Write at most %(most)s characters; this is %(many)s") % said)


def _fault(why: SetUpFault) -> FieldError:
    texts = {
        SetUpFault.ISSUER: ("issuer", _("Write the address of your server, beginning with https://")),
        SetUpFault.ISSUER_USER: (
            "issuer",
            _("A user name or password stands in the address. Leave out all between // and @"),
        ),
        SetUpFault.ISSUER_QUERY: ("issuer", _("Write the address without ? and #, and what follows them")),
        SetUpFault.CLIENT_ID: ("client_id", _("Write the client id that your server has given")),
        SetUpFault.SECRET: ("secret", _("Write the secret that your server has given")),
    }
    field, text = texts[why]
    return FieldError(field=field, text=text)


def _again(place: CustomerPlace) -> HttpResponse:
    return HttpResponseRedirect(portal_url("own_sign_in", place), status=HTTPStatus.SEE_OTHER)
