"""Facts that a policy counts: how many tickets an organisation has had in a period, for quotas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import Policy, PolicyFile

#: What a policy may tell counted tickets apart by, and where each is kept.
_COLUMNS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "product": "product",
    "priority": "priority",
    "channel": "channel",
    "destination": "destination",
    "topic": "topic",
    "billing": "decision__billing__kind",
}
#: Months that a period has; it begins on the first day of the year or of every so many months.
_MONTHS: Final[Mapping[str, int]] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def counted_facts(
    policy: Policy, *, desk: Desk, organisation_id: int, agreement_starts: date | None, now: datetime
) -> dict[str, int]:
    """The counts of tickets that the policy asks for; one query each, none for a policy that counts nothing.

    Hours, sessions and whatever else a policy counts stand in the agreement, where staff keep them; a figure that
    nobody has entered counts as 0, as docs/policy.md says.
    """
    zone = ZoneInfo(desk.time_zone)
    scope = Scope(desk_id=desk.pk, organisation_id=organisation_id)
    return {
        name: _tickets(
            fact.of or {},
            scope=scope,
            since=_begin(fact.per or "agreement", today=now.astimezone(zone).date(), starts=agreement_starts),
            zone=zone,
        )
        for name, fact in _counting_tickets(policy.file)
    }


def _counting_tickets(file: PolicyFile) -> list[tuple[str, Any]]:
    return [(name, fact) for name, fact in file.facts.items() if fact.source == "count" and fact.counts == "tickets"]


def _tickets(of: Mapping[str, str | tuple[str, ...]], *, scope: Scope, since: date | None, zone: ZoneInfo) -> int:
    rows = Ticket.objects.within(scope).filter(is_first_line=False)
    if since is not None:
        rows = rows.filter(created_at__gte=datetime.combine(since, time(), tzinfo=zone))
    for name, wanted in of.items():
        rows = rows.filter(**{f"{_COLUMNS[name]}__in": [wanted] if isinstance(wanted, str) else list(wanted)})
    return rows.count()


def _begin(per: str, *, today: date, starts: date | None) -> date | None:
    """The first day of the period that today lies in; None counts from the beginning of time."""
    match per:
        case "day":
            return today
        case "week":
            return today - timedelta(days=today.weekday())
        case "agreement":
            return starts
        case "agreement-year":
            return None if starts is None else _anniversary(starts, today)
        case _:
            months = _MONTHS[per]
            return date(today.year, (today.month - 1) // months * months + 1, 1)


def _anniversary(starts: date, today: date) -> date:
    """The last day on or before today that begins a year of the agreement; 29 February begins on 1 March."""
    for year in (today.year, today.year - 1):
        try:
            day = starts.replace(year=year)
        except ValueError:
            day = date(year, 3, 1)
        if day <= today:
            return max(day, starts)
    return starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What an agreement includes so many times in a period, and how many are used."""

    #: The policy's fact.
    fact: str
    #: "month", "quarter", "year" and so on.
    per: str
    used: int
    limit: int

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)


def quotas_of(policy: Policy, *, agreement: Agreement, desk: Desk, now: datetime) -> list[Quota]:
    """The agreement's quotas as the policy counts them; one query for each that counts tickets."""
    counted = counted_facts(
        policy, desk=desk, organisation_id=agreement.organisation_id, agreement_starts=agreement.starts_on, now=now
    )
    kept = {name: value for name, value in agreement.facts.items() if isinstance(value, int)}
    return [
        Quota(
            fact=name,
            per=fact.per or "agreement",
            used=counted.get(name, kept.get(name, 0)),
            limit=fact.limits[agreement.plan],
        )
        for name, fact in policy.file.facts.items()
        if fact.source == "count" and fact.limits and agreement.plan in fact.limits
    ]
