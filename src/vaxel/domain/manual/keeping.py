"""What somebody types in an article's form, kept as they type: a closed browser loses nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from vaxel.domain.manual.editing import Edit
from vaxel.domain.manual.models import Article, UnsavedWords
from vaxel.domain.manual.writing import ArticleWords

_LONGEST_TITLE: Final = 200
_LONGEST_SUMMARY: Final = 400
_LONGEST_KEYWORD: Final = 60


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


def _edit(row: UnsavedWords) -> Edit:
    words = ArticleWords(
        title=row.title, summary=row.summary, keywords=tuple(row.keywords), markdown=row.markdown, pictures={}
    )
    return Edit(words=words, based_on=row.based_on)
