"""What readers see of a manual: each page in one or two queries, through `ArticleText.readable`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion, Manual

#: Below one section more are not listed on a page; search finds the rest.
MOST_LISTED: Final = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """An article by its name, in the language asked for or, where it has none there, in another."""

    id: int
    slug: str
    parent_id: int | None
    position: int
    title: str
    summary: str
    language: str
    product: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section at the top of the manual with the first of what stands right below it, and how many there are more."""

    entry: Entry
    below: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as it is read."""

    entry: Entry
    lineage: tuple[int, ...]
    html: str
    contents: tuple[tuple[int, str, str], ...]
    version_id: int
    published_at: datetime
    is_behind: bool
    since_version: str
    until_version: str
    #: Every language in which this reader can read it.
    languages: tuple[str, ...]


_NAMED: Final = (
    *("article_id", "article__slug", "article__parent_id", "article__position"),
    *("live__title", "live__summary", "language", "article__product"),
)


def read_article(reader: ManualReader, *, slug: str, language: str) -> ReadArticle | None:
    """The article, in another language where it has none in this one; None unless the reader may. One query."""
    texts = list(ArticleText.readable.by(reader).filter(article__slug=slug).select_related("article", "live"))
    if not texts:
        return None
    text = next((one for one in texts if one.language == language), texts[0])
    live, article = text.live, text.article
    if live is None or text.published_at is None:
        return None
    return ReadArticle(
        entry=Entry(
            article.pk,
            article.slug,
            article.parent_id,
            article.position,
            live.title,
            live.summary,
            text.language,
            article.product,
        ),
        lineage=tuple(article.lineage),
        html=live.html,
        contents=tuple((level, anchor, words) for level, anchor, words in live.contents),
        version_id=live.pk,
        published_at=text.published_at,
        is_behind=text.is_behind,
        since_version=article.since_version,
        until_version=article.until_version,
        languages=tuple(sorted(one.language for one in texts)),
    )


def around(reader: ManualReader, *, article: ReadArticle, language: str) -> list[Entry]:
    """What stands around an article: the top, each level of the way to it, and what stands below it. One query."""
    parents = [*article.lineage, article.entry.id]
    return _entries(reader, Q(article__parent=None) | Q(article__parent__in=parents), language=language)


def front_sections(reader: ManualReader, *, language: str, most: int) -> list[Section]:
    """The sections at the top, each with the first `most` articles right below it: the front page. Three queries."""
    tops = _entries(reader, Q(article__parent=None), language=language)
    among = _first_below(reader, [top.id for top in tops], language=language, most=most)
    listed = defaultdict(list)
    for entry in _entries(reader, Q(article__in=list(among)), language=language):
        listed[entry.parent_id].append(entry)
    return [
        Section(top, tuple(below), more=among[below[0].id] - len(below) if below else 0)
        for top, below in ((top, listed[top.id]) for top in tops)
    ]


def _first_below(reader: ManualReader, parents: list[int], *, language: str, most: int) -> dict[int, int]:
    """The first articles right below each of these, and among how many; without the words of all the others."""
    ranked = (
        _in_one_language(reader, language)
        .filter(article__parent__in=parents)
        .annotate(
            place=Window(RowNumber(), partition_by="article__parent", order_by=["article__position", "article__slug"]),
            among=Window(Count("pk"), partition_by="article__parent"),
        )
        .filter(place__lte=most)
    )
    return dict(ranked.values_list("article_id", "among"))


def entries_of(reader: ManualReader, *, article_ids: Iterable[int], language: str) -> dict[int, Entry]:
    """Articles by their ids, those that the reader may not read left out. One query."""
    found = _entries(reader, Q(article__in=list(article_ids)), language=language)
    return {entry.id: entry for entry in found}


def newest(reader: ManualReader, *, language: str, most: int) -> list[tuple[Entry, datetime]]:
    """What was published last in this language. One query."""
    rows = _published(reader, language).order_by("-published_at", "-pk").values_list(*_NAMED, "published_at")[:most]
    return [(Entry(*row[:-1]), row[-1]) for row in rows]


def every_address(reader: ManualReader) -> list[tuple[str, str, datetime]]:
    """(slug, language, published) of everything that the reader may read, for `sitemap.xml`. One query."""
    texts = ArticleText.readable.by(reader).order_by("article__slug", "language")
    rows = texts.values_list("article__slug", "language", "published_at")
    return [(slug, language, published_at) for slug, language, published_at in rows if published_at]


def public_manuals() -> list[str]:
    """The slugs of the desks whose help centre everybody may read. One query."""
    return list(Manual.unscoped.filter(is_public=True).order_by("desk__slug").values_list("desk__slug", flat=True))


def manual_of(desk_id: int) -> Manual | None:
    """The desk's manual, if it has begun one."""
    return Manual.unscoped.filter(desk=desk_id).first()


def versions_of(*, desk_id: int, slug: str, language: str) -> QuerySet[ArticleVersion]:
    """Every version of a text, the newest first: for editors."""
    article = Article.unscoped.filter(desk=desk_id, slug=slug)
    return ArticleVersion.unscoped.filter(article__in=article, language=language).order_by("-number")


def _published(reader: ManualReader, language: str) -> QuerySet[ArticleText]:
    return ArticleText.readable.by(reader).filter(language=language)


def _in_one_language(reader: ManualReader, language: str) -> QuerySet[ArticleText]:
    """Each article once: in this language, or where it has none there in the other."""
    here = _published(reader, language).filter(article=OuterRef("article"))
    return ArticleText.readable.by(reader).filter(Q(language=language) | ~Exists(here))


def _entries(reader: ManualReader, which: Q, *, language: str) -> list[Entry]:
    """In the tree's order, each article once: in the language where it has one."""
    rows = (
        ArticleText.readable.by(reader)
        .filter(which)
        .order_by("article__position", "article__slug", "language")
        .values_list(*_NAMED)
    )
    chosen: dict[int, Entry] = {}
    for row in rows:
        entry = Entry(*row)
        if entry.id not in chosen or entry.language == language:
            chosen[entry.id] = entry
    return list(chosen.values())
