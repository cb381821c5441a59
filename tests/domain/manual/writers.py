"""Articles made through the real doors."""

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.models import Article, ArticleText
from vaxel.domain.manual.tree import Place, place_article, set_up_manual
from vaxel.domain.manual.writing import ArticleWords, publish, save_draft


def begin_manual(desk: Desk, *, is_public: bool = True) -> None:
    """The desk has a manual with nothing in it."""
    set_up_manual(desk_id=desk.pk, is_public=is_public, by=SYSTEM, now=world.NOW)


def make_article(
    desk: Desk,
    slug: str,
    *,
    title: str = "",
    markdown: str = "Text.",
    language: str = "sv",
    live: bool = True,
    summary: str = "",
    keywords: tuple[str, ...] = (),
    **place: str | int,
) -> Article:
    """An article at its place with a text in one language, published unless told otherwise."""
    article = place_article(desk_id=desk.pk, place=Place(slug=slug, **place), by=SYSTEM, now=world.NOW)  # type: ignore[arg-type]  # a test names what it means
    write(article, title=title or slug, markdown=markdown, language=language, summary=summary, keywords=keywords)
    if live:
        publish(article=article, language=language, by=SYSTEM, now=world.NOW)
    return article


def write(
    article: Article,
    *,
    title: str = "Titel",
    markdown: str = "Text.",
    language: str = "sv",
    summary: str = "",
    keywords: tuple[str, ...] = (),
) -> None:
    """Save a draft."""
    words = ArticleWords(title=title, markdown=markdown, summary=summary, keywords=keywords)
    save_draft(article=article, language=language, words=words, by=SYSTEM, now=world.NOW)


def text_of(article: Article, language: str = "sv") -> ArticleText:
    """The text as it is now."""
    return ArticleText.unscoped.select_related("live", "draft").get(article=article, language=language)
