"""The lists of tickets."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vaxel.domain.tickets import inbox as tickets
from vaxel.domain.tickets.inbox import Filters, InboxRow, UnknownViewError
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Person, Promise, PromiseState, TicketRow
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.workspace.frame import show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

#: A promise is due soon when less than this is left.
SOON: Final = timedelta(hours=1)
_FILTERS: Final = ("product", "priority", "kind")


@require_GET
@staff_page
def home(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The workspace begins with one's own tickets."""
    return HttpResponseRedirect(f"{workspace_url('inbox', place)}?view=mine")


@require_GET
@staff_page
def inbox(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """A page of a view; with `number` the way to that ticket."""
    if number := request.GET.get("number", "").strip():
        return _jump(request, place, number)
    labels = labels_of(place.desk, now=place.now)
    view = request.GET.get("view", "mine")
    try:
        page = tickets.inbox_page(
            scope=place.scope,
            staff_id=place.viewer.staff_id,
            view=view,
            filters=_filters(request),
            after=request.GET.get("after"),
            before=request.GET.get("before"),
        )
    except UnknownViewError:
        raise Http404 from None
    return show(
        request,
        place,
        "inbox",
        labels=labels,
        view=view,
        rows=[ticket_row(row, place=place, labels=labels, view=view) for row in page.rows],
        older_url=_page_url(request, after=page.older),
        newer_url=_page_url(request, before=page.newer),
    )


def ticket_row(row: InboxRow, *, place: StaffPlace, labels: Labels, view: str, current: int = 0) -> TicketRow:
    """One line as the list shows it."""
    name = ticket_name(place.desk, row.number)
    return TicketRow(
        number=name,
        url=f"{workspace_url('ticket', place, name=name)}?view={view}",
        subject=row.subject or _("(no subject)"),
        who=row.organisation,
        status=labels.statuses[row.status],
        promise=promise_of(row.next_deadline_at, labels=labels),
        assignee=None
        if row.assignee is None
        else Person(name=row.assignee, initials=initials(row.assignee), ours=True),
        unread=row.unread,
        current=row.number == current,
    )


def promise_of(due_at: datetime | None, *, labels: Labels) -> Promise | None:
    """The next promise of a ticket, and how near it is."""
    if due_at is None:
        return None
    left = due_at - labels.now
    state: PromiseState = "late" if left < timedelta(0) else "soon" if left < SOON else "ok"
    return Promise(label=_("Answer by"), at=labels.moment(due_at), state=state)


def _filters(request: HttpRequest) -> Filters:
    organisation = request.GET.get("organisation", "")
    return Filters(
        organisation_id=int(organisation) if organisation.isascii() and organisation.isdigit() else None,
        **{name: request.GET.get(name) or None for name in _FILTERS},
    )


def _page_url(request: HttpRequest, **key: str | None) -> str:
    """The address of a neighbouring page, with view and filters kept; empty when there is none."""
    if not any(key.values()):
        return ""
    kept = {name: value for name, value in request.GET.items() if name not in {"after", "before"}}
    return f"?{urlencode({**kept, **key})}"


def _jump(request: HttpRequest, place: StaffPlace, number: str) -> HttpResponse:
    typed = number.upper() if "-" in number else f"{place.desk.prefix}-{number}"
    try:
        number_of(place.desk, typed)
    except Http404:
        messages.info(
            request, _("Write a ticket's number, for example %(name)s.") % {"name": f"{place.desk.prefix}-1042"}
        )
        return HttpResponseRedirect(workspace_url("inbox", place), status=HTTPStatus.SEE_OTHER)
    return HttpResponseRedirect(workspace_url("ticket", place, name=typed))
