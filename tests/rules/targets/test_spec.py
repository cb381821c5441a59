import tomllib
from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from vaxel.rules.targets import CalendarSpec, check_time_zone


def _spec(**keys: object) -> dict[str, object]:
    return {"open": {"weekdays": ["08:00-17:00"]}, **keys}


@pytest.mark.parametrize(
    "raw",
    [
        _spec(),
        _spec(time_zone="Asia/Kolkata", holidays="DE", region="BY", day_before_holiday=["08:00-12:00"]),
        _spec(holidays="SE", eves=True),
        {"always": True, "time_zone": "UTC"},
        {"open": {"every-day": ["00:00-06:00", "22:00-24:00"], "sun": []}},
        {"open": {"mon": ["08:00-12:00", "12:00-17:00"]}},  # spans may touch
        _spec(closed=["2026-12-24", "2026-12-28..2026-12-30", "07-06..07-31", "12-24..01-06", "02-29"]),
        _spec(half_days={"2026-01-05": ["08:00-12:00"], "04-30": []}, extra_open={"2026-01-10": ["09:00-12:00"]}),
        _spec(half_days={"06-15..08-15": ["09:00-15:00"], "2026-07-01..2026-07-03": ["10:00-12:00"], "07-02": []}),
        _spec(closed=["12-30"], extra_open={"2026-12-30": ["09:00-12:00"]}),
    ],
)
def test_spec_survives_json(raw: Mapping[str, object]) -> None:
    spec = CalendarSpec.model_validate(raw)

    assert CalendarSpec.model_validate(spec.model_dump(mode="json", exclude_unset=True)) == spec
    assert CalendarSpec.model_validate_json(spec.model_dump_json(exclude_unset=True)) == spec


def test_spec_reads_dates_of_toml() -> None:
    toml = tomllib.loads(
        """
        open = { weekdays = ["13:00-17:00", "08:00-12:00"] }
        closed = [2026-12-30]
        half_days = { 2026-01-05 = ["08:00-12:00"] }
        """
    )

    assert CalendarSpec.model_validate(toml).model_dump(mode="json", exclude_unset=True) == {
        "open": {"weekdays": ["08:00-12:00", "13:00-17:00"]},
        "closed": ["2026-12-30"],
        "half_days": {"2026-01-05": ["08:00-12:00"]},
    }


