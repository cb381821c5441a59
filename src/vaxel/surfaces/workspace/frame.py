"""What every page of the workspace has around its own contents: the views with their counts, search, shortcuts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vaxel.domain.mailroom.queries import held_count
from vaxel.domain.people.models import Account
from vaxel.domain.smalljobs.queries import ClockSeen, clock_of
from vaxel.domain.tickets.inbox import AT, COUNT_CAP, VIEWS, view_counts
from vaxel.kit.compiled import Row
from vaxel.kit.together import Asked, joined
from vaxel.kit.values import value
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.chrome import chrome_of
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.live import stream_url
from vaxel.surfaces.ui.once import once_per_language
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.listing import DEFAULT_VIEW, Listing

T = TypeVar("T")

_ICONS: Final = {
    "mine": "mine",
    "unassigned": "unassigned",
    "due": "due",
    "waiting": "waiting",
    "open": "inbox",
    "all": "tickets",
}
#: The mark of a message that can be undone; the address to post to follows it.
_UNDO: Final = "undo "
_SECONDS: Final = 12


@value
class Counts:
    """What the left column counts: open tickets by view, mails that wait, and the viewer's clock while it runs."""

    tickets: Mapping[str, int]
    held_mails: int
    own_clock: ClockSeen | None


def workspace_url(page: str, place: StaffPlace, /, **arguments: str) -> str:
    """The address of a page of the workspace at this desk."""
    return address(f"workspace:{page}", desk=place.desk.slug, **arguments)


def show(
    request: HttpRequest,
    place: StaffPlace,
    template: str,
    *,
    labels: Labels,
    listing: Listing | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    framed: bool = True,
    counts: Counts | None = None,
    **contents: Any,
) -> HttpResponse:
    """A page with the workspace's frame; one query for what its column counts, unless that is given.

    Without a listing the page belongs to no view. One that is not framed is put into the frame that the browser has.
    """
    account = request.user
    if framed and counts is None:
        counts = counts_of_views(place, labels=labels).alone()
    context = {
        "chrome": chrome_of(request, place, home_url=workspace_url("home", place), account_links=_account_links(place)),
        "framed": framed,
        "views": _views(counts, place, labels=labels, current=listing.view if listing else "") if counts else None,
        "listing": listing or Listing(),
        "notices": _notices(request),
        "inbox_url": workspace_url("inbox", place),
        "new_url": workspace_url("new", place),
        "palette_url": workspace_url("palette", place),
        "preferences_url": workspace_url("preferences", place),
        "stream_url": stream_url(place),
        "shortcuts": isinstance(account, Account) and account.shortcuts,
        **contents,
    }
    return render(request, f"workspace/{template}.html.jinja", context, status=status)


def _account_links(place: StaffPlace) -> tuple[Link, ...]:
    return _links(place.desk.slug, place.viewer.may_administer, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=256)
def _links(desk: str, may_administer: bool, _language: str) -> tuple[Link, ...]:  # noqa: FBT001  # a key of the cache
    """The same for everybody of a desk with the same rights and language: made once."""

    def link(page: str, label: str, icon: str) -> Link:
        return Link(label=label, url=address(f"workspace:{page}", desk=desk), icon=icon)

    administrators = (
        link("settings", _("Settings"), "settings"),
        link("mail_texts", _("Words of mails"), "edit"),
        link("prices", _("Prices of work"), "clock"),
        link("invoicing", _("Invoicing"), "clock"),
        link("widgets", _("Help inside products"), "help"),
    )
    return (
        link("mailroom", _("Mail in and out"), "mail"),
        link("preferences", _("Language and shortcuts"), "keyboard"),
        link("policy", _("Policy"), "route"),
        link("customers", _("Your customers"), "organisation"),
        link("gaps", _("Gaps"), "warning"),
        link("absences", _("Absences"), "calendar"),
        link("agreements", _("Agreements and trainings"), "organisation"),
        link("problems", _("Known problems and notices"), "warning"),
        link("wishes", _("Wishes"), "inbox"),
        link("notices", _("Mails to you"), "mail"),
        *(administrators if may_administer else ()),
        Link(label=_("Your account"), url=address("signin:account"), icon="settings"),
        Link(label=_("Switch desk"), url=address("signin:places"), icon="organisation"),
    )


@value
class Notice:
    """What was just done. `undo_url` takes it back by POST; empty when it cannot be."""

    text: str
    undo_url: str = ""
    seconds: int = 0


