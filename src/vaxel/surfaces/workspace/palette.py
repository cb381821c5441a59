"""One field that goes everywhere: a ticket by its number, a view, an organisation, an article, an act upon a ticket.

With script Ctrl+K opens it over any page and asks for its contents; without, it is a page of plain links.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from vaxel.domain.manual.audience import reader_of
from vaxel.domain.people.queries import organisations_named
from vaxel.domain.tickets.inbox import AT
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import DONE, Status
from vaxel.insight.search.articles import search_articles
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Link
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import show, view_names, workspace_url
from vaxel.surfaces.workspace.heading import urls_of
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.meant import ticket_meant

_OPEN_TICKET: Final = re.compile(r"/workspace/tickets/([\w-]+)/")
_LONGEST: Final = 100
#: The field is for going somewhere; the help centre's search shows more.
_MOST_ARTICLES: Final = 5


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the open ticket by a press; `name` and `value` go with it."""

    label: str
    url: str
    icon: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is to go to and to do, by heading; a link has a detail beside it."""

    acts: tuple[Act, ...]
    #: The ticket's version that the page behind shows: an act upon an older one is refused (trust 75).
    version: str
    groups: tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]

    @property
    def said(self) -> str:
        """How much there is, for those who hear the page."""
        count = len(self.acts) + sum(len(entries) for _heading, entries in self.groups)
        return ngettext("%(count)d choice", "%(count)d choices", count) % {"count": count}


@require_safe
@staff_page
def palette(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """What fits the words, all of it before any are typed, but no articles then; three queries, six with words."""
    words = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    labels = labels_of(place.desk, now=place.now)
    found = _found(request, place, words, labels=labels)
    if "HX-Request" in request.headers:
        return render(request, "workspace/palette_found.html.jinja", {"found": found})
    return show(request, place, "palette", labels=labels, found=found, words=words)


def _found(request: HttpRequest, place: StaffPlace, words: str, *, labels: Labels) -> Found:
    """Links of the desk, and what may be done to the ticket on the page behind."""
    behind = _OPEN_TICKET.search(request.headers.get("HX-Current-URL", ""))
    ticket = None if behind is None else ticket_meant(place, behind.group(1))
    groups = (
        (_("Tickets"), tuple(_numbered(place, words))),
        (_("This ticket"), tuple(_about(ticket, place, words))),
        (_("Views"), tuple(_views(place, words, labels=labels))),
        (_("Organisations"), tuple(_organisations(place, words))),
        (_("Articles"), tuple(_articles(place, words, language=labels.language))),
        (_("The desk"), tuple(_pages(place, words))),
    )
    return Found(
        acts=tuple(each for each in _acts(ticket, place) if _fits(each.label, words)),
        version=request.GET.get("version", ""),
        groups=tuple((heading, entries) for heading, entries in groups if entries),
    )


def _fits(label: str, words: str) -> bool:
    said = label.casefold()
    return all(word in said for word in words.casefold().split())


def _numbered(place: StaffPlace, words: str) -> Iterator[tuple[Link, str]]:
    found = ticket_meant(place, words) if words else None
    if found is not None:
        name = ticket_name(place.desk, found.number)
        yield Link(label=name, url=workspace_url("ticket", place, name=name), icon="tickets"), found.subject


def _acts(ticket: Ticket | None, place: StaffPlace) -> Iterator[Act]:
    if ticket is None:
        return
    urls = urls_of(place, ticket_name(place.desk, ticket.number), Listing())
    if ticket.status == Status.SOLVED:
        yield Act(_("Reopen"), urls.reopening, "undo")
    if ticket.status in DONE:
        return
    if ticket.assignee_id != place.viewer.staff_id:
        yield Act(_("Take it"), urls.assignment, "mine", "staff", str(place.viewer.staff_id))
    if ticket.status != Status.WAITING_CUSTOMER:
        yield Act(_("Wait for the customer"), urls.status, "waiting", "status", Status.WAITING_CUSTOMER)
    yield Act(_("Solve"), urls.solution, "solved")


def _about(ticket: Ticket | None, place: StaffPlace, words: str) -> Iterator[tuple[Link, str]]:
    if ticket is None:
        return
    name = ticket_name(place.desk, ticket.number)
    choices = (
        Link(label=_("Write"), url=f"{workspace_url('ticket', place, name=name)}#composer", icon="answer"),
        Link(label=_("Change kind or product"), url=workspace_url("decision", place, name=name), icon="route"),
        Link(label=_("Hand over"), url=workspace_url("hand_over", place, name=name), icon="send"),
    )
    yield from ((link, name) for link in choices if _fits(link.label, words))


def _views(place: StaffPlace, words: str, *, labels: Labels) -> Iterator[tuple[Link, str]]:
    names = labels.names
    queues = {AT + name: label for name, label in names.destinations.items() if name in names.queues}
    for view, label in {**view_names(), **queues}.items():
        if _fits(label, words):
            yield Link(label=label, url=f"{workspace_url('inbox', place)}?view={view}", icon="inbox"), ""


def _organisations(place: StaffPlace, words: str) -> Iterator[tuple[Link, str]]:
    for organisation_id, name in organisations_named(place.scope, words=words):
        url = f"{workspace_url('inbox', place)}?view=all&organisation={organisation_id}"
        yield Link(label=name, url=url, icon="organisation"), _("All tickets")


def _articles(place: StaffPlace, words: str, *, language: str) -> Iterator[tuple[Link, str]]:
    """Where they are read; a word that the manual spells otherwise leads nowhere here."""
    if not words or not place.desk.has_manual:
        return
    reader, desk = reader_of(place.viewer, desk_id=place.desk.pk), place.desk.slug
    found = search_articles(reader, words, language=language, typing=True, most=_MOST_ARTICLES)
    for hit in () if found.corrected else found.hits:
        url = address("helpcentre:article", desk=desk, language=hit.language, slug=hit.slug)
        yield Link(label=hit.title, url=url, icon="article"), ""


def _pages(place: StaffPlace, words: str) -> Iterator[tuple[Link, str]]:
    pages = (
        Link(label=_("New ticket"), url=workspace_url("new", place), icon="new"),
        Link(label=_("Gaps"), url=workspace_url("gaps", place), icon="warning"),
        Link(label=_("Absences"), url=workspace_url("absences", place), icon="calendar"),
        Link(label=_("Manual"), url=workspace_url("manual", place), icon="manual"),
        Link(label=_("Language and shortcuts"), url=workspace_url("preferences", place), icon="keyboard"),
    )
    yield from ((link, "") for link in pages if _fits(link.label, words))
