"""Facts that follow from the version of the product, as `from = "version"` declares them."""

from fnmatch import fnmatchcase

from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.domain import UNKNOWN


def value_of_version(fact: Fact, version: str | None) -> str:
    """The first value of the fact with a pattern that the version matches; else its default, or "unknown".

    Patterns are those of file names: `*` is any text, `?` one character. "8.*" matches "8.9.0".
    """
    for value, patterns in (fact.versions or {}).items():
        if version and any(fnmatchcase(version.strip(), pattern) for pattern in patterns):
            return value
    return UNKNOWN if fact.default is None else str(fact.default)
