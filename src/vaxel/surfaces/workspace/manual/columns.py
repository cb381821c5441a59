"""One language of an article as the page shows it: its fields, how it stands, how it looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from vaxel.domain.manual.body import callout_titles
from vaxel.domain.manual.comparing import Line, compare
from vaxel.domain.manual.editing import Edit
from vaxel.domain.manual.editors_view import EditedArticle, EditedText
from vaxel.domain.manual.models import ArticleVersion
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import Link, Moment
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.manual.frame import help_address
from vaxel.surfaces.workspace.manual.picturing import picture_address
from vaxel.surfaces.workspace.manual.preview import preview_of
from vaxel.surfaces.workspace.manual.tree import Mark
from vaxel.surfaces.workspace.manual.typed import shown

_MINUTES: Final = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What somebody else saved meanwhile, compared with what stands in the form."""

    by: str
    at: Moment
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A language of the article."""

    language: str
    name: str
    title: str
    summary: str
    keywords: str
    markdown: str
    #: Where the pictures lie that the text shows, by the paths that name them.
    pictures: Mapping[str, str]
    based_on: int
    marks: tuple[Mark, ...]
    #: Who wrote the draft and when; empty without one.
    drafted: str
    #: As the field for day and time takes it.
    publish_at: str
    is_live: bool
    is_behind: bool
    preview: Markup | None
    preview_url: str
    #: What each kind of callout is called in the language.
    callouts: Mapping[str, str]
    #: Answers with articles that a link may lead to.
    find_url: str
    versions_url: str
    read_url: str
    conflict: Conflict | None


def column_of(
    edit: Edit,
    found: EditedArticle,
    *,
    place: StaffPlace,
    language: str,
    labels: Labels,
    previewed: bool,
    conflict: ArticleVersion | None,
) -> Column:
    """The column of a language with these words in its fields."""
    text, slug, words = found.texts[language], found.article.slug, shown(edit.words, found)
    zone = ZoneInfo(place.desk.time_zone)
    theirs = conflict if conflict is not None and conflict.language == language else None
    return Column(
        language=language,
        name=language_name(language),
        title=words.title,
        summary=words.summary,
        keywords=", ".join(words.keywords),
        markdown=words.markdown,
        pictures={path: picture_address(path, digest, place=place) for path, digest in words.pictures.items()},
        based_on=edit.based_on,
        marks=tuple(_marks(text, labels=labels)),
        drafted=_drafted(text, labels=labels),
        publish_at="" if text.publish_at is None else text.publish_at.astimezone(zone).strftime(_MINUTES),
        is_live=text.live is not None,
        is_behind=text.is_behind,
        preview=preview_of(words, place=place, language=language) if previewed else None,
        preview_url=workspace_url("manual_preview", place, slug=slug, language=language),
        callouts=callout_titles(language),
        find_url=help_address("suggest", place, language=language),
        versions_url=workspace_url("manual_versions", place, slug=slug, language=language),
        read_url=help_address("article", place, language=language, slug=slug) if text.live is not None else "",
        conflict=None if theirs is None else _conflict(theirs, edit, labels=labels),
    )


def edit_of(text: EditedText, *, bare: bool = False) -> Edit:
    """The stored words as an edit that changes nothing; `bare` without the pictures, as a form sends them."""
    words = replace(text.words, pictures={}) if bare else text.words
    return Edit(words=words, based_on=text.number)


def view_tabs(request: HttpRequest, place: StaffPlace, found: EditedArticle) -> tuple[Link, ...]:
    """All languages side by side, or one with what it looks like beside it."""
    if len(found.texts) == 1:
        return ()
    base = workspace_url("manual_article", place, slug=found.article.slug)
    wanted = request.GET.get("language", "")
    return (
        Link(label=_("Side by side"), url=base, current=wanted not in found.texts),
        *(
            Link(label=language_name(name), url=f"{base}?language={name}", current=wanted == name)
            for name in found.texts
        ),
    )


def _marks(text: EditedText, *, labels: Labels) -> Iterator[Mark]:
    if text.published_at is not None:
        label = _("Published %(when)s") % {"when": labels.brief_moment(text.published_at).exact}
        yield Mark(label, "", "check")
    if text.publish_at is not None:
        label = _("Is published %(when)s") % {"when": labels.brief_moment(text.publish_at).exact}
        yield Mark(label, "accent", "calendar")
    elif text.draft is not None:
        yield Mark(_("Draft"), "accent", "edit")
    if text.is_behind:
        yield Mark(_("Behind the original"), "warning", "late")
    if text.number == 0:
        yield Mark(_("Not begun"), "", "add")


def _drafted(text: EditedText, *, labels: Labels) -> str:
    if text.draft is None:
        return ""
    values = {"name": text.draft.by_name, "when": labels.moment(text.draft.at).exact}
    return _("Draft by %(name)s, %(when)s") % values


def _conflict(other: ArticleVersion, edit: Edit, *, labels: Labels) -> Conflict:
    return Conflict(by=other.by_name, at=labels.moment(other.at), lines=tuple(compare(other, edit.words)))
