"""One organisation as whoever is responsible for it sees it: what was bought, who is there, what runs, how it went."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.counts import Quota, quotas_of
from vaxel.insight.reports import customer_reads as reads
from vaxel.insight.reports.promises_kept import Period, PromisesKept, promises_kept
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, together
from vaxel.rules.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSeen:
    """An agreement with its seats and quotas. `limit` None is as many seats as they like."""

    agreement: Agreement
    taken: int
    waiting: int
    limit: int | None
    quotas: tuple[Quota, ...]

    @property
    def free(self) -> int | None:
        """Seats that nobody has; none while somebody takes over from somebody."""
        return None if self.limit is None else max(self.limit - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Note:
    """A note with everything that it has been, the newest first."""

    rows: tuple[reads.NoteSeen, ...]

    @property
    def newest(self) -> reads.NoteSeen:
        return self.rows[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecord:
    """Everything about one organisation. What only those responsible may read is empty for others."""

    holders: Sequence[reads.HolderSeen]
    #: In force or to come, or else the one that ended last.
    agreements: Sequence[AgreementSeen]
    contacts: Sequence[reads.ContactSeen]
    people: int
    open_tickets: int
    #: Of the open ones, how many have a promise that has passed.
    late: int
    #: The open ones whose promise is due first, the first of them.
    tickets: Sequence[reads.TicketSeen]
    projects: Sequence[reads.ProjectSeen]
    wishes: Sequence[reads.WishSeen]
    asked: Sequence[reads.AskedSeen]
    promises: PromisesKept
    jobs: reads.JobsSeen | None = None
    notes: Sequence[Note] = ()

    @property
    def renewal(self) -> date | None:
        """The next day on which one of the agreements ends."""
        return min((one.agreement.ends_on for one in self.agreements if one.agreement.ends_on), default=None)


def customer_record(
    *, desk: Desk, policy: Policy, organisation_id: int, period: Period, today: date, now: datetime, whole: bool
) -> CustomerRecord:
    """All of it, three queries and one for each quota of tickets. Only a `whole` record tells notes and jobs."""
    of = reads.Of(Scope(desk.pk), organisation_id, period, now)
    found = together(
        reads.holders(of),
        reads.agreements(of),
        reads.contacts(of),
        reads.people_count(of),
        reads.open_tickets(of),
        reads.projects(of),
        reads.wishes(of),
        reads.asked(of),
        *(_for_the_responsible(of) if whole else ()),
    )
    holders, agreements, contacts, people, (open_tickets, late, tickets), projects, wishes, asked, *more = found
    return CustomerRecord(
        holders=holders,
        agreements=[
            _agreement_seen(each, desk=desk, policy=policy, organisation_id=organisation_id, now=now)
            for each in _in_force(agreements, today=today)
        ],
        contacts=contacts,
        people=people,
        open_tickets=open_tickets,
        late=late,
        tickets=tickets,
        projects=projects,
        wishes=wishes,
        asked=asked,
        promises=promises_kept(of.scope, organisation_id=organisation_id, period=period, now=now),
        jobs=_jobs(*more[1:]) if whole else None,
        notes=_notes(more[0]) if whole else (),
    )


def _for_the_responsible(of: reads.Of) -> tuple[Asked[Any], ...]:
    parts = (reads.notes, reads.agreed_jobs, reads.worked, reads.waiting_offers, reads.bought_left)
    return tuple(part(of) for part in parts)


def _jobs(agreed: tuple[int, int], worked: int, waiting: int, bought_left: int | None) -> reads.JobsSeen:
    jobs, minutes = agreed
    return reads.JobsSeen(jobs=jobs, agreed=minutes, worked=worked, waiting=waiting, bought_left=bought_left)


def _notes(rows: Sequence[reads.NoteSeen]) -> Sequence[Note]:
    """The notes that stand, the newest first. One that was taken away is none, whatever it said before."""
    by_note: defaultdict[int, list[reads.NoteSeen]] = defaultdict(list)
    for row in rows:
        by_note[row.begins].append(row)
    return [Note(tuple(each)) for each in by_note.values() if each[0].text]


_Read = tuple[Agreement, int, int]


def _in_force(agreements: Sequence[_Read], *, today: date) -> Sequence[_Read]:
    """Those that have not ended, or else the one that began last."""
    running = [each for each in agreements if each[0].ends_on is None or each[0].ends_on >= today]
    return running or agreements[:1]


def _agreement_seen(read: _Read, *, desk: Desk, policy: Policy, organisation_id: int, now: datetime) -> AgreementSeen:
    agreement, taken, waiting = read
    agreement.desk, agreement.organisation_id = desk, organisation_id
    quotas = quotas_of(policy, agreement=agreement, desk=desk, now=now)
    return AgreementSeen(
        agreement=agreement, taken=taken, waiting=waiting, limit=seat_limit(agreement), quotas=tuple(quotas)
    )
