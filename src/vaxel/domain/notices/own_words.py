"""A desk's own words in its mails: whole sentences with names of values in braces, and no logic at all (trust 49).

Pure. The names are a closed list per language, so that a mistake is told when the words are saved and never in a
customer's mail. A paragraph whose value is missing is left out: where the terms promise no time, the sentence with
the time is not said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

#: A field of MailContent, by the name that each language's words have for it.
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "sv": {
        "mottagare": "recipient",
        "nummer": "number",
        "ärende": "subject",
        "kund": "customer",
        "organisation": "organisation",
        "avsändare": "author",
        "vem_som_svarar": "answered_by",
        "svar_senast": "due",
        "typ": "kind",
        "prioritet": "priority",
        "supportdesk": "desk",
    },
    "en": {
        "recipient": "recipient",
        "number": "number",
        "subject": "subject",
        "customer": "customer",
        "organisation": "organisation",
        "author": "author",
        "who_answers": "answered_by",
        "answer_by": "due",
        "kind": "kind",
        "priority": "priority",
        "desk": "desk",
    },
}
LONGEST_HEADING: Final = 120
LONGEST_TEXT: Final = 4000
_NAME: Final = re.compile(r"\{([^{}\n]*)\}")

FaultKind: TypeAlias = Literal["unknown-value", "stray-brace", "too-long", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """As the desk wrote them: the heading in one line, paragraphs with an empty line between."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The same with its values, ready to be shown as text."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why words cannot be saved: where, what, and the piece that is meant."""

    field: Literal["heading", "text"]
    kind: FaultKind
    piece: str = ""


def faults_of(words: OwnWords, *, language: str) -> list[Fault]:
    """Everything that is wrong with the words; empty when they can be saved."""
    faults: list[Fault] = []
    if not words.text.strip():
        faults.append(Fault("text", "empty"))
    parts: tuple[tuple[Literal["heading", "text"], str, int], ...] = (
        ("heading", words.heading, LONGEST_HEADING),
        ("text", words.text, LONGEST_TEXT),
    )
    for field, written, longest in parts:
        unknown = [name for name in _NAME.findall(written) if name not in VALUES[language]]
        faults += [Fault(field, "unknown-value", f"{{{name}}}") for name in dict.fromkeys(unknown)]
        if re.search(r"[{}]", _NAME.sub("", written)):
            faults.append(Fault(field, "stray-brace"))
        if len(written) > longest:
            faults.append(Fault(field, "too-long", str(longest)))
    return faults


def filled(words: OwnWords, *, values: Mapping[str, str | None], language: str) -> Filled:
    """The words with their values, paragraph by paragraph; one that lacks a value is left out."""
    said = [_filled(text, values, language) for text in re.split(r"\n\s*\n", words.text.replace("\r\n", "\n"))]
    return Filled(
        heading=" ".join((_filled(words.heading, values, language) or "").split()),
        paragraphs=tuple(text.strip() for text in said if text is not None and text.strip()),
    )


def _filled(text: str, values: Mapping[str, str | None], language: str) -> str | None:
    """None when a value is missing. One pass: what a value holds is never read as a name."""
    names = VALUES[language]
    if any(not values[names[name]] for name in _NAME.findall(text) if name in names):
        return None
    return _NAME.sub(lambda found: _value(found, values, names), text)


def _value(found: re.Match[str], values: Mapping[str, str | None], names: Mapping[str, str]) -> str:
    """A name that has left the list since the words were saved stands as it was written."""
    field = names.get(found[1])
    return found[0] if field is None else values[field] or ""


def names_as_values(language: str) -> dict[str, str]:
    """Every field of MailContent that words may name, holding that name in braces."""
    return {field: f"{{{name}}}" for name, field in VALUES[language].items()}
