"""What every page of the workspace has around its own contents: the views with their counts, search, shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vaxel.domain.mailroom.queries import held_count
from vaxel.domain.people.models import Account
from vaxel.domain.smalljobs.queries import ClockSeen, clock_of
from vaxel.domain.tickets.inbox import AT, COUNT_CAP, VIEWS, view_counts
from vaxel.kit.together import together
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.chrome import chrome_of
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.listing import DEFAULT_VIEW, Listing

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
    **contents: Any,
) -> HttpResponse:
    """A page with the workspace's frame; one query, for the counts of the views, mail that waits and the own clock.

    Without a listing the page belongs to no view. One that is not framed is put into the frame that the browser has.
    """
    account = request.user
    context = {
        "chrome": chrome_of(request, place, home_url=workspace_url("home", place), account_links=_account_links(place)),
        "framed": framed,
        "views": _views(place, labels=labels, current=listing.view if listing else "") if framed else None,
        "listing": listing or Listing(),
        "notices": _notices(request),
        "inbox_url": workspace_url("inbox", place),
        "new_url": workspace_url("new", place),
        "palette_url": workspace_url("palette", place),
        "preferences_url": workspace_url("preferences", place),
        "stream_url": address("live", desk=place.desk.slug),
        "shortcuts": isinstance(account, Account) and account.shortcuts,
        **contents,
    }
    return render(request, f"workspace/{template}.html.jinja", context, status=status)


def _account_links(place: StaffPlace) -> tuple[Link, ...]:
    return (
        Link(label=_("Mail in and out"), url=workspace_url("mailroom", place), icon="mail"),
        Link(label=_("Language and shortcuts"), url=workspace_url("preferences", place), icon="keyboard"),
        Link(label=_("Policy"), url=workspace_url("policy", place), icon="route"),
        Link(label=_("Your customers"), url=workspace_url("customers", place), icon="organisation"),
        Link(label=_("Gaps"), url=workspace_url("gaps", place), icon="warning"),
        Link(label=_("Absences"), url=workspace_url("absences", place), icon="calendar"),
        Link(label=_("Agreements and trainings"), url=workspace_url("agreements", place), icon="organisation"),
        Link(label=_("Known problems and notices"), url=workspace_url("problems", place), icon="warning"),
        Link(label=_("Wishes"), url=workspace_url("wishes", place), icon="inbox"),
        Link(label=_("Mails to you"), url=workspace_url("notices", place), icon="mail"),
        *_administrators_links(place),
        Link(label=_("Your account"), url=address("signin:account"), icon="settings"),
        Link(label=_("Switch desk"), url=address("signin:places"), icon="organisation"),
    )


def _administrators_links(place: StaffPlace) -> tuple[Link, ...]:
    if not place.viewer.may_administer:
        return ()
    return (
        Link(label=_("Settings"), url=workspace_url("settings", place), icon="settings"),
        Link(label=_("Words of mails"), url=workspace_url("mail_texts", place), icon="edit"),
        Link(label=_("Prices of work"), url=workspace_url("prices", place), icon="clock"),
        Link(label=_("Invoicing"), url=workspace_url("invoicing", place), icon="clock"),
        Link(label=_("Help inside products"), url=workspace_url("widgets", place), icon="help"),
    )


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Views:
    """The left column: the fixed views, one for each destination of the policy, the mail that waits, and the manual."""

    fixed: tuple[Link, ...]
    destinations: tuple[Link, ...]
    mail: tuple[Link, ...]
    manual: tuple[Link, ...]
    #: The viewer's own clock, while it runs.
    clock: tuple[Link, ...]


def _views(place: StaffPlace, *, labels: Labels, current: str) -> Views:
    fixed = view_names()
    at = {AT + name: label for name, label in labels.names.destinations.items() if name in labels.names.queues}
    counts, held, running = together(
        view_counts((*VIEWS[:-1], *at), scope=place.scope, staff_id=place.viewer.staff_id, now=place.now),
        held_count(place.scope, most=COUNT_CAP),
        clock_of(place.scope, staff_id=place.viewer.staff_id),
    )
    base = workspace_url("inbox", place)

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
        fixed=tuple(link(view, label, _ICONS[view]) for view, label in fixed.items()),
        destinations=tuple(link(view, label, "route") for view, label in at.items()),
        mail=_mail(held, place=place),
        manual=_manual(place),
        clock=_clock(running, place=place, labels=labels),
    )


def _clock(running: ClockSeen | None, *, place: StaffPlace, labels: Labels) -> tuple[Link, ...]:
    """Nobody forgets a clock that runs: it leads every page."""
    if running is None:
        return ()
    name = ticket_name(place.desk, running.number)
    at = labels.brief_moment(running.started_at).exact
    return (Link(label=name, url=workspace_url("ticket", place, name=name), icon="clock", count=at, alarm=True),)


def _mail(held: int, *, place: StaffPlace) -> tuple[Link, ...]:
    """Mails that were not simply accepted: nobody shall have to look for them."""
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
