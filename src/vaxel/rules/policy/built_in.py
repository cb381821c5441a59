"""Reasons that the language itself gives, where no rule of the file decided."""

from collections.abc import Mapping
from typing import Final

from vaxel.rules.policy.decision import Reason

PREFIX: Final = "built-in."
_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "channel-not-allowed": {
        "sv": "Den här vägen in är inte öppen för din fråga. Välj en av de andra.",
        "en": "This way in is not open for your question. Choose one of the others.",
    },
    "channel-closed-now": {
        "sv": "Den här vägen in är stängd just nu. Du ser när den öppnar.",
        "en": "This way in is closed right now. You can see when it opens.",
    },
    "handed-over": {
        "sv": "Vi har läst frågan och lämnat över den till den som kan svara bäst.",
        "en": "We have read the question and handed it over to whoever can answer it best.",
    },
    "clock-waits-for-details": {
        "sv": "Tiden börjar räknas när vi har fått uppgifterna som saknas.",
        "en": "The time begins to count when we have the missing details.",
    },
}


def built_in(name: str, languages: tuple[str, ...]) -> Reason:
    """The built-in reason of that name, in the desk's languages."""
    return Reason(f"{PREFIX}{name}", {language: _TEXTS[name][language] for language in languages})
