"""What a search finds among the customer's tickets: open and finished ones, with the words where they stand."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import pgettext

from vaxel.domain.tickets.customer_list import customer_tickets, running_promises
from vaxel.domain.tickets.queries import tickets_of
from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.sought import sought
from vaxel.insight.search.ticket_excerpts import excerpts
from vaxel.insight.search.tickets import tickets_among
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.pages.rows import Row, rows_of
from vaxel.surfaces.portal.pages.ticket_list import ALL, MINE
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import Link

_PAGE: Final = 25
_LAST_PAGE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    row: Row
    title: Excerpt
    #: None when the words stand in the subject alone.
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    words: str
    #: Nothing was looked for: searches leave out each of the words.
    is_too_common: bool
    #: Own and all; empty for somebody who may read their own only.
    whose: tuple[Link, ...]
    rows: tuple[FoundRow, ...]
    older_url: str
    newer_url: str
    list_url: str


def search_page(place: CustomerPlace, words: str, *, whose: str, number: int, language: str) -> SearchPage:
    """A page of hits. Without a choice it is all that the reader may read. Seven queries, as a rule."""
    reader, number = place.reader, min(max(number, 1), _LAST_PAGE)
    sees_more = reader.sees_organisation or reader.is_local_contact
    everyone = sees_more and whose != MINE
    rows = tickets_of(reader, everyone=everyone)
    asked = sought(words)
    found = tickets_among(rows, asked, most=_PAGE, skip=(number - 1) * _PAGE)
    tickets = customer_tickets(reader, found.ids)
    said = excerpts(found.ids, asked)
    shown = rows_of(tickets, running_promises(tickets), place=place, language=language)
    chosen = {"q": words, "whose": ALL if everyone else MINE}
    return SearchPage(
        words=words,
        is_too_common=asked.is_too_common,
        whose=_whose(place, chosen) if sees_more else (),
        rows=tuple(
            FoundRow(row=row, title=asked.marked(row.subject), excerpt=said.get(each.pk))
            for row, each in zip(shown, tickets, strict=True)
        ),
        older_url=_address(place, {**chosen, "page": str(number + 1)}) if found.more and number < _LAST_PAGE else "",
        newer_url=_address(place, {**chosen, "page": str(number - 1)}) if number > 1 else "",
        list_url=portal_url("tickets", place),
    )


def _whose(place: CustomerPlace, chosen: dict[str, str]) -> tuple[Link, ...]:
    organisation = {"organisation": place.viewer.organisation_name}
    labels = {MINE: pgettext("tickets", "Mine"), ALL: pgettext("tickets", "All at %(organisation)s") % organisation}
    return tuple(
        Link(label=label, url=_address(place, {**chosen, "whose": whose}), current=chosen["whose"] == whose)
        for whose, label in labels.items()
    )


def _address(place: CustomerPlace, chosen: dict[str, str]) -> str:
    return f"{portal_url('tickets', place)}?{urlencode(chosen)}"
