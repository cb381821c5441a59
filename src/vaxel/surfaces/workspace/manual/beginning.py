"""A new article, and where an article stands: its section, product, readers and versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.manual.body import callout_titles
from vaxel.domain.manual.editing import begin_article
from vaxel.domain.manual.editors_view import places_for
from vaxel.domain.manual.keeping import NewArticle, forget_new, keep_new, unsaved_new
from vaxel.domain.manual.models import Article
from vaxel.domain.manual.tree import (
    Place,
    PlaceError,
    archive_article,
    bring_back,
    free_slug,
    is_in_order,
    is_version,
    place_article,
)
from vaxel.domain.manual.writing import ArticleWords
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import FieldError, Moment, Option
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import labels_of, options_of
from vaxel.surfaces.workspace.manual.frame import (
    editors_page,
    found_or_404,
    help_address,
    manual_page,
    show,
    to_article,
)
from vaxel.surfaces.workspace.manual.from_reply import Cleaned, cleaned_reply, typed_reply, with_words
from vaxel.surfaces.workspace.manual.tree import audience_names
from vaxel.surfaces.workspace.manual.typed import LONGEST_TITLE

_MOST_POSITION: Final = 32_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceForm:
    """The fields of a place as they stand in the form."""

    parent: str = ""
    position: str = "0"
    product: str = ""
    audience: str = ""
    since: str = ""
    until: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@manual_page
def new(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Make an article with nothing but a title; readers see none of it before it is published."""
    if request.method != "POST":
        return _opened(request, place)
    if "discard" in request.POST:
        forget_new(desk_id=place.desk.pk, staff_id=place.viewer.staff_id)
        return HttpResponseRedirect(request.get_full_path(), status=HTTPStatus.SEE_OTHER)
    language, form = _chosen_language(request, place), _typed(request)
    title, cleaned = " ".join(plain(request.POST.get("title", "")).split()), typed_reply(request, place)
    errors = [*_title_faults(title), *_faults(form)]
    if not errors:
        slug = free_slug(title, desk_id=place.desk.pk)
        try:
            begin_article(
                desk_id=place.desk.pk,
                place=_place(form, slug),
                texts={language: ArticleWords(title=title, markdown=cleaned.text if cleaned else "")},
                by=place.by,
                now=place.now,
            )
        except PlaceError:
            errors = [_misplaced()]
        else:
            _forget_made(cleaned, place)
            return to_article(place, slug)
    return _new_form(request, place, form, title=title, language=language, cleaned=cleaned, errors=errors)


