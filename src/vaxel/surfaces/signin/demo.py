"""Signing in by one press: only in a demonstration, where everybody is invented.

The addresses exist only with VAXEL_DEMO, which starts on a loopback address alone (see project.environment); and
should a database with real accounts be served in that mode by mistake, nobody gets in this way.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from babel.lists import format_list
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.demo import DEMO_DOMAIN, DemoPerson, demo_people
from vaxel.domain.people.models import Account
from vaxel.surfaces.signin.letters import letters_of_the_demonstration
from vaxel.surfaces.ui.demonstration import require_demonstration

_SHOWS = {
    "contact": _("Support contact with a valid certificate"),
    "contact-expired": _("Support contact whose certificate has expired"),
    "contact-untrained": _("Support contact without a certificate"),
    "user": _("User who asks the support contacts first"),
    "user-one-product": _("User at an organisation with one product"),
    "administrator": _("Administrator of an organisation"),
    "lead": _("Leads the desk"),
    "staff": _("Answers questions"),
}


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people to choose among, by desk. Whoever came by another page goes on to it, if it is for them."""
    require_demonstration()
    wanted = request.GET.get("next", "")
    desks = [
        (
            desk,
            [
                _Offer(person, shows, _where(person, shows), _way(desk, person, wanted=wanted))
                for person, shows in _offered(desk)
            ],
        )
        for desk in Desk.objects.order_by("pk")
    ]
    return render(request, "signin/demo.html.jinja", {"desks": desks})


@dataclass(frozen=True, slots=True)
class _Offer:
    """Somebody to be: who, what they show and at whom, and the page that they begin at (empty: they choose)."""

    person: DemoPerson
    shows: str
    where: str
    begins_at: str


def _where(person: DemoPerson, shows: str) -> str:
    """Every customer that they are at, or the title, unless it has been said already."""
    if person.chooses:
        names = format_list(person.belongs_to, locale=get_language() or "sv")
        return str(_("%(organisations)s: you choose after signing in")) % {"organisations": names}
    return ", ".join(each for each in person.belongs_to if each.lower() not in shows.lower())


def _way(desk: Desk, person: DemoPerson, *, wanted: str) -> str:
    """Straight to the desk that the person is listed under, also for those who are at home at other desks too.

    To the page that was wanted if it is one of the person's sort there.
    """
    if person.chooses:
        return ""
    portal, workspace = f"/{desk.slug}/", f"/{desk.slug}/workspace/"
    is_staff = person.sort in {"lead", "staff"}
    if wanted.startswith(portal) and wanted.startswith(workspace) == is_staff:
        return wanted
    return workspace if is_staff else portal


def _offered(desk: Desk) -> Iterator[tuple[DemoPerson, str]]:
    """The people of a desk with what each shows, in the reader's language."""
    listed = _listed(desk.slug)
    language = get_language() or "sv"
    for person in demo_people(desk, today=timezone.localdate(), listed=tuple(listed)):
        said = listed.get(person.email, {})
        yield person, said.get(language) or str(_SHOWS[person.sort])


@cache
def _listed(slug: str) -> Mapping[str, Mapping[str, str]]:
    """Whom the file beside an example desk names, by address; nobody for other desks."""
    file = settings.DEMO_DESKS / f"{slug}.demo.toml"
    if not file.exists():
        return {}
    return {one["email"]: one["shows"] for one in tomllib.loads(file.read_text(encoding="utf-8")).get("sign_in", ())}


@require_POST
def enter(request: HttpRequest, account_id: int) -> HttpResponse:
    """Be that person from now on."""
    require_demonstration()
    account = get_object_or_404(Account, pk=account_id, is_active=True, email__endswith=DEMO_DOMAIN)
    logout(request, show_message=False)
    record_authentication(request, account, method="demo")
    get_adapter().login(request, account)
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    return HttpResponseRedirect(target) if get_adapter().is_safe_url(target) else redirect("signin:places")


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The sign-in mails, which a demonstration does not send."""
    require_demonstration()
    return render(request, "signin/letters.html.jinja", {"letters": letters_of_the_demonstration()})
