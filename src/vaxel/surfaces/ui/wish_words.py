"""How a wish stands, in words: the same for readers and for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext

#: The kind and the icon of the badge.
_BADGES: Final[Mapping[str, tuple[str, str]]] = {
    "new": ("", "inbox"),
    "considered": ("accent", "view"),
    "planned": ("accent", "calendar"),
    "done": ("good", "check"),
    "declined": ("", "close"),
}
WISH_STATES: Final = tuple(_BADGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class WishState:
    """A state in a word, with the badge that shows it."""

    label: str
    badge: str
    icon: str


def wish_state(state: str) -> WishState:
    """A state in words."""
    labels = {
        "new": pgettext("wish", "New"),
        "considered": pgettext("wish", "Considered"),
        "planned": pgettext("wish", "Planned"),
        "done": pgettext("wish", "Done"),
        "declined": pgettext("wish", "Declined"),
    }
    badge, icon = _BADGES[state]
    return WishState(label=labels[state], badge=badge, icon=icon)
