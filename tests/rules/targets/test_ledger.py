from datetime import datetime, time, timedelta

import pytest

from tests.rules.targets.oracle import CALENDARS
from vaxel.rules.targets import (
    BusinessDuration,
    Interval,
    Ledger,
    OpenDays,
    SameDay,
    TargetSpec,
    WallClock,
    check_ledger,
    consumed,
    due,
    is_paused,
    pause,
    resume,
    start_clock,
    stop,
    switch,
)

ZONE = CALENDARS["office"].zone
FOUR_HOURS = BusinessDuration(minutes=240)
SAME_DAY = SameDay(cut_off=time(15))


def _at(text: str) -> datetime:
    """An instant of November 2026, as "18T09:00"; the 18th is a Wednesday."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


def _office(at: str) -> Ledger:
    return start_clock(at=_at(at), calendar="office")


def _due(spec: TargetSpec, ledger: Ledger, *, promised_at: str | None = None) -> datetime | None:
    return due(spec, ledger, calendars=CALENDARS, promised_at=None if promised_at is None else _at(promised_at))


def test_clock_without_pause_is_due_like_its_target() -> None:
    assert _due(FOUR_HOURS, _office("18T09:00")) == _at("18T14:00")
    assert _due(SAME_DAY, _office("18T09:00")) == _at("18T17:00")
    assert _due(OpenDays(days=2), _office("18T09:00")) == _at("20T17:00")


def test_paused_clock_has_no_due_instant() -> None:
    paused = pause(_office("18T09:00"), at=_at("18T10:00"))

    assert is_paused(paused)
    assert _due(FOUR_HOURS, paused) is None


def test_resumed_clock_has_the_rest_of_its_time() -> None:
    paused = pause(_office("18T09:00"), at=_at("18T10:00"))
    resumed = resume(paused, at=_at("19T16:00"))

    assert consumed(resumed, calendars=CALENDARS, now=_at("19T16:30")) == timedelta(minutes=90)
    assert _due(FOUR_HOURS, resumed) == _at("20T10:00")


def test_pause_by_night_costs_and_gives_nothing() -> None:
    resumed = resume(pause(_office("18T16:00"), at=_at("18T20:00")), at=_at("19T06:00"))

    assert _due(FOUR_HOURS, resumed) == _at("19T11:00")


def test_clock_can_start_paused() -> None:
    waiting = start_clock(at=_at("18T09:00"), calendar="office", state="paused")

    assert _due(FOUR_HOURS, waiting) is None
    assert _due(FOUR_HOURS, resume(waiting, at=_at("18T11:00"))) == _at("18T16:00")


def test_broken_promise_stays_due_when_it_was_broken() -> None:
    late = pause(_office("18T09:00"), at=_at("18T16:00"))

    assert _due(FOUR_HOURS, late) == _at("18T14:00")
    assert _due(FOUR_HOURS, resume(late, at=_at("19T10:00"))) == _at("18T14:00")
    assert _due(FOUR_HOURS, stop(late, at=_at("19T10:00"))) == _at("18T14:00")


def test_promise_is_broken_by_night_although_nothing_more_is_consumed() -> None:
    paused_at_night = pause(_office("18T13:00"), at=_at("18T20:00"))

    assert _due(FOUR_HOURS, paused_at_night) == _at("18T17:00")


def test_promise_kept_in_its_last_instant_is_kept() -> None:
    assert _due(FOUR_HOURS, stop(_office("18T09:00"), at=_at("18T14:00"))) is None


def test_clock_paused_in_its_last_instant_is_due_at_the_resume() -> None:
    paused = pause(_office("18T13:00"), at=_at("18T17:00"))

    assert _due(FOUR_HOURS, resume(paused, at=_at("18T20:00"))) == _at("18T20:00")


def test_same_day_question_that_waited_past_the_cut_off_is_due_the_next_day() -> None:
    paused = pause(_office("18T14:00"), at=_at("18T14:10"))

    assert _due(SAME_DAY, resume(paused, at=_at("18T14:40"))) == _at("18T17:00")
    assert _due(SAME_DAY, resume(paused, at=_at("18T16:55"))) == _at("19T17:00")


def test_same_day_question_that_waited_past_its_due_counts_from_the_resume() -> None:
    paused = pause(_office("18T09:00"), at=_at("18T16:59"))

    assert _due(SAME_DAY, resume(paused, at=_at("18T20:00"))) == _at("19T17:00")


def test_open_days_that_waited_past_their_due_end_with_the_next_open_day() -> None:
    paused = pause(_office("18T09:00"), at=_at("19T16:59"))

    assert _due(OpenDays(days=1), resume(paused, at=_at("19T20:00"))) == _at("20T17:00")


def test_open_days_move_by_the_open_days_of_the_pause() -> None:
    paused = pause(_office("18T09:00"), at=_at("18T10:00"))

    assert _due(OpenDays(days=1), resume(paused, at=_at("20T10:00"))) == _at("23T17:00")


def test_calendar_switched_midway_keeps_what_is_consumed() -> None:
    switched = switch(_office("18T16:00"), at=_at("18T18:00"), calendar="nights")

    assert consumed(switched, calendars=CALENDARS, now=_at("18T23:00")) == timedelta(hours=2)
    assert _due(FOUR_HOURS, switched) == _at("19T01:00")


def test_clock_switched_while_paused_stays_paused() -> None:
    switched = switch(pause(_office("18T09:00"), at=_at("18T10:00")), at=_at("18T12:30"), calendar="nights")

    assert is_paused(switched)
    assert _due(FOUR_HOURS, resume(switched, at=_at("18T12:45"))) == _at("19T01:00")


def test_switch_to_the_wall_clock_counts_every_minute_from_then_on() -> None:
    night = _office("18T16:00")
    switched = switch(night, at=_at("18T20:00"), calendar=None)

    assert _due(WallClock(minutes=120), switched, promised_at="18T20:00") == _at("18T21:00")


def test_switch_from_the_wall_clock_keeps_its_minutes() -> None:
    around_the_clock = start_clock(at=_at("18T19:00"), calendar=None)
    switched = switch(around_the_clock, at=_at("18T20:00"), calendar="office")

    assert _due(FOUR_HOURS, switched, promised_at="18T20:00") == _at("19T11:00")


def test_shorter_target_is_due_at_once_but_not_before_it_was_promised() -> None:
    running = _office("18T09:00")
    one_hour = BusinessDuration(minutes=60)

    assert _due(one_hour, running, promised_at="18T11:00") == _at("18T11:00")
    assert _due(one_hour, switch(running, at=_at("18T11:00"), calendar="long"), promised_at="18T11:00") == _at(
        "18T11:00"
    )


def test_shorter_target_promised_in_a_pause_is_due_at_the_resume() -> None:
    one_hour, quick = BusinessDuration(minutes=60), WallClock(minutes=60)
    paused = pause(_office("18T09:00"), at=_at("18T16:00"))
    by_the_clock = switch(paused, at=_at("18T20:00"), calendar=None)

    assert _due(one_hour, resume(paused, at=_at("19T10:00")), promised_at="18T20:00") == _at("19T10:00")
    assert _due(quick, resume(by_the_clock, at=_at("19T10:00")), promised_at="18T20:00") == _at("19T10:00")


def test_shorter_day_target_is_due_at_once() -> None:
    switched = switch(_office("18T09:00"), at=_at("20T10:00"), calendar="long")

    assert _due(OpenDays(days=1), switched, promised_at="20T10:00") == _at("20T10:00")


def test_day_target_promised_after_the_wall_clock_counts_what_that_consumed() -> None:
    around_the_clock = start_clock(at=_at("18T07:00"), calendar=None)
    switched = switch(around_the_clock, at=_at("18T09:00"), calendar="office")

    assert _due(SAME_DAY, switched, promised_at="18T09:00") == _at("18T17:00")


def test_longer_target_promised_in_time_is_not_broken_by_the_shorter_one_before() -> None:
    running = switch(_office("18T09:00"), at=_at("18T11:00"), calendar="long")

    assert _due(FOUR_HOURS, running, promised_at="18T11:00") == _at("18T13:45")


def test_day_target_by_the_wall_clock_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a same-day target cannot run by the wall clock: name a calendar$"):
        _due(SAME_DAY, start_clock(at=_at("18T09:00"), calendar=None))


def test_doing_the_same_again_changes_nothing() -> None:
    running = _office("18T09:00")
    paused = pause(running, at=_at("18T10:00"))
    stopped = stop(running, at=_at("18T10:00"))
    later = _at("18T11:00")

    assert resume(running, at=later) == running
    assert switch(running, at=later, calendar="office") == running
    assert pause(paused, at=later) == paused
    assert [stop(stopped, at=later), pause(stopped, at=later), switch(stopped, at=later, calendar=None)] == [
        stopped,
        stopped,
        stopped,
    ]


def test_stopped_clock_resumes_as_after_a_pause() -> None:
    stopped = stop(_office("18T09:00"), at=_at("18T10:00"))
    resumed = resume(stopped, at=_at("19T09:00"))

    assert resumed == (
        Interval(start=_at("18T09:00"), end=_at("18T10:00"), state="running", calendar="office"),
        Interval(start=_at("18T10:00"), end=_at("19T09:00"), state="paused", calendar="office"),
        Interval(start=_at("19T09:00"), end=None, state="running", calendar="office"),
    )
    assert _due(FOUR_HOURS, resumed) == _at("19T12:00")


def test_t76_clock_that_steps_back_makes_no_negative_time() -> None:
    running = _office("18T10:00")
    paused = pause(running, at=_at("18T09:00"))
    resumed = resume(paused, at=_at("18T08:30"))
    stopped = stop(resumed, at=_at("18T08:00"))

    assert [interval.start for interval in stopped] == [_at("18T10:00")] * 3
    assert consumed(stopped, calendars=CALENDARS, now=_at("18T07:00")) == timedelta()
    assert _due(FOUR_HOURS, resumed) == _at("18T15:00")


def test_consumed_looks_no_further_than_now() -> None:
    ledger = pause(_office("18T09:00"), at=_at("18T11:00"))

    assert consumed(ledger, calendars=CALENDARS, now=_at("18T10:00")) == timedelta(hours=1)
    assert consumed(ledger, calendars=CALENDARS, now=_at("18T08:00")) == timedelta()
    assert consumed(ledger, calendars=CALENDARS, now=_at("19T08:00")) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("ledger", "message"),
    [
        (
            (Interval(start=_at("18T10:00"), end=_at("18T09:00")),),
            r"^an interval ends at 2026-11-18 09:00:00\+01:00, before its start 2026-11-18 10:00:00\+01:00$",
        ),
        (
            (Interval(start=_at("18T09:00")), Interval(start=_at("18T10:00"))),
            r"is open, and another follows it at 2026-11-18 10:00:00\+01:00$",
        ),
        (
            (Interval(start=_at("18T09:00"), end=_at("18T10:00")), Interval(start=_at("18T11:00"))),
            r"^the interval after 2026-11-18 10:00:00\+01:00 starts at .*: they must meet$",
        ),
    ],
)
def test_ledger_out_of_order_is_refused(ledger: Ledger, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_ledger(ledger)
    with pytest.raises(ValueError, match=message):
        _due(FOUR_HOURS, ledger)
    with pytest.raises(ValueError, match=message):
        consumed(ledger, calendars=CALENDARS, now=_at("19T09:00"))


def test_unknown_calendar_and_empty_ledger_are_refused() -> None:
    with pytest.raises(ValueError, match=r'^calendar "weekend" of an interval was not passed'):
        _due(FOUR_HOURS, start_clock(at=_at("18T09:00"), calendar="weekend"))
    with pytest.raises(ValueError, match=r"^the clock has no interval: start it first$"):
        pause((), at=_at("18T09:00"))
