"""For how long a desk keeps what, and what it has to keep longer (trust 82)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.changes import ChangedMeanwhileError
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


def mark_of_rules(rules: Mapping[Kept, int]) -> str:
    """Stands for all of a desk's rules, in a form that has shown them: another number anywhere gives another mark."""
    return ",".join(f"{kind}={rules.get(kind, '')}" for kind in Kept)


@transaction.atomic(durable=True)
def keep_for(desk: Desk, *, days: Mapping[Kept, int | None], seen: str = "", by: Actor, now: datetime) -> None:
    """From tonight on each kind is kept for so many days; None keeps it for good.

    Raises TooShortError, and ChangedMeanwhileError when the rules are not those that were `seen` (`mark_of_rules`).
    """
    for kind, many in days.items():
        if many is not None and not LEAST_DAYS[kind] <= many <= MOST_DAYS:
            raise TooShortError(kind)
    # Kinds without a rule have no row to hold.
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    was = rules_of(Scope(desk.pk))
    if seen and seen != mark_of_rules(was):
        raise ChangedMeanwhileError(seen)
    changes: dict[str, object] = {}
    for kind, many in days.items():
        before = was.get(kind)
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
    """Keep everything of a customer, or of one ticket, whatever the rules say.

    One thing may be held for several reasons, each with a row of its own: it goes when the last has ended. The same
    reason twice is once.
    """
    # Whoever presses twice waits here for themselves.
    Desk.objects.select_for_update(no_key=True).get(pk=scope.desk_id)
    same = {"organisation": organisation, "ticket": ticket, "reason": reason, "ended_at": None}
    held, made = LegalHold.unscoped.get_or_create(
        **same, defaults={"desk_id": scope.desk_id, "since": now, "by_name": by.name}
    )
    if made:
        _note("hold-begun", held, by=by, now=now)
    return held


@transaction.atomic(durable=True)
def end_hold(scope: Scope, *, hold_id: int, by: Actor, now: datetime) -> LegalHold | None:
    """End one reason, with what it held; None where there is nothing to end. After the last one the rules hold again,
    from tonight on.
    """
    rows = LegalHold.objects.within(scope).select_for_update(of=("self",)).select_related("organisation", "ticket")
    held = rows.filter(pk=hold_id, ended_at=None).first()
    if held is None:
        return None
    held.ended_at, held.ended_by_name = now, by.name
    held.save(update_fields=["ended_at", "ended_by_name"])
    _note("hold-ended", held, by=by, now=now)
    return held


def lasting_with(ended: LegalHold) -> bool:
    """Whether what this held is held for another reason still, the whole customer's included. One query."""
    if ended.ticket is None:
        others = Q(organisation=ended.organisation_id)
    else:
        others = Q(ticket=ended.ticket_id) | Q(organisation=ended.ticket.organisation_id)
    return LegalHold.unscoped.filter(others, ended_at=None).exists()


def holds_in_force(scope: Scope) -> list[LegalHold]:
    """All that last at the desk, the newest first, with what they hold; one query."""
    rows = LegalHold.objects.within(scope).filter(ended_at=None).select_related("organisation", "ticket")
    return list(rows.order_by("-pk"))


def holds_on(scope: Scope, *, organisation_id: int, numbers: Collection[int] | None = None) -> list[LegalHold]:
    """Those that last on a customer, or on its tickets with these numbers (None: on any of them), the oldest first,
    with what they hold; one query.
    """
    of_tickets = Q(ticket__organisation=organisation_id)
    if numbers is not None:
        of_tickets &= Q(ticket__number__in=numbers)
    lasting = LegalHold.objects.within(scope).filter(Q(organisation=organisation_id) | of_tickets, ended_at=None)
    return list(lasting.select_related("organisation", "ticket").order_by("pk"))


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
