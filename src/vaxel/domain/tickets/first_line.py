"""Questions to a customer's own contacts (A12) when nobody is left to answer them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.destinations import LOCAL_CONTACTS, colleagues_to_ask, role_holder
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.locking import lock_ticket, store_change
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import DONE, OPEN_STATUSES
from vaxel.kit.tenancy import Scope


def is_stranded(ticket: Ticket) -> bool:
    """Whether all contacts that the question went to have left or lost the right; one query for such questions."""
    if not ticket.is_first_line or ticket.status in DONE:
        return False
    own = {"desk_id": ticket.desk_id, "organisation_id": ticket.organisation_id}
    return not colleagues_to_ask(**own, asker_id=ticket.requester_id)


def way_on(ticket: Ticket) -> str | None:
    """The destination that the ticket's terms name for an organisation without contacts of its own; None where they
    name none.
    """
    places = policy_version(ticket.policy_id).file.destinations
    name = places[ticket.destination].fallback
    return None if name is None or places[name].type == LOCAL_CONTACTS else name


@transaction.atomic(durable=True)
def pass_on(*, scope: Scope, number: int, by: Actor, now: datetime) -> Ticket:
    """Send a stranded question on to the vendor, with all that is written there: by its asker, who alone may decide
    that the vendor reads it.

    Raises NotPossibleError for anybody else, while somebody can answer it, and where the terms know no way on that
    takes tickets.
    """
    ticket = lock_ticket(scope=scope, number=number)
    policy, destination = policy_version(ticket.policy_id), way_on(ticket)
    if (by.kind, by.id) != ("person", ticket.requester_id) or not is_stranded(ticket):
        raise NotPossibleError(ticket.status)
    if destination is None or not policy.file.destinations[destination].takes_ticket:
        raise NotPossibleError(destination)
    asked = {"kind": ticket.kind, "product": ticket.product}
    before = {**asked, "destination": ticket.destination}
    desk = Desk.objects.get(pk=ticket.desk_id)
    ticket.destination, ticket.is_first_line = destination, False
    ticket.assignee_id = role_holder(
        destination, policy=policy, desk=desk, organisation_id=ticket.organisation_id, now=now
    )
    ticket.customer_spoke_last = True
    ticket.last_message_at = now
    store_change(ticket, "destination", "is_first_line", "assignee", "customer_spoke_last", "last_message_at", now=now)
    after = {**asked, "destination": destination}
    record_event(EventKind.DECIDED_AGAIN, ticket=ticket, by=by, now=now, before=before, after=after)
    return ticket


def waiting_at(organisation_ids: list[int]) -> Mapping[int, int]:
    """How many open questions wait for the own contacts of each organisation: the number and nothing else, for what
    they are about is not the vendor's to read.
    """
    rows = Ticket.unscoped.filter(
        organisation__in=organisation_ids, is_first_line=True, status__in=[each.value for each in OPEN_STATUSES]
    )
    return dict(rows.order_by().values_list("organisation").annotate(waiting=Count("pk")))
