"""What the form of an article sent, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vaxel.domain.manual.body import LONGEST
from vaxel.domain.manual.editing import Edit
from vaxel.domain.manual.editors_view import EditedArticle
from vaxel.domain.manual.pictures import pictures_in
from vaxel.domain.manual.writing import ArticleWords
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain

LONGEST_TITLE: Final = 200
LONGEST_SUMMARY: Final = 400
_LONGEST_KEYWORD: Final = 60
_MOST_KEYWORDS: Final = 40


def typed_words(request: HttpRequest, language: str) -> ArticleWords:
    """The fields of one language; which pictures they show is not looked up."""

    def typed(name: str) -> str:
        return plain(request.POST.get(f"{name}_{language}", ""))

    return ArticleWords(
        title=" ".join(typed("title").split()),
        summary=" ".join(typed("summary").split()),
        keywords=tuple(filter(None, (" ".join(word.split()) for word in re.split(r"[,\n]", typed("keywords"))))),
        markdown=typed("markdown"),
    )


def typed_edits(request: HttpRequest, place: StaffPlace) -> dict[str, Edit]:
    """What was sent, by language: a page that shows one language sends that alone."""
    return {
        language: Edit(
            words=typed_words(request, language), based_on=number_in(request.POST.get(f"version_{language}", "")) or 0
        )
        for language in place.desk.languages
        if f"markdown_{language}" in request.POST
    }


def with_pictures(edits: Mapping[str, Edit], found: EditedArticle) -> dict[str, Edit]:
    """The edits with the pictures that their Markdown names; a query for each language with an upload in it."""
    return {language: Edit(words=shown(edit.words, found), based_on=edit.based_on) for language, edit in edits.items()}


def shown(words: ArticleWords, found: EditedArticle) -> ArticleWords:
    """The words with their pictures; too long ones have none."""
    if len(words.markdown) > LONGEST:
        return words
    pictures = pictures_in(words.markdown, desk_id=found.article.desk_id, known=found.pictures)
    return ArticleWords(
        title=words.title, summary=words.summary, keywords=words.keywords, markdown=words.markdown, pictures=pictures
    )


def is_begun(edit: Edit) -> bool:
    """Whether there is anything of this language: an article need not be written in all."""
    words = edit.words
    return bool(edit.based_on or words.title or words.summary or words.keywords or words.markdown.strip())


def faults_of(edits: Mapping[str, Edit]) -> tuple[FieldError, ...]:
    """What cannot be saved, and why."""
    return tuple(
        FieldError(field=f"{name}_{language}", text=text)
        for language, edit in edits.items()
        if is_begun(edit)
        for name, text in _faults(edit.words, language)
    )


def _faults(words: ArticleWords, language: str) -> Iterator[tuple[str, str]]:
    most = _("Write at most %(most)d characters")
    if not words.title:
        yield "title", _("The title is missing in this language: %(language)s") % {"language": language_name(language)}
    if len(words.title) > LONGEST_TITLE:
        yield "title", most % {"most": LONGEST_TITLE}
    if len(words.summary) > LONGEST_SUMMARY:
        yield "summary", most % {"most": LONGEST_SUMMARY}
    if len(words.keywords) > _MOST_KEYWORDS or any(len(word) > _LONGEST_KEYWORD for word in words.keywords):
        yield (
            "keywords",
            _("Write at most %(count)d words with a comma between them, each of at most %(most)d characters")
            % {"count": _MOST_KEYWORDS, "most": _LONGEST_KEYWORD},
        )
    if len(words.markdown) > LONGEST:
        yield "markdown", most % {"most": LONGEST}
