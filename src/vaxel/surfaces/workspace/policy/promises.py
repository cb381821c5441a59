"""What is promised, by when: a table per clock, with plans down and priorities across where they make a difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.rules.policy.narrowing import left_open
from vaxel.rules.policy.rulebook import TargetRule
from vaxel.rules.targets import BusinessDuration, OpenDays, SameDay, TargetSpec, WallClock
from vaxel.surfaces.ui.moments import clock
from vaxel.surfaces.workspace.policy.conditions import Phrases, told_when
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One promise of a cell, or that there is none."""

    text: str
    hours: str
    hours_anchor: str
    when: tuple[Phrases, ...]


Cell = tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What one clock promises at one destination. Without columns the only row holds for all."""

    clock: str
    at: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    because: tuple[str, ...]

    @property
    def heads(self) -> list[dict[str, str]]:
        """What stands above the table's columns."""
        return [{"label": _("Plan")}, *({"label": column} for column in self.columns or (_("Promise"),))]


def promises(words: Words, *, hours: Mapping[str, str]) -> tuple[Promised, ...]:
    """Every clock of every destination that promises something; `hours` are the titles of the calendars."""
    pairs = dict.fromkeys((rule.clock, name) for rule in words.file.targets for name in rule.destinations)
    return tuple(_promised(clock, name, words, hours=hours) for clock, name in pairs)


def _promised(clock: str, destination: str, words: Words, *, hours: Mapping[str, str]) -> Promised:
    rules = [
        each
        for each in words.policy.sections.targets
        if each.rule.clock == clock and destination in each.rule.destinations
    ]
    levels = list(words.file.priorities.levels)
    rows = []
    for plan in words.file.plans or ("none",):
        cells = []
        for level in levels:
            settled = {"plan": plan, "priority": level, "destination": destination}
            found = left_open(words.policy, rules, settled)
            cells.append(tuple(_said(each.rule, told_when(each.tables, words), words, hours=hours) for each in found))
        rows.append(Row(name=words.value("plan", plan), cells=tuple(cells)))
    names = tuple(words.value("priority", level) for level in levels)
    columns, rows = _folded(names, rows)
    because = dict.fromkeys(words.text(each.rule.because) for each in rules)
    return Promised(
        clock=words.value("clock", clock),
        at=words.destination(destination),
        columns=columns,
        rows=tuple(rows),
        because=tuple(because),
    )


def _folded(columns: tuple[str, ...], rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Plans or priorities that make no difference are not told apart."""
    if len({row.cells for row in rows}) == 1:
        rows = [Row(name="", cells=rows[0].cells)]
    if all(len(set(row.cells)) == 1 for row in rows):
        return (), [Row(name=row.name, cells=row.cells[:1]) for row in rows]
    return columns, rows


def _said(rule: TargetRule, when: tuple[Phrases, ...], words: Words, *, hours: Mapping[str, str]) -> Said:
    if rule.promise == "none":
        return Said(text=_("Nothing is promised"), hours="", hours_anchor="", when=when)
    calendar = rule.calendar or ""
    text = time_in_words(words.policy.promises[rule.name], language=words.language)
    kind = _("Goal: %(time)s") if rule.promise == "goal" else _("Guaranteed: %(time)s")
    return Said(
        text=kind % {"time": text}, hours=hours.get(calendar, calendar), hours_anchor=f"hours-{calendar}", when=when
    )


def time_in_words(spec: TargetSpec, *, language: str) -> str:
    """How soon, as it is said after "Goal:"."""
    match spec:
        case BusinessDuration(minutes=minutes):
            return _("within %(time)s of open hours") % {"time": minutes_in_words(minutes, language=language)}
        case WallClock(minutes=minutes):
            return _("within %(time)s, day and night") % {"time": minutes_in_words(minutes, language=language)}
        case OpenDays(days=days):
            said = ngettext("before the close of the next open day", "within %(count)d open days", days)
            return said % {"count": days}
        case SameDay():
            return ", ".join(_same_day(spec, language))


def _same_day(spec: SameDay, language: str) -> Iterator[str]:
    yield _("the same day if asked before %(time)s") % {"time": _clock(spec.cut_off, language)}
    if spec.answer_by is not None:
        yield _("by %(time)s") % {"time": _clock(spec.answer_by, language)}
    if spec.next_day_by is not None:
        yield _("otherwise the next open day by %(time)s") % {"time": _clock(spec.next_day_by, language)}
    else:
        yield _("otherwise the next open day")


def _clock(at: time, language: str) -> str:
    return clock(at.hour * 60 + at.minute, language=language)
