"""What the pages about known problems and operating notices have in common: tabs, and words in several languages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import FieldError, Link
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import labels_of

PROBLEMS, OPERATING = "problems", "operating"
LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 4000

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    """One text in one language of the desk: a field of a form; the language by its own name."""

    name: str
    language: str
    language_name: str
    value: str
    error: str = ""


def show(
    request: HttpRequest,
    place: StaffPlace,
    template: str,
    *,
    title: str,
    part: str,
    status: HTTPStatus = HTTPStatus.OK,
    **contents: Any,
) -> HttpResponse:
    """A page of this part of the workspace; `part` is the tab that it belongs to."""
    return frame.show(
        request,
        place,
        f"problems/{template}",
        labels=labels_of(place.desk, now=place.now),
        status=status,
        title=title,
        tabs=(
            Link(label=_("Known problems"), url=workspace_url("problems", place), current=part == PROBLEMS),
            Link(label=_("Operating notices"), url=workspace_url("operating", place), current=part == OPERATING),
        ),
        **{"errors": (), **contents},
    )


def typed_texts(request: HttpRequest, names: Sequence[str], *, languages: Sequence[str]) -> Texts:
    """What was typed: by the text's name, by language."""
    return {
        name: {language: plain(request.POST.get(f"{name}_{language}", "")).strip() for language in languages}
        for name in names
    }


def faults_of_texts(texts: Texts, *, optional: Sequence[str] = ()) -> tuple[FieldError, ...]:
    """What is missing or too long. An optional text stands in every language or in none."""
    return tuple(FieldError(field=field, text=text) for field, text in _faults(texts, optional))


def _faults(texts: Texts, optional: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, by_language in texts.items():
        longest = LONGEST_TITLE if name == "title" else LONGEST_TEXT
        is_left_out = name in optional and not any(by_language.values())
        for language, words in by_language.items():
            if not words and not is_left_out:
                said = _("The text is missing in this language: %(language)s")
                yield f"{name}_{language}", said % {"language": language_name(language)}
            elif len(words) > longest:
                yield f"{name}_{language}", _("Write at most %(most)d characters") % {"most": longest}


def fields_of(texts: Texts, errors: Sequence[FieldError]) -> Mapping[str, tuple[TextField, ...]]:
    """The fields of a form by the text's name, with what was typed and what is wrong."""
    wrong = {error.field: error.text for error in reversed(errors)}
    return {
        name: tuple(
            TextField(
                name=f"{name}_{language}",
                language=language,
                language_name=language_name(language),
                value=words,
                error=wrong.get(f"{name}_{language}", ""),
            )
            for language, words in by_language.items()
        )
        for name, by_language in texts.items()
    }


def in_every(text: Mapping[str, str], languages: Sequence[str]) -> Mapping[str, str]:
    """A stored text with a place for each language of the desk."""
    return {language: text.get(language, "") for language in languages}
