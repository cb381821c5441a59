"""The lists of tickets."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.people.queries import organisation_name
from vaxel.domain.tickets.inbox import AT, InboxPage, UnknownViewError, inbox_page
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Link, Option
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.frame import show, view_title, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, options_of
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.rows import ticket_rows


@require_safe
@staff_page
def home(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The workspace begins with one's own tickets."""
    return HttpResponseRedirect(f"{workspace_url('inbox', place)}?view=mine")


@require_safe
@staff_page
def inbox(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """A page of a view; with `number` the way to that ticket."""
    if number := request.GET.get("number", "").strip():
        return _jump(request, place, number)
    labels, listing = labels_of(place.desk, now=place.now), Listing.of(request)
    if listing.view.startswith(AT) and listing.view.removeprefix(AT) not in labels.names.destinations:
        raise Http404
    page = listed(place, listing)
    base_url = workspace_url("inbox", place)
    return show(
        request,
        place,
        "inbox",
        labels=labels,
        listing=listing,
        title=view_title(listing.view, labels=labels),
        rows=ticket_rows(page.rows, place=place, labels=labels, listing=listing, base_url=base_url),
        older_url=listing.query(after=page.older) if page.older else "",
        newer_url=listing.query(before=page.newer) if page.newer else "",
        first_url=listing.query(after=""),
        narrowing=_narrowing(place, listing, labels=labels),
        choices=_choices(labels),
        empty=_when_empty(listing),
    )


def listed(place: StaffPlace, listing: Listing) -> InboxPage:
    """The page of a list; one query. 404 for a view that is not there and for a place that we never gave out."""
    try:
        return inbox_page(
            scope=place.scope,
            staff_id=place.viewer.staff_id,
            view=listing.view,
            now=place.now,
            filters=listing.filters,
            after=listing.after or None,
            before=listing.before or None,
        )
    except UnknownViewError:
        raise Http404 from None


def _narrowing(place: StaffPlace, listing: Listing, *, labels: Labels) -> list[Link]:
    """What narrows the list, each with the address without it."""
    names = labels.names
    chosen = [
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


def _jump(request: HttpRequest, place: StaffPlace, number: str) -> HttpResponse:
    typed = number.upper() if "-" in number else f"{place.desk.prefix}-{number}"
    try:
        number_of(place.desk, typed)
    except Http404:
        example = f"{place.desk.prefix}-1042"
        messages.info(request, _("Write a ticket's number, for example %(name)s.") % {"name": example})
        return HttpResponseRedirect(workspace_url("inbox", place), status=HTTPStatus.SEE_OTHER)
    return HttpResponseRedirect(workspace_url("ticket", place, name=typed))
