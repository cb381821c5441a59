"""Put a mail together: subject, text and HTML from one template per kind and language.

A template is whole sentences with a closed list of values (`MailContent`); words that people wrote are only ever
values, never templates (trust 49). The same template makes the text part and the HTML part: it names shapes
(`paragraph`, `facts`, `link` …) that are written out as text or as HTML, so the two always say the same.
A desk's own words stand in place of the template's opening (`own_words.py`); what follows is the same for all.

All mails to a customer about one ticket have the same subject: mail programs then show them as one conversation. Two
are apart: a colleague's first mail, and an offer to somebody who may say yes, who shall see in the list what it wants.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.job_mail import NO_JOB, JobSaid
from vaxel.domain.notices.own_words import VALUES, Filled, OwnWords, filled, names_as_values
from vaxel.domain.notices.said import Said, as_html

LANGUAGES: Final = ("sv", "en")
_TEMPLATES: Final = Path(__file__).parent / "templates" / "mail"
_LONGEST_SUBJECT: Final = 200
#: What the mail programs of the north, of Germany, France, the Netherlands and Spain put before a subject.
_REPLY_MARKS: Final = re.compile(
    r"^(?:\s*(?:re|sv|aw|antw|ref|fwd?|vb|vs|vl|wg|tr|rv)(?:\[\d+\])?\s?:)+\s*", re.IGNORECASE
)


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
    #: An earlier promise holds no more, and there is no other.
    is_time_taken_back: bool = False
    reasons: tuple[str, ...] = ()
    said: Said | None = None
    #: What a mail has not told and is asked back.
    wanted: tuple[str, ...] = ()
    #: Empty for whoever has no sign-in.
    link: str = ""
    #: The other ticket that the mail is about: the one that the question was taken out of, or goes on in.
    other: str = ""
    #: Who of the staff wrote down what the asker said; empty where the asker wrote.
    written_down_by: str = ""
    is_call: bool = False
    for_colleague: bool = False
    #: The colleague was in a mail's copy and has been let in.
    is_let_in: bool = False
    for_staff: bool = False
    #: The customer's own people answer; the vendor has not got the question.
    among_colleagues: bool = False
    #: The ticket is solved as the mail is written: whoever asked opens it again by answering.
    is_solved: bool = False
    #: What is sent to the desk's address is read, so that one can just answer.
    can_reply: bool = False
    #: An earlier mail of the conversation has gone to, or come from, the same address.
    is_reply: bool = False
    #: Where the recipient chooses which mails come; empty for whoever has no sign-in.
    choices_link: str = ""
    #: The desk's colour, "#rrggbb": a line under its name.
    accent: str = "#1f5fae"
    #: The small job that the mail is about; all empty in the others.
    job: JobSaid = NO_JOB


_NOTHING: Final = MailContent(
    language="",
    desk="",
    number="",
    subject="",
    recipient="",
    customer="",
    organisation="",
    author="",
    answered_by="",
)


@dataclass(frozen=True, slots=True)
class Composed:
    subject: str
    text: str
    html: str


def compose(kind: NoticeKind, content: MailContent, own: OwnWords | None = None) -> Composed:
    """The finished mail. Raises jinja2.UndefinedError if a template names what there is not."""
    name = f"{kind.value}.{content.language}.jinja"
    said = None if own is None else filled(own, values=_values(content), language=content.language)
    subject = _subject(name, content)
    return Composed(
        subject=subject,
        text=_tidy(_render(name, content, said, shape="text", subject=subject)),
        html=_render(name, content, said, shape="html", subject=subject),
    )


def rendered(name: str, mail: object) -> Composed:
    """A mail that is about no ticket: its template names the subject too, and `mail` is all that it may say."""
    template = _environment("text").get_template(name)
    subject = one_line("".join(template.blocks["subject"](template.new_context({"mail": mail}))))
    parts = {
        shape: _environment(shape)
        .get_template(name)
        .render(
            mail=mail,
            own=None,
            subject=subject,
            shape=_environment(shape).get_template(f"shape_{shape}.jinja").module,
            layout=f"layout_{shape}.jinja",
        )
        for shape in ("text", "html")
    }
    return Composed(subject=subject, text=_tidy(parts["text"]), html=parts["html"])


def _values(content: MailContent) -> dict[str, str | None]:
    return {field: getattr(content, field) for field in VALUES[content.language].values()}


def standard_words(kind: NoticeKind, language: str, *, can_reply: bool = False) -> OwnWords:
    """What the template says to whoever asked, with the names of its values: where a desk begins its own words."""
    caught = _Caught()
    template = _environment("text").get_template(f"{kind.value}.{language}.jinja")
    named = replace(_NOTHING, language=language, can_reply=can_reply, **names_as_values(language))  # type: ignore[arg-type]  # fields by name, all of them texts
    "".join(template.blocks["opening"](template.new_context({"mail": named, "shape": caught})))
    return OwnWords(heading=caught.title, text="\n\n".join(caught.paragraphs))


class _Caught:
    """The shapes that an opening may use, noting what they are given."""

    def __init__(self) -> None:
        self.title = ""
        self.paragraphs: list[str] = []

    def heading(self, words: str) -> str:
        self.title = words
        return ""

    def paragraph(self, caller: Callable[[], str]) -> str:
        self.paragraphs.append(caller().strip())
        return ""


def _subject(name: str, content: MailContent) -> str:
    """For staff, for a colleague's first mail and for an offer that its reader can accept, what has happened; for
    customers otherwise, the conversation's subject.
    """
    template = _environment("text").get_template(name)
    says_what = content.for_staff or content.for_colleague or content.job.answer_link
    if "subject" in template.blocks and says_what:
        context = template.new_context({"mail": content})
        return one_line(f"[{content.number}] {''.join(template.blocks['subject'](context))}")
    again = "Re: " if content.is_reply else ""
    return one_line(f"{again}[{content.number}] {bare_subject(content.subject, number=content.number)}")


def bare_subject(subject: str, *, number: str) -> str:
    """Without the ticket's number and without the marks that mail programs put before: both stand there once."""
    return _REPLY_MARKS.sub("", subject.replace(f"[{number}]", " ")).strip() or subject


def _render(name: str, content: MailContent, own: Filled | None, *, shape: str, subject: str) -> str:
    environment = _environment(shape)
    shapes: Any = environment.get_template(f"shape_{shape}.jinja").module
    return environment.get_template(name).render(
        mail=content,
        own=own,
        subject=subject,
        shape=shapes,
        layout=f"layout_{shape}.jinja",
        footer=f"footer.{content.language}.jinja",
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
