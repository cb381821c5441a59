"""Microseconds for deadlines and their kin: `python -m bench.targets`.

The instants are spread over two years. The tables of those years are made before the clock starts, and what making
one costs is a row of its own.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from random import Random
from statistics import quantiles
from time import perf_counter_ns

from bench.figures import Figure, show
from vaxel.rules.targets import (
    BusinessDuration,
    Calendar,
    CalendarSpec,
    Ledger,
    build_calendar,
    business_deadline,
    business_start,
    due,
    minutes_between,
    open_days_deadline,
    pause,
    resume,
    same_day_deadline,
    start_clock,
)

NEEDS_SERVER = False
SAMPLES = 5000
RUNS_PER_SAMPLE = 5
GOALS = {"deadline of 4 hours": 50.0, "deadline the same day": 50.0}
SPEC = CalendarSpec.model_validate(
    {
        "time_zone": "Europe/Stockholm",
        "open": {"weekdays": ["08:00-12:00", "13:00-17:00"]},
        "holidays": "SE",
        "eves": True,
        "day_before_holiday": ["08:00-12:00"],
        "closed": ["2026-07-06..2026-07-31"],
        "half_days": {"12-23": ["08:00-12:00"]},
    }
)


def measure() -> list[Figure]:
    """Each kind of arithmetic over instants of two years."""
    calendar = build_calendar(SPEC)
    random = Random(76)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    asked = [first + timedelta(seconds=random.randrange(2 * 365 * 86_400)) for _ in range(SAMPLES)]
    for year in range(2025, 2030):
        calendar.year(year)
    figures = [
        figure
        for name, work in _works(calendar).items()
        for figure in _figures(name, [_micros(work, at) for at in asked], goal=GOALS.get(name))
    ]
    return [*figures, *_figures("make the table of a year", [_micros(_fresh_year, at) for at in asked[:40]])]


def _works(calendar: Calendar) -> dict[str, Callable[[datetime], object]]:
    spec = BusinessDuration(minutes=960)
    calendars = {"office": calendar}
    return {
        "deadline of 4 hours": lambda at: business_deadline(calendar, at, 240),
        "deadline of 30 days' hours": lambda at: business_deadline(calendar, at, 30 * 480),
        "deadline the same day": lambda at: same_day_deadline(calendar, at, cut_off=time(15)),
        "deadline of 2 open days": lambda at: open_days_deadline(calendar, at, 2),
        "start 4 hours before": lambda at: business_start(calendar, at, 240),
        "minutes between, a week apart": lambda at: minutes_between(calendar, at, at + timedelta(days=7)),
        "minutes between, a year apart": lambda at: minutes_between(calendar, at, at + timedelta(days=365)),
        "open now?": calendar.is_open,
        "next opening": calendar.next_opening,
        "pauses and due of a clock, 3 pauses": lambda at: due(spec, _waiting_story(at), calendars=calendars),
    }


def _waiting_story(at: datetime) -> Ledger:
    ledger = start_clock(at=at, calendar="office")
    for _ in range(3):
        ledger = pause(ledger, at=ledger[-1].start + timedelta(hours=5))
        ledger = resume(ledger, at=ledger[-1].start + timedelta(hours=30))
    return ledger


def _fresh_year(at: datetime) -> object:
    return build_calendar(SPEC).year(at.year)


def _micros(work: Callable[[datetime], object], at: datetime) -> float:
    begin = perf_counter_ns()
    for _ in range(RUNS_PER_SAMPLE):
        work(at)
    return (perf_counter_ns() - begin) / RUNS_PER_SAMPLE / 1000


def _figures(name: str, micros: list[float], *, goal: float | None = None) -> list[Figure]:
    cuts = quantiles(micros, n=100)
    return [Figure(f"{name}: p50", cuts[49], "µs", goal=goal), Figure(f"{name}: p99", cuts[98], "µs")]


if __name__ == "__main__":
    show(measure())
