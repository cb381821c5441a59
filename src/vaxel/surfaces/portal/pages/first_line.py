"""What colleagues ask the local contacts, in figures: a table, and the same as bars."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.destinations import LOCAL_CONTACTS
from vaxel.insight.reports.first_line import Asked, AskedInMonth, asked_by_month, asked_locally
from vaxel.surfaces.ui.gate import CustomerPlace

#: The width of the longest bar, in the units of the picture.
_FULL: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A kind of question, with its figures and the widths of its bar's three parts."""

    name: str
    asked: int
    solved: int
    passed_on: int
    waiting: int
    solved_width: int
    passed_on_width: int
    waiting_width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month with its figures."""

    name: str
    asked: int
    solved: int
    passed_on: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLinePage:
    rows: tuple[Row, ...]
    months: tuple[MonthRow, ...]
    asked: int
    solved: int
    passed_on: int
    waiting: int


def first_line_page(place: CustomerPlace, *, since: datetime, language: str) -> FirstLinePage:
    """Two queries."""
    file = current_policy(place.desk).file
    own = [name for name, each in file.destinations.items() if each.type == LOCAL_CONTACTS]
    found = asked_locally(place.scope, destinations=own, since=since)
    zone = ZoneInfo(place.desk.time_zone)
    months = asked_by_month(place.scope, destinations=own, since=since, zone=zone)
    most = max((each.asked for each in found), default=1)
    names = {name: kind.name.in_(language) for name, kind in file.kinds.items()}
    return FirstLinePage(
        rows=tuple(_row(each, names.get(each.kind, each.kind), most=most) for each in found),
        months=tuple(_month(each, language=language) for each in months),
        asked=sum(each.asked for each in found),
        solved=sum(each.solved for each in found),
        passed_on=sum(each.passed_on for each in found),
        waiting=sum(each.waiting for each in found),
    )


def _row(each: Asked, name: str, *, most: int) -> Row:
    return Row(
        name=name,
        asked=each.asked,
        solved=each.solved,
        passed_on=each.passed_on,
        waiting=each.waiting,
        solved_width=_FULL * each.solved // most,
        passed_on_width=_FULL * each.passed_on // most,
        waiting_width=_FULL * each.waiting // most,
    )


def _month(each: AskedInMonth, *, language: str) -> MonthRow:
    return MonthRow(
        name=format_skeleton("yMMMM", each.month, locale=language),
        asked=each.asked,
        solved=each.solved,
        passed_on=each.passed_on,
        waiting=each.waiting,
    )
