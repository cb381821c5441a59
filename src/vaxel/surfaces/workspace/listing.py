"""Which list one stands in, as the address says it: on the inbox itself and on every ticket opened from it."""

from dataclasses import fields
from typing import Final, Self
from urllib.parse import urlencode

from django.http import HttpRequest

from vaxel.domain.tickets.inbox import Filters, orders_of
from vaxel.kit.values import value
from vaxel.surfaces.ui.words import plain

DEFAULT_VIEW: Final = "mine"
EVERYTHING: Final = "all"
#: Characters of a search that are read.
LONGEST_SEARCH: Final = 200
#: A search has no more pages: more words find it sooner than turning them.
LAST_PAGE: Final = 20


@value
class Listing:
    """A view, what narrows it, what is searched in it, and the page of it. Empty texts are left out of addresses.

    A list has its pages by the tickets at their ends, the hits of a search have theirs by number.
    """

    view: str = DEFAULT_VIEW
    organisation: str = ""
    product: str = ""
    priority: str = ""
    kind: str = ""
    #: "due" or "newest"; empty for the view's own order.
    order: str = ""
    #: The words of a search; without a view all tickets are searched.
    q: str = ""
    after: str = ""
    before: str = ""
    page: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """What the address says; anything else in it is ignored."""
        given = {each.name: plain(request.GET.get(each.name, "")).strip() for each in fields(cls)}
        words = given["q"][:LONGEST_SEARCH]
        view = given["view"] or (EVERYTHING if words else DEFAULT_VIEW)
        order = given["order"] if given["order"] in orders_of(view) else ""
        return cls(**{**given, "q": words, "view": view, "order": order})

    @property
    def filters(self) -> Filters:
        """As the list's query takes them; a number that is none finds nothing."""
        number = self.organisation
        organisation_id = int(number) if number.isascii() and number.isdigit() and len(number) < _TOO_LONG else 0
        return Filters(
            organisation_id=organisation_id if number else None,
            product=self.product or None,
            priority=self.priority or None,
            kind=self.kind or None,
        )

    @property
    def is_narrowed(self) -> bool:
        """Some tickets of the view are left out."""
        return bool(self.organisation or self.product or self.priority or self.kind)

    @property
    def page_number(self) -> int:
        """The page of a search's hits, from 1."""
        said = self.page
        number = int(said) if said.isascii() and said.isdecimal() and len(said) < len("100") else 1
        return min(max(number, 1), LAST_PAGE)

    def query(self, **changes: str) -> str:
        """The end of an address, `?view=…`, with changes; a change of what is listed begins at its first page."""
        given = self.given
        if changes:
            given |= {"after": "", "before": "", "page": ""}
        return "?" + urlencode({name: value for name, value in (given | changes).items() if value})

    @property
    def given(self) -> dict[str, str]:
        """What says it in an address, by name."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value}


#: Digits that no id has; PostgreSQL would refuse such a number.
_TOO_LONG: Final = 19
