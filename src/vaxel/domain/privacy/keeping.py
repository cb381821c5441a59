"""For how long a desk keeps what, and what it has to keep longer (trust 82)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation
from vaxel.domain.privacy.models import Kept, LegalHold, RetentionRule
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.tenancy import Scope

#: No shorter: what went too early does not come back, and a trail of less than a year answers no question.
LEAST_DAYS: Final[Mapping[Kept, int]] = {
    Kept.TICKET: 90,
    Kept.ATTACHMENT: 30,
    Kept.ORIGINAL: 30,
    Kept.HELD: 30,
    Kept.LOG: 365,
}
MOST_DAYS: Final = 36_500


class TooShortError(ValueError):
    """Fewer days than are sensible for this kind, or more than anybody lives."""

    def __init__(self, kind: Kept) -> None:
        super().__init__(kind)
        self.kind = kind


class HeldError(RuntimeError):
    """A legal hold is in force: nothing of this goes."""


def rules_of(scope: Scope) -> dict[Kept, int]:
    """Days by kind; a kind that is not there is kept for good. One query."""
    rows = RetentionRule.objects.within(scope).values_list("kind", "days")
    return {Kept(kind): days for kind, days in rows}


@transaction.atomic(durable=True)
def keep_for(desk: Desk, *, days: Mapping[Kept, int | None], by: Actor, now: datetime) -> None:
    """From tonight on each kind is kept for so many days; None keeps it for good. Raises TooShortError."""
    for kind, many in days.items():
        if many is not None and not LEAST_DAYS[kind] <= many <= MOST_DAYS:
            raise TooShortError(kind)
    was = {Kept(row.kind): row for row in RetentionRule.unscoped.select_for_update().filter(desk=desk)}
    changes: dict[str, object] = {}
    for kind, many in days.items():
        known = was.get(kind)
        before = None if known is None else known.days
        if before == many:
            continue
        changes[f"kept-{kind}"] = [before, many]
        if many is None:
            RetentionRule.unscoped.filter(desk=desk, kind=kind).delete()
        else:
            RetentionRule.unscoped.update_or_create(desk=desk, kind=kind, defaults={"days": many})
    if changes:
        record(kind="retention-changed", by=by, now=now, desk_id=desk.pk, changes=changes)


@transaction.atomic(durable=True)
def hold(
    scope: Scope,
    *,
    organisation: Organisation | None = None,
    ticket: Ticket | None = None,
    reason: str,
    by: Actor,
    now: datetime,
) -> LegalHold:
    """Keep everything of a customer, or of one ticket, whatever the rules say; twice is once."""
    same = {"organisation": organisation, "ticket": ticket, "ended_at": None}
    held, made = LegalHold.unscoped.get_or_create(
        **same, defaults={"desk_id": scope.desk_id, "reason": reason, "since": now, "by_name": by.name}
    )
    if made:
        _note("hold-begun", held, by=by, now=now)
    return held


@transaction.atomic(durable=True)
def end_hold(scope: Scope, *, hold_id: int, by: Actor, now: datetime) -> bool:
    """The rules hold again, from tonight on; false where there is nothing to end."""
    rows = LegalHold.objects.within(scope).select_for_update(of=("self",))
    held = rows.filter(pk=hold_id, ended_at=None).first()
    if held is None:
        return False
    held.ended_at, held.ended_by_name = now, by.name
    held.save(update_fields=["ended_at", "ended_by_name"])
    _note("hold-ended", held, by=by, now=now)
    return True


def holds_in_force(scope: Scope) -> list[LegalHold]:
    """Those that last, the newest first, with what they hold; one query."""
    rows = LegalHold.objects.within(scope).filter(ended_at=None).select_related("organisation", "ticket")
    return list(rows.order_by("-pk"))


def is_held(*, organisation_id: int, ticket_id: int | None = None) -> bool:
    """Whether a hold lasts on the customer or on this ticket; without a ticket, on any of theirs. One query."""
    of_tickets = Q(ticket__organisation=organisation_id) if ticket_id is None else Q(ticket=ticket_id)
    return LegalHold.unscoped.filter(Q(organisation=organisation_id) | of_tickets, ended_at=None).exists()


def mails_on_hold() -> Q:
    """Which mails, at any desk, belong to a ticket on hold or to one of a customer on hold."""
    lasting = LegalHold.unscoped.filter(ended_at=None)
    tickets = lasting.filter(ticket__isnull=False).values("ticket")
    customers = lasting.filter(organisation__isnull=False).values("organisation")
    return Q(ticket__isnull=False) & (Q(ticket__in=tickets) | Q(ticket__organisation__in=customers))


def _note(kind: str, held: LegalHold, *, by: Actor, now: datetime) -> None:
    organisation_id = held.organisation_id if held.ticket is None else held.ticket.organisation_id
    number = None if held.ticket is None else held.ticket.number
    record(
        kind=kind, by=by, now=now, desk_id=held.desk_id, organisation_id=organisation_id, ticket=number, hold_id=held.pk
    )
