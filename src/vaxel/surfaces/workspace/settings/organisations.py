"""Customers: the list, opening one with its agreement, what is known about it, and closing it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.people.directory import (
    holders_of,
    organisation_known,
    organisations_listed,
    projects_of,
)
from vaxel.domain.people.models import Agreement, Organisation, Project, RoleHolder
from vaxel.domain.people.organisations import (
    NameTakenError,
    OrganisationProfile,
    describe_organisation,
    open_organisation,
)
from vaxel.surfaces.ui.shapes import FieldError, Link
from vaxel.surfaces.workspace.labels import options_of
from vaxel.surfaces.workspace.settings.agreement_form import (
    AgreementForm,
    choices,
    fact_fields,
    problems,
    read_form,
)
from vaxel.surfaces.workspace.settings.frame import (
    Settings,
    changed_meanwhile,
    found,
    line,
    pager_of,
    search_of,
    seen_by,
    settings_page,
    show,
    to,
)
from vaxel.surfaces.workspace.settings.happened import forms_of_organisation, lately

_DOMAIN: Final = re.compile(r"(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_LONGEST_NAME: Final = 200
_MOST_DOMAINS: Final = 50
#: Domains of mail services that anybody can have an address at: none is a customer's own.
_PUBLIC: Final = frozenset(
    {"gmail.com", "hotmail.com", "icloud.com", "live.se", "outlook.com", "telia.com", "yahoo.com"}
)


#: Pages that are reached from a customer's own.
_ONWARD: Final = ("members", "person_new", "agreement_new", "project_new")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """A customer in the list."""

    name: str
    url: str
    plan: str
    products: str
    #: When the agreement ends, in words; empty while it runs on.
    ends: str
    #: No agreement holds today.
    without: bool
    members: int
    contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """An agreement of a customer."""

    url: str
    plan: str
    products: str
    period: str
    #: "now", "later" or "over".
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role of the policy, and who holds it for a customer."""

    role: str
    holder: str
    #: Nobody of its own: the desk's holder steps in.
    is_the_desks: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A delivery to a customer."""

    name: str
    url: str
    organisation: str
    manager: str
    period: str
    #: "now", "later" or "over".
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationForm:
    """What stands in the fields, as it was typed."""

    name: str = ""
    form: str = ""
    domains: str = ""

    def profile(self) -> OrganisationProfile:
        """As the doors take it."""
        return {"name": self.name, "form": self.form, "domains": self.domains.split()}


@require_safe
@settings_page
def organisations(request: HttpRequest, at: Settings) -> HttpResponse:
    """All customers of the desk, by name; three queries."""
    search = search_of(request)
    listed = organisations_listed(at.place.scope, words=search.words, closed=search.other, at=search.at)
    return show(
        request,
        at,
        "organisations",
        title=_("Organisations"),
        search=search,
        rows=[_row(each, at=at) for each in listed.rows],
        pager=pager_of(listed, search),
        new_url=at.url("organisation_new"),
    )


def _row(organisation: Organisation, *, at: Settings) -> OrganisationRow:
    now = agreement_now(list(organisation.agreements.all()), today=at.today)
    return OrganisationRow(
        name=organisation.name,
        url=at.url("organisation", organisation_id=organisation.pk),
        plan="" if now is None else at.names(at.labels.names.plans, [now.plan]),
        products="" if now is None else at.names(at.labels.names.products, now.products),
        ends="" if now is None else at.day(now.ends_on),
        without=now is None,
        members=getattr(organisation, "members", 0),
        contacts=getattr(organisation, "contacts", 0),
    )


def agreement_now(agreements: Sequence[Agreement], *, today: date) -> Agreement | None:
    """The one that holds on the day, of an organisation's, newest first."""
    holding = (one for one in agreements if one.starts_on <= today and (one.ends_on is None or today <= one.ends_on))
    return next(holding, None)


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def new(request: HttpRequest, at: Settings) -> HttpResponse:
    """A customer from nothing, with its agreement where there is one."""
    if request.method != "POST":
        return _show_new(request, at, OrganisationForm(), AgreementForm(starts_on=at.today.isoformat()))
    form, agreement = _read(request.POST), read_form(request.POST, at=at)
    errors = [*_problems(form), *([] if agreement.is_empty else problems(agreement, at=at))]
    if errors:
        return _show_new(request, at, form, agreement, errors=errors)
    try:
        made = open_organisation(
            at.place.desk,
            profile=form.profile(),
            terms=None if agreement.is_empty else agreement.terms(at),
            by=at.place.by,
            now=at.place.now,
        )
    except NameTakenError:
        return _show_new(request, at, form, agreement, errors=[_taken()])
    said = _("%(name)s is a customer now. Let its first person in.") % {"name": made.name}
    return to(at.url("person_new", organisation_id=made.pk), request, said)


