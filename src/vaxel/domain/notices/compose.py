"""Put a mail together: subject, text and HTML from one template per kind and language.

A template is whole sentences with a closed list of values (`MailContent`); words that people wrote are only ever
values, never templates (trust 49). The same template makes the text part and the HTML part: it names shapes
(`paragraph`, `facts`, `link` …) that are written out as text or as HTML, so the two always say the same.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.said import Said, as_html

LANGUAGES: Final = ("sv", "en")
_TEMPLATES: Final = Path(__file__).parent / "templates" / "mail"
_LONGEST_SUBJECT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContent:
    """Every value that a template may name. Texts are in the mail's language; empty ones are left out."""

    language: str
    desk: str
    number: str
    subject: str
    recipient: str
    customer: str
    organisation: str
    #: Who did what the mail is about.
    author: str
    answered_by: str
    kind: str = ""
    priority: str = ""
    #: The promise as an instant in words; None where the terms give none.
    due: str | None = None
    is_guarantee: bool = False
    reasons: tuple[str, ...] = ()
    said: Said | None = None
    #: Empty for whoever has no sign-in.
    link: str = ""
    for_colleague: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    subject: str
    text: str
    html: str


def compose(kind: NoticeKind, content: MailContent) -> Composed:
    """The finished mail. Raises jinja2.UndefinedError if a template names what there is not."""
    name = f"{kind.value}.{content.language}.jinja"
    return Composed(
        subject=(subject := one_line(f"[{content.number}] {_subject(name, content)}")),
        text=_tidy(_render(name, content, shape="text", subject=subject)),
        html=_render(name, content, shape="html", subject=subject),
    )


def _subject(name: str, content: MailContent) -> str:
    template = _environment("text").get_template(name)
    context = template.new_context({"mail": content})
    return "".join(template.blocks["subject"](context))


def _render(name: str, content: MailContent, *, shape: str, subject: str) -> str:
    environment = _environment(shape)
    shapes: Any = environment.get_template(f"shape_{shape}.jinja").module
    return environment.get_template(name).render(
        mail=content, subject=subject, shape=shapes, layout=f"layout_{shape}.jinja"
    )


@cache
def _environment(shape: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=shape == "html",  # noqa: S701  # the text part is no markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["as_html"] = as_html
    return environment


def one_line(words: str) -> str:
    """One line of printable characters, cut with a mark: fit for a header, whatever people typed (trust 20)."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _tidy(text: str) -> str:
    """Never more than one empty line after another, and a line break at the end."""
    lines = [line.rstrip() if line != "-- " else line for line in text.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"
