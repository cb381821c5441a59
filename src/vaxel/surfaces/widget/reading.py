"""What the widget shows before anybody asks: the manual, and whom to turn to."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest

from vaxel.domain.manual.audience import ManualReader, reader_of
from vaxel.domain.manual.body import addressed
from vaxel.domain.manual.queries import Entry, manual_of, newest, read_article
from vaxel.domain.people.queries import local_contacts
from vaxel.insight.search.articles import ArticleHit, search_articles
from vaxel.insight.search.sought import sought
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.asking.wording import local_person
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.widget.gate import Body, Refusal, WidgetPlace, session_endpoint

_MOST: Final = 6
#: Characters of a search that are read.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """An article that can be opened."""

    slug: str
    title: str
    summary: str


@session_endpoint()
def articles(request: HttpRequest, place: WidgetPlace) -> Body:
    """With `search` what it finds; with `page`, the title of the page in the product, what is like it; else the newest.

    A page that nothing in the manual is like gets the newest too, and `fits` tells which it is.
    """
    reader = _reader(place)
    search = clean(request.POST.get("search", ""))[:_LONGEST]
    if search:
        return _searched(reader, search, language=place.language)
    page = clean(request.POST.get("page", ""))[:_LONGEST]
    like_page = search_articles(reader, page, language=place.language, most=_MOST).hits if page else ()
    if like_page:
        return {"articles": _rows(like_page), "fits": True}
    latest = newest(reader, language=place.language, most=_MOST)
    return {"articles": _rows(entry for entry, _at in latest), "fits": False}


@session_endpoint()
def article(request: HttpRequest, place: WidgetPlace) -> Body:
    """One article. Its HTML was cleaned when it was saved; the script takes over what it knows of it and no more."""
    found = read_article(_reader(place), slug=request.POST.get("slug", ""), language=place.language)
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "no-article")
    base = address("helpcentre:front", desk=place.desk.slug)
    where = address("helpcentre:article", desk=place.desk.slug, language=found.entry.language, slug=found.entry.slug)
    return {
        "title": found.entry.title,
        "language": found.entry.language,
        "html": addressed(found.html, base=base),
        "address": where,
    }


@session_endpoint()
def contacts(request: HttpRequest, place: WidgetPlace) -> Body:
    """Whom to ask first at the own organisation; only the desk's address for whoever nobody has named (A12)."""
    viewer = place.viewer
    if viewer is None:
        return {"people": [], "mail": place.desk.mail_address if place.desk.reads_mail else ""}
    found = local_contacts(desk_id=viewer.desk_id, organisation_id=viewer.organisation_id)
    return {"people": [local_person(each) for each in found if each.person_id != viewer.person_id], "mail": ""}


def _reader(place: WidgetPlace) -> ManualReader:
    manual = manual_of(place.desk.pk)
    if manual is None or (place.viewer is None and not manual.is_public):
        raise Refusal(HTTPStatus.FORBIDDEN, "no-manual")
    return reader_of(place.viewer, desk_id=place.desk.pk)


def _searched(reader: ManualReader, text: str, *, language: str) -> Body:
    """`meant` is set when the hits are those of the words as the manual spells them; `is_too_common` when there are
    none because no word of the search says anything.
    """
    found = search_articles(reader, text, language=language, most=_MOST)
    return {
        "articles": _rows(found.hits),
        "fits": True,
        "meant": found.meant if found.corrected else "",
        "is_too_common": not found.hits and sought(text).is_too_common,
    }


def _rows(entries: Iterable[Entry | ArticleHit]) -> tuple[Row, ...]:
    return tuple(Row(slug=one.slug, title=one.title, summary=one.summary) for one in entries)
