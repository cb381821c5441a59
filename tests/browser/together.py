"""Tickets that belong together, for the browser tests: one taken out of another, two that are one, a duplicate."""

from datetime import datetime, timedelta

from tests import factories as make
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import link_tickets
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.split import Part, Sort, split_ticket


def part_tickets(contact: Person, agent: Staff, *, now: datetime) -> dict[str, Ticket]:
    """By what they show: `split` has had a question taken out, and `merged` goes on in it."""
    scope, by = make.desk_scope(agent.desk), make.actor(agent)
    asked = now - timedelta(days=1)
    split = make.ask(contact, text="Målet går inte att spara.\n\nDessutom: diagrammet är tomt.", now=asked)
    merged = make.ask(contact, subject="Målet går fortfarande inte att spara", now=asked + timedelta(hours=1))
    part = Part(message_id=Message.unscoped.get(ticket=split).pk, passage="Dessutom: diagrammet är tomt.")
    sort = Sort(subject="Diagrammet är tomt", kind="function-broken", product="suite")
    taken = split_ticket(scope=scope, number=split.number, parts=[part], sort=sort, by=by, now=now)
    merge_tickets(scope=scope, number=merged.number, other=split.number, by=by, now=now)
    link_tickets(scope=scope, number=taken.number, other=split.number, kind=Link.Kind.CAUSED_BY, by=by, now=now)
    return {"split": split, "merged": merged, "taken": taken}
