"""How people want to hear of things: a mail for each, one digest a day, or none. Pure.

What must be told is not in the lists below, and whatever somebody has chosen, it is told at once: the questions for
somebody's role, what the policy says must be told, questions to local contacts, and what is asked back.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Way: TypeAlias = Literal["each", "digest", "off"]
WAYS: Final[tuple[Way, ...]] = ("each", "digest", "off")

#: What each of the staff gets who has chosen nothing, by kind of mail (`audience.NoticeKind`).
STAFF_DEFAULTS: Final[Mapping[str, Way]] = MappingProxyType(
    {
        "assigned": "each",
        "customer-replied": "each",
        "reopened": "each",
        "for-knowledge": "each",
        "new-in-team": "off",
    }
)
#: The same for a customer's people.
PERSON_DEFAULTS: Final[Mapping[str, Way]] = MappingProxyType(
    {
        "received": "each",
        "answer": "each",
        "solved": "each",
        "moved": "each",
        "colleague-wrote": "each",
        "problem-update": "each",
        "wish-answer": "each",
    }
)
DEFAULTS: Final[Mapping[str, Mapping[str, Way]]] = MappingProxyType(
    {"staff": STAFF_DEFAULTS, "person": PERSON_DEFAULTS}
)
#: What takes something back, or is a part of it, is heard of like that.
_LIKE: Final[Mapping[str, str]] = MappingProxyType({"not-solved": "solved", "new-time": "moved"})


def way_of(who: str, kind: str, chosen: Mapping[str, str]) -> Way:
    """How somebody of this sort ("staff", "person", "colleague") hears of such a thing."""
    defaults, kind = DEFAULTS.get(who, {}), _LIKE.get(kind, kind)
    if kind not in defaults:
        return "each"
    way = chosen.get(kind, "")
    return way if way in WAYS else defaults[kind]
