"""What every page of the workspace has around its own contents: the views with their counts, search, shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vaxel.domain.tickets.inbox import AT, COUNT_CAP, VIEWS, view_counts
from vaxel.surfaces.ui.chrome import chrome_of
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.workspace.labels import Labels

_ICONS: Final = {
    "mine": "mine",
    "unassigned": "unassigned",
    "due": "due",
    "waiting": "waiting",
    "open": "inbox",
    "all": "tickets",
}


def workspace_url(name: str, place: StaffPlace, **arguments: str) -> str:
    """The address of a page of the workspace at this desk."""
    return reverse(f"workspace:{name}", kwargs={"desk": place.desk.slug, **arguments})


def show(
    request: HttpRequest,
    place: StaffPlace,
    template: str,
    *,
    labels: Labels,
    view: str,
    status: HTTPStatus = HTTPStatus.OK,
    **contents: Any,
) -> HttpResponse:
    """A page with the workspace's frame; one query, for the counts of the views."""
    context = {
        "chrome": chrome_of(request, place, home_url=workspace_url("home", place), account_links=_account_links()),
        "views": _views(place, labels=labels, current=view),
        "view_title": view_title(view, labels=labels),
        "notices": [str(message) for message in get_messages(request)],
        "inbox_url": workspace_url("inbox", place),
        "stream_url": reverse("live", kwargs={"desk": place.desk.slug}),
        **contents,
    }
    return render(request, f"workspace/{template}.html.jinja", context, status=status)


def _account_links() -> tuple[Link, ...]:
    return (
        Link(label=_("Your account"), url=reverse("signin:account"), icon="settings"),
        Link(label=_("Switch desk"), url=reverse("signin:places"), icon="organisation"),
    )


def view_names() -> Mapping[str, str]:
    """The fixed views by their names in the address."""
    return {
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "due": _("Due soon"),
        "waiting": _("Waiting"),
        "open": _("All open"),
        "all": _("All tickets"),
    }


def view_title(view: str, *, labels: Labels) -> str:
    """How a view is called; a destination's view has the destination's name."""
    if view.startswith(AT):
        return labels.destinations.get(view.removeprefix(AT), view.removeprefix(AT))
    return view_names()[view]


@dataclass(frozen=True, slots=True)
class Views:
    """The left column: the fixed views, and one for each destination of the policy."""

    fixed: tuple[Link, ...]
    destinations: tuple[Link, ...]


def _views(place: StaffPlace, *, labels: Labels, current: str) -> Views:
    fixed = view_names()
    at = {AT + name: label for name, label in labels.destinations.items() if name in labels.queues}
    counts = view_counts((*VIEWS[:-1], *at), scope=place.scope, staff_id=place.viewer.staff_id)
    base = workspace_url("inbox", place)

    def link(view: str, label: str, icon: str) -> Link:
        return Link(
            label=label,
            url=f"{base}?view={view}",
            icon=icon,
            current=view == current,
            count=_shown(counts[view]) if view in counts else None,
            alarm=view == "due",
        )

    return Views(
        fixed=tuple(link(view, label, _ICONS[view]) for view, label in fixed.items()),
        destinations=tuple(link(view, label, "route") for view, label in at.items()),
    )


def _shown(count: int) -> str:
    return str(count) if count < COUNT_CAP else f"{COUNT_CAP - 1}+"
