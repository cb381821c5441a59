"""What somebody wrote in a ticket, as a mail may show it."""

from dataclasses import dataclass
from typing import Final

import nh3
from markupsafe import Markup, escape

#: What an answer may hold in a mail. No pictures: those are in the ticket, behind sign-in.
_TEXT: Final = {"p", "br", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre"}
_INLINE: Final = {"a", "b", "code", "em", "i", "s", "strong", "u"}
_TABLE: Final = {"table", "thead", "tbody", "tr", "th", "td"}
_SCHEMES: Final = {"https", "http", "mailto", "tel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a message; `html` is empty when they came as plain text."""

    text: str
    html: str = ""
    #: Empty when it is not known.
    language: str = ""
    attachments: int = 0


def as_html(said: Said) -> Markup:
    """The words as safe HTML: cleaned once more here, whoever stored them, or made from the plain text."""
    if said.html:
        clean = nh3.clean(said.html, tags=_TEXT | _INLINE | _TABLE, attributes={"a": {"href"}}, url_schemes=_SCHEMES)
        return Markup(clean)  # noqa: S704  # the only place in mails, and the cleaner has just run
    paragraphs = said.text.replace("\r\n", "\n").split("\n\n")
    return Markup("\n").join(_paragraph(each.strip()) for each in paragraphs if each.strip())


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(escape(line) for line in text.split("\n")))
