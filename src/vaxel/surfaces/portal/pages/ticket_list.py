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

#: Own, what colleagues ask the local contacts, and everything that may be read.
MINE, COLLEAGUES, ALL = "mine", "colleagues", "all"
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
    to_answer_url: str


def inbox_url(place: CustomerPlace) -> str:
    """What colleagues have asked the local contacts."""
    return _address(place, {"whose": COLLEAGUES})


def list_page(
    place: CustomerPlace, *, whose: str, state: str, after: str | None, before: str | None, language: str
) -> ListPage:
    """Three queries. Raises PlaceError for a place in the list that we have not given out."""
    reader = place.reader
    sees_more = reader.sees_organisation or reader.is_local_contact
    known = {MINE, *((ALL,) if sees_more else ()), *((COLLEAGUES,) if reader.is_local_contact else ())}
    whose, finished = whose if whose in known else MINE, state == FINISHED
    page = customer_page(
        reader,
        everyone=whose == ALL,
        colleagues=whose == COLLEAGUES,
        finished=finished,
        after=after,
        before=before,
    )
    counts = customer_counts(reader)
    chosen = {"whose": whose, "state": FINISHED if finished else OPEN}
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
        to_answer=counts.to_answer if reader.is_local_contact and whose != COLLEAGUES else 0,
        to_answer_url=inbox_url(place),
    )


def _whose(counts: CustomerCounts, chosen: dict[str, str], place: CustomerPlace) -> tuple[Link, ...]:
    labels = {
        MINE: pgettext("tickets", "Mine"),
        COLLEAGUES: pgettext("tickets", "From colleagues"),
        ALL: pgettext("tickets", "All at %(organisation)s") % {"organisation": place.viewer.organisation_name},
    }
    if not place.reader.is_local_contact:
        del labels[COLLEAGUES]
    return tuple(
        Link(
            label=label,
            url=_address(place, {**chosen, "whose": whose}),
            current=chosen["whose"] == whose,
            count=_count(counts, whose=whose, state=chosen["state"]),
        )
        for whose, label in labels.items()
    )


def _states(counts: CustomerCounts, chosen: dict[str, str], place: CustomerPlace) -> tuple[Link, ...]:
    labels = {OPEN: pgettext("tickets", "Open"), FINISHED: pgettext("tickets", "Finished")}
    return tuple(
        Link(
            label=label,
            url=_address(place, {**chosen, "state": state}),
            current=chosen["state"] == state,
            count=_count(counts, whose=chosen["whose"], state=state),
        )
        for state, label in labels.items()
    )


def _count(counts: CustomerCounts, *, whose: str, state: str) -> int:
    finished = state == FINISHED
    return {
        MINE: counts.own_finished if finished else counts.own_open,
        COLLEAGUES: counts.asked_finished if finished else counts.asked_open,
        ALL: counts.all_finished if finished else counts.all_open,
    }[whose]


def _address(place: CustomerPlace, chosen: dict[str, str]) -> str:
    """The list's address, without what is so from the start."""
    query = urlencode({name: value for name, value in chosen.items() if _FIRST.get(name) != value})
    return portal_url("tickets", place) + (f"?{query}" if query else "")
