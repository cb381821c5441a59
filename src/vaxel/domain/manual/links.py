"""Whether the links of a text lead somewhere: to an article, to a heading, or to an address that readers may follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vaxel.domain.manual.body import anchors, is_address, is_within, links, slug_of
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion

#: Where a browser goes without any heading of that name: to the top of the page.
_TOP: Final = frozenset({"", "top"})


class LeadsNowhereError(ValueError):
    """The text has links that lead nowhere, each as the text writes it, by what is missing."""

    def __init__(
        self, *, articles: tuple[str, ...] = (), headings: tuple[str, ...] = (), addresses: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{len(articles) + len(headings) + len(addresses)} links lead nowhere")
        #: Links to articles that the manual does not have.
        self.articles = articles
        #: Links to headings that neither this text nor the article that is named has.
        self.headings = headings
        #: What is no address that a reader may follow: `javascript:…`.
        self.addresses = addresses


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to an article, or (no slug) to a heading of its own text."""

    written: str
    slug: str
    heading: str


def require_links_lead(version: ArticleVersion) -> None:
    """Refuse words with a link that leads nowhere. Two queries at most.

    An article that waits for its readers will do, and so will a heading that waits in its draft: both may be published
    on the same day. Raises LeadsNowhereError.
    """
    written = list(dict.fromkeys(links(version.markdown)))
    named = [_link(one) for one in written if is_within(one)]
    known = _known(version, {one.slug for one in named})
    found = _headings(version, {one.slug for one in named if one.heading not in _TOP})
    articles = tuple(one.written for one in named if one.slug not in known)
    headings = tuple(
        one.written
        for one in named
        if one.slug in known and one.heading not in _TOP and one.heading not in found.get(one.slug, ())
    )
    own = headings_missing(version.markdown)
    addresses = tuple(one for one in written if not is_address(one))
    if articles or headings or own or addresses:
        raise LeadsNowhereError(articles=articles, headings=(*own, *headings), addresses=addresses)


def headings_missing(markdown: str) -> tuple[str, ...]:
    """The links of a text to headings that it does not have itself, as `#utseende`. Raises body.BodyTooLongError."""
    named = [one for one in dict.fromkeys(links(markdown)) if one.startswith("#") and one[1:] not in _TOP]
    there = anchors(markdown) if named else frozenset()
    return tuple(one for one in named if one[1:] not in there)


def _link(written: str) -> _Link:
    path, _, heading = written.partition("#")
    return _Link(written, slug_of(path), heading)


def _known(version: ArticleVersion, slugs: Iterable[str]) -> set[str]:
    there = Article.unscoped.filter(desk=version.desk_id, slug__in=slugs, archived_at=None)
    return set(there.values_list("slug", flat=True)) if slugs else set()


def _headings(version: ArticleVersion, slugs: Iterable[str]) -> dict[str, set[str]]:
    """The headings of each article in the text's language, or in all that it has: that is what readers are shown."""
    if not slugs:
        return {}
    texts = ArticleText.unscoped.filter(desk=version.desk_id, article__slug__in=slugs)
    own: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for text in texts.select_related("article", "live", "draft"):
        found = (own if text.language == version.language else others).setdefault(text.article.slug, set())
        for words in filter(None, (text.live, text.draft)):
            found |= anchors(words.markdown)
    return others | own
