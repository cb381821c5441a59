"""Choosing one customer among thousands: words first, then one of those who were found. Works without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vaxel.domain.people.directory import organisations_to_choose
from vaxel.domain.people.models import Organisation
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import Option
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import workspace_url

#: The field of each form on the page; the words stand in the same name with `_words`.
HOURS_FIELD: Final = "organisation"
CARD_FIELD: Final = "card_organisation"
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerChooser:
    """A field as it stands: who is chosen, the words, and who was found by them."""

    field: str
    words: str
    chosen: Option | None
    found: Sequence[Option]
    find_url: str


def customer_chooser(place: StaffPlace, *, field: str, sent: Mapping[str, str]) -> CustomerChooser:
    """The field as it was sent; no query for one that is empty, at most two else."""
    words, chosen = _words(sent, field), _known(sent, place, field=field)
    hits = organisations_to_choose(place.scope, words=words)
    url = workspace_url("job_customers_found", place, field=field)
    return CustomerChooser(
        field=field,
        words=words,
        chosen=None if chosen is None else _option(chosen),
        found=[_option(each) for each in hits if each != chosen],
        # Who is shown as chosen is not found once more.
        find_url=url if chosen is None else f"{url}?{field}={chosen.pk}",
    )


def chosen_customer(place: StaffPlace, *, field: str, sent: Mapping[str, str]) -> Organisation | None:
    """Whom the form names. Words that mean one customer alone name that one."""
    known = _known(sent, place, field=field)
    if known is not None:
        return known
    hits = organisations_to_choose(place.scope, words=_words(sent, field), most=2)
    return hits[0] if len(hits) == 1 else None


@require_safe
@administrator_page
def customers_found(request: HttpRequest, place: StaffPlace, field: str) -> HttpResponse:
    """Those who are found, for the page that asks while somebody types."""
    if field not in {HOURS_FIELD, CARD_FIELD}:
        raise Http404
    chooser = customer_chooser(place, field=field, sent=request.GET)
    return render(request, "workspace/smalljobs/customers_found.html.jinja", {"chooser": chooser})


def _known(sent: Mapping[str, str], place: StaffPlace, *, field: str) -> Organisation | None:
    number = number_in(sent.get(field, ""))
    if number is None:
        return None
    return Organisation.objects.within(place.scope).filter(pk=number, is_active=True).first()


def _words(sent: Mapping[str, str], field: str) -> str:
    return " ".join(plain(sent.get(f"{field}_words", "")).split())[:_LONGEST]


def _option(organisation: Organisation) -> Option:
    return Option(value=str(organisation.pk), label=organisation.name, hint=", ".join(organisation.domains))
