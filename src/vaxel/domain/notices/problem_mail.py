"""The mail that tells about a known problem: its values and its words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vaxel.domain.notices.compose import Composed, rendered

#: The kind of mail, as people choose it (`ways.py`) and as its row says it.
KIND: Final = "problem-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemMail:
    """Every value that the template may name, in the mail's language."""

    language: str
    desk: str
    recipient: str
    title: str
    #: What was told, in paragraphs.
    told: tuple[str, ...]
    #: What to do meanwhile, in paragraphs; empty when there is nothing, or no more need.
    workaround: tuple[str, ...]
    #: "open", "fixed" or "withdrawn".
    state: str
    #: The recipient has unfinished tickets about it.
    has_tickets: bool
    link: str
    choices_link: str
    #: The desk's colour, "#rrggbb".
    accent: str


def problem_mail(mail: ProblemMail) -> Composed:
    """The finished mail."""
    return rendered(f"{KIND}.{mail.language}.jinja", mail)


def in_language(text: Mapping[str, str], language: str) -> str:
    """A text of the desk in this language, or in the one that there is."""
    return text.get(language) or next((each for each in text.values() if each), "")


def paragraphs(text: str) -> tuple[str, ...]:
    """Words as they were typed, by empty lines."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(part.strip() for part in parts if part.strip())
