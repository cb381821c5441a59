"""Who read what: narrowed by person, ticket, sort and days; as a page and as a file (trust 84)."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.audit.models import Reading
from vaxel.domain.audit.reading import Wanted
from vaxel.domain.audit.record import record
from vaxel.insight.reports.readings import ReadingTold, all_readings, readers_called, readings_page, ticket_id_of
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.shapes import Moment, Option
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.settings.frame import Settings, settings_page, show

#: Rows in one file; a narrower choice of days gets the rest.
_MOST_ROWS: Final = 200_000
_LONGEST: Final = 80
#: A cell that begins so is worked out by spreadsheets instead of shown (trust 39).
_WORKED_OUT: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_FIELDS: Final = ("who", "ticket", "what", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A line of the list; urls are empty where there is no page."""

    at: Moment
    who: str
    who_url: str
    what: str
    ticket: str
    ticket_url: str
    organisation: str


@require_safe
@settings_page
def readings(request: HttpRequest, at: Settings) -> HttpResponse:
    """The newest first; at most nine queries."""
    typed = _typed(request)
    found = readings_page(at.place.scope, _wanted(typed, at), before=number_in(request.GET.get("before", "")))
    narrowed = {name: value for name, value in typed.items() if value}
    older = urlencode({**narrowed, "before": found.rows[-1].id}) if found.has_older else ""
    return show(
        request,
        at,
        "readings",
        title=_("Who read what"),
        typed=typed,
        sorts=[Option(value=value, label=label) for value, label in _sorts().items()],
        rows=[_row(each, at) for each in found.rows],
        is_narrowed=bool(narrowed),
        newest_url="?" + urlencode(narrowed) if "before" in request.GET else "",
        older_url=f"?{older}" if older else "",
        all_url=at.url("readings"),
        file_url=f"{at.url('readings_file')}?{urlencode(narrowed)}",
    )


@require_safe
@settings_page
def readings_file(request: HttpRequest, at: Settings) -> StreamingHttpResponse:
    """The same as CSV; that it was taken is noted in the history."""
    typed = _typed(request)
    record(kind="readings-taken", by=at.place.by, now=at.place.now, desk_id=at.place.desk.pk)
    rows = all_readings(at.place.scope, _wanted(typed, at), most=_MOST_ROWS)
    response = StreamingHttpResponse(_lines(rows, at), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="readings.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: " ".join(plain(request.GET.get(name, "")).split())[:_LONGEST] for name in _FIELDS}


def _wanted(typed: Mapping[str, str], at: Settings) -> Wanted:
    """What was typed, as ids; words that name nobody and nothing find nothing."""
    scope, since, until = at.place.scope, day_in(typed["since"]), day_in(typed["until"])
    return Wanted(
        by=readers_called(scope, words=typed["who"]) if typed["who"] else None,
        what=typed["what"] if typed["what"] in _sorts() else "",
        ticket_id=_ticket_id(typed["ticket"], at) if typed["ticket"] else None,
        since=_begin(since, at) if since else None,
        until=_begin(until + timedelta(days=1), at) if until else None,
    )


def _ticket_id(name: str, at: Settings) -> int:
    """The ticket's, or an id that no ticket has."""
    try:
        number = number_of(at.place.desk, name)
    except Http404:
        return 0
    return ticket_id_of(at.place.scope, number=number) or 0


def _begin(day: date, at: Settings) -> datetime:
    return datetime.combine(day, time(), tzinfo=at.labels.zone)


def _sorts() -> dict[str, str]:
    """What was read, as a choice."""
    return {
        Reading.What.TICKET: _("Opened a ticket"),
        Reading.What.ATTACHMENT: _("Took a file"),
        Reading.What.ORIGINAL: _("Took a mail in original"),
        Reading.What.PROOF: _("Took the proof of a training"),
        Reading.What.EXPORT: _("Took an export"),
    }


def _row(told: ReadingTold, at: Settings) -> ReadingRow:
    ticket = "" if told.ticket_number is None else ticket_name(at.place.desk, told.ticket_number)
    is_staff = told.by_kind == "staff" and told.by_id is not None and bool(told.by_name)
    return ReadingRow(
        at=at.labels.moment(told.at),
        who=told.by_name or _("Unknown"),
        who_url=at.url("staff", staff_id=told.by_id or 0) if is_staff else "",
        what=f"{_sorts()[told.what]}: {told.thing}" if told.thing else _sorts()[told.what],
        ticket=ticket,
        ticket_url=workspace_url("ticket", at.place, name=ticket) if ticket else "",
        organisation=told.organisation,
    )


def _lines(rows: Iterator[ReadingTold], at: Settings) -> Iterator[bytes]:
    """Dates in UTC, so that a file reads the same everywhere."""
    sorts = _sorts()
    head = (_("Time (UTC)"), _("Who"), _("Staff or customer"), _("What"), _("File"), _("Ticket"), _("Organisation"))
    yield ("\ufeff" + _line(*head)).encode()
    for each in rows:
        ticket = "" if each.ticket_number is None else ticket_name(at.place.desk, each.ticket_number)
        side = _("staff") if each.by_kind == "staff" else _("customer")
        instant = each.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        yield _line(instant, each.by_name, side, sorts[each.what], each.thing, ticket, each.organisation).encode()


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(_WORKED_OUT) else cell for cell in cells])
    return out.getvalue()