@require_POST
@manual_page
def unsaved(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Keep what is typed a moment after each pause; another new article that is kept already stays as it is."""
    new = NewArticle(
        title=" ".join(plain(request.POST.get("title", "")).split()),
        markdown=plain(request.POST.get("markdown", "")),
        language=_chosen_language(request, place),
        reply=number_in(request.POST.get("reply", "")),
    )
    kept = keep_new(desk_id=place.desk.pk, new=new, staff_id=place.viewer.staff_id, now=place.now)
    said = quote(_("What you write is kept for you. Others see it when you make the draft."))
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"X-Saved": said} if kept else {})


def _opened(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """What this person began and did not make, when it is what they ask for; otherwise a form anew."""
    kept = unsaved_new(desk_id=place.desk.pk, staff_id=place.viewer.staff_id)
    if kept is None or ("reply" in request.GET and number_in(request.GET["reply"]) != kept[0].reply):
        return _empty_form(request, place)
    new, since = kept
    reply = "" if new.reply is None else str(new.reply)
    return _new_form(
        request,
        place,
        PlaceForm(parent=request.GET.get("under", "")),
        title=new.title,
        language=new.language,
        cleaned=with_words(new.markdown, reply=reply, place=place) if reply else None,
        unsaved_since=labels_of(place.desk, now=place.now).moment(since),
    )


def _forget_made(cleaned: Cleaned | None, place: StaffPlace) -> None:
    """What was kept of this article; another one that was begun stays."""
    kept = unsaved_new(desk_id=place.desk.pk, staff_id=place.viewer.staff_id)
    if kept is not None and kept[0].reply == _reply_of(cleaned):
        forget_new(desk_id=place.desk.pk, staff_id=place.viewer.staff_id)


def _empty_form(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """With the section that one came from, or with an answer's words without names in them."""
    form, main = PlaceForm(parent=request.GET.get("under", "")), str(place.desk.languages[0])
    if "reply" not in request.GET:
        return _new_form(request, place, form, title="", language=main, cleaned=None)
    found = cleaned_reply(request.GET["reply"], place)
    language = found.language if found.language in place.desk.languages else main
    return _new_form(request, place, form, title=found.title, language=language, cleaned=found)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_page
def position(request: HttpRequest, place: StaffPlace, slug: str) -> HttpResponse:
    """Another place, other readers: what stands below follows."""
    article = found_or_404(place, slug).article
    if request.method != "POST":
        return _place_form(request, place, article, _stored(article))
    form = _typed(request)
    errors = list(_faults(form))
    if not errors:
        try:
            place_article(desk_id=place.desk.pk, place=_place(form, slug), by=place.by, now=place.now)
        except PlaceError:
            errors = [_misplaced()]
        else:
            say(request, _("The article has its new place."))
            return to_article(place, slug)
    return _place_form(request, place, article, form, errors=errors)


@require_POST
@editors_page
def archive(request: HttpRequest, place: StaffPlace, slug: str) -> HttpResponse:
    """Take it out of the manual with everything below it; its versions stay, and it can come back."""
    found_or_404(place, slug)
    archive_article(desk_id=place.desk.pk, slug=slug, by=place.by, now=place.now)
    say(
        request, _("The article is taken out of the manual."), undo_url=workspace_url("manual_return", place, slug=slug)
    )
    return HttpResponseRedirect(workspace_url("manual", place), status=HTTPStatus.SEE_OTHER)


@require_POST
@editors_page
def coming_back(request: HttpRequest, place: StaffPlace, slug: str) -> HttpResponse:
    """Put an archived article where it stood."""
    found_or_404(place, slug)
    try:
        bring_back(desk_id=place.desk.pk, slug=slug, by=place.by, now=place.now)
    except PlaceError:
        say(request, _("Bring back the section that it stood in first."))
    else:
        say(request, _("The article is back where it stood."))
    return to_article(place, slug)


def _chosen_language(request: HttpRequest, place: StaffPlace) -> str:
    chosen = request.POST.get("language", "")
    return chosen if chosen in place.desk.languages else str(place.desk.languages[0])


def _typed(request: HttpRequest) -> PlaceForm:
    return PlaceForm(**{name: plain(request.POST.get(name, "")).strip() for name in PlaceForm.__dataclass_fields__})


def _stored(article: Article) -> PlaceForm:
    return PlaceForm(
        parent="" if article.parent is None else article.parent.slug,
        position=str(article.position),
        product=article.product,
        audience=article.own_audience,
        since=article.since_version,
        until=article.until_version,
    )


def _place(form: PlaceForm, slug: str) -> Place:
    return Place(
        slug=slug,
        parent=form.parent,
        position=number_in(form.position) or 0,
        product=form.product,
        audience=form.audience if form.audience in audience_names() else "",
        since_version=form.since,
        until_version=form.until,
    )


def _title_faults(title: str) -> list[FieldError]:
    if not title:
        return [FieldError(field="title", text=_("Write a title"))]
    if len(title) > LONGEST_TITLE:
        return [FieldError(field="title", text=_("Write at most %(most)d characters") % {"most": LONGEST_TITLE})]
    return []


def _faults(form: PlaceForm) -> list[FieldError]:
    errors = []
    number = number_in(form.position or "0")
    if number is None or number > _MOST_POSITION:
        errors.append(FieldError(field="position", text=_("Write a whole number, for example 10")))
    for name, version in (("since", form.since), ("until", form.until)):
        if not is_version(version):
            errors.append(FieldError(field=name, text=_("Write the version with digits and points, for example 8.9.0")))
    if not errors and not is_in_order(since=form.since, until=form.until):
        said = _("Write a version that does not come before %(since)s")
        errors.append(FieldError(field="until", text=said % {"since": form.since}))
    return errors


def _misplaced() -> FieldError:
    return FieldError(field="parent", text=_("The article cannot stand there. Choose another section"))


def _new_form(
    request: HttpRequest,
    place: StaffPlace,
    form: PlaceForm,
    *,
    title: str,
    language: str,
    cleaned: Cleaned | None,
    errors: Sequence[FieldError] = (),
    unsaved_since: Moment | None = None,
) -> HttpResponse:
    kept = unsaved_new(desk_id=place.desk.pk, staff_id=place.viewer.staff_id)
    is_other = kept is not None and kept[0].reply != _reply_of(cleaned)
    return show(
        request,
        place,
        "new",
        title=_("New article"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        unsaved_since=unsaved_since,
        unsaved_url="" if is_other else workspace_url("manual_new_unsaved", place),
        picture_url=workspace_url("manual_picture", place),
        callouts=callout_titles(language),
        find_url=help_address("suggest", place, language=language),
        other_since=labels_of(place.desk, now=place.now).moment(kept[1]) if kept and is_other else None,
        other_url=workspace_url("manual_new", place),
        form=form,
        typed_title=title,
        cleaned=cleaned,
        language=language,
        written_in=[Option(value=one, label=language_name(one)) for one in place.desk.languages],
        back_url=workspace_url("manual", place),
        **_choices(place),
    )


def _reply_of(cleaned: Cleaned | None) -> int | None:
    return None if cleaned is None else number_in(cleaned.reply)


def _place_form(
    request: HttpRequest,
    place: StaffPlace,
    article: Article,
    form: PlaceForm,
    *,
    errors: list[FieldError] | None = None,
) -> HttpResponse:
    return show(
        request,
        place,
        "place",
        title=_("Where the article stands"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors or (),
        form=form,
        slug=article.slug,
        back_url=workspace_url("manual_article", place, slug=article.slug),
        archive_url=workspace_url("manual_archive", place, slug=article.slug),
        **_choices(place, without=article),
    )


def _choices(place: StaffPlace, *, without: Article | None = None) -> Mapping[str, list[Option]]:
    """What the fields of a place offer. An article cannot stand under itself; deeper circles the door refuses."""
    labels = labels_of(place.desk, now=place.now)
    sections = [
        Option(value=slug, label="\u2003" * depth + title)
        for slug, title, depth in places_for(place.scope, language=labels.language)
        if without is None or slug != without.slug
    ]
    return {
        "sections": sections,
        "products": options_of(labels.names.products),
        "audiences": options_of(audience_names()),
    }
