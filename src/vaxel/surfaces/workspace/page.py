"""The ticket page as a whole: what it shows, and the answer that shows it. Four queries, however long the ticket."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.bodies import MailShown, mails_behind
from vaxel.domain.notices.queries import MailState, mail_states
from vaxel.domain.problems.queries import ProblemNamed, problems_beside
from vaxel.domain.tickets.desk_view import DeskView, desk_view, ticket_id_of
from vaxel.domain.tickets.thread_view import ThreadView, thread_view
from vaxel.kit.together import in_pipeline, joined, sent
from vaxel.kit.values import value
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.composer import Composer, Written, composer_of, ways_of
from vaxel.surfaces.workspace.frame import counts_of_views, show, workspace_url
from vaxel.surfaces.workspace.happenings import Teller
from vaxel.surfaces.workspace.heading import Heading, heading_of
from vaxel.surfaces.workspace.jobs_beside import JobsBeside, jobs_of
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.limits_beside import limits_of
from vaxel.surfaces.workspace.list_beside import list_beside, list_underway
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.mailroom.beside import MailBeside, mail_beside
from vaxel.surfaces.workspace.mailroom.letters import letters_of
from vaxel.surfaces.workspace.manual.passages import ArticlesBeside, articles_beside, draft_url
from vaxel.surfaces.workspace.panel import Panel, in_language, panel_of
from vaxel.surfaces.workspace.problem_beside import ProblemsBeside, problems_of
from vaxel.surfaces.workspace.thread import Item, other_trouble, thread_of
from vaxel.surfaces.workspace.together_beside import Together, together_of


@value(kw_only=True)
class Trouble:
    """Why what was sent was not done: a title, a sentence, and what others have done meanwhile."""

    title: str
    text: str = ""
    #: Tell what has happened after the event that the writer saw last.
    tell_since: int | None = None
    since: tuple[shapes.Event, ...] = ()
    errors: tuple[shapes.FieldError, ...] = ()

    @property
    def by_field(self) -> Mapping[str, str]:
        """What is wrong, beside the field that it belongs to."""
        return {error.field: error.text for error in self.errors}


@value(kw_only=True)
class TicketPage:
    """A ticket, ready to be shown."""

    heading: Heading
    thread: Sequence[Item]
    history: Sequence[shapes.Event]
    composer: Composer
    articles: ArticlesBeside | None
    panel: Panel
    #: Quotas and ends, by name.
    limits: Sequence[tuple[str, str]]
    problems: ProblemsBeside
    jobs: JobsBeside
    together: Together
    mail_beside: MailBeside
    last_event: int
    trouble: Trouble | None
    #: Receipts and the like that did not arrive.
    mail_trouble: tuple[shapes.Trouble, ...]
    #: Empty where nothing may be erased.
    erasing_url: str


#: What stands on a ticket, how its mails fare, the known problems, and the mails that its words came by.
OnTicket = tuple[
    ThreadView,
    Mapping[int | None, tuple[MailState, ...]],
    Sequence[ProblemNamed],
    Mapping[tuple[str, int], MailShown],
]

#: The element that a press in the list beside the ticket replaces: only its contents are sent then.
_MAIN: Final = "main"


def show_ticket(
    request: HttpRequest,
    place: StaffPlace,
    name: str,
    *,
    written: Written | None = None,
    trouble: Trouble | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page of a ticket. `written` came back and stands in the box again; `trouble` says why."""
    number = number_of(place.desk, name)
    labels, listing = labels_of(place.desk, now=place.now), Listing.of(request)
    framed = request.headers.get("HX-Target") != _MAIN
    with in_pipeline():
        seen, on_it = _seen(place, number)
        found = list_underway(place, listing)
        counts = sent(counts_of_views(place, labels=labels)) if framed else None
        page = _page(place, listing, seen, on_it(), written=written, trouble=trouble)
    return show(
        request,
        place,
        "ticket",
        labels=labels,
        listing=listing,
        status=status,
        framed=framed,
        counts=counts and counts(),
        beside=list_beside(found().rows, place, listing, number=number, labels=labels, framed=framed),
        page=page,
        ticket=page.heading,
    )


