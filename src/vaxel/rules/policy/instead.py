"""What writers of policies reach for that the language does not have, and what there is instead."""

from collections.abc import Mapping
from typing import Final

from vaxel.rules.sentences import Sentence, say

#: Parts of words, and the sentence that helps whoever writes one of them.
_INSTEAD: Final[Mapping[tuple[str, ...], str]] = {
    ("on_holiday", "holiday_", "public_holiday"): "instead.holidays",
    ("carry", "rollover", "roll_over", "left_over", "unused"): "instead.carry",
    ("escalat", "after", "reminder"): "instead.later",
    ("pause", "start", "stop_"): "instead.start",
    ("phone",): "instead.phone",
    ("minimum", "at_least", "rounding"): "instead.minimum",
    ("includes", "inherit", "extends", "same_as", "like_"): "instead.inherit",
    ("reset", "renew"): "instead.reset",
    ("until", "valid_from", "valid_to", "effective"): "instead.dates",
    ("sla", "response", "resolution", "respond", "deadline"): "instead.time",
    ("price", "cost", "charge", "invoice"): "instead.price",
    ("credit", "penalt", "refund"): "instead.credit",
    ("percent", "ratio", "average"): "instead.share",
    ("weekend", "mon-", "mon_"): "instead.weekend",
    ("hour", "business", "working", "open_", "holiday"): "instead.hours",
    ("seat", "max_contact", "named", "users", "people"): "instead.seats",
    ("default", "else", "fallback", "otherwise_to"): "instead.otherwise",
    ("approv", "quote", "confirmation"): "instead.yes",
    ("quota", "limit", "included_", "incidents"): "instead.quota",
    ("severit", "urgency", "impact"): "instead.severity",
    ("plan",): "instead.when-plan",
    ("channel",): "instead.when-channel",
    ("tier", "level", "package", "edition", "subscription"): "instead.plan",
    ("region", "country", "version", "environment", "addon", "add-on", "day", "time"): "instead.fact",
    ("formula", "multiply", "expr", "script", "regex", "match"): "instead.arithmetic",
}
_INSTEAD_OF_FACT: Final[Mapping[tuple[str, ...], str]] = {
    (
        "text",
        "subject",
        "word",
        "keyword",
        "organisation",
        "organization",
        "customer",
        "company",
        "person",
        "mail",
    ): "instead.words",
    ("hour", "time", "date", "day", "week", "month", "night"): "instead.when-asked",
    ("from", "until", "since", "before", "after"): "instead.dates",
}
_JUNCTIONS: Final = frozenset({"or", "any", "any_of", "anyof", "and", "all", "all_of", "not", "none_of", "either"})


def instead_of_key(key: str) -> Sentence | None:
    """One sentence on what to write in the place of a key that is unknown; None if nothing is known of it."""
    return _hint(key, _INSTEAD)


def instead_of_fact(name: str) -> Sentence | None:
    """The same for the name of a fact in a condition."""
    if name.lower() in _JUNCTIONS:
        return say("instead.junction")
    return _hint(name, _INSTEAD_OF_FACT) or instead_of_key(name)


def _hint(word: str, hints: Mapping[tuple[str, ...], str]) -> Sentence | None:
    return next((say(code) for parts, code in hints.items() if any(part in word.lower() for part in parts)), None)
