"""What the help centre's pages show, as plain values: the tree around an article, the article, hits of a search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from markupsafe import Markup

from vaxel.domain.desks.policies import NoPolicyError, current_policy
from vaxel.domain.manual.body import addressed
from vaxel.domain.manual.queries import MOST_LISTED, Entry, ReadArticle, front_sections
from vaxel.insight.search.articles import ArticleHit, Excerpt
from vaxel.insight.search.sought import Sought
from vaxel.surfaces.helpcentre.frame import Alternate, help_url
from vaxel.surfaces.helpcentre.place import HelpPlace
from vaxel.surfaces.ui.moments import day
from vaxel.surfaces.ui.shapes import Link

#: Articles that a section names on the front page; its own page has all.
_MOST_ON_FRONT: Final = 5
#: A list of contents is worth its room from so many headings on.
_FEWEST_HEADINGS: Final = 3
#: With more headings it is folded: it would push the text off the screen.
_MOST_UNFOLDED: Final = 15
#: With more it names only those of the upper level, if there are several.
_MOST_OF_BOTH_LEVELS: Final = 40
#: A level of the tree beside an article; longer ones are found by search and on their section's page.
_LONGEST_LEVEL: Final = 40


@dataclass(frozen=True, slots=True)
class Branch:
    """An article in the tree: where it leads, and what stands below it. `language` is set where it is another one."""

    title: str
    url: str
    summary: str = ""
    language: str = ""
    current: bool = False
    below: tuple["Branch", ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands on the page; a long list is folded also where there is room."""

    headings: tuple[Heading, ...]
    is_long: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything an article's page shows."""

    title: str
    summary: str
    html: Markup
    #: Set when the words are not in the page's language.
    language: str
    crumbs: tuple[Link, ...]
    tree: tuple[Branch, ...]
    below: tuple[Branch, ...]
    contents: Contents | None
    published: str
    valid: str
    is_behind: bool
    others: tuple[Alternate, ...]
    verdict_url: str
    wish_url: str
    version_id: int
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class HitRow:
    title: Excerpt
    url: str
    summary: str
    excerpt: Excerpt
    product: str


def front_branches(place: HelpPlace) -> tuple[Branch, ...]:
    """The sections with the first of what stands in them."""
    sections = front_sections(place.reader, language=place.language, most=_MOST_ON_FRONT)
    return tuple(_branch(place, one.entry, below=one.below, more=one.more) for one in sections)


def article_page(place: HelpPlace, article: ReadArticle, entries: Sequence[Entry]) -> ArticlePage:
    """The article with the tree around it; `entries` are those of `queries.around`."""
    by_id = {entry.id: entry for entry in entries}
    entry = article.entry
    above = [by_id[one] for one in article.lineage if one in by_id]
    siblings = _below(entries, entry.parent_id)
    at = next((index for index, one in enumerate(siblings) if one.id == entry.id), 0)
    home = Link(label=_("Manual"), url=help_url("home", place, language=place.language))
    own = "" if entry.language == place.language else entry.language
    return ArticlePage(
        title=entry.title,
        summary=entry.summary,
        html=article_html(place, article.html),
        language=own,
        crumbs=(home, *(_link(place, one) for one in above)),
        tree=_tree(place, entries, open_ids={entry.id, *article.lineage}, current=entry.id),
        below=tuple(_branch(place, one) for one in _below(entries, entry.id)[:MOST_LISTED]),
        contents=_contents(article),
        published=day(_on(place, article.published_at), today=_on(place, place.now), language=place.language),
        valid=_valid(article),
        is_behind=article.is_behind,
        others=tuple(one for one in alternates(place, article) if one.language != place.language),
        verdict_url=help_url("verdict", place, language=place.language, slug=entry.slug),
        wish_url=f"{help_url('wish_new', place, language=place.language)}?{urlencode({'article': entry.slug})}",
        version_id=article.version_id,
        previous=_link(place, siblings[at - 1]) if at > 0 else None,
        next=_link(place, siblings[at + 1]) if at + 1 < len(siblings) else None,
    )


def article_html(place: HelpPlace, html: str) -> Markup:
    """The stored body with this help centre's addresses; it was cleaned when it was saved."""
    return Markup(addressed(html, base=help_url("front", place)))  # noqa: S704  # see above, and domain/manual/body.py