def _page(
    place: StaffPlace,
    listing: Listing,
    seen: DeskView,
    on_it: OnTicket,
    *,
    written: Written | None,
    trouble: Trouble | None,
) -> TicketPage:
    """All that is shown of the ticket; no query for most."""
    labels = labels_of(place.desk, now=place.now, version_id=seen.ticket.policy_id)
    thread, mails, problems, letters = on_it
    tell = _teller(seen, labels, prefix=place.desk.prefix)
    told = {event.id: tell(event) for event in thread.events}
    policy = current_policy(place.desk)
    heading = heading_of(seen, place=place, labels=labels, listing=listing)
    beside = mail_beside(place, seen.ticket, name=heading.name, events=thread.events, labels=labels)
    ways = ways_of(seen, mails, participants=beside.copies)
    return TicketPage(
        heading=heading,
        thread=thread_of(
            thread,
            mails,
            told,
            desk=place.desk,
            organisation=seen.organisation,
            mails_url=heading.urls.mails,
            labels=labels,
            letters=letters_of(letters, thread, place=place),
            article_url=draft_url(place),
        ),
        history=list(reversed(told.values())),
        composer=composer_of(seen, place=place, written=written, language=labels.language, ways=ways),
        articles=articles_beside(place, seen, name=heading.name, written=written),
        panel=panel_of(seen, thread.clocks, place=place, labels=labels, policy=policy, query=listing.query()),
        limits=limits_of(seen, place=place, policy=policy, labels=labels),
        problems=problems_of(problems, place=place, url=heading.urls.problem, labels=labels),
        jobs=jobs_of(place, seen.ticket, name=heading.name, events=thread.events, labels=labels),
        mail_beside=beside,
        together=together_of(place, seen.ticket, events=thread.events, labels=labels),
        last_event=thread.events[-1].id if thread.events else 0,
        trouble=_since(trouble, told),
        mail_trouble=other_trouble(mails, mails_url=heading.urls.mails),
        erasing_url=_erasing_url(place, heading),
    )


def _since(trouble: Trouble | None, told: Mapping[int, shapes.Event]) -> Trouble | None:
    """With what has happened after the event that the writer saw last, where that is told."""
    if trouble is None or trouble.tell_since is None:
        return trouble
    last = trouble.tell_since
    return replace(trouble, since=tuple(event for event_id, event in told.items() if event_id > last))


def _erasing_url(place: StaffPlace, heading: Heading) -> str:
    may = heading.is_done and place.viewer.may_administer
    return workspace_url("erasing", place, name=heading.name) if may else ""


def _seen(place: StaffPlace, number: int) -> tuple[DeskView, Callable[[], OnTicket]]:
    """The ticket with what stands beside it, and a way to what stands on it; both are waited for at once.

    404 for one that is not at this desk.
    """
    ticket_id = ticket_id_of(place.scope, number=number)
    beside = sent(desk_view(place.scope, number=number))
    on_it = sent(
        joined(
            thread_view(ticket_id=ticket_id),
            mail_states(place.scope, ticket_id=ticket_id),
            problems_beside(place.scope, ticket_id=ticket_id),
            mails_behind(place.scope, ticket_id=ticket_id),
        )
    )
    seen = beside()
    if seen is None:
        raise Http404

    def standing() -> OnTicket:
        thread, mails, problems, letters = on_it()
        return thread, mails, problems, letters

    return seen, standing


def _teller(seen: DeskView, labels: Labels, *, prefix: str) -> Teller:
    because = seen.ticket.decision["because"]
    return Teller(
        labels=labels,
        staff={each.id: each.name for each in seen.colleagues},
        reasons={reason["rule"]: in_language(reason["text"], labels.language) for reason in because},
        prefix=prefix,
    )
