"""Facts that follow from the version of the product, as `from = "version"` declares them."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.domain import UNKNOWN

#: What examples and commands give for all the facts that are sorted by it: no fact has the name.
VERSION: Final = "version"
_NO_VERSION: Final = re.compile(
    r"""
    [<>=≤≥~^!|,;\[\]]                           # comparisons, sets, lists
    | (?:^|\.) [xX] (?:\.|$)                    # an x for anything
    | \.\. | \.\s | \+$                        # from … to, a star that stands apart, "and up"
    | \d\.\d+ \s* [-–—/\s] \s* \d+\.\d          # from 8.1 to 8.4, or both
    | \s [-–—] \s
    | \b (?: or|and|to|from|till|until|up|later|newer|older|earlier|above|below
          | och|eller|till|från|senare|nyare|äldre|tidigare|över|under ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def value_of_version(fact: Fact, version: str | None) -> str:
    """The first value of the fact with a pattern that the version matches; else its default, or "unknown".

    Patterns are those of file names: `*` is any text, `?` one character. "8.*" matches "8.9.0".
    """
    for value, patterns in (fact.versions or {}).items():
        if version and any(fnmatchcase(version.strip(), pattern) for pattern in patterns):
            return value
    return UNKNOWN if fact.default is None else str(fact.default)


def means_more(pattern: str) -> bool:
    """Whether a pattern seems to say what only words can: a comparison, a set, several at once, or an x for anything.

    No version is written so, and it would leave all of them to the next value.
    """
    return bool(_NO_VERSION.search(pattern))


def patterns_taken(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Patterns that never fit, each as (value, pattern, the earlier value's pattern that takes its versions)."""
    earlier: list[str] = []
    for value, patterns in (fact.versions or {}).items():
        for pattern in patterns:
            taken = next((each for each in earlier if _fits_all_of(each, pattern)), None)
            if taken is not None:
                yield value, pattern, taken
        earlier.extend(patterns)


def _fits_all_of(wider: str, pattern: str) -> bool:
    """Whether what fits the pattern fits the wider one too, tried with a short version and a long one."""
    tried = (pattern.replace("?", "0").replace("*", middle) for middle in ("", "0.0"))
    return all(fnmatchcase(version, wider) for version in tried)