def alternates(place: HelpPlace, article: ReadArticle) -> tuple[Alternate, ...]:
    """The article's page in each language that it is written in."""
    return tuple(
        Alternate(one, help_url("article", place, language=one, slug=article.entry.slug)) for one in article.languages
    )


def hit_rows(place: HelpPlace, hits: Iterable[ArticleHit], words: Sought) -> tuple[HitRow, ...]:
    """The hits, with the names that the desk gives its products."""
    names = _product_names(place)
    return tuple(
        HitRow(
            title=words.marked(hit.title),
            url=help_url("article", place, language=place.language, slug=hit.slug),
            summary=hit.summary,
            excerpt=_excerpt(hit, words),
            product=names.get(hit.product, ""),
        )
        for hit in hits
    )


def _excerpt(hit: ArticleHit, words: Sought) -> Excerpt:
    """Where the words stand; when they stand in the title alone, the summary says more than the text's beginning."""
    held = any(is_found for _words, is_found in hit.excerpt.parts)
    return hit.excerpt if held or not hit.summary else words.marked(hit.summary)


def newest_links(place: HelpPlace, entries: Iterable[Entry]) -> tuple[Link, ...]:
    """Articles as a plain list."""
    return tuple(_link(place, entry) for entry in entries)


def _product_names(place: HelpPlace) -> dict[str, str]:
    try:
        policy = current_policy(place.desk)
    except NoPolicyError:
        return {}
    return {name: product.name.in_(place.language) for name, product in policy.file.products.items()}


def _tree(
    place: HelpPlace, entries: Sequence[Entry], *, open_ids: set[int], current: int, parent: int | None = None
) -> tuple[Branch, ...]:
    """The top, and what stands below each article on the way to the current one."""
    return tuple(
        Branch(
            title=one.title,
            url=_url(place, one),
            language=_other(place, one),
            current=one.id == current,
            below=_tree(place, entries, open_ids=open_ids, current=current, parent=one.id)
            if one.id in open_ids
            else (),
        )
        for one in _near(_below(entries, parent), open_ids)
    )


def _near(siblings: list[Entry], open_ids: set[int]) -> list[Entry]:
    """All of a level, and of a very long one those around the article that is open."""
    if len(siblings) <= _LONGEST_LEVEL:
        return siblings
    at = next((index for index, one in enumerate(siblings) if one.id in open_ids), 0)
    first = max(0, at - _LONGEST_LEVEL // 2)
    return siblings[first : first + _LONGEST_LEVEL]


def _branch(place: HelpPlace, entry: Entry, *, below: Sequence[Entry] = (), more: int = 0) -> Branch:
    inner = tuple(_branch(place, one) for one in below)
    return Branch(entry.title, _url(place, entry), entry.summary, _other(place, entry), below=inner, more=more)


def _below(entries: Sequence[Entry], parent: int | None) -> list[Entry]:
    return [one for one in entries if one.parent_id == parent]


def _link(place: HelpPlace, entry: Entry) -> Link:
    return Link(label=entry.title, url=_url(place, entry))


def _url(place: HelpPlace, entry: Entry) -> str:
    return help_url("article", place, language=place.language, slug=entry.slug)


def _other(place: HelpPlace, entry: Entry) -> str:
    return "" if entry.language == place.language else entry.language


def _contents(article: ReadArticle) -> Contents | None:
    headings = tuple(Heading(level, f"#{anchor}", words) for level, anchor, words in article.contents)
    if len(headings) < _FEWEST_HEADINGS:
        return None
    if len(headings) > _MOST_OF_BOTH_LEVELS:
        top = min(heading.level for heading in headings)
        upper = tuple(heading for heading in headings if heading.level == top)
        headings = upper if len(upper) >= _FEWEST_HEADINGS else headings
    return Contents(headings, is_long=len(headings) > _MOST_UNFOLDED)


def _valid(article: ReadArticle) -> str:
    """Which versions of the product it is true of, as a sentence; empty for all."""
    since, until = article.since_version, article.until_version
    if since and until:
        return _("Applies to versions %(since)s to %(until)s") % {"since": since, "until": until}
    if since:
        return _("Applies from version %(since)s") % {"since": since}
    return _("Applies up to version %(until)s") % {"until": until} if until else ""


def _on(place: HelpPlace, at: datetime) -> date:
    """The day that it is at the desk."""
    return place.desk.day_of(at)
