"""The customer's tickets: own or the organisation's, open or finished, a page at a time."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.tickets.customer_list import CustomerCounts, customer_counts, customer_page, running_promises
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.pages.rows import Row, rows_of
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import Link

MINE, ALL = "mine", "all"
OPEN, FINISHED = "open", "finished"
_FIRST: Final = {"whose": MINE, "state": OPEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    #: Own and all; empty for somebody who may read their own only.
    whose: tuple[Link, ...]
    states: tuple[Link, ...]
    rows: tuple[Row, ...]
    caption: str
    older_url: str
    newer_url: str
    finished: bool
    #: What colleagues ask, in figures; empty for those who may not see it.
    figures_url: str
    #: Questions of colleagues that wait for this person's answer.
    to_answer: int


def list_page(
    place: CustomerPlace, *, whose: str, state: str, after: str | None, before: str | None, language: str
) -> ListPage:
    """Three queries. Raises PlaceError for a place in the list that we have not given out."""
    reader = place.reader
    sees_more = reader.sees_organisation or reader.is_local_contact
    everyone, finished = sees_more and whose == ALL, state == FINISHED
    page = customer_page(reader, everyone=everyone, finished=finished, after=after, before=before)
    counts = customer_counts(reader)
    chosen = {"whose": ALL if everyone else MINE, "state": FINISHED if finished else OPEN}
    return ListPage(
        whose=_whose(counts, chosen, place) if sees_more else (),
        states=_states(counts, chosen, place),
        rows=rows_of(page.tickets, running_promises(page.tickets), place=place, language=language),
        caption=_("Finished tickets") if finished else _("Open tickets"),
        older_url=_address(place, {**chosen, "after": page.older}) if page.older else "",
        newer_url=_address(place, {**chosen, "before": page.newer}) if page.newer else "",
        finished=finished,
        figures_url=portal_url("first_line", place)
        if reader.is_local_contact or place.viewer.rights.administers
        else "",
        to_answer=counts.to_answer if reader.is_local_contact else 0,
    )


def _whose(counts: CustomerCounts, chosen: dict[str, str], place: CustomerPlace) -> tuple[Link, ...]:
    finished = chosen["state"] == FINISHED
    return (
        Link(
            label=pgettext("tickets", "Mine"),
            url=_address(place, {**chosen, "whose": MINE}),
            current=chosen["whose"] == MINE,
            count=counts.own_finished if finished else counts.own_open,
        ),
        Link(
            label=pgettext("tickets", "All at %(organisation)s") % {"organisation": place.viewer.organisation_name},
            url=_address(place, {**chosen, "whose": ALL}),
            current=chosen["whose"] == ALL,
            count=counts.all_finished if finished else counts.all_open,
        ),
    )


def _states(counts: CustomerCounts, chosen: dict[str, str], place: CustomerPlace) -> tuple[Link, ...]:
    everyone = chosen["whose"] == ALL
    return (
        Link(
            label=pgettext("tickets", "Open"),
            url=_address(place, {**chosen, "state": OPEN}),
            current=chosen["state"] == OPEN,
            count=counts.all_open if everyone else counts.own_open,
        ),
        Link(
            label=pgettext("tickets", "Finished"),
            url=_address(place, {**chosen, "state": FINISHED}),
            current=chosen["state"] == FINISHED,
            count=counts.all_finished if everyone else counts.own_finished,
        ),
    )


def _address(place: CustomerPlace, chosen: dict[str, str]) -> str:
    """The list's address, without what is so from the start."""
    query = urlencode({name: value for name, value in chosen.items() if _FIRST.get(name) != value})
    return portal_url("tickets", place) + (f"?{query}" if query else "")
