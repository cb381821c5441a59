"""The inbox of wishes: how they stand, what is said of them, and who sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.wishes import triage
from vaxel.domain.wishes.queries import (
    WishTold,
    counts_by_state,
    merged_with,
    organisations_wanting,
    wishes_for_staff,
)
from vaxel.domain.wishes.triage import Answer, NoSuchArticleError, WishChangedError
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Link, Option
from vaxel.surfaces.ui.wish_words import WISH_STATES, wish_state
from vaxel.surfaces.ui.words import paragraphs, plain
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.problems.frame import Texts, faults_of_texts, fields_of, in_every, typed_texts
from vaxel.surfaces.workspace.wishes.merging import back_to_wish, like_rows, wish_told
from vaxel.surfaces.workspace.wishes.rows import articles_named, said_rows, who_wished, wish_row

_FIRST: Final = "new"
_MOST: Final = 200
_LONGEST_SLUG, _LONGEST_RELEASE = 100, 60


@require_safe
@staff_page
def wishes(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Those that stand alike, the most wanted first; two queries."""
    state = request.GET.get("state", _FIRST)
    if state not in WISH_STATES:
        raise Http404
    labels = labels_of(place.desk, now=place.now)
    counts = counts_by_state(place.scope)
    base = workspace_url("wishes", place)
    return frame.show(
        request,
        place,
        "wishes/list",
        labels=labels,
        errors=(),
        title=_("Wishes"),
        states=tuple(
            Link(
                label=wish_state(each).label,
                url=base if each == _FIRST else f"{base}?state={each}",
                current=each == state,
                count=counts.get(each, 0),
            )
            for each in WISH_STATES
        ),
        rows=[
            wish_row(each, place=place, labels=labels) for each in wishes_for_staff(place.scope, state=state)[:_MOST]
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stands in the form of an answer."""

    texts: Texts
    state: str = ""
    article: str = ""
    release: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def wish(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """One wish; by POST it is said how it stands, and whoever wants it is told."""
    told = wish_told(place, number)
    texts = typed_texts(request, ["said"], languages=place.desk.languages)
    if request.method != "POST":
        return _show(request, place, told, _Typed(texts=texts, state=told.wish.state))
    typed = _Typed(
        texts=texts,
        state=request.POST.get("state", ""),
        article=plain(request.POST.get("article", "")).strip()[:_LONGEST_SLUG],
        release=plain(request.POST.get("release", "")).strip()[:_LONGEST_RELEASE],
    )
    errors = faults_of_texts(texts)
    if typed.state not in WISH_STATES:
        errors = (*errors, FieldError(field="state", text=_("Choose how it stands")))
    if errors:
        return _show(request, place, told, typed, errors=errors)
    return _answer(request, place, told, typed)


def _answer(request: HttpRequest, place: StaffPlace, told: WishTold, typed: _Typed) -> HttpResponse:
    answer = Answer(state=typed.state, text=typed.texts["said"], article=typed.article, release=typed.release)
    try:
        triage.answer_wish(
            answer,
            scope=place.scope,
            number=told.wish.number,
            seen_version=_seen_version(request),
            by=place.by,
            now=place.now,
        )
    except WishChangedError:
        return _show(request, place, told, typed, changed=True)
    except NoSuchArticleError:
        missing = FieldError(field="article", text=_("The manual has no article with this address"))
        return _show(request, place, told, typed, errors=(missing,))
    say(request, _("It is said. Whoever wants it is told, each in their language."))
    return back_to_wish(place, told.wish.number)


@require_POST
@staff_page
def title(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """Show it to others under a title, or with an empty one no longer."""
    told = wish_told(place, number)
    texts = typed_texts(request, ["title"], languages=place.desk.languages)
    if errors := faults_of_texts(texts, optional=["title"]):
        typed = _Typed(texts=_nothing(place), state=told.wish.state)
        return _show(request, place, told, typed, titles=texts, errors=errors)
    try:
        shown = triage.show_wish(
            texts["title"],
            scope=place.scope,
            number=number,
            seen_version=_seen_version(request),
            by=place.by,
            now=place.now,
        )
    except WishChangedError:
        typed = _Typed(texts=_nothing(place), state=told.wish.state)
        return _show(request, place, told, typed, titles=texts, changed=True)
    say(request, _("Others see it now and can want it too.") if shown.title else _("Others see it no longer."))
    return back_to_wish(place, number)


def _seen_version(request: HttpRequest) -> int:
    return number_in(request.POST.get("version", "")) or 0


def _nothing(place: StaffPlace) -> Mapping[str, Mapping[str, str]]:
    return {"said": in_every({}, place.desk.languages)}


def _show(
    request: HttpRequest,
    place: StaffPlace,
    told: WishTold,
    typed: _Typed,
    *,
    titles: Texts | None = None,
    errors: Sequence[FieldError] = (),
    changed: bool = False,
) -> HttpResponse:
    found, labels = told.wish, labels_of(place.desk, now=place.now)
    row = wish_row(found, place=place, labels=labels)
    root, number = found.merged_into, str(found.number)
    articles = articles_named(told, place=place, language=labels.language)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return frame.show(
        request,
        place,
        "wishes/wish",
        labels=labels,
        status=HTTPStatus.CONFLICT if changed else refused,
        errors=tuple(errors),
        wrong={error.field: error.text for error in reversed(errors)},
        changed=changed,
        title=row.title,
        row=row,
        words=paragraphs(found.text),
        words_language=found.language,
        who=who_wished(found),
        searched=found.searched,
        missed_on=articles.get(found.article_id or 0),
        wanting=organisations_wanting(found),
        merged=[wish_row(each, place=place, labels=labels) for each in merged_with(found)],
        same=() if root else like_rows(place, found, labels=labels),
        merged_into=None if root is None else wish_row(root, place=place, labels=labels),
        said=said_rows(told.answers, articles, labels=labels),
        typed=typed,
        fields=fields_of(typed.texts, errors),
        titles=fields_of(titles or {"title": in_every(found.title, place.desk.languages)}, errors),
        states=[Option(value=each, label=wish_state(each).label) for each in WISH_STATES],
        version=found.version,
        title_url=workspace_url("wish_title", place, number=number),
        merge_url=workspace_url("wish_merging", place, number=number),
        split_url=workspace_url("wish_splitting", place, number=number),
        back_url=f"{workspace_url('wishes', place)}?state={found.state}",
    )
