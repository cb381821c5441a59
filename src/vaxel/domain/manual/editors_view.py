"""What editors see of a manual: every article with its marks, and one with all that is known of its texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion
from vaxel.domain.manual.writing import ArticleWords, words_of
from vaxel.kit.tenancy import Scope

#: Articles on one page of the tree; a section's own page and the search have the rest.
MOST: Final = 300

Which = Literal["", "drafts", "planned", "behind", "archived"]
WHICH: Final[tuple[Which, ...]] = ("", "drafts", "planned", "behind", "archived")


@dataclass(frozen=True, slots=True)
class TextMarks:
    """How an article stands in one language."""

    language: str
    title: str
    is_live: bool
    has_draft: bool
    publish_at: datetime | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class ArticleMarks:
    """An article in the editors' tree."""

    id: int
    slug: str
    parent_id: int | None
    product: str
    audience: str
    #: Others stand under it.
    is_section: bool
    texts: tuple[TextMarks, ...]

    def title(self, language: str) -> str:
        """In this language, or in one that it has, or by its address."""
        titles = {text.language: text.title for text in self.texts if text.title}
        return titles.get(language) or next(iter(titles.values()), self.slug)


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text as an editor begins: the draft, or what readers see. `number` is the newest version's, 0 for none."""

    language: str
    words: ArticleWords
    number: int
    live: ArticleVersion | None
    published_at: datetime | None
    draft: ArticleVersion | None
    publish_at: datetime | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class EditedArticle:
    """An article with a text for every language of the desk."""

    article: Article
    texts: Mapping[str, EditedText]

    @property
    def pictures(self) -> dict[str, str]:
        """What paths of pictures mean in it, whatever the language."""
        return {path: digest for text in self.texts.values() for path, digest in text.words.pictures.items()}

    def title(self, language: str) -> str:
        """In this language, or in one that it has, or by its address."""
        titles = {name: text.words.title for name, text in self.texts.items() if text.words.title}
        return titles.get(language) or next(iter(titles.values()), self.article.slug)


def articles_for_editors(
    scope: Scope, *, under: int | None = None, which: Which = "", words: str = ""
) -> list[ArticleMarks]:
    """Two levels of the tree below an article (None: from the top), or all that a mark or words of a title mean.

    In the tree's order; two queries.
    """
    articles = Article.objects.within(scope).filter(archived_at__isnull=which != "archived")
    if which or words:
        articles = articles.filter(pk__in=_meant(scope, which, words)) if which != "archived" or words else articles
    else:
        articles = articles.filter(Q(parent=under) | Q(parent__parent=under, parent__isnull=False))
    below = Article.unscoped.filter(parent=OuterRef("pk"), archived_at=None)
    rows = list(articles.annotate(is_section=Exists(below)).order_by("position", "slug")[:MOST])
    texts = _marks(scope, [row.pk for row in rows])
    return [
        ArticleMarks(
            row.pk, row.slug, row.parent_id, row.product, row.audience, row.is_section, tuple(texts.get(row.pk, ()))
        )
        for row in rows
    ]


def article_to_edit(scope: Scope, *, slug: str, languages: Iterable[str]) -> EditedArticle | None:
    """The article with what editors are working on; an archived one too. Two queries."""
    article = Article.objects.within(scope).select_related("parent").filter(slug=slug).first()
    if article is None:
        return None
    versions = ArticleVersion.unscoped.filter(article=OuterRef("article"), language=OuterRef("language"))
    texts = (
        ArticleText.objects.within(scope)
        .filter(article=article)
        .select_related("live", "draft")
        .annotate(newest=Subquery(versions.order_by("-number").values("number")[:1]))
    )
    known = {text.language: _edited(text, number=text.newest or 0) for text in texts}
    nothing = ArticleWords(title="", markdown="")
    return EditedArticle(
        article=article,
        texts={
            language: known.get(language) or EditedText(language, nothing, 0, None, None, None, None, is_behind=False)
            for language in languages
        },
    )


def places_for(scope: Scope, *, language: str) -> list[tuple[str, str, int]]:
    """(slug, title, depth) of every article that something may stand under, in the tree's order. Two queries."""
    rows = list(Article.objects.within(scope).filter(archived_at=None).order_by("position", "slug"))
    marks = _marks(scope, [row.pk for row in rows])
    below: dict[int | None, list[Article]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    places: list[tuple[str, str, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in below.get(parent, ()):
            titles = {text.language: text.title for text in marks.get(row.pk, ())}
            places.append((row.slug, titles.get(language) or next(iter(titles.values()), row.slug), depth))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return places


def _edited(text: ArticleText, *, number: int) -> EditedText:
    shown = text.draft or text.live
    return EditedText(
        language=text.language,
        words=ArticleWords(title="", markdown="") if shown is None else words_of(shown),
        number=number,
        live=text.live,
        published_at=text.published_at,
        draft=text.draft,
        publish_at=text.publish_at,
        is_behind=text.is_behind,
    )


def _meant(scope: Scope, which: Which, words: str) -> QuerySet[ArticleText, int]:
    texts = ArticleText.objects.within(scope)
    if which == "drafts":
        texts = texts.filter(draft__isnull=False)
    elif which == "planned":
        texts = texts.filter(publish_at__isnull=False)
    elif which == "behind":
        texts = texts.filter(is_behind=True)
    for word in words.split():
        named = Q(live__title__icontains=word) | Q(draft__title__icontains=word) | Q(article__slug__icontains=word)
        texts = texts.filter(named)
    return texts.values_list("article_id", flat=True)


def _marks(scope: Scope, article_ids: list[int]) -> dict[int, list[TextMarks]]:
    """Without the texts themselves, which are long."""
    rows = (
        ArticleText.objects.within(scope)
        .filter(article__in=article_ids)
        .order_by("language")
        .values_list(*("article_id", "language", "live__title", "draft__title", "publish_at", "is_behind"))
    )
    marks: dict[int, list[TextMarks]] = {}
    for article_id, language, live, draft, publish_at, is_behind in rows:
        title = draft or live or ""
        mark = TextMarks(language, title, live is not None, draft is not None, publish_at, is_behind)
        marks.setdefault(article_id, []).append(mark)
    return marks
