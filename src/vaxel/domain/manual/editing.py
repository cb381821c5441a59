"""What editors do on an article's page: save what they wrote in several languages at once.

Whoever may draft and not publish takes a plan back by saving: nothing is published that no editor has read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.manual.models import Article, ArticleVersion
from vaxel.domain.manual.tree import Place, place_article
from vaxel.domain.manual.unnamed import marks_in
from vaxel.domain.manual.writing import ArticleWords, save_draft, take_plan_back, tidied, words_of


class StillMarkedError(ValueError):
    """The text holds marks where names were removed; somebody must look at each before readers do."""

    def __init__(self, marks: tuple[str, ...]) -> None:
        super().__init__(f"{len(marks)} marks are left")
        self.marks = marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an editor made of a text in one language. `based_on` is the version that it began with, 0 for none."""

    words: ArticleWords
    based_on: int

    def followed_by(self, block: str) -> "Edit":
        """The same with another block of Markdown at its end."""
        markdown = "\n\n".join(filter(None, [self.words.markdown.rstrip(), block]))
        return replace(self, words=replace(self.words, markdown=markdown))


@transaction.atomic(durable=True)
def save_edits(
    *, article: Article, edits: Mapping[str, Edit], may_publish: bool, by: Actor, now: datetime
) -> tuple[str, ...]:
    """Save what was changed as drafts, by language; returns the languages that have new words.

    Nothing is written when somebody else has saved the same text meanwhile: raises EditedMeanwhileError, whose
    version is the other one's (trust 75). Languages that were not touched are in nobody's way.
    """
    changed = tuple(_changed(article, edits))
    for language in changed:
        edit = edits[language]
        save_draft(article=article, language=language, words=edit.words, by=by, now=now, based_on=edit.based_on)
        if not may_publish:
            take_plan_back(article=article, language=language, by=by, now=now)
    return changed


@transaction.atomic(durable=True)
def begin_article(
    *, desk_id: int, place: Place, texts: Mapping[str, ArticleWords], by: Actor, now: datetime
) -> Article:
    """Make an article with its first drafts. Raises PlaceError, also for a slug that is taken."""
    article = place_article(desk_id=desk_id, place=place, by=by, now=now, is_new=True)
    for language, words in texts.items():
        save_draft(article=article, language=language, words=words, by=by, now=now)
    return article


def require_no_marks(version: ArticleVersion) -> None:
    """Refuse words that hold what `without_names` left in the place of names. Raises StillMarkedError."""
    marks = marks_in(f"{version.title}\n{version.summary}\n{version.markdown}")
    if marks:
        raise StillMarkedError(marks)


def _changed(article: Article, edits: Mapping[str, Edit]) -> Iterator[str]:
    """Pictures are not compared: which ones there are follows from the Markdown."""
    for language, edit in edits.items():
        words = replace(edit.words, pictures={})
        base = ArticleVersion.unscoped.filter(article=article, language=language, number=edit.based_on).first()
        before = ArticleWords(title="", markdown="") if base is None else replace(words_of(base), pictures={})
        if words != before and tidied(words, slug=article.slug) != before:
            yield language
