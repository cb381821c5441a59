"""What somebody types in an article's form, kept as they type: a closed browser loses nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from vaxel.domain.manual.editing import Edit
from vaxel.domain.manual.models import Article, UnsavedWords
from vaxel.domain.manual.writing import ArticleWords

_LONGEST_TITLE: Final = 200
_LONGEST_SUMMARY: Final = 400
_LONGEST_KEYWORD: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """What somebody has typed of an article that is not made yet; `reply` is the answer's id that it is made from."""

    title: str
    markdown: str
    language: str
    reply: int | None


@transaction.atomic(durable=True)
def keep_unsaved(*, article: Article, edits: Mapping[str, Edit], staff_id: int, now: datetime) -> None:
    """Keep the words as they stand, by language, instead of what was kept before; nothing is checked."""
    for language, edit in edits.items():
        words = edit.words
        kept = {
            "based_on": edit.based_on,
            "title": words.title[:_LONGEST_TITLE],
            "summary": words.summary[:_LONGEST_SUMMARY],
            "keywords": [word[:_LONGEST_KEYWORD] for word in words.keywords],
            "markdown": words.markdown,
            "updated_at": now,
        }
        UnsavedWords.unscoped.update_or_create(
            desk_id=article.desk_id, article=article, language=language, staff_id=staff_id, defaults=kept
        )


def unsaved_of(*, article: Article, staff_id: int) -> dict[str, tuple[Edit, datetime]]:
    """What this person has typed and not saved, and when, by language; one query."""
    rows = UnsavedWords.unscoped.filter(article=article, staff=staff_id)
    return {row.language: (_edit(row), row.updated_at) for row in rows}


@transaction.atomic
def forget_unsaved(*, article: Article, staff_id: int, languages: Iterable[str]) -> None:
    """It is saved, or not wanted any more."""
    UnsavedWords.unscoped.filter(article=article, staff=staff_id, language__in=list(languages)).delete()


@transaction.atomic(durable=True)
def keep_new(*, desk_id: int, new: NewArticle, staff_id: int, now: datetime) -> bool:
    """Keep the words of the one new article that somebody has begun at a desk; none are kept for empty ones.

    False when they have begun another one, from another answer: its words stay, and these are not kept.
    """
    row = _new_articles(desk_id, staff_id).select_for_update().first()
    if row is not None and row.reply != new.reply:
        return False
    if not (new.title or new.markdown.strip()):
        _new_articles(desk_id, staff_id).delete()
        return False
    kept = {
        "title": new.title[:_LONGEST_TITLE],
        "markdown": new.markdown,
        "language": new.language,
        "updated_at": now,
    }
    begun = {**kept, "reply": new.reply, "based_on": 0}
    UnsavedWords.unscoped.update_or_create(
        desk_id=desk_id, article=None, staff_id=staff_id, defaults=kept, create_defaults=begun
    )
    return True


def unsaved_new(*, desk_id: int, staff_id: int) -> tuple[NewArticle, datetime] | None:
    """The new article that this person has begun and not made, and when they last wrote; one query."""
    row = _new_articles(desk_id, staff_id).first()
    if row is None:
        return None
    new = NewArticle(title=row.title, markdown=row.markdown, language=row.language, reply=row.reply)
    return new, row.updated_at


@transaction.atomic
def forget_new(*, desk_id: int, staff_id: int) -> None:
    """It is made, or not wanted any more."""
    _new_articles(desk_id, staff_id).delete()


def _new_articles(desk_id: int, staff_id: int) -> QuerySet[UnsavedWords]:
    return UnsavedWords.unscoped.filter(desk=desk_id, staff=staff_id, article=None)


def _edit(row: UnsavedWords) -> Edit:
    words = ArticleWords(
        title=row.title, summary=row.summary, keywords=tuple(row.keywords), markdown=row.markdown, pictures={}
    )
    return Edit(words=words, based_on=row.based_on)
