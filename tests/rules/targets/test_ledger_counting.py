"""Ledgers against counting: two weeks over the clock change of October, minute by minute."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.targets.oracle import (
    ALL_DAYS,
    CALENDARS,
    NIGHTS,
    OFFICE,
    SHORT_FRIDAY,
    STEADY,
    STOCKHOLM,
    Week,
    Window,
)
from vaxel.rules.targets import (
    BusinessDuration,
    Ledger,
    OpenDays,
    SameDay,
    TargetSpec,
    check_ledger,
    consumed,
    deadline,
    due,
    pause,
    resume,
    start_clock,
    switch,
)

SAME_DAY = SameDay(cut_off=time(15))
FIRST = datetime(2026, 10, 19, tzinfo=UTC)
DAYS = 14
WINDOWS = {
    "office": Window(week=Week(zone=STOCKHOLM, hours=OFFICE), first=FIRST, days=DAYS),
    "long": Window(week=Week(zone=STOCKHOLM, hours=SHORT_FRIDAY), first=FIRST, days=DAYS),
    "nights": Window(week=Week(zone=STOCKHOLM, hours=NIGHTS), first=FIRST, days=DAYS),
    None: Window(week=Week(zone="UTC", hours=ALL_DAYS), first=FIRST, days=DAYS),
}
names = st.sampled_from(["office", "long", "nights", None])
starts = st.integers(0, 7000)


@dataclass(frozen=True)
class Turn:
    """What happens to a clock, and in which minute of the window."""

    minute: int
    verb: str
    calendar: str | None


turns = st.lists(
    st.builds(Turn, st.integers(0, 12000), st.sampled_from(["pause", "resume", "switch"]), names), max_size=7
).map(lambda story: sorted(story, key=lambda turn: turn.minute))


@dataclass
class Story:
    """A ledger, and for every minute of the window whether its clock runs and whether the minute counts."""

    ledger: Ledger
    calendar: str | None
    running: list[bool]
    counts: list[bool]

    def live_until(self, minute: int) -> None:
        runs = self.ledger[-1].state == "running"
        flags = WINDOWS[self.calendar].flags[len(self.counts) : minute]
        self.running += [runs] * len(flags)
        self.counts += [runs and flag for flag in flags]

    def due(self, minutes: int) -> datetime | None:
        """The first minute in which the clock runs and so many minutes have counted."""
        passed = 0
        for minute, (runs, counts) in enumerate(zip(self.running, self.counts, strict=True)):
            if runs and passed >= minutes:
                return FIRST + timedelta(minutes=minute)
            passed += counts
        return None


def _tell(start: int, calendar: str | None, story: list[Turn]) -> Story:
    begin = FIRST + timedelta(minutes=start)
    told = Story(start_clock(at=begin, calendar=calendar), calendar, [False] * start, [False] * start)
    for turn in story:
        at = FIRST + timedelta(minutes=turn.minute)
        told.live_until(turn.minute)
        if turn.verb == "switch":
            told.ledger = switch(told.ledger, at=at, calendar=turn.calendar)
            told.calendar = turn.calendar
        else:
            told.ledger = pause(told.ledger, at=at) if turn.verb == "pause" else resume(told.ledger, at=at)
    told.live_until(DAYS * 1440)
    return told


@STEADY
@given(start=starts, calendar=names, story=turns, now=st.integers(0, DAYS * 1440))
def test_consumed_agrees_with_counting(start: int, calendar: str | None, story: list[Turn], now: int) -> None:
    told = _tell(start, calendar, [turn for turn in story if turn.minute >= start])
    counted = consumed(told.ledger, calendars=CALENDARS, now=FIRST + timedelta(minutes=now))

    assert counted == timedelta(minutes=sum(told.counts[:now]))


@STEADY
@given(start=starts, calendar=names, story=turns, minutes=st.integers(1, 3000))
def test_due_agrees_with_counting(start: int, calendar: str | None, story: list[Turn], minutes: int) -> None:
    told = _tell(start, calendar, [turn for turn in story if turn.minute >= start])
    promise = due(BusinessDuration(minutes=minutes), told.ledger, calendars=CALENDARS)
    beyond = FIRST + timedelta(days=DAYS)

    assert (None if promise is None or promise >= beyond else promise) == told.due(minutes)


@STEADY
@given(start=starts, calendar=names, story=turns)
def test_ledgers_stay_in_order(start: int, calendar: str | None, story: list[Turn]) -> None:
    ledger = _tell(start, calendar, [turn for turn in story if turn.minute >= start]).ledger
    check_ledger(ledger)

    assert [interval.end for interval in ledger[:-1]] == [interval.start for interval in ledger[1:]]
    assert ledger[-1].end is None


targets: st.SearchStrategy[TargetSpec] = st.one_of(
    st.builds(BusinessDuration, minutes=st.integers(1, 3000)),
    st.builds(OpenDays, days=st.integers(1, 4)),
    st.just(SAME_DAY),
    st.just(SameDay(cut_off=time(11), answer_by=time(16))),
    st.just(SameDay(cut_off=time(11), next_day_by=time(12))),
)
instants = st.timedeltas(timedelta(), timedelta(days=DAYS)).map(FIRST.__add__)


@STEADY
@given(target=targets, name=st.sampled_from(["office", "long", "nights"]), start=instants, pauses=st.lists(instants))
def test_pauses_of_no_time_change_nothing(
    target: TargetSpec, name: str, start: datetime, pauses: list[datetime]
) -> None:
    ledger = start_clock(at=start, calendar=name)
    for at in sorted(pauses):
        ledger = resume(pause(ledger, at=at), at=at)

    assert due(target, ledger, calendars=CALENDARS) == deadline(target, CALENDARS[name], start)


@STEADY
@given(target=targets, start=instants, paused=instants)
def test_pause_in_closed_hours_changes_nothing(target: TargetSpec, start: datetime, paused: datetime) -> None:
    office = CALENDARS["office"]
    paused = max(start, paused)
    closed = office.next_closing(paused)
    assert closed is not None
    opening = office.next_opening(closed)
    night = closed + (opening - closed) / 3
    ledger = resume(pause(start_clock(at=start, calendar="office"), at=night), at=night + (opening - closed) / 3)

    assert due(target, ledger, calendars=CALENDARS) == deadline(target, office, start)


@STEADY
@given(target=targets, start=instants, paused=instants, resumed=instants)
def test_pause_never_brings_the_due_instant_forward(
    target: TargetSpec, start: datetime, paused: datetime, resumed: datetime
) -> None:
    ledger = start_clock(at=start, calendar="long")
    ledger = resume(pause(ledger, at=paused), at=resumed)
    promise = due(target, ledger, calendars=CALENDARS)

    assert promise is not None
    assert promise >= deadline(target, CALENDARS["long"], start)
