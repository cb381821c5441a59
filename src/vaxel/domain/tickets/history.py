"""What has been decided, for another policy to decide again."""

from collections.abc import Iterator
from datetime import datetime

from vaxel.domain.desks.models import Desk
from vaxel.domain.tickets.facts import facts_from_json
from vaxel.domain.tickets.models import Ticket
from vaxel.rules.policy import Decision, Facts

_AT_A_TIME = 500


def decided_since(desk: Desk, *, since: datetime) -> Iterator[tuple[str, Facts, Decision, datetime]]:
    """Name, facts, decision and instant of every question since then, oldest first; memory stays flat.

    Questions that stayed with the customer's local contacts are among them: they were decided too. Those that staff
    have handed over by hand are not: no policy has decided where they are.
    """
    rows = (
        Ticket.unscoped.filter(desk=desk, created_at__gte=since, handed_to="")
        .order_by("created_at", "id")
        .values_list("number", "facts", "decision", "created_at")
    )
    for number, facts, decision, at in rows.iterator(chunk_size=_AT_A_TIME):
        yield f"{desk.prefix}-{number}", facts_from_json(facts), Decision.from_json(decision), at