_SPAN_HINT = 'write "HH:MM-HH:MM", for example "08:00-12:00" (the last possible end is "24:00")'
_DAY_HINT = 'write "YYYY-MM-DD" for one date or "MM-DD" for every year'
_NO_COUNTRY = 'is not a country with known holidays: write its two-letter ISO 3166 code, as "SE"'
_NO_ZONE = 'is not a time zone: write an IANA name, as "Europe/Stockholm"'
_REGIONS = "the regions with holidays of their own are"
_WEEK_CLOSED = "when the week is closed: use `extra_open` to open on a closed day"
_NOT_BESIDE = (
    'cannot stand beside it: remove one of them, or write open = { every-day = ["00:00-24:00"] } instead of always'
)
_PASSES_MIDNIGHT = (
    "does not end after its start: a span stays within one day, "
    'so write night hours as "22:00-24:00" on one day and "00:00-06:00" on the next'
)


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ("8-17", f'"8-17" is not a span of hours: {_SPAN_HINT}'),
        ("8:00-17:00", f'"8:00-17:00" is not a span of hours: {_SPAN_HINT}'),
        ("08:00-25:00", f'"08:00-25:00" is not a span of hours: {_SPAN_HINT}'),
        ("08:60-17:00", f'"08:60-17:00" is not a span of hours: {_SPAN_HINT}'),
        ("24:00-24:00", f'"24:00-24:00" is not a span of hours: {_SPAN_HINT}'),
        ("08:00–17:00", f'"08:00–17:00" is not a span of hours: {_SPAN_HINT}'),
        ("٠٨:٠٠-١٧:٠٠", f'"٠٨:٠٠-١٧:٠٠" is not a span of hours: {_SPAN_HINT}'),
        ("08:00-08:00", f'"08:00-08:00" {_PASSES_MIDNIGHT}'),
        (8, f"8 is not a span of hours: {_SPAN_HINT}"),
        (
            "22:00-06:00",
            f'"22:00-06:00" {_PASSES_MIDNIGHT}',
        ),
    ],
)
def test_spec_refuses_hours_that_are_none(span: object, message: str) -> None:
    assert _fault({"open": {"mon": [span]}}) == ("open.mon", message)


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        (
            {"open": {"fri": "08:00-12:00"}},
            "open.fri",
            f'"08:00-12:00" is not a list of hours: {_SPAN_HINT} inside [ ], and [] for closed',
        ),
        (
            {"open": {"mon": ["08:00-12:00", "11:00-17:00"]}},
            "open.mon",
            '"08:00-12:00" and "11:00-17:00" overlap: let each start when the one before has ended',
        ),
        (_spec(closed=["2026-02-29"]), "closed.0", f'"2026-02-29" is not in the almanac: {_DAY_HINT}'),
        (_spec(closed=["13-01"]), "closed.0", f'"13-01" is not in the almanac: {_DAY_HINT}'),
        (_spec(closed=["24/12"]), "closed.0", f'"24/12" is not a date: {_DAY_HINT}'),
        (_spec(closed=[24]), "closed.0", f"24 is not a date: {_DAY_HINT}"),
        (
            _spec(closed=["12-24..2026-12-31"]),
            "closed.0",
            '"12-24..2026-12-31" mixes one year with every year: write the year in both ends or in none',
        ),
        (
            _spec(closed=["2026-12-31..2026-12-24"]),
            "closed.0",
            '"2026-12-31..2026-12-24" ends before it starts: write the earlier date first',
        ),
        (
            _spec(time_zone="Europe/Stokholm"),
            "time_zone",
            f'"Europe/Stokholm" {_NO_ZONE}; did you mean "Europe/Stockholm"?',
        ),
        (
            _spec(holidays="Sweden"),
            "",
            f'"Sweden" {_NO_COUNTRY}',
        ),
        (
            _spec(holidays="se"),
            "",
            f'"se" {_NO_COUNTRY}; did you mean "SE"?',
        ),
        (
            _spec(holidays="SE", region="Skåne"),
            "",
            f'"Skåne" is not a region of SE: {_REGIONS} none, so leave region out',
        ),
        (
            _spec(holidays="GB", region="WAL"),
            "",
            f'"WAL" is not a region of GB: {_REGIONS} ENG, NIR, SCT, WLS',
        ),
        (
            _spec(holidays="US", eves=True),
            "",
            '`eves` are not known for US: list the dates in closed, as "12-24"',
        ),
        (
            _spec(day_before_holiday=["08:00-12:00"]),
            "",
            '`day_before_holiday` needs to know whose holidays are meant: add holidays = "SE"',
        ),
        (
            {"always": True, "holidays": "SE", "closed": ["12-24"]},
            "",
            f"`always = true` means round the clock, so `holidays` and `closed` {_NOT_BESIDE}",
        ),
        (
            {"time_zone": "UTC"},
            "",
            'the calendar has no hours: give open = { weekdays = ["08:00-17:00"] } or always = true',
        ),
        (
            _spec(half_days={"2026-01-10": ["08:00-12:00"]}),
            "",
            f'`half_days` has "2026-01-10", a day {_WEEK_CLOSED}',
        ),
        (
            _spec(half_days={"2026-12-23": ["08:00-12:00"]}, closed=["2026-12-21..2027-01-06"]),
            "",
            '`half_days` has "2026-12-23", which is in `closed` too: keep it in one of them',
        ),
        (
            _spec(half_days={"2026-07-15": ["08:00-12:00"]}, closed=["07-01..07-31"]),
            "",
            '`half_days` has "2026-07-15", which is in `closed` too: keep it in one of them',
        ),
        (
            _spec(half_days={"2026-12-25": ["08:00-12:00"]}, holidays="SE"),
            "",
            '`half_days` has "2026-12-25", a public holiday and so closed: use `extra_open` to open on it',
        ),
        (
            _spec(half_days={"2026-01-10..2026-01-11": ["08:00-12:00"]}),
            "",
            f'`half_days` has "2026-01-10..2026-01-11", a day {_WEEK_CLOSED}',
        ),
        (
            _spec(half_days={"06-01..07-31": ["08:00-12:00"], "07-31..08-15": []}),
            "",
            '"06-01..07-31" and "07-31..08-15" overlap in `half_days`: let each start after the other',
        ),
        (
            _spec(extra_open={"12-27..01-05": ["18:00-20:00"], "01-02..01-03": ["18:00-19:00"]}),
            "",
            '"12-27..01-05" and "01-02..01-03" overlap in `extra_open`: let each start after the other',
        ),
    ],
)
def test_spec_refuses_with_one_sentence(raw: dict[str, object], place: str, message: str) -> None:
    assert _fault(raw) == (place, message)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (_spec(lunch="12:00"), "extra_forbidden"),
        ({"open": {"monday": ["08:00-17:00"]}}, "literal_error"),
        ({"always": 1}, "bool_type"),
        ({"open": ["08:00-17:00"]}, "dict_type"),
        (_spec(holidays=True), "string_type"),
    ],
)
def test_spec_refuses_unknown_keys_and_types(raw: dict[str, object], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        CalendarSpec.model_validate(raw)

    assert [error["type"] for error in caught.value.errors()] == [kind]


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe", "a" * 5000])
def test_time_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone: write an IANA name"):
        check_time_zone(name)


def _fault(raw: dict[str, object]) -> tuple[str, str]:
    """The place and the sentence of the first fault."""
    with pytest.raises(ValidationError) as caught:
        CalendarSpec.model_validate(raw)
    first = caught.value.errors()[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"].removeprefix("Value error, ")
