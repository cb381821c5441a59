"""Opening hours, business time, targets and the ledger of a promise: pure, exact to the microsecond, in UTC.

`CalendarSpec` is what a policy says; `build_calendar` compiles it; the functions of business time ask it; a target
(`TargetSpec`) gives a deadline; a ledger keeps what a promise has consumed through pauses and changes.
"""

from vaxel.rules.targets.business_time import (
    business_deadline,
    business_start,
    minutes_between,
    open_days_deadline,
    open_time_between,
    same_day_deadline,
    wall_clock_deadline,
)
from vaxel.rules.targets.calendars import Calendar, build_calendar
from vaxel.rules.targets.ledger import (
    Interval,
    Ledger,
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
from vaxel.rules.targets.spec import CalendarSpec, check_time_zone
from vaxel.rules.targets.target import (
    BusinessDuration,
    OpenDays,
    SameDay,
    TargetSpec,
    WallClock,
    check_target,
    deadline,
    parse_within,
)

__all__ = [
    "BusinessDuration",
    "Calendar",
    "CalendarSpec",
    "Interval",
    "Ledger",
    "OpenDays",
    "SameDay",
    "TargetSpec",
    "WallClock",
    "build_calendar",
    "business_deadline",
    "business_start",
    "check_ledger",
    "check_target",
    "check_time_zone",
    "consumed",
    "deadline",
    "due",
    "is_paused",
    "minutes_between",
    "open_days_deadline",
    "open_time_between",
    "parse_within",
    "pause",
    "resume",
    "same_day_deadline",
    "start_clock",
    "stop",
    "switch",
    "wall_clock_deadline",
]
