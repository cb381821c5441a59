"""Passages of an article: what an answer takes over instead of all of it."""

import re
from dataclasses import dataclass
from typing import Final

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.body import addressed
from vaxel.domain.manual.queries import ReadArticle, read_article

_HEADING: Final = re.compile(r'<h[23] id="([^"]+)">')


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article from one heading to the next; the first one has no heading and no anchor."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Quotable:
    """An article as an answer may take from it."""

    article: ReadArticle
    passages: tuple[Passage, ...]


def quotable(reader: ManualReader, *, slug: str, language: str, base: str) -> Quotable | None:
    """The article cut at its headings, when the one who is answered may read it; one query.

    `base` is the help centre's whole address, for links and pictures.
    """
    article = read_article(reader, slug=slug, language=language)
    if article is None:
        return None
    names = {anchor: words for _level, anchor, words in article.contents}
    pieces = _HEADING.split(addressed(article.html, base=base))
    parts = [Passage("", article.entry.title, pieces[0].strip())]
    parts += [
        Passage(anchor, names.get(anchor, anchor), _without_heading(html))
        for anchor, html in zip(pieces[1::2], pieces[2::2], strict=True)
    ]
    return Quotable(article, tuple(part for part in parts if part.html))


def _without_heading(html: str) -> str:
    """What stands below a heading whose opening tag was cut off."""
    return re.sub(r"^.*?</h[23]>", "", html, count=1, flags=re.DOTALL).strip()
