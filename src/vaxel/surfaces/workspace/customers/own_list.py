"""The customers that somebody is responsible for, and for those who administer the desk all of them."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.models import Organisation
from vaxel.insight.reports.customer_list import CustomerLine, customer_page
from vaxel.kit.numbers import number_in
from vaxel.rules.policy import PolicyFile
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.customers.attention import Mark, day_in_words, marks_of
from vaxel.surfaces.workspace.customers.frame import own_customers
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

_LONGEST: Final = 100
_LAST_PAGE: Final = 1_000
_ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """One organisation in the list."""

    name: str
    url: str
    plan: str
    open_tickets: int
    #: When the agreement ends; empty for one without an end.
    renewal: str
    marks: tuple[Mark, ...]


@require_safe
@staff_page
def customers(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Those that need a hand first; two queries besides the frame's, and one for each quota of tickets."""
    labels, policy = labels_of(place.desk, now=place.now), current_policy(place.desk)
    sees_all = place.viewer.may_administer and request.GET.get("whose") == _ALL
    words = plain(request.GET.get("q", "")).strip()[:_LONGEST]
    number = min(max(number_in(request.GET.get("page", "")) or 1, 1), _LAST_PAGE)
    wanted = Organisation.objects.within(place.scope).filter(is_active=True) if sees_all else own_customers(place)
    for word in words.split():
        wanted = wanted.filter(name__icontains=word)
    today = place.desk.day_of(place.now)
    found = customer_page(wanted, policy=policy, desk=place.desk, today=today, now=place.now, page=number)
    base = workspace_url("customers", place)
    return show(
        request,
        place,
        "customers/list",
        labels=labels,
        title=_("All customers") if sees_all else _("Your customers"),
        rows=[_row(each, place=place, file=policy.file, today=today, labels=labels) for each in found.lines],
        words=words,
        whose=_ALL if sees_all else "",
        tabs=_tabs(base, sees_all=sees_all) if place.viewer.may_administer else (),
        previous_url=_turned(base, words, number - 1, sees_all=sees_all) if number > 1 else "",
        next_url=_turned(base, words, number + 1, sees_all=sees_all) if found.has_more else "",
        page_number=number,
    )


def _tabs(base: str, *, sees_all: bool) -> tuple[Link, ...]:
    return (
        Link(label=_("Mine"), url=base, current=not sees_all),
        Link(label=_("All"), url=f"{base}?whose={_ALL}", current=sees_all),
    )


def _turned(base: str, words: str, number: int, *, sees_all: bool) -> str:
    """Another page of the same list."""
    wanted = {"whose": _ALL if sees_all else "", "q": words, "page": str(number)}
    return f"{base}?{urlencode({name: value for name, value in wanted.items() if value})}"


def _row(line: CustomerLine, *, place: StaffPlace, file: PolicyFile, today: date, labels: Labels) -> CustomerRow:
    agreement = line.agreement
    ends_on = agreement.ends_on if agreement else None
    return CustomerRow(
        name=line.name,
        url=workspace_url("customer", place, organisation_id=str(line.id)),
        plan=labels.names.plans.get(agreement.plan, agreement.plan) if agreement else "",
        open_tickets=line.open_tickets,
        renewal="" if ends_on is None else day_in_words(ends_on, labels=labels),
        marks=marks_of(line, file=file, today=today, labels=labels),
    )
