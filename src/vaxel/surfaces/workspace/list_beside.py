"""The list beside an open ticket: as much of it as is seen, and which ticket comes next.

A ticket is opened to be read, and most of the list's lines would be made for nobody: those that fit beside it come
with the page, the others when somebody scrolls down to them (`more-rows.ts`), or on the list's own page.
"""

from collections.abc import Callable, Sequence
from typing import Final

from vaxel.domain.tickets.inbox import InboxRow
from vaxel.kit.together import sent
from vaxel.kit.values import value
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import TicketRow
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import view_title, workspace_url
from vaxel.surfaces.workspace.inbox import Listed, listed, page_of_list
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.rows import ticket_rows

#: Lines that a window of usual height shows, and those that stand below the open ticket's own however far down it is.
_SEEN: Final = 16
_BELOW: Final = 8


@value(kw_only=True)
class ListBeside:
    """The upper part of the page of a list that the address names, down to below the open ticket."""

    title: str
    url: str
    rows: Sequence[TicketRow]
    #: The page of the list goes on below these rows.
    has_more: bool
    #: The ticket below the open one, or the first one when that is not in the list; empty at the end.
    next_name: str


def list_underway(place: StaffPlace, listing: Listing) -> Callable[[], Listed]:
    """The list that the address names, asked for in a pipeline; a search is several queries and is there at once."""
    if not listing.q:
        return sent(page_of_list(place, listing))
    found = listed(place, listing)
    return lambda: found


def list_beside(
    found: Sequence[InboxRow], place: StaffPlace, listing: Listing, *, number: int, labels: Labels, framed: bool
) -> ListBeside:
    """What stands beside the ticket with this number; no queries. Without a frame around it no rows are made."""
    base_url = workspace_url("inbox", place)
    here = next((index for index, row in enumerate(found) if row.number == number), -1)
    shown = found[: max(_SEEN, here + 1 + _BELOW)] if framed else ()
    return ListBeside(
        title=view_title(listing.view, labels=labels),
        url=base_url + listing.query(),
        rows=ticket_rows(shown, place=place, labels=labels, listing=listing, base_url=base_url, current=number),
        has_more=len(shown) < len(found),
        next_name=_name(place, found[here + 1 : here + 2]),
    )


def _name(place: StaffPlace, rows: Sequence[InboxRow]) -> str:
    """The name of the first of these tickets, if there is one."""
    return next((ticket_name(place.desk, row.number) for row in rows), "")
