"""Calendars: the ordinary week, and the days ahead that are not ordinary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Final

from babel.dates import format_date, format_skeleton, get_day_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vaxel.rules.policy import Policy
from vaxel.rules.targets import Calendar, CalendarSpec
from vaxel.rules.targets.hours import Hours
from vaxel.rules.targets.public_holidays import holiday_name
from vaxel.surfaces.ui.moments import clock
from vaxel.surfaces.workspace.policy.words import Words

#: Days ahead that are looked at, and runs of other hours that are told.
_AHEAD: Final = 366
_MOST_TOLD: Final = 10
_DAYS: Final = 7
#: In minutes since midnight.
_WHOLE_DAY: Final = (0, 24 * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysShown:
    """Days of the week, or dates, with their hours; `name` is the holiday's."""

    days: str
    hours: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursShown:
    anchor: str
    title: str
    zone: str
    week: tuple[DaysShown, ...]
    ahead: tuple[DaysShown, ...]
    #: Whether it is open at this moment, and why it is named: the calendar's name in the file.
    name: str


def hours_titles(policy: Policy, language: str) -> dict[str, str]:
    """Calendars have no names of their own: each is called by its week."""
    return {name: _title(calendar, language=language) for name, calendar in policy.calendars.items()}


def calendars(words: Words, *, today: date) -> tuple[HoursShown, ...]:
    """Every calendar that the policy declares."""
    shown = []
    for name, calendar in words.policy.calendars.items():
        spec = words.file.calendars[name]
        shown.append(
            HoursShown(
                anchor=f"hours-{name}",
                title=_title(calendar, language=words.language),
                zone=calendar.zone.key,
                week=(*_week(calendar, language=words.language), *_on_holidays(spec)),
                ahead=() if spec.always else tuple(_ahead(calendar, spec, today=today, language=words.language)),
                name=name,
            )
        )
    return tuple(shown)


def _title(calendar: Calendar, *, language: str) -> str:
    """As "Monday–Friday 08:00–17:00"; the open days alone."""
    week = list(_week(calendar, language=language))
    if len(week) == 1 and week[0].hours == _in_words(calendar.week()[0]):
        return f"{week[0].days}, {week[0].hours}"
    return "; ".join(f"{each.days} {each.hours}" for each in week if each.hours != _in_words(()))


def _week(calendar: Calendar, *, language: str) -> Iterator[DaysShown]:
    """Days in a row with the same hours are told together."""
    names = get_day_names("wide", locale=language)
    week = calendar.week()
    if len(set(week)) == 1:
        yield DaysShown(days=_("Every day"), hours=_in_words(week[0]))
        return
    for hours, run in groupby(range(_DAYS), key=lambda day: week[day]):
        days = list(run)
        first, last = names[days[0]].capitalize(), names[days[-1]]
        yield DaysShown(days=first if len(days) == 1 else f"{first}–{last}", hours=_in_words(hours))


def _on_holidays(spec: CalendarSpec) -> Iterator[DaysShown]:
    if spec.holiday_hours:
        yield DaysShown(days=_("Public holidays"), hours=_in_words(spec.holiday_hours))


def _in_words(hours: Hours) -> str:
    if not hours:
        return _("closed")
    if [(span.start, span.end) for span in hours] == [_WHOLE_DAY]:
        return _("round the clock")
    language = get_language() or "sv"
    return ", ".join(f"{clock(span.start, language=language)}–{clock(span.end, language=language)}" for span in hours)


def _ahead(calendar: Calendar, spec: CalendarSpec, *, today: date, language: str) -> Iterator[DaysShown]:
    """The next days with other hours than their weekday has; days in a row that are alike are told together."""
    days = [today + timedelta(days=ahead) for ahead in range(_AHEAD)]
    week = calendar.week()
    other = [day for day in days if calendar.hours_on(day) != week[day.weekday()]]
    runs = groupby(
        enumerate(other),
        key=lambda each: (
            each[1].toordinal() - each[0],
            calendar.hours_on(each[1]),
            _named(spec, each[1], language=language),
        ),
    )
    for (_start, hours, name), run in islice(runs, _MOST_TOLD):
        dates = [day for _place, day in run]
        yield DaysShown(days=_dates(dates, today=today, language=language), hours=_in_words(hours), name=name)


def _named(spec: CalendarSpec, day: date, *, language: str) -> str:
    """The holiday's name; for the day before one, that it is."""
    if spec.holidays is None:
        return ""
    name = holiday_name(spec.holidays, spec.region, day, language=language)
    if name:
        return name
    tomorrow = holiday_name(spec.holidays, spec.region, day + timedelta(days=1), language=language, eves=False)
    return _("the day before %(holiday)s") % {"holiday": tomorrow} if tomorrow else ""


def _dates(days: list[date], *, today: date, language: str) -> str:
    first, last = days[0], days[-1]
    year = "" if last.year == today.year else f" {last.year}"
    if first == last:
        return f"{format_date(first, 'EEEE d MMMM', locale=language)}{year}".capitalize()
    told = [format_skeleton("MMMd", each, locale=language) for each in (first, last)]
    return f"{told[0]}–{told[1]}{year}"
