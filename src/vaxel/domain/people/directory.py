"""Customers, people and staff as those who run the desk look for them: by words, a page at a time.

Lists are long, so a page is found by the row that it begins after (or ends before), and costs the same anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from django.db.models import Count, Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vaxel.domain.people.models import Agreement, Organisation, Person, Project, RoleHolder, Seat, Staff
from vaxel.kit.tenancy import Scope

M = TypeVar("M", bound=Model)

PAGE_SIZE: Final = 50
#: How many a search for somebody to choose shows.
MOST_TO_CHOOSE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a list a page is: after the row with this id, or before it; the first page without."""

    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Listed(Generic[M]):
    """A page of a list, and whether there is more on either side."""

    rows: Sequence[M]
    has_earlier: bool
    has_later: bool


def organisations_listed(scope: Scope, *, words: str = "", closed: bool = False, at: Place) -> Listed[Organisation]:
    """The desk's customers whose name or mail domain holds every word, with `agreements`, newest first, the number of
    their active `members` and of those who have a seat (`contacts`). Three queries.
    """
    found = _named(scope, words).filter(is_active=not closed)
    rows = found.annotate(members=_count(_MEMBERS), contacts=_count(_MEMBERS.filter(Exists(_SEATS))))
    return _page(rows.prefetch_related(_newest_first()), at=at, name="name")


def _named(scope: Scope, words: str) -> QuerySet[Organisation]:
    found = Organisation.objects.within(scope)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(domains__contains=[word.lower()]))
    return found


_MEMBERS: Final = Person.unscoped.filter(organisation=OuterRef("pk"), is_active=True)
_SEATS: Final = Seat.unscoped.filter(person=OuterRef("pk"))


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Counted for the rows that are shown only: a join would count for all before the page is cut."""
    counted = rows.order_by().values("organisation").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def people_listed(scope: Scope, *, words: str = "", left: bool = False, at: Place) -> Listed[Person]:
    """Customers' people, of one organisation within its scope, whose name, address or title holds every word; each
    with the organisation, and `has_seat`. Two queries.
    """
    found = Person.objects.within(scope).filter(is_active=not left)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(title__icontains=word))
    return _page(found.annotate(has_seat=Exists(_SEATS)).select_related("organisation"), at=at, name="name")


def staff_listed(scope: Scope, *, words: str = "", left: bool = False, at: Place) -> Listed[Staff]:
    """The desk's own people whose name, address or title holds every word, with their account. Two queries."""
    found = Staff.objects.within(scope).filter(is_active=not left)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(account__email__icontains=word) | Q(title__icontains=word))
    return _page(found.select_related("account"), at=at, name="name")


def projects_listed(scope: Scope, *, words: str = "", over: bool = False, today: date, at: Place) -> Listed[Project]:
    """Projects that run, or are to come, or are `over` by the day; found by their own, the customer's or the manager's
    name. Two queries.
    """
    ended = Q(ends_on__lt=today)
    found = Project.objects.within(scope).filter(ended if over else ~ended | Q(ends_on=None))
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(organisation__name__icontains=word) | Q(manager__name__icontains=word)
        )
    return _page(found.select_related("organisation", "manager"), at=at, name="name")


def organisation_known(scope: Scope, *, organisation_id: int) -> Organisation | None:
    """A customer with its `agreements`, newest first; None for any other. Two queries."""
    found = Organisation.objects.within(scope).prefetch_related(_newest_first())
    return found.select_related("desk").filter(pk=organisation_id).first()


def _newest_first() -> "Prefetch[str, QuerySet[Agreement], str]":
    return Prefetch("agreements", queryset=Agreement.unscoped.order_by("-starts_on", "-pk"))


def person_known(scope: Scope, *, person_id: int, organisation_id: int) -> Person | None:
    """Somebody at the customer, the desk read with them; None for anybody else. One query."""
    people = Person.objects.within(scope).select_related("organisation__desk", "account")
    return people.filter(pk=person_id, organisation=organisation_id).first()


def staff_known(scope: Scope, *, staff_id: int) -> Staff | None:
    """One of the desk's staff; None for anybody else. One query."""
    return Staff.objects.within(scope).select_related("desk", "account").filter(pk=staff_id).first()


def project_known(scope: Scope, *, project_id: int) -> Project | None:
    """A project with its customer and manager; None for any other. One query."""
    return Project.objects.within(scope).select_related("organisation", "manager").filter(pk=project_id).first()


def projects_of(scope: Scope, *, organisation_id: int) -> list[Project]:
    """A customer's projects, the newest first; one query."""
    rows = Project.objects.within(scope).filter(organisation=organisation_id).select_related("manager")
    return list(rows.order_by("-starts_on", "-pk"))


def holders_of(scope: Scope, *, organisation_id: int | None = None) -> dict[str, RoleHolder]:
    """Who of the staff holds which role for a customer, or (None) for all that have nobody of their own; one query."""
    rows = RoleHolder.objects.within(scope).filter(organisation=organisation_id).select_related("staff")
    return {row.role: row for row in rows}


def staff_to_choose(scope: Scope, *, words: str, most: int = MOST_TO_CHOOSE) -> list[Staff]:
    """Active staff whose name, address or title holds every word; none without words. One query."""
    if not words.split():
        return []
    found = Staff.objects.within(scope).filter(is_active=True, account__is_active=True)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(account__email__icontains=word) | Q(title__icontains=word))
    return list(found.select_related("account").order_by("name", "pk")[:most])


def organisations_to_choose(scope: Scope, *, words: str, most: int = MOST_TO_CHOOSE) -> list[Organisation]:
    """Active customers whose name or mail domain holds every word; none without words. One query."""
    if not words.split():
        return []
    return list(_named(scope, words).filter(is_active=True).order_by("name", "pk")[:most])


def _page(rows: QuerySet[Any], *, at: Place, name: str) -> Listed[Any]:
    """A page in the order of `name`. A row that is gone leads to the first page; one query more to find its place."""
    backwards = at.before is not None and at.after is None
    mark = None
    if at.after is not None or backwards:
        mark = rows.model.unscoped.filter(pk=at.before if backwards else at.after).values(name, "pk").first()
    if mark is None:
        found = list(rows.order_by(name, "pk")[: PAGE_SIZE + 1])
        return Listed(found[:PAGE_SIZE], has_earlier=False, has_later=len(found) > PAGE_SIZE)
    side = "lt" if backwards else "gt"
    beyond = Q(**{f"{name}__{side}": mark[name]}) | Q(**{name: mark[name], f"pk__{side}": mark["pk"]})
    order = (F(name).desc(), F("pk").desc()) if backwards else (F(name).asc(), F("pk").asc())
    found = list(rows.filter(beyond).order_by(*order)[: PAGE_SIZE + 1])
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    if backwards:
        return Listed(shown[::-1], has_earlier=more, has_later=True)
    return Listed(shown, has_earlier=True, has_later=more)
