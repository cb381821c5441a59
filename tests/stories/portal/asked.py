"""Somebody asks by the portal, and what they were told is compared with what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tests.surfaces.portal.walk import Asking, begin, signed_in, text_of
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Clock, Ticket

#: Every answer that any form of the two desks asks for; a form takes those that it has.
ANSWERS: Final[dict[str, Any]] = {
    "field-description": "Så här blir det.",
    "field-attempted": "Avsnittet om perioder.",
    "field-case-reference": "BYGG.2022.194",
    "field-version": "8.9.0",
    "field-what-happened": "Så här blir det.",
    "field-what-before": "Jag skrev ut.",
    "field-what-wanted": "Så här vill jag göra.",
    "impact-0": "1",
    "impact-1": "0",
    "checked": ["read-manual", "restarted-baver", "restarted-computer", "asked-own-it"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the review said before anything was sent, and the ticket that came of it (None: contact details)."""

    said: str
    ticket: Ticket | None
    receipt: str

    @property
    def destination(self) -> str:
        return "" if self.ticket is None else self.ticket.destination

    @property
    def assignee(self) -> str:
        """Whose queue it is in; empty for a team and for local contacts."""
        return "" if self.ticket is None or self.ticket.assignee is None else self.ticket.assignee.name

    @property
    def promise(self) -> datetime | None:
        """The promise that runs for the ticket."""
        clock = Clock.unscoped.filter(ticket=self.ticket).first()
        return None if clock is None else clock.due_at


def ask_by_portal(
    person: Person, words: str, *, kind: str, product: str = "none", topic: str = "", language: str = "sv"
) -> Told:
    """The whole way as a browser without script goes it."""
    asking = begin(signed_in(person, language=language), person.desk.slug, words)
    asking.post("kind", kind=kind, product=product, topic=topic)
    asking.post("details", **ANSWERS)
    said = text_of(asking.get("review"))
    asking.post("review")
    return Told(said=said, ticket=_sent(asking), receipt=text_of(asking.client.get(asking.at("sent"), follow=True)))


def _sent(asking: Asking) -> Ticket | None:
    found = Ticket.unscoped.select_related("assignee").order_by("-pk").first()
    address = asking.get("sent")
    return found if address.status_code == 200 else None
