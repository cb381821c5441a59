"""Who may enter the pages about an organisation, and how they find its people."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from vaxel.domain.administration.queries import colleague, organisation_of
from vaxel.domain.people.models import Agreement, Organisation, Person
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import CustomerPlace, Page, customer_page

P = ParamSpec("P")


def administering_page(view: Callable[Concatenate[HttpRequest, CustomerPlace, P], HttpResponseBase]) -> Page:
    """For those who administer their organisation; for all others the page does not exist."""

    @wraps(view)
    def page(request: HttpRequest, place: CustomerPlace, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not place.viewer.rights.administers:
            raise Http404
        return view(request, place, *args, **kwargs)

    return customer_page(page)


def organisation_at(place: CustomerPlace) -> Organisation:
    """The organisation that the viewer is at."""
    found = organisation_of(place.scope)
    if found is None:
        raise Http404
    return found


def colleague_with(person_id: int, *, place: CustomerPlace) -> Person:
    """Somebody of the same organisation; 404 for anybody else, and for whoever is erased."""
    found = colleague(place.scope, person_id=person_id)
    if found is None or found.erased_at is not None:
        raise Http404
    return found


def agreement_with(sent_id: str, *, place: CustomerPlace) -> Agreement:
    """The organisation's agreement that a form names; 404 for any other."""
    found = Agreement.objects.within(place.scope).select_related("desk").filter(pk=number_in(sent_id) or 0).first()
    if found is None:
        raise Http404
    return found


def is_running(agreement: Agreement, *, place: CustomerPlace) -> bool:
    """Whether seats of the agreement are still to be given: a seat opens what is for contacts, whatever has ended."""
    return agreement.ends_on is None or agreement.ends_on >= place.desk.day_of(place.now)


def person_with(sent_id: str, *, place: CustomerPlace) -> Person | None:
    """The colleague whom a form names; None when nobody was chosen."""
    person_id = number_in(sent_id)
    found = None if person_id is None else colleague(place.scope, person_id=person_id)
    return found if found is not None and found.is_active else None
