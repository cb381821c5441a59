"""The `holidays` package without what no country here needs: it says the same."""

import subprocess
import sys

import pytest

#: By the calendars that they need: Christian, Orthodox, Islamic, Hebrew, Chinese and Hindu.
_COUNTRIES = ["SE", "GR", "AE", "IL", "SG", "IN"]
_SAY = """
import sys
which, *countries = sys.argv[1:]
if which == "whole":
    import holidays
else:
    from vaxel.rules.targets.almanacs import holidays
for country in countries:
    print(country, *sorted(holidays.country_holidays(country, years=2026)))
"""
_LOADED = """
import sys
from vaxel.rules.targets.public_holidays import public_holidays
public_holidays("SE", None, 2026)
print(*sorted(name for name in sys.modules if name.startswith(("holidays.countries.", "holidays.groups."))))
"""


def _says(program: str, *words: str) -> str:
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True).stdout  # noqa: S603  # our own program


def test_every_calendar_is_found_when_a_country_asks_for_it() -> None:
    assert _says(_SAY, "spared", *_COUNTRIES) == _says(_SAY, "whole", *_COUNTRIES)


def test_one_country_loads_no_other_and_no_calendar_that_it_does_not_have() -> None:
    assert _says(_LOADED).split() == [
        "holidays.countries.sweden",
        "holidays.groups.christian",
        "holidays.groups.international",
    ]


def test_name_that_no_module_defines_is_missed() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        _says("from vaxel.rules.targets.almanacs import holidays; from holidays.groups import NoSuchHolidays")
