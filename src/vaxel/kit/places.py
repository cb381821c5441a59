"""What Babel knows of the world's places and languages, and nobody here asks for.

To say a date in Swedish it reads one file about everything: the languages of every territory, guesses at names of
languages that are not complete. It keeps it, 2 MB in each process.
"""

from typing import Final

from babel.core import get_global

#: The largest tables. Our languages have complete names; names of time zones are said by the tables that stay.
_UNASKED: Final = ("likely_subtags", "territory_languages", "windows_zone_mapping")


def forget_places() -> None:
    """Let the tables go that only unknown languages need."""
    for name in _UNASKED:
        get_global(name).clear()  # type: ignore[attr-defined]  # a dictionary that is declared as a mapping
