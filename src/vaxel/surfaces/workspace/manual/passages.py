"""Answering from the manual: an article is found beside the box, and a link or a passage put into the answer.

Only what the asker may read is offered, in the asker's language: a passage for staff alone reaches no customer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.passages import Quotable, quotable
from vaxel.domain.tickets.desk_view import DeskView
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.insight.search.articles import search_articles
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.ui.words import clean_html, paragraphs, plain, text_of_html
from vaxel.surfaces.workspace.composer import Written
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.manual.frame import manual_page

_MOST: Final = 5
_LONGEST_SEARCH: Final = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that can be put in; `value` names it in the form."""

    value: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that fits, with its passages."""

    slug: str
    title: str
    summary: str
    url: str
    language: str
    passages: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesBeside:
    """The search beside the box; nothing is found before it is asked for."""

    find_url: str
    words: str
    found: tuple[Found, ...]


def articles_beside(place: StaffPlace, seen: DeskView, *, name: str, written: Written | None) -> ArticlesBeside | None:
    """None where the desk has no manual; no query unless somebody searches without script."""
    if not place.desk.has_manual:
        return None
    words = written.find if written else ""
    language = seen.requester.language or str(place.desk.languages[0])
    found = tuple(_found(seen.ticket, place.desk, words, language=language)) if words else ()
    return ArticlesBeside(find_url=workspace_url("ticket_articles", place, name=name), words=words, found=found)


def draft_url(place: StaffPlace) -> str:
    """Where an article is made of an answer, by the answer's id at the end; empty without a manual."""
    return f"{workspace_url('manual_new', place)}?reply=" if place.desk.has_manual else ""


@require_safe
@manual_page
def ticket_articles(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """What is found while somebody types, or what was chosen of it, as a fragment: the editor puts it at the caret."""
    ticket = _ticket(place, name)
    if "passage" in request.GET:
        return HttpResponse(_chosen(ticket, place.desk, plain(request.GET["passage"])).html)
    words = plain(request.GET.get("find_words", "")).strip()[:_LONGEST_SEARCH]
    language = _language(ticket, place.desk)
    found = tuple(_found(ticket, place.desk, words, language=language, typing=True)) if words else ()
    context = {"found": found, "words": words, "rich": True}
    return render(request, "workspace/manual/insert_found.html.jinja", context)


def with_passage(written: Written, place: StaffPlace, name: str) -> Written:
    """The box with the chosen passage, or a link alone, below what stands in it. 404 for what the asker cannot read."""
    chosen = _chosen(_ticket(place, name), place.desk, written.passage)
    html = f"{written.html or paragraphs(written.text)}{chosen.html}" if written.html or written.is_rich else ""
    text = "\n\n".join(filter(None, [written.text, text_of_html(chosen.html)]))
    if not html:
        text = f"{text}\n{chosen.url}"
    return replace(written, text=text, html=html)


_FRONT: Final = "helpcentre:front"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is put into an answer: clean HTML, and the address that it ends with."""

    html: str
    url: str


def _chosen(ticket: Ticket, desk: Desk, passage: str) -> _Chosen:
    """The passage named `slug#anchor`, or for `slug` a link alone. 404 for what the asker cannot read."""
    slug, at, anchor = passage.partition("#")
    base = _whole(address(_FRONT, desk=desk.slug))
    quoted = quotable(_reader(ticket), slug=slug, language=_language(ticket, desk), base=base)
    if quoted is None:
        raise Http404
    html = clean_html(_passage(quoted, anchor, whole=at == "#") + _link(quoted, desk, anchor))
    return _Chosen(html, _address(quoted, desk, anchor))


def _ticket(place: StaffPlace, name: str) -> Ticket:
    try:
        return staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None


def _language(ticket: Ticket, desk: Desk) -> str:
    account = ticket.requester.account
    return (account.language if account else "") or str(desk.languages[0])


def _reader(ticket: Ticket) -> ManualReader:
    """Whoever asked: what they may not read is not offered."""
    return ManualReader(ticket.desk_id, person_id=ticket.requester_id)


def _found(ticket: Ticket, desk: Desk, words: str, *, language: str, typing: bool = False) -> Iterator[Found]:
    reader = _reader(ticket)
    base = _whole(address(_FRONT, desk=desk.slug))
    for hit in search_articles(reader, words, language=language, typing=typing, most=_MOST).hits:
        quoted = quotable(reader, slug=hit.slug, language=language, base=base)
        if quoted is not None:
            yield Found(
                slug=hit.slug,
                title=hit.title,
                summary=hit.summary,
                url=_address(quoted, desk, ""),
                language=hit.language,
                passages=tuple(Choice(f"{hit.slug}#{each.anchor}", each.title) for each in quoted.passages),
            )


def _passage(quoted: Quotable, anchor: str, *, whole: bool) -> str:
    """The HTML of the passage; nothing when a link alone is wanted."""
    if not whole:
        return ""
    return next((each.html for each in quoted.passages if each.anchor == anchor), "")


def _link(quoted: Quotable, desk: Desk, anchor: str) -> str:
    return format_html('<p><a href="{}">{}</a></p>', _address(quoted, desk, anchor), quoted.article.entry.title)


def _address(quoted: Quotable, desk: Desk, anchor: str) -> str:
    entry = quoted.article.entry
    path = address("helpcentre:article", desk=desk.slug, language=entry.language, slug=entry.slug)
    return _whole(f"{path}#{anchor}" if anchor else path)


def _whole(path: str) -> str:
    """An address as mails name it."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