def say(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Tell on the next page what was done."""
    messages.success(request, text, extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def _notices(request: HttpRequest) -> list[Notice]:
    """A way back stands until the page is left; what cannot be undone goes by itself."""
    notices: list[Notice] = []
    for message in messages.get_messages(request):
        tags = message.extra_tags or ""
        undo_url = tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
        notices.append(Notice(str(message), undo_url, 0 if undo_url else _SECONDS))
    return notices


@once_per_language
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
        return labels.names.destinations.get(view.removeprefix(AT), view.removeprefix(AT))
    return view_names().get(view, view_names()[DEFAULT_VIEW])


@value
class Views:
    """The left column: the fixed views, one for each destination of the policy, the mail that waits, and the manual."""

    fixed: tuple[Link, ...]
    destinations: tuple[Link, ...]
    mail: tuple[Link, ...]
    manual: tuple[Link, ...]
    #: The viewer's own clock, while it runs.
    clock: tuple[Link, ...]


def counts_of_views(place: StaffPlace, *, labels: Labels) -> Asked[Counts]:
    """What the left column counts for the viewer."""
    asked = joined(*_counting(place, labels=labels))
    return Asked(asked.query, asked.values, lambda rows: Counts(*asked.read(rows)))


def counts_and(beside: Asked[T], place: StaffPlace, *, labels: Labels) -> Asked[tuple[Counts, T]]:
    """The same together with what else a page asks; one query."""
    asked = joined(beside, *_counting(place, labels=labels))

    def read(rows: Sequence[Row]) -> tuple[Counts, T]:
        found, *counted = asked.read(rows)
        return Counts(*counted), found

    return Asked(asked.query, asked.values, read)


def _counting(place: StaffPlace, *, labels: Labels) -> tuple[Asked[Any], ...]:
    """The parts of `Counts`, in their order."""
    views = (*VIEWS[:-1], *_at(labels))
    return (
        view_counts(views, scope=place.scope, staff_id=place.viewer.staff_id, now=place.now),
        held_count(place.scope, most=COUNT_CAP),
        clock_of(place.scope, staff_id=place.viewer.staff_id),
    )


def _at(labels: Labels) -> Mapping[str, str]:
    """The views of the destinations that hold tickets, by name."""
    return {AT + name: label for name, label in labels.names.destinations.items() if name in labels.names.queues}


def _views(found: Counts, place: StaffPlace, *, labels: Labels, current: str) -> Views:
    counts, base = found.tickets, workspace_url("inbox", place)

    def link(view: str, label: str, icon: str) -> Link:
        return Link(
            label=label,
            url=f"{base}?view={view}",
            icon=icon,
            current=view == current,
            count=_shown(counts[view]) if view in counts else None,
            alarm=view == "due" and counts[view] > 0,
        )

    return Views(
        fixed=tuple(link(view, label, _ICONS[view]) for view, label in view_names().items()),
        destinations=tuple(link(view, label, "route") for view, label in _at(labels).items()),
        mail=_mail(found.held_mails, place=place),
        manual=_manual(place),
        clock=_clock(found.own_clock, place=place, labels=labels),
    )


def _clock(running: ClockSeen | None, *, place: StaffPlace, labels: Labels) -> tuple[Link, ...]:
    """The viewer's running clock, first in the column of every page so that nobody forgets it."""
    if running is None:
        return ()
    name = ticket_name(place.desk, running.number)
    at = labels.brief_moment(running.started_at).exact
    return (Link(label=name, url=workspace_url("ticket", place, name=name), icon="clock", count=at, alarm=True),)


def _mail(held: int, *, place: StaffPlace) -> tuple[Link, ...]:
    """The mail that waits for staff, on every page so that nobody has to look for it."""
    waiting = Link(
        label=_("Mail that waits"),
        url=workspace_url("mailroom", place),
        icon="mail",
        count=_shown(held),
        alarm=held > 0,
    )
    return (waiting, Link(label=_("Mail going out"), url=workspace_url("outgoing", place), icon="send"))


def _manual(place: StaffPlace) -> tuple[Link, ...]:
    """Writing the manual, and reading it where there is one."""
    write = Link(label=_("Manual"), url=workspace_url("manual", place), icon="manual")
    if not place.desk.has_manual:
        return (write,)
    return (write, Link(label=_("Help centre"), url=address("helpcentre:front", desk=place.desk.slug), icon="help"))


def _shown(count: int) -> str:
    return str(count) if count < COUNT_CAP else f"{COUNT_CAP - 1}+"
