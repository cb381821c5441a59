"""The lists of tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.people.absences import those_active
from vaxel.domain.people.queries import organisation_name
from vaxel.domain.tickets.inbox import (
    AT,
    DUE,
    NEWEST,
    InboxRow,
    UnknownViewError,
    inbox_page,
    inbox_rows,
    orders_of,
    tickets_in,
)
from vaxel.insight.search.sought import Sought, sought
from vaxel.insight.search.ticket_excerpts import excerpts
from vaxel.insight.search.tickets import tickets_among
from vaxel.kit.compiled import Row
from vaxel.kit.together import Asked, in_pipeline, sent
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Link, Option
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.choosing import ALL, Told, bar_of
from vaxel.surfaces.workspace.frame import counts_and, show, view_title, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, options_of
from vaxel.surfaces.workspace.listing import LAST_PAGE, Listing
from vaxel.surfaces.workspace.meant import ticket_meant
from vaxel.surfaces.workspace.rows import ticket_rows

#: Hits on a page: each has words of its own, so half of what a list has fills it.
_HITS: Final = 25
_NOTHING: Final = Sought()


@require_safe
@staff_page
def home(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The workspace begins with one's own tickets."""
    return HttpResponseRedirect(f"{workspace_url('inbox', place)}?view=mine")


