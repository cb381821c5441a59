"""The doors of an article's words: save, publish, plan, withdraw, go back.

Saving makes a version, which is never changed; publishing points readers at one. Nothing is rendered when somebody
reads.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import Combinable

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.audit.record import record
from vaxel.domain.manual.body import one_line, render, tidy
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion
from vaxel.domain.manual.tree import locked_manual, touch

#: The text search of PostgreSQL that knows a language's endings; `simple` knows none.
SEARCH_CONFIGURATIONS: Final = {"sv": "swedish", "en": "english"}


class EditedMeanwhileError(RuntimeError):
    """Somebody else has saved `newest` since the version that this edit began with (trust 75); nothing was written."""

    def __init__(self, newest: ArticleVersion) -> None:
        super().__init__(f"{newest.by_name} has saved version {newest.number}")
        self.newest = newest


class NothingToPublishError(ValueError):
    """There is no draft in this language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWords:
    """What an editor writes. `pictures` gives the digest of each picture's content by the path that names it."""

    title: str
    markdown: str
    summary: str = ""
    keywords: tuple[str, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_draft(
    *,
    article: Article,
    language: str,
    words: ArticleWords,
    by: Actor,
    now: datetime,
    based_on: int | None = None,
    note: str = "",
) -> ArticleVersion:
    """Keep the words as a new version and make it the draft; words that are the newest version's already make none.

    `based_on` is the version that the editor began with. Raises EditedMeanwhileError when there is a newer one, and
    body.BodyTooLongError.
    """
    locked_manual(article.desk_id)
    words = tidied(words, slug=article.slug)
    text, _ = ArticleText.unscoped.get_or_create(desk_id=article.desk_id, article=article, language=language)
    newest = _newest(text)
    if based_on is not None and newest is not None and newest.number != based_on:
        raise EditedMeanwhileError(newest)
    if newest is not None and words_of(newest) == words:
        version = newest
    else:
        version = _make_version(text, words, number=newest.number + 1 if newest else 1, by=by, now=now, note=note)
    if version.pk not in {text.live_id, text.draft_id}:
        text.draft = version
        text.save(update_fields=["draft"])
    return version


@transaction.atomic
def publish(*, article: Article, language: str, by: Actor, now: datetime, behind: bool = False) -> None:
    """Let readers see the draft. The other languages are behind then, when this is the desk's first one.

    `behind`: the text is published although it does not say yet what the main language says.
    Raises NothingToPublishError.
    """
    locked_manual(article.desk_id)
    text = _text(article, language)
    if text.draft is None:
        raise NothingToPublishError(f"{article.slug} has no draft in {language}")
    _put_live(text, text.draft, now=now, behind=behind)
    _record("article-published", text, by=by, now=now)


@transaction.atomic
def plan_publishing(*, article: Article, language: str, at: datetime | None, by: Actor, now: datetime) -> None:
    """Let the draft be published by itself at an instant; None takes the plan back. Raises NothingToPublishError."""
    locked_manual(article.desk_id)
    text = _text(article, language)
    if text.draft is None:
        raise NothingToPublishError(f"{article.slug} has no draft in {language}")
    text.publish_at = at
    text.save(update_fields=["publish_at"])
    _record("article-planned", text, by=by, now=now)


def take_plan_back(*, article: Article, language: str, by: Actor, now: datetime) -> None:
    """The draft is no longer what somebody planned to publish: nothing is published that no editor has read."""
    if ArticleText.unscoped.filter(article=article, language=language, publish_at__isnull=False).exists():
        plan_publishing(article=article, language=language, at=None, by=by, now=now)


def publish_due(*, now: datetime) -> int:
    """Publish every draft whose time has come; how many there were. A second worker at the same time finds none."""
    due = ArticleText.unscoped.filter(publish_at__lte=now).order_by("publish_at").values_list("pk", flat=True)
    return sum(_publish_planned(pk, now=now) for pk in list(due))


@transaction.atomic
def _publish_planned(pk: int, *, now: datetime) -> bool:
    text = ArticleText.unscoped.select_for_update(of=("self",)).select_related("article", "draft").get(pk=pk)
    if text.publish_at is None or text.publish_at > now or text.draft is None:
        return False
    _put_live(text, text.draft, now=now, behind=False)
    _record("article-published", text, by=SYSTEM, now=now)
    return True


@transaction.atomic
def withdraw(*, article: Article, language: str, by: Actor, now: datetime) -> None:
    """Take a text from its readers; what they saw is the draft again, unless there is a newer one."""
    locked_manual(article.desk_id)
    text = _text(article, language)
    if text.live is None:
        return
    text.draft = text.draft or text.live
    text.live = text.published_at = None
    text.words = None
    text.save(update_fields=["draft", "live", "published_at", "words"])
    touch(text.desk_id)
    _record("article-withdrawn", text, by=by, now=now)


@transaction.atomic
def restore(*, version: ArticleVersion, by: Actor, now: datetime, may_publish: bool = True) -> ArticleVersion:
    """Make an earlier version's words the draft, as a version of its own: history only grows.

    By somebody who may not publish, a plan to publish the draft is taken back: see `take_plan_back`.
    """
    article = Article.unscoped.get(pk=version.article_id)
    restored = save_draft(article=article, language=version.language, words=words_of(version), by=by, now=now)
    if not may_publish:
        take_plan_back(article=article, language=version.language, by=by, now=now)
    record(
        kind="article-restored",
        by=by,
        now=now,
        desk_id=article.desk_id,
        article=article.slug,
        language=version.language,
        number=version.number,
    )
    return restored


@transaction.atomic
def mark_behind(*, article: Article, language: str, behind: bool, by: Actor, now: datetime) -> None:
    """Say that a text no longer follows the main language, or that it still does although it was not touched."""
    text = _text(article, language)
    if text.is_behind != behind:
        text.is_behind = behind
        text.save(update_fields=["is_behind"])
        touch(text.desk_id)
        _record("article-behind" if behind else "article-follows", text, by=by, now=now)


def words_of(version: ArticleVersion) -> ArticleWords:
    """What was written, without what was made of it."""
    return ArticleWords(
        title=version.title,
        markdown=version.markdown,
        summary=version.summary,
        keywords=tuple(version.keywords),
        pictures=dict(version.pictures),
    )


def tidied(words: ArticleWords, *, slug: str) -> ArticleWords:
    """The words as they are kept; an article without a title is called by its address."""
    return replace(
        words,
        title=one_line(words.title) or slug,
        summary=one_line(words.summary),
        keywords=tuple(filter(None, map(one_line, words.keywords))),
        markdown=tidy(words.markdown),
    )


def _text(article: Article, language: str) -> ArticleText:
    return ArticleText.unscoped.select_related("article", "live", "draft").get(article=article, language=language)


def _newest(text: ArticleText) -> ArticleVersion | None:
    return ArticleVersion.unscoped.filter(article=text.article_id, language=text.language).order_by("-number").first()


def _make_version(
    text: ArticleText, words: ArticleWords, *, number: int, by: Actor, now: datetime, note: str
) -> ArticleVersion:
    body = render(words.markdown, language=text.language, pictures=words.pictures)
    return ArticleVersion.objects.create(
        desk_id=text.desk_id,
        article_id=text.article_id,
        language=text.language,
        number=number,
        title=words.title,
        summary=words.summary,
        keywords=list(words.keywords),
        markdown=words.markdown,
        html=body.html,
        contents=[list(heading) for heading in body.contents],
        text=body.text,
        pictures=words.pictures,
        shows=sorted(set(words.pictures.values())),
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        at=now,
        note=note,
    )


def _put_live(text: ArticleText, version: ArticleVersion, *, now: datetime, behind: bool) -> None:
    """Point readers, and search, at the version; the other languages fall behind the main one."""
    main = text.article.desk.languages[0]
    ArticleText.unscoped.filter(pk=text.pk).update(
        live=version,
        published_at=now,
        draft=None,
        publish_at=None,
        is_behind=behind and text.language != main,
        words=_words_for_search(version),
    )
    if text.language == main and text.live_id is not None:
        others = ArticleText.unscoped.filter(article=text.article_id, live__isnull=False).exclude(pk=text.pk)
        others.update(is_behind=True)
    touch(text.desk_id)


def _words_for_search(version: ArticleVersion) -> Combinable:
    configuration = SEARCH_CONFIGURATIONS.get(version.language, "simple")
    headings = " \n".join(words for _level, _anchor, words in version.contents)

    def weighed(words: str, weight: str) -> SearchVector:
        return SearchVector(Value(words), config=configuration, weight=weight)

    return (
        weighed(version.title, "A")
        + weighed(" \n".join([*version.keywords, headings]), "B")
        + weighed(version.summary, "C")
        + weighed(version.text, "D")
    )


def _record(kind: str, text: ArticleText, *, by: Actor, now: datetime) -> None:
    record(kind=kind, by=by, now=now, desk_id=text.desk_id, article=text.article.slug, language=text.language)