def _show_new(
    request: HttpRequest,
    at: Settings,
    form: OrganisationForm,
    agreement: AgreementForm,
    *,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    return show(
        request,
        at,
        "organisation_new",
        title=_("New organisation"),
        trail=(_list(at),),
        errors=errors,
        form=form,
        forms=options_of(forms_of_organisation()),
        agreement=agreement,
        facts=fact_fields(at),
        **choices(agreement, at=at),
    )


def _list(at: Settings) -> Link:
    return Link(label=_("Organisations"), url=at.url("organisations"))


def trail_to(organisation: Organisation, at: Settings) -> tuple[Link, ...]:
    """From the list to what belongs to a customer."""
    return (_list(at), Link(label=organisation.name, url=at.url("organisation", organisation_id=organisation.pk)))


def organisation_or_404(organisation_id: int, at: Settings) -> Organisation:
    """A customer of the desk."""
    return found(organisation_known(at.place.scope, organisation_id=organisation_id))


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def organisation(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """One customer: what is known, agreements, roles, projects, and what happened."""
    known = organisation_or_404(organisation_id, at)
    if request.method != "POST":
        return _show_one(request, at, known, _form_of(known))
    form = _read(request.POST)
    errors = _problems(form)
    if errors:
        return _show_one(request, at, known, form, errors=errors)
    try:
        describe_organisation(
            known, profile=form.profile(), seen=request.POST.get("seen", ""), by=at.place.by, now=at.place.now
        )
    except NameTakenError:
        return _show_one(request, at, organisation_or_404(organisation_id, at), form, errors=[_taken()])
    except ChangedMeanwhileError:
        return _show_one(request, at, organisation_or_404(organisation_id, at), form, errors=[changed_meanwhile()])
    url = at.url("organisation", organisation_id=known.pk)
    return to(url, request, _("%(name)s is saved.") % {"name": known.name})


@require_POST
@settings_page
def closure(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """Close a customer, whose people get in no more, or open it again."""
    known = organisation_or_404(organisation_id, at)
    opens = request.POST.get("open") == "yes"
    describe_organisation(known, profile={"is_active": opens}, by=at.place.by, now=at.place.now)
    said = _("%(name)s is open again.") if opens else _("%(name)s is closed. Its people get in no more.")
    return to(at.url("organisation", organisation_id=known.pk), request, said % {"name": known.name})


def _show_one(
    request: HttpRequest,
    at: Settings,
    known: Organisation,
    form: OrganisationForm,
    *,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    own = holders_of(at.place.scope, organisation_id=known.pk)
    return show(
        request,
        at,
        "organisation",
        title=known.name,
        trail=(_list(at),),
        errors=errors,
        organisation=known,
        form=form,
        now_holds=_form_of(known),
        seen=seen_by(request, known, errors),
        forms=options_of(forms_of_organisation()),
        agreements=[_agreement_row(each, at=at) for each in known.agreements.all()],
        roles=_role_rows(known, own, holders_of(at.place.scope), at=at),
        projects=[project_row(each, at=at) for each in projects_of(at.place.scope, organisation_id=known.pk)],
        happened=lately(at, organisation_id=known.pk),
        urls={
            name: at.url(name, organisation_id=known.pk)
            for name in (*_ONWARD, "organisation_closure", "organisation_export")
        },
    )


def _agreement_row(one: Agreement, *, at: Settings) -> AgreementRow:
    names = at.labels.names
    return AgreementRow(
        url=at.url("agreement", organisation_id=one.organisation_id, agreement_id=one.pk),
        plan=at.names(names.plans, [one.plan]),
        products=at.names(names.products, one.products),
        period=_period(one.starts_on, one.ends_on, at=at),
        state=_state(one.starts_on, one.ends_on, today=at.today),
    )


def project_row(one: Project, *, at: Settings, organisation: str = "") -> ProjectRow:
    """A delivery in a list."""
    return ProjectRow(
        name=one.name,
        url=at.url("project", organisation_id=one.organisation_id, project_id=one.pk),
        organisation=organisation,
        manager=one.manager.name,
        period=_period(one.starts_on, one.ends_on, at=at),
        state=_state(one.starts_on, one.ends_on, today=at.today),
    )


def _period(starts_on: date, ends_on: date | None, *, at: Settings) -> str:
    if ends_on is None:
        return _("from %(day)s") % {"day": at.day(starts_on)}
    return f"{at.day(starts_on)} – {at.day(ends_on)}"


def _state(starts_on: date, ends_on: date | None, *, today: date) -> str:
    if starts_on > today:
        return "later"
    return "now" if ends_on is None or today <= ends_on else "over"


def _role_rows(
    known: Organisation, own: dict[str, RoleHolder], desks: dict[str, RoleHolder], *, at: Settings
) -> list[RoleRow]:
    """Every role of the policy, and any that somebody holds although the policy has left it."""
    names = {**{role: role for role in own}, **at.labels.names.roles}
    return [
        RoleRow(
            role=label,
            holder=own[role].staff.name if role in own else desks[role].staff.name if role in desks else "",
            is_the_desks=role not in own,
            url=at.url("organisation_role", organisation_id=known.pk, role=role),
        )
        for role, label in names.items()
    ]


def _form_of(known: Organisation) -> OrganisationForm:
    return OrganisationForm(name=known.name, form=known.form, domains="\n".join(known.domains))


def _read(sent: QueryDict) -> OrganisationForm:
    domains = (each.strip(" ,;@").lower() for each in re.split(r"[\s,;]+", sent.get("domains", "")[:10_000]))
    return OrganisationForm(
        name=line(sent, "name", most=201),
        form=line(sent, "form", most=20),
        domains="\n".join(dict.fromkeys(each.replace("\0", "") for each in domains if each)),
    )


def _problems(form: OrganisationForm) -> list[FieldError]:
    return [FieldError(field=field, text=text) for field, text in _faults(form)]


def _faults(form: OrganisationForm) -> Iterator[tuple[str, str]]:
    if not 0 < len(form.name) <= _LONGEST_NAME:
        yield "name", _("Write the organisation's name, in at most 200 characters")
    if form.form and form.form not in forms_of_organisation():
        yield "form", _("Choose one of the sorts")
    domains = form.domains.split()
    wrong = next((each for each in domains if not _DOMAIN.fullmatch(each)), "")
    public = next((each for each in domains if each in _PUBLIC), "")
    if wrong:
        yield "domains", _("Write %(domain)s like this: municipality.example") % {"domain": wrong[:60]}
    elif public:
        yield (
            "domains",
            _("Anybody can have an address at %(domain)s: it is not the customer's own") % {"domain": public},
        )
    elif len(domains) > _MOST_DOMAINS:
        yield "domains", _("Write at most %(most)s domains") % {"most": _MOST_DOMAINS}


def _taken() -> FieldError:
    return FieldError(field="name", text=_("Another customer has this name"))
