"""An article in its languages side by side: written, kept while it is typed, saved as drafts."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.manual.editing import Edit, save_edits
from vaxel.domain.manual.editors_view import EditedArticle
from vaxel.domain.manual.keeping import forget_unsaved, keep_unsaved, unsaved_of
from vaxel.domain.manual.models import ArticleVersion
from vaxel.domain.manual.pictures import PictureError
from vaxel.domain.manual.writing import EditedMeanwhileError
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.manual.columns import column_of, edit_of, view_tabs
from vaxel.surfaces.workspace.manual.frame import found_or_404, help_address, manual_page, show, to_article
from vaxel.surfaces.workspace.manual.picturing import cannot_be_taken, kept_picture
from vaxel.surfaces.workspace.manual.tree import audience_names
from vaxel.surfaces.workspace.manual.typed import faults_of, is_begun, typed_edits, with_pictures


@require_http_methods(["GET", "HEAD", "POST"])
@manual_page
def article(request: HttpRequest, place: StaffPlace, slug: str) -> HttpResponse:
    """Write; by POST save as drafts, or only look at it or put a picture in."""
    found = found_or_404(place, slug)
    if request.method != "POST":
        return _opened(request, place, found)
    edits = typed_edits(request, place)
    if "discard" in request.POST:
        forget_unsaved(article=found.article, staff_id=place.viewer.staff_id, languages=edits)
        return to_article(place, slug, languages=edits)
    if "picture" in request.POST:
        return _with_picture(request, place, found, edits, language=request.POST["picture"])
    if "preview" in request.POST:
        return show_article(request, place, found, edits=edits, previews=True)
    refused = save(request, place, found, edits, done=_("Your words are saved as a draft."))
    if refused is not None:
        return refused
    return to_article(place, slug, languages=edits)


@require_POST
@manual_page
def unsaved(request: HttpRequest, place: StaffPlace, slug: str) -> HttpResponse:
    """Keep what is typed a moment after each pause; words that are saved already are no longer kept."""
    found = found_or_404(place, slug)
    edits = typed_edits(request, place)
    changed = {name: edit for name, edit in edits.items() if edit.words != edit_of(found.texts[name], bare=True).words}
    staff_id = place.viewer.staff_id
    keep_unsaved(article=found.article, edits=changed, staff_id=staff_id, now=place.now)
    forget_unsaved(article=found.article, staff_id=staff_id, languages=edits.keys() - changed.keys())
    said = quote(_("What you write is kept for you. Others see it when you save."))
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"X-Saved": said} if changed else {})


def save(
    request: HttpRequest, place: StaffPlace, found: EditedArticle, edits: Mapping[str, Edit], *, done: str
) -> HttpResponse | None:
    """Save what was sent as drafts and say that it is `done`; the page with all of it when it could not be."""
    errors = faults_of(edits)
    if errors:
        return show_article(request, place, found, edits=edits, errors=errors)
    staff_id = place.viewer.staff_id
    begun = {name: edit for name, edit in with_pictures(edits, found).items() if is_begun(edit)}
    try:
        changed = save_edits(
            article=found.article, edits=begun, may_publish=place.viewer.may_edit_manual, by=place.by, now=place.now
        )
    except EditedMeanwhileError as other:
        keep_unsaved(article=found.article, edits=edits, staff_id=staff_id, now=place.now)
        return _changed_meanwhile(request, place, edits=edits, other=other.newest)
    forget_unsaved(article=found.article, staff_id=staff_id, languages=edits)
    if changed and done:
        say(request, done)
    return None


def show_article(
    request: HttpRequest,
    place: StaffPlace,
    found: EditedArticle,
    *,
    edits: Mapping[str, Edit],
    errors: Sequence[FieldError] = (),
    status: HTTPStatus | None = None,
    previews: bool = False,
    conflict: ArticleVersion | None = None,
    **contents: Any,
) -> HttpResponse:
    """The page with these words in its form; languages that were not sent are not shown."""
    labels = labels_of(place.desk, now=place.now)
    slug, stored = found.article.slug, {name: edit_of(text) for name, text in found.texts.items()}
    shown = {name: edits.get(name, stored[name]) for name in (edits or stored)}
    columns = [
        column_of(edit, found, place=place, language=name, labels=labels, previewed=previews, conflict=conflict)
        for name, edit in shown.items()
    ]
    return show(
        request,
        place,
        "article",
        title=found.title(labels.language),
        status=status or (HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK),
        errors=errors,
        columns=columns,
        tabs=view_tabs(request, place, found),
        slug=slug,
        is_archived=found.article.archived_at is not None,
        audience=audience_names()[found.article.audience],
        product=labels.names.products.get(found.article.product, found.article.product),
        versions=" – ".join(filter(None, [found.article.since_version, found.article.until_version])),
        manual_url=workspace_url("manual", place),
        unsaved_url=workspace_url("manual_unsaved", place, slug=slug),
        publishing_url=workspace_url("manual_publishing", place, slug=slug),
        picture_url=workspace_url("manual_picture", place),
        place_url=workspace_url("manual_place", place, slug=slug),
        return_url=workspace_url("manual_return", place, slug=slug),
        help_url=help_address("front", place),
        **{"unsaved_since": None, **contents},
    )


def _opened(request: HttpRequest, place: StaffPlace, found: EditedArticle) -> HttpResponse:
    """As it is stored, with what this editor typed and did not save in its place."""
    wanted = request.GET.get("language", "")
    names = [wanted] if wanted in found.texts else list(found.texts)
    kept = unsaved_of(article=found.article, staff_id=place.viewer.staff_id)
    edits = {name: kept[name][0] if name in kept else edit_of(found.texts[name]) for name in names}
    typed = [at for name, (_edit, at) in kept.items() if name in names]
    since = labels_of(place.desk, now=place.now).moment(max(typed)) if typed else None
    return show_article(request, place, found, edits=edits, previews=True, unsaved_since=since)


def _with_picture(
    request: HttpRequest, place: StaffPlace, found: EditedArticle, edits: dict[str, Edit], *, language: str
) -> HttpResponse:
    """Without script a picture comes last in the text."""
    if language not in edits:
        return show_article(request, place, found, edits=edits)
    try:
        kept = kept_picture(request, place, f"picture_{language}")
    except PictureError:
        errors = [FieldError(field=f"picture_{language}", text=cannot_be_taken())]
        return show_article(request, place, found, edits=edits, errors=errors)
    edits[language] = edits[language].followed_by(kept.markdown)
    keep_unsaved(article=found.article, edits=edits, staff_id=place.viewer.staff_id, now=place.now)
    return show_article(request, place, found, edits=edits, previews=True)


def _changed_meanwhile(
    request: HttpRequest, place: StaffPlace, *, edits: Mapping[str, Edit], other: ArticleVersion
) -> HttpResponse:
    """Somebody was faster: both texts are there, and saving again puts one's own on top of theirs (trust 75)."""
    found = found_or_404(place, other.article.slug)
    upon = {
        name: Edit(words=edit.words, based_on=other.number) if name == other.language else edit
        for name, edit in edits.items()
    }
    return show_article(request, place, found, edits=upon, status=HTTPStatus.CONFLICT, previews=True, conflict=other)