@require_safe
@staff_page
def inbox(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """A page of a view, or of what a search finds in it; the number of a ticket leads to the ticket."""
    labels, listing = labels_of(place.desk, now=place.now), Listing.of(request)
    if listing.q and "view" not in request.GET and (ticket := ticket_meant(place, listing.q)):
        return HttpResponseRedirect(workspace_url("ticket", place, name=ticket_name(place.desk, ticket.number)))
    if listing.view.startswith(AT) and listing.view.removeprefix(AT) not in labels.names.destinations:
        raise Http404
    return show_list(request, place, listing, takes_all=request.GET.get("chosen") == ALL)


def show_list(
    request: HttpRequest,
    place: StaffPlace,
    listing: Listing,
    *,
    told: Told | None = None,
    chosen: frozenset[int] = frozenset(),
    takes_all: bool = False,
) -> HttpResponse:
    """The page of a list; `told` says what was not done to tickets that were chosen in it (409).

    Chosen are those with these numbers, or all.
    """
    labels = labels_of(place.desk, now=place.now)
    page = listed(place, listing)
    found = excerpts([row.id for row in page.rows], page.words)
    with in_pipeline():
        counts = sent(counts_and(those_active(place.scope), place, labels=labels))
        rows = ticket_rows(
            page.rows,
            place=place,
            labels=labels,
            listing=listing,
            base_url=workspace_url("inbox", place),
            words=page.words,
            found=found,
            chosen={row.number for row in page.rows} if takes_all else chosen,
        )
    counted, staff = counts()
    return show(
        request,
        place,
        "inbox",
        labels=labels,
        listing=listing,
        counts=counted,
        status=HTTPStatus.OK if told is None else HTTPStatus.CONFLICT,
        title=_title(listing, labels=labels),
        rows=rows,
        bar=bar_of(place, listing, staff=staff, labels=labels),
        told=told,
        older_url=page.older_url,
        newer_url=page.newer_url,
        first_url=listing.query(after=""),
        narrowing=_narrowing(place, listing, labels=labels),
        choices=_choices(labels),
        orders=_orders(listing),
        empty=_without_hits(page.words) if listing.q else _when_empty(listing),
    )


def _title(listing: Listing, *, labels: Labels) -> str:
    view = view_title(listing.view, labels=labels)
    return _("Search in: %(view)s") % {"view": view} if listing.q else view


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list; the addresses of its neighbours are empty at the ends."""

    rows: tuple[InboxRow, ...]
    older_url: str
    newer_url: str
    #: What was searched for.
    words: Sought = _NOTHING


def listed(place: StaffPlace, listing: Listing) -> Listed:
    """The page of a list; one query, and three or four for a search.

    404 for a view that is not there and for a place that we never gave out.
    """
    return _searched(place, listing) if listing.q else page_of_list(place, listing).alone()


def page_of_list(place: StaffPlace, listing: Listing) -> Asked[Listed]:
    """The same for a list in which nothing is searched."""
    try:
        asked = inbox_page(
            scope=place.scope,
            staff_id=place.viewer.staff_id,
            view=listing.view,
            now=place.now,
            filters=listing.filters,
            order=listing.order,
            after=listing.after or None,
            before=listing.before or None,
        )
    except UnknownViewError:
        raise Http404 from None

    def read(rows: Sequence[Row]) -> Listed:
        page = asked.read(rows)
        return Listed(
            page.rows,
            older_url=listing.query(after=page.older) if page.older else "",
            newer_url=listing.query(before=page.newer) if page.newer else "",
        )

    return Asked(asked.query, asked.values, read)


def _searched(place: StaffPlace, listing: Listing) -> Listed:
    staff_id, number = place.viewer.staff_id, listing.page_number
    try:
        tickets = tickets_in(listing.view, scope=place.scope, staff_id=staff_id, now=place.now, filters=listing.filters)
    except UnknownViewError:
        raise Http404 from None
    words = sought(listing.q)
    found = tickets_among(tickets, words, most=_HITS, skip=(number - 1) * _HITS)
    return Listed(
        inbox_rows(found.ids, scope=place.scope, staff_id=staff_id, now=place.now),
        older_url=listing.query(page=str(number + 1)) if found.more and number < LAST_PAGE else "",
        newer_url=listing.query(page=str(number - 1)) if number > 1 else "",
        words=words,
    )


def _narrowing(place: StaffPlace, listing: Listing, *, labels: Labels) -> list[Link]:
    """What narrows the list, each with the address without it."""
    names = labels.names
    chosen = [
        ("q", _("“%(words)s”") % {"words": listing.q} if listing.q else ""),
        ("organisation", _organisation(place, listing)),
        ("product", names.products.get(listing.product, listing.product)),
        ("priority", names.priorities.get(listing.priority, listing.priority)),
        ("kind", names.kinds.get(listing.kind, listing.kind)),
    ]
    return [Link(label=label, url=listing.query(**{name: ""})) for name, label in chosen if label]


def _organisation(place: StaffPlace, listing: Listing) -> str:
    """Its name; one query when the list is narrowed to one."""
    if not listing.organisation:
        return ""
    name = organisation_name(place.scope, organisation_id=listing.filters.organisation_id or 0)
    if name is None:
        raise Http404
    return name


def _choices(labels: Labels) -> list[tuple[str, str, list[Option]]]:
    """The selects of the filter: name in the address, label, values."""
    names = labels.names
    return [
        ("product", _("Product"), options_of(names.products)),
        ("priority", _("Priority"), options_of(names.priorities)),
        ("kind", _("Kind of question"), options_of(names.kinds)),
    ]


def _orders(listing: Listing) -> tuple[Link, ...]:
    """The ways to order the list; none for what a search finds."""
    orders = () if listing.q else orders_of(listing.view)
    names = {DUE: _("Due first"), NEWEST: _("Newest first")}
    return tuple(
        Link(
            label=names[order],
            url=listing.query(order="" if order == orders[0] else order),
            current=order == (listing.order or orders[0]),
        )
        for order in orders
    )


def _without_hits(words: Sought) -> tuple[str, str]:
    if words.is_too_common:
        return (
            _("These words are too common to search for"),
            _("Add a word that says more: a name, a number, or what has stopped."),
        )
    return _("No ticket holds these words"), _("Try fewer or other words. Internal notes are not searched.")


def _when_empty(listing: Listing) -> tuple[str, str]:
    """What an empty list says: that it is, and what to do."""
    if listing.is_narrowed:
        return _("No ticket matches the filter"), _("Remove a part of the filter, or choose another view.")
    if listing.view == "mine":
        return _("You have no open tickets"), _("Take the next one among the unassigned.")
    if listing.view == "unassigned":
        return _("Every open ticket has somebody"), _("New questions come here by themselves.")
    if listing.view == "due":
        return _("Nothing is due soon"), _("Tickets whose promise falls due within four hours stand here.")
    if listing.view == "waiting":
        return _("Nobody is being waited for"), _("Tickets that wait for a customer or for somebody else stand here.")
    return _("There is nothing here"), _("New questions come here by themselves.")
