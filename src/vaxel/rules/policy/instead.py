"""What writers of policies reach for that the language does not have, and what there is instead."""

from collections.abc import Mapping
from typing import Final

_INSTEAD: Final[Mapping[tuple[str, ...], str]] = {
    ("escalat", "after", "reminder"): "Nothing happens by itself later: [[notify]] tells roles at once.",
    ("sla", "response", "resolution", "respond", "deadline"): "Promised times are rules of [[targets]].",
    ("price", "cost", "charge", "invoice"): "What work costs is told by rules of [[billing]].",
    ("credit", "penalt", "refund"): "There are no credits: say it in the `because` of the target.",
    ("percent", "ratio", "average"): 'A promise is about one ticket: give its time with promise = "goal".',
    ("weekend", "mon-", "mon_"): 'Days are named one by one: sat = ["10:00-14:00"], sun = ["10:00-14:00"].',
    ("hour", "business", "working", "open_", "holiday"): "Opening hours are [calendars.NAME].",
    ("seat", "max_contact", "named"): "How many may be named is `contacts` of [plans.NAME].",
    ("default", "else", "fallback", "otherwise_to"): "The last rule without `when` is what holds otherwise.",
    ("approv", "quote", "confirmation"): 'A yes before work is `confirm` in [[billing]], or kind = "offer-first".',
    ("quota", "limit", "included_", "incidents"): 'What is counted is a fact with from = "count" and `limits`.',
    ("severit", "urgency", "impact"): "Severities are [priorities.levels.NAME], asked about as `priority`.",
    ("tier", "level", "package", "edition", "subscription"): "Support levels are [plans.NAME], asked about as `plan`.",
    ("region", "country", "version", "environment", "addon", "add-on", "day", "time"): (
        "Anything else that decides is declared as [facts.NAME]."
    ),
    ("formula", "multiply", "expr", "script", "regex", "match"): "There is no arithmetic and no text matching.",
}
_INSTEAD_OF_FACT: Final[Mapping[tuple[str, ...], str]] = {
    ("text", "subject", "word", "keyword", "organisation", "organization", "customer", "company", "person", "mail"): (
        'No rule asks about words, or about one customer or person: declare a fact with from = "agreement", '
        '"organisation" or "person", and set it there.'
    ),
    ("hour", "time", "date", "day", "week", "month", "night"): (
        'When it is asked is a fact with from = "calendar"; nothing counts days.'
    ),
}
_JUNCTIONS: Final = frozenset({"or", "any", "any_of", "anyof", "and", "all", "all_of", "not", "none_of", "either"})


def instead_of_key(key: str) -> str:
    """One sentence on what to write in the place of a key that is unknown; "" if nothing is known of it."""
    return _hint(key, _INSTEAD)


def instead_of_fact(name: str) -> str:
    """The same for the name of a fact in a condition."""
    if name.lower() in _JUNCTIONS:
        return (
            "One table is `and`, a list of tables is `or`, a list of values is any of them, "
            "and { not = … } stands at a fact."
        )
    return _hint(name, _INSTEAD_OF_FACT) or instead_of_key(name)


def _hint(word: str, hints: Mapping[tuple[str, ...], str]) -> str:
    return next((hint for parts, hint in hints.items() if any(part in word.lower() for part in parts)), "")
