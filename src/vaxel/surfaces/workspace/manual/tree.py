"""The manual as its editors see it: the tree with a mark for each language, or what a mark or words mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.manual.audience import Audience
from vaxel.domain.manual.editors_view import (
    MOST,
    WHICH,
    ArticleMarks,
    TextMarks,
    Which,
    article_to_edit,
    articles_for_editors,
)
from vaxel.domain.manual.tree import set_up_manual
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page, staff_page
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.manual.frame import help_address, show

_LONGEST_SEARCH: Final = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """How an article stands in one language, in a word or two."""

    label: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article in the tree; `below` are those of the next level."""

    title: str
    url: str
    section_url: str
    product: str
    audience: str
    marks: tuple[tuple[str, tuple[Mark, ...]], ...]
    below: tuple["Row", ...] = ()


@require_safe
@staff_page
def manual(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Two levels at a time, or all that fit a mark or words; a desk without a manual can begin one."""
    if not place.desk.has_manual:
        return show(request, place, "nothing", title=_("Manual"), may_begin=place.viewer.may_administer)
    asked = request.GET.get("show", "")
    which: Which = next((one for one in WHICH if one == asked), "")
    words = " ".join(plain(request.GET.get("q", "")).split())[:_LONGEST_SEARCH]
    under = _section(place, request.GET.get("under", ""))
    found = articles_for_editors(place.scope, under=None if under is None else under[0], which=which, words=words)
    labels = labels_of(place.desk, now=place.now)
    rows = _nested(found, under=under, place=place, labels=labels, flat=bool(which or words))
    return show(
        request,
        place,
        "tree",
        title=_("Manual") if under is None else under[1],
        rows=rows,
        which=which,
        words=words,
        tabs=_tabs(place, which=which),
        is_full=len(found) >= MOST,
        section=under,
        home_url=workspace_url("manual", place),
        new_article_url=workspace_url("manual_new", place) + (f"?{urlencode({'under': under[2]})}" if under else ""),
        settings_url=workspace_url("manual_settings", place),
        help_url=help_address("front", place),
    )


@require_POST
@administrator_page
def beginning(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Begin the desk's manual; nobody outside reads it until it is opened."""
    set_up_manual(desk_id=place.desk.pk, is_public=False, by=place.by, now=place.now)
    say(request, _("The manual has begun. Write the first article."))
    return HttpResponseRedirect(workspace_url("manual", place), status=HTTPStatus.SEE_OTHER)


def _section(place: StaffPlace, slug: str) -> tuple[int, str, str] | None:
    """(id, title, slug) of the section that the page shows."""
    if not slug:
        return None
    found = article_to_edit(place.scope, slug=slug, languages=place.desk.languages)
    if found is None:
        raise Http404
    return found.article.pk, found.title(labels_of(place.desk, now=place.now).language), slug


def _tabs(place: StaffPlace, *, which: Which) -> tuple[Link, ...]:
    names = {
        "": _("The tree"),
        "drafts": _("Drafts"),
        "planned": _("Planned"),
        "behind": _("Translation is behind"),
        "archived": _("Taken out"),
    }
    base = workspace_url("manual", place)
    return tuple(
        Link(label=label, url=f"{base}?show={name}" if name else base, current=which == name)
        for name, label in names.items()
    )


def _nested(
    found: Iterable[ArticleMarks],
    *,
    under: tuple[int, str, str] | None,
    place: StaffPlace,
    labels: Labels,
    flat: bool,
) -> list[Row]:
    rows = list(found)
    if flat:
        return [_row(one, place=place, labels=labels) for one in rows]
    top = None if under is None else under[0]
    return [
        _row(
            one,
            place=place,
            labels=labels,
            below=tuple(_row(each, place=place, labels=labels, above=one) for each in rows if each.parent_id == one.id),
        )
        for one in rows
        if one.parent_id == top
    ]


def _row(
    article: ArticleMarks,
    *,
    place: StaffPlace,
    labels: Labels,
    below: tuple[Row, ...] = (),
    above: ArticleMarks | None = None,
) -> Row:
    """What the section `above` says already is not said again."""
    texts = {text.language: text for text in article.texts}
    products, usual = labels.names.products, above.audience if above else Audience.EVERYONE
    return Row(
        title=article.title(labels.language),
        url=workspace_url("manual_article", place, slug=article.slug),
        section_url=f"{workspace_url('manual', place)}?{urlencode({'under': article.slug})}"
        if article.is_section
        else "",
        product="" if above and above.product == article.product else products.get(article.product, article.product),
        audience="" if article.audience == usual else audience_names()[article.audience],
        marks=tuple(
            (language_name(language), tuple(_marks(texts.get(language), labels=labels)))
            for language in place.desk.languages
        ),
        below=below,
    )


def _marks(text: TextMarks | None, *, labels: Labels) -> Iterable[Mark]:
    """What there is to do about a text; one that is published and in step has one quiet mark."""
    if text is None:
        yield Mark(_("missing"), "", "add")
        return
    if text.publish_at is not None:
        yield Mark(_("planned %(when)s") % {"when": labels.brief_moment(text.publish_at).exact}, "accent", "calendar")
    elif text.has_draft:
        yield Mark(_("draft"), "accent", "edit")
    if text.is_behind:
        yield Mark(_("behind"), "warning", "late")
    if text.is_live:
        yield Mark(_("published"), "", "check")


def audience_names() -> Mapping[str, str]:
    """Who may read, in words, from the widest on."""
    return {
        Audience.EVERYONE.value: _("Everyone"),
        Audience.CUSTOMERS.value: _("Customers"),
        Audience.CONTACTS.value: _("Support contacts"),
        Audience.STAFF.value: _("Staff alone"),
    }
