"""What a policy says about one calendar: the table `[calendars.NAME]`, checked but not yet compiled."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vaxel.rules.sentences import Sentence, SentenceError, joined, say
from vaxel.rules.targets.dates import DayRangeField
from vaxel.rules.targets.hours import Hours, HoursField
from vaxel.rules.targets.public_holidays import check_country, check_eves, public_holidays

DayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "weekdays", "every-day", "holidays"]
#: The key of `open` for the days that would be closed for a public holiday.
HOLIDAYS: Final = "holidays"
DAYS_OF_WEEK: Final[tuple[DayName, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST_WEEKEND_DAY: Final = 5
_NOT_WITH_ALWAYS: Final = (
    "open",
    "holidays",
    "region",
    "eves",
    "day_before_holiday",
    "half_days",
    "closed",
    "extra_open",
)


def check_time_zone(name: str) -> str:
    """Return `name` if the time-zone database has it; else raise SentenceError."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        known = False
    except KeyError:
        known = False
    else:
        known = True
    if known:
        return name
    near = get_close_matches(name, available_timezones(), n=1, cutoff=0.6)
    meant = say("hours.meant", near=near[0]) if near else ""
    raise SentenceError(say("hours.time-zone", value=name, meant=meant))


def _one_country(value: Any) -> Any:
    """A calendar has the holidays of one country; raise SentenceError for several."""
    if isinstance(value, list):
        raise SentenceError(say("hours.several-countries"))
    return value


class CalendarSpec(BaseModel):
    """Opening hours. For each date the first of these that says something decides the hours:

    1. `closed` covers the date: closed.
    2. It is a public holiday of `holidays` (and `region`), or one of its eves and `eves` is set: the hours that `open`
       names for `holidays`; closed if it names none.
    3. `half_days` covers the date (a single date before a range, a full date before a yearly one), and the week is
       open then: those hours.
    4. The next date is a public holiday, and the week is open on this one: the hours of `day_before_holiday`. An eve
       is not a public holiday, so the day before an eve is an ordinary day.
    5. The week: the day's own name before `weekdays` (mon to fri) before `every-day`; not named: closed.

    Last, the hours of `extra_open` are added to whatever came out, on closed days too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    time_zone: Annotated[str, AfterValidator(check_time_zone)] | None = Field(
        default=None,
        description="IANA name of the zone whose wall clock the hours follow; the desk's when left out.",
    )
    always: bool = Field(default=False, description="Open round the clock, holidays too; excludes all other keys.")
    open: dict[DayName, HoursField] = Field(
        default_factory=dict, description="The ordinary week, and the hours of public holidays."
    )
    holidays: Annotated[str | None, BeforeValidator(_one_country)] = Field(
        default=None, description="Country whose public holidays are no ordinary days, as SE."
    )
    region: str | None = Field(default=None, description="Region of that country, where regions have their own.")
    eves: bool = Field(default=False, description="Closed also on days off by custom (SE: three eves).")
    day_before_holiday: HoursField | None = Field(
        default=None, description="Hours of a working day before a public holiday."
    )
    half_days: dict[DayRangeField, HoursField] = Field(
        default_factory=dict, description="Hours of the open days among these dates, instead of the week's."
    )
    closed: tuple[DayRangeField, ...] = Field(default=(), strict=False, description="Dates that are closed.")
    extra_open: dict[DayRangeField, HoursField] = Field(
        default_factory=dict, description="Hours added on these dates, on closed ones too."
    )

    @model_validator(mode="after")
    def _is_one_meaning(self) -> Self:
        if self.always:
            self._says_nothing_beside_always()
            return self
        if not self.open and not self.extra_open:
            raise SentenceError(say("hours.none"))
        self._has_known_holidays()
        self._ranges_do_not_overlap()
        self._half_days_are_working_days()
        return self

    def _says_nothing_beside_always(self) -> None:
        beside = [name for name in _NOT_WITH_ALWAYS if name in self.model_fields_set]
        if beside:
            raise SentenceError(say("hours.beside-always", names=_listed(beside)))

    def _has_known_holidays(self) -> None:
        if self.holidays is not None:
            check_country(self.holidays, self.region)
            if self.eves:
                check_eves(self.holidays)
            return
        beside = ("region", "eves", "day_before_holiday")
        needing: list[str] = [name for name in beside if name in self.model_fields_set]
        needing += ["open.holidays"] if HOLIDAYS in self.open else []
        if needing:
            raise SentenceError(say("hours.whose-holidays", names=_listed(needing)))

    def _ranges_do_not_overlap(self) -> None:
        """Of two ranges that cover a date, neither would be the one that is meant."""
        for name, table in (("half_days", self.half_days), ("extra_open", self.extra_open)):
            for one, other in combinations([span for span in table if not span.single], 2):
                if one.yearly == other.yearly and one.overlaps(other):
                    raise SentenceError(say("hours.ranges-overlap", one=str(one), other=str(other), key=name))

    def _half_days_are_working_days(self) -> None:
        """A range may cover closed days too, which stay closed; a single date must be an open one."""
        for span in self.half_days:
            # A yearly date moves through the week; where the week is closed it stays closed.
            reasons = [self._closed_because(day) for day in span.dates()]
            if reasons and all(reasons):
                raise SentenceError(say(reasons[0], span=str(span)))

    def _closed_because(self, day: date) -> str:
        """The code of why no other hours can hold on that date; "" if they can."""
        if not self.week_hours(day):
            return "hours.half-day-in-closed-week"
        if any(span.covers(day) for span in self.closed):
            return "hours.half-day-closed"
        if self.holidays is not None and day in public_holidays(self.holidays, self.region, day.year):
            return "hours.half-day-open-holiday" if HOLIDAYS in self.open else "hours.half-day-holiday"
        return ""

    @property
    def holiday_hours(self) -> Hours:
        """The hours of a day off; empty means closed."""
        return self.open.get(HOLIDAYS, ())

    def week_hours(self, day: date) -> Hours:
        """The hours of the ordinary week on that date, whatever the date itself is."""
        weekday = day.weekday()
        own = DAYS_OF_WEEK[weekday]
        if own in self.open:
            return self.open[own]
        if weekday < _FIRST_WEEKEND_DAY and "weekdays" in self.open:
            return self.open["weekdays"]
        return self.open.get("every-day", ())


def _listed(names: Iterable[str]) -> Sentence | str:
    return joined("and", [f"`{name}`" for name in names])
