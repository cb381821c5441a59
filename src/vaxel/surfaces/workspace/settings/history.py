"""Who changed which setting: of the whole desk, or of one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.audit.history import history_of
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.widgets.models import Widget
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.settings.frame import Settings, settings_page, show
from vaxel.surfaces.workspace.settings.happened import Happened, known_kinds, told

#: By what the history may be narrowed, as the trail names ids.
_ABOUT: Final = ("organisation_id", "agreement_id", "person_id", "staff_id", "project_id", "canned_reply_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that happened, and to whom: ways to their pages."""

    happened: Happened
    to: tuple[Link, ...]


@require_safe
@settings_page
def history(request: HttpRequest, at: Settings) -> HttpResponse:
    """The newest first; four queries, and one each where mailboxes or products with help are named."""
    about = {name: number for name in _ABOUT if (number := number_in(request.GET.get(name, ""))) is not None}
    before = number_in(request.GET.get("before", ""))
    found = history_of(at.place.scope, about=about, kinds=known_kinds(), before=before)
    older = urlencode({**about, "before": found.entries[-1].pk}) if found.has_older else ""
    ways = _ways(found.entries, at)
    return show(
        request,
        at,
        "history",
        title=_("History"),
        rows=[
            Row(happened=happened, to=_to(entry, ways, at))
            for entry, happened in zip(found.entries, told(found.entries, at), strict=True)
        ],
        is_narrowed=bool(about),
        all_url=at.url("history"),
        newest_url="?" + urlencode(about) if before is not None else "",
        older_url=f"?{older}" if older else "",
    )


_Ways = Mapping[tuple[str, int], Link]


def _ways(entries: Sequence[AuditEntry], at: Settings) -> _Ways:
    """Pages of those whom the entries are about, by the name of the id and the id; three queries."""
    ids = {name: {entry.data[name] for entry in entries if entry.data.get(name)} for name in _ABOUT[:4]}
    scope = at.place.scope
    ways: dict[tuple[str, int], Link] = {}
    for one in Organisation.objects.within(scope).filter(pk__in=ids["organisation_id"]):
        url = at.url("organisation", organisation_id=one.pk)
        ways["organisation_id", one.pk] = Link(label=one.name, url=url)
    for person in Person.objects.within(scope).filter(pk__in=ids["person_id"]):
        url = at.url("person", organisation_id=person.organisation_id, person_id=person.pk)
        ways["person_id", person.pk] = Link(label=person.name, url=url)
    ways |= _ways_in(entries, at)
    for staff in Staff.objects.within(scope).filter(pk__in=ids["staff_id"]):
        ways["staff_id", staff.pk] = Link(label=staff.name, url=at.url("staff", staff_id=staff.pk))
    return ways


def _ways_in(entries: Sequence[AuditEntry], at: Settings) -> dict[tuple[str, int], Link]:
    """Pages of mailboxes and of products that show help; a query for each sort that the entries name."""
    place, ways = at.place, dict[tuple[str, int], Link]()
    boxes = {entry.data["mailbox"] for entry in entries if entry.data.get("mailbox")}
    for box in Mailbox.objects.within(place.scope).filter(pk__in=boxes) if boxes else ():
        url = workspace_url("mailbox", place, mailbox_id=str(box.pk))
        ways["mailbox", box.pk] = Link(label=box.address, url=url)
    products = {entry.data["widget"] for entry in entries if entry.data.get("widget")}
    for widget in Widget.objects.within(place.scope).filter(pk__in=products) if products else ():
        url = workspace_url("widget", place, widget_id=str(widget.pk))
        ways["widget", widget.pk] = Link(label=widget.name, url=url)
    return ways


def _to(entry: AuditEntry, ways: _Ways, at: Settings) -> tuple[Link, ...]:
    named = ((name, entry.data.get(name)) for name in ("person_id", "staff_id", "organisation_id", "mailbox", "widget"))
    found = [ways[name, number] for name, number in named if isinstance(number, int) and (name, number) in ways]
    number = entry.data.get("ticket")
    if isinstance(number, int):
        name = ticket_name(at.place.desk, number)
        found.insert(0, Link(label=name, url=workspace_url("ticket", at.place, name=name)))
    return tuple(found)
