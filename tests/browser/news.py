"""Known problems and operating notices of the world: one problem that is open, one fixed, work that goes on."""

from datetime import datetime, timedelta

from tests import factories as make
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.problems import known
from vaxel.domain.problems.models import KnownProblem
from vaxel.domain.problems.operating import NoticeWords, publish_notice
from vaxel.domain.tickets.models import Ticket

_LONG = "uppföljningsrapporteringssammanställningen"


def tell_news(agent: Staff, *, joiner: Person, ticket: Ticket, finished: Ticket, now: datetime) -> None:
    """Problem 1 is open, with a ticket and somebody who said "me too"; problem 2 is fixed, with a ticket to solve."""
    began = now - timedelta(days=2)
    first = _problem(agent, f"Exporten av {_LONG} stannar", now=began)
    _hang(agent, ticket, first, now=began)
    known.me_too(
        person_id=joiner.pk,
        scope=make.customer_scope(joiner),
        problem_number=first.number,
        by=make.actor(joiner),
        now=began,
    )
    _tell(agent, first, "Vi har hittat felet och rättar det i nästa version.", now=now - timedelta(days=1))
    second = _problem(agent, "Inloggningen tar lång tid", now=began)
    _hang(agent, finished, second, now=began)
    _tell(agent, second, "Nu går det fort igen.", state="fixed", now=now - timedelta(hours=1))
    for title, hours in ((f"Störning i {_LONG}", -1), ("Planerat underhåll", 30)):
        starts = now + timedelta(hours=hours)
        words = NoticeWords(title=_said(title), text=_said(f"{title}. Vi hör av oss."), starts_at=starts)
        publish_notice(words, desk=agent.desk, by=make.actor(agent), now=now)


def _said(text: str) -> dict[str, str]:
    return {"sv": text, "en": f"In English: {text}"}


def _problem(agent: Staff, title: str, *, now: datetime) -> KnownProblem:
    description = known.Description(
        title=_said(title),
        text=_said(f"{title}.\n\nDet händer varje gång."),
        workaround=_said("Spara som Word så länge."),
        products=("suite",),
    )
    return known.open_problem(description, desk=agent.desk, by=make.actor(agent), now=now)


def _hang(agent: Staff, ticket: Ticket, problem: KnownProblem, *, now: datetime) -> None:
    known.hang_ticket(
        scope=make.desk_scope(agent.desk),
        ticket_number=ticket.number,
        problem_number=problem.number,
        by=make.actor(agent),
        now=now,
    )


def _tell(agent: Staff, problem: KnownProblem, text: str, *, state: str = "open", now: datetime) -> None:
    known.tell_about_problem(
        _said(text),
        scope=make.desk_scope(agent.desk),
        number=problem.number,
        seen_version=problem.version,
        state=state,
        by=make.actor(agent),
        now=now,
    )
