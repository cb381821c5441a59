"""Every version of a text, what changed between two of them, and the way back to an earlier one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.manual.comparing import Line, compare
from vaxel.domain.manual.editors_view import EditedText
from vaxel.domain.manual.models import ArticleVersion
from vaxel.domain.manual.queries import versions_of
from vaxel.domain.manual.writing import restore
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import Moment, Option
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.manual.frame import found_or_404, manual_page, show, to_article

#: More than anybody looks through; older ones are reached by their numbers.
_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version in the list; the words say which one readers see and which one is the draft."""

    number: int
    title: str
    by: str
    at: Moment
    note: str
    is_live: bool
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of two versions side by side; either side may be empty."""

    old: Line | None
    new: Line | None


@require_safe
@manual_page
def versions(request: HttpRequest, place: StaffPlace, slug: str, language: str) -> HttpResponse:
    """The list, and two of them side by side: the two newest, unless others are chosen."""
    if language not in place.desk.languages:
        raise Http404
    found = found_or_404(place, slug)
    labels = labels_of(place.desk, now=place.now)
    rows = list(versions_of(desk_id=place.desk.pk, slug=slug, language=language)[:_MOST])
    new = _chosen(rows, request.GET.get("new", ""), default=0)
    old = _chosen(rows, request.GET.get("old", ""), default=1)
    return show(
        request,
        place,
        "versions",
        title=_("Versions: %(title)s") % {"title": found.title(labels.language)},
        language=language,
        language_name=language_name(language),
        rows=[_row(each, found.texts[language], labels=labels) for each in rows],
        choices=[Option(value=str(each.number), label=_choice(each, labels)) for each in rows],
        old=old,
        new=new,
        pairs=list(_side_by_side(compare(old, new))) if old and new and old != new else [],
        back_url=workspace_url("manual_article", place, slug=slug),
        restore_url=workspace_url("manual_restoring", place, slug=slug, language=language),
    )


@require_POST
@manual_page
def restoring(request: HttpRequest, place: StaffPlace, slug: str, language: str) -> HttpResponse:
    """Make an earlier version's words the draft."""
    number = number_in(request.POST.get("number", "")) or 0
    version = versions_of(desk_id=place.desk.pk, slug=slug, language=language).filter(number=number).first()
    if version is None:
        raise Http404
    restore(version=version, by=place.by, now=place.now, may_publish=place.viewer.may_edit_manual)
    say(request, _("The words of version %(number)d are the draft now.") % {"number": version.number})
    return to_article(place, slug, languages=[language])


def _chosen(rows: Sequence[ArticleVersion], number: str, *, default: int) -> ArticleVersion | None:
    named = next((each for each in rows if str(each.number) == number), None)
    return named or next(iter(rows[default : default + 1]), None)


def _row(version: ArticleVersion, text: EditedText, *, labels: Labels) -> VersionRow:
    return VersionRow(
        number=version.number,
        title=version.title,
        by=version.by_name,
        at=labels.moment(version.at),
        note=version.note,
        is_live=version == text.live,
        is_draft=version == text.draft,
    )


def _choice(version: ArticleVersion, labels: Labels) -> str:
    return f"{version.number} · {labels.moment(version.at).exact} · {version.by_name}"


def _side_by_side(lines: Sequence[Line]) -> Iterator[Pair]:
    """What went stands beside what came in its place."""
    gone: list[Line] = []
    came: list[Line] = []
    for line in lines:
        if line.change != "same":
            (gone if line.change == "gone" else came).append(line)
            continue
        yield from _paired(gone, came)
        gone, came = [], []
        yield Pair(line, line)
    yield from _paired(gone, came)


def _paired(gone: list[Line], came: list[Line]) -> Iterator[Pair]:
    for at in range(max(len(gone), len(came))):
        yield Pair(next(iter(gone[at : at + 1]), None), next(iter(came[at : at + 1]), None))
