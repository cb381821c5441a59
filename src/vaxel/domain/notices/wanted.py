"""What a question by mail lacked, in the words of the mail that asks it back. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from vaxel.domain.tickets.lacking import CHECKLIST, FACT, FIELD, KIND, PRODUCT, TOPIC
from vaxel.rules.policy import PolicyFile
from vaxel.rules.policy.by_mail import REASON

_ABOUT: Final[Mapping[str, Mapping[str, str]]] = {
    KIND: {"sv": "Vilken typ av fråga det är", "en": "Which kind of question it is"},
    PRODUCT: {"sv": "Vilken produkt det gäller", "en": "Which product it is about"},
    TOPIC: {"sv": "Vad det gäller", "en": "What it concerns"},
}
_REASONS: Final = frozenset({REASON, "built-in.clock-waits-for-details"})


def wanted(lacks: Iterable[str], *, file: PolicyFile, decision: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Each missing thing as its question; names that the policy does not know are left out."""
    return tuple(_words(lacks, file=file, items=decision.get("checklist", ()), language=language))


def _words(lacks: Iterable[str], *, file: PolicyFile, items: Iterable[str], language: str) -> Iterator[str]:
    for name in lacks:
        field, fact = file.fields.get(name.removeprefix(FIELD)), file.facts.get(name.removeprefix(FACT))
        if name in _ABOUT:
            yield _ABOUT[name][language]
        elif name == CHECKLIST:
            texts = {item.name: item.text for rule in file.checklists for item in rule.items}
            yield from (texts[item].in_(language) for item in items if item in texts)
        elif name.startswith(FIELD) and field is not None:
            yield field.label.in_(language)
        elif name.startswith(FACT) and fact is not None:
            yield (fact.question or fact.name).in_(language)


def about_the_time(decision: Mapping[str, Any], *, language: str) -> tuple[str, ...]:
    """What the terms say of the time until the details are there."""
    texts = [each["text"].get(language, "") for each in decision.get("because", ()) if each["rule"] in _REASONS]
    return tuple(text for text in texts if text)
