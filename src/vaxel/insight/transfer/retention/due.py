"""What is older than a desk keeps it, and under no legal hold. The dry run and the night ask the same queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from vaxel.domain.audit.models import AuditEntry, Reading
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.privacy.keeping import mails_on_hold
from vaxel.domain.privacy.models import Kept, LegalHold
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Attachment, Event, Ticket
from vaxel.domain.tickets.status import DONE

State = ReceivedMail.State
#: Days that the dry run looks ahead.
AHEAD: Final = 30
_BECAME: Final = (State.TICKET, State.REPLY, State.BOUNCE)


@dataclass(frozen=True, slots=True)
class Ageing:
    """Rows of one kind that will go one day, and the column that says since when they grow old."""

    rows: QuerySet[Any]
    since: str

    def older_than(self, days: int, *, now: datetime) -> QuerySet[Any]:
        """Those that go now, the oldest first."""
        return self.rows.filter(**{f"{self.since}__lt": now - timedelta(days=days)}).order_by(self.since, "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a rule would do."""

    #: Would go tonight, and in the thirty days from now.
    now: int
    soon: int
    #: Of what stays tonight: when the first goes; None where nothing is left to grow old.
    next_at: datetime | None


def outlook(desk_id: int, kind: Kept, *, days: int, now: datetime) -> Outlook:
    """The dry run of one kind; three queries for each table of it."""
    due_now, due_soon, nexts = 0, 0, []
    for ageing in ageing_of(desk_id, kind):
        going = ageing.older_than(days, now=now).count()
        due_now += going
        due_soon += ageing.older_than(days, now=now + timedelta(days=AHEAD)).count() - going
        left = ageing.rows.filter(**{f"{ageing.since}__gte": now - timedelta(days=days)})
        nexts.append(left.aggregate(first=Min(ageing.since))["first"])
    known = [first + timedelta(days=days) for first in nexts if first is not None]
    return Outlook(now=due_now, soon=due_soon, next_at=min(known, default=None))


def ageing_of(desk_id: int, kind: Kept) -> tuple[Ageing, ...]:
    """What of this kind the desk has, without what is held."""
    mails = ReceivedMail.unscoped.filter(desk=desk_id).exclude(mails_on_hold())
    found: dict[Kept, tuple[Ageing, ...]] = {
        Kept.TICKET: (Ageing(_finished(desk_id).filter(~Exists(_ERASED)), "finished_at"),),
        Kept.ATTACHMENT: (Ageing(_files(desk_id), "finished_at"),),
        Kept.ORIGINAL: (Ageing(mails.filter(state__in=_BECAME, raw__isnull=False), "settled_at"),),
        Kept.HELD: (Ageing(mails.filter(state__in=[State.QUARANTINE, State.FAILED]), "received_at"),),
        Kept.LOG: _logs(desk_id),
    }
    return found[kind]


_ERASED: Final = Event.unscoped.filter(ticket=OuterRef("pk"), kind=EventKind.ERASED)


def _finished(desk_id: int) -> QuerySet[Ticket]:
    """The desk's own tickets that are solved or closed; what a customer's people ask each other is theirs to keep."""
    done = Ticket.unscoped.filter(desk=desk_id, status__in=DONE, is_first_line=False)
    free = done.exclude(organisation__in=_held_organisations(desk_id)).exclude(pk__in=_held_tickets(desk_id))
    return free.annotate(finished_at=Coalesce("closed_at", "solved_at")).filter(finished_at__isnull=False)


def _files(desk_id: int) -> QuerySet[Attachment]:
    done = _finished(desk_id).values("pk")
    said = Attachment.unscoped.filter(Q(message__ticket__in=done) | Q(note__ticket__in=done))
    finished = [f"{owner}__ticket__{column}" for owner in ("message", "note") for column in ("closed_at", "solved_at")]
    return said.annotate(finished_at=Coalesce(*finished))


def _logs(desk_id: int) -> tuple[Ageing, ...]:
    held = list(LegalHold.unscoped.filter(desk=desk_id, ended_at=None).select_related("ticket"))
    organisations = {each.organisation_id or (each.ticket.organisation_id if each.ticket else None) for each in held}
    entries = AuditEntry.unscoped.filter(desk=desk_id)
    for organisation_id in organisations:
        entries = entries.exclude(data__contains={"organisation_id": organisation_id})
    readings = Reading.unscoped.filter(desk=desk_id).exclude(
        Q(organisation_id__isnull=False) & Q(organisation_id__in=organisations)
    )
    return Ageing(entries, "at"), Ageing(readings, "at")


def _held_organisations(desk_id: int) -> QuerySet[Any]:
    held = LegalHold.unscoped.filter(desk=desk_id, ended_at=None, organisation__isnull=False)
    return held.values("organisation")


def _held_tickets(desk_id: int) -> QuerySet[Any]:
    return LegalHold.unscoped.filter(desk=desk_id, ended_at=None, ticket__isnull=False).values("ticket")
