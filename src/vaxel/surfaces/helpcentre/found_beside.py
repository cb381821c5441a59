"""What a search finds beside the manual's articles: known problems, and the reader's own tickets."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.customer_list import customer_tickets
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.insight.search.problems import search_problems
from vaxel.insight.search.tickets import tickets_among
from vaxel.surfaces.helpcentre.frame import help_url
from vaxel.surfaces.helpcentre.place import HelpPlace
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.desk_news import Reading
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.ticket_names import ticket_name

#: Of each: the page is about articles.
_MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBeside:
    """Links of each kind; both empty when nothing was found, or the reader has no tickets."""

    problems: tuple[Link, ...]
    tickets: tuple[Link, ...]
    #: All hits among the tickets, when there are more than are named.
    more_tickets_url: str


def found_beside(place: HelpPlace, text: str, *, typing: bool) -> FoundBeside:
    """Problems for everybody, tickets for a customer's person: those that they may read (trust 43)."""
    tickets, more = _tickets(place, text)
    return FoundBeside(problems=_problems(place, text, typing=typing), tickets=tickets, more_tickets_url=more)


def _problems(place: HelpPlace, text: str, *, typing: bool) -> tuple[Link, ...]:
    reading = Reading(place.desk, place.language, place.now)
    found = search_problems(
        text, desk_id=place.desk.pk, language=place.language, now=place.now, typing=typing, most=_MOST
    )
    return tuple(
        Link(
            label=reading.words(each.title),
            url=help_url("problem", place, language=place.language, number=str(each.number)),
        )
        for each in found
    )


def _tickets(place: HelpPlace, text: str) -> tuple[tuple[Link, ...], str]:
    viewer, desk = place.viewer, place.desk
    if not isinstance(viewer, CustomerViewer) or not text:
        return (), ""
    reader = Reader(
        scope=viewer.scope,
        person_id=viewer.person_id,
        sees_organisation=viewer.rights.sees_organisation,
        is_local_contact=viewer.is_local_contact,
    )
    found = tickets_among(tickets_of(reader, everyone=True), text, most=_MOST)
    named = ((ticket_name(desk, ticket.number), ticket.subject) for ticket in customer_tickets(reader, found.ids))
    links = tuple(
        Link(label=f"{name} {subject}", url=address("portal:ticket", desk=desk.slug, name=name))
        for name, subject in named
    )
    more = f"{address('portal:tickets', desk=desk.slug)}?{urlencode({'q': text})}" if found.more else ""
    return links, more
