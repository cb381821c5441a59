"""What a search finds beside the manual's articles: known problems, and the reader's own tickets."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.customer_list import customer_tickets
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.problems import search_problems
from vaxel.insight.search.sought import Sought, sought
from vaxel.insight.search.ticket_excerpts import excerpts
from vaxel.insight.search.tickets import tickets_among
from vaxel.surfaces.helpcentre.frame import help_url
from vaxel.surfaces.helpcentre.place import HelpPlace
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.desk_news import Reading
from vaxel.surfaces.ui.ticket_names import ticket_name

#: Of each: the page is about articles.
_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HitBeside:
    """A problem or a ticket; `words` are those around what was found, None when it stands in the title alone."""

    title: Excerpt
    url: str
    words: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBeside:
    """Hits of each kind; both empty when nothing was found, or the reader has no tickets."""

    problems: tuple[HitBeside, ...]
    tickets: tuple[HitBeside, ...]
    #: All hits among the tickets, when there are more than are named.
    more_tickets_url: str


def found_beside(place: HelpPlace, text: str, words: Sought, *, typing: bool) -> FoundBeside:
    """Problems for everybody, tickets for a customer's person: those that they may read (trust 43)."""
    tickets, more = _tickets(place, text, words)
    return FoundBeside(problems=_problems(place, text, words, typing=typing), tickets=tickets, more_tickets_url=more)


def _problems(place: HelpPlace, text: str, words: Sought, *, typing: bool) -> tuple[HitBeside, ...]:
    reading = Reading(place.desk, place.language, place.now)
    found = search_problems(
        text, desk_id=place.desk.pk, language=place.language, now=place.now, typing=typing, most=_MOST
    )
    return tuple(
        HitBeside(
            title=words.marked(reading.words(each.title)),
            url=help_url("problem", place, language=place.language, number=str(each.number)),
            words=words.around(reading.words(each.text)) or words.around(reading.words(each.workaround)),
        )
        for each in found
    )


def _tickets(place: HelpPlace, text: str, words: Sought) -> tuple[tuple[HitBeside, ...], str]:
    viewer, desk = place.viewer, place.desk
    if not isinstance(viewer, CustomerViewer) or not text:
        return (), ""
    reader = Reader(
        scope=viewer.scope,
        person_id=viewer.person_id,
        sees_organisation=viewer.rights.sees_organisation,
        is_local_contact=viewer.is_local_contact,
    )
    # Tickets are searched by what was typed, even where the manual knows a likelier word.
    asked = words if words.text == text else sought(text)
    found = tickets_among(tickets_of(reader, everyone=True), asked, most=_MOST)
    rows = customer_tickets(reader, found.ids)
    said = excerpts([ticket.pk for ticket in rows], words)
    named = ((ticket, ticket_name(desk, ticket.number)) for ticket in rows)
    hits = tuple(
        HitBeside(
            title=words.marked(f"{name} {ticket.subject}"),
            url=address("portal:ticket", desk=desk.slug, name=name),
            words=said.get(ticket.pk),
        )
        for ticket, name in named
    )
    more = f"{address('portal:tickets', desk=desk.slug)}?{urlencode({'q': text})}" if found.more else ""
    return hits, more
