"""Dates and money are said as before without Babel's tables of places."""

import subprocess
import sys

_SAY = """
import sys
from datetime import datetime, UTC
from babel.dates import format_datetime, format_skeleton, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, list_currencies
from babel.units import format_unit
from vaxel.kit.places import forget_places

if sys.argv[1] == "without":
    forget_places()
at = datetime(2026, 11, 22, 14, 15, tzinfo=UTC)
for language in ("sv", "en"):
    print(*(format_datetime(at, length, locale=language) for length in ("long", "medium", "short")))
    print(format_skeleton("yMMMEd", at, locale=language), format_list(["a", "b", "c"], locale=language))
    print(*get_day_names(locale=language).values(), *get_month_names(locale=language).values())
    print(format_currency(1234.5, "SEK", locale=language), format_currency(1234.5, "EUR", locale=language))
    print(format_decimal(1234.5, locale=language), format_unit(2, "duration-hour", locale=language))
print(sorted(list_currencies()))
"""


def test_everything_is_said_as_with_them() -> None:
    with_them, without = (
        subprocess.run([sys.executable, "-c", _SAY, which], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603  # our own program
        for which in ("with", "without")
    )

    assert with_them.stdout == without.stdout != ""
