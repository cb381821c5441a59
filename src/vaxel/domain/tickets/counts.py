"""Facts that a policy counts: how many tickets an organisation has had in a period, for quotas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

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
            since=_begin(fact.per or "agreement", today=desk.day_of(now), starts=agreement_starts),
            zone=zone,
        )
        for name, fact in _counting_tickets(policy.file)
    }


def _counting_tickets(file: PolicyFile) -> list[tuple[str, Any]]:
    return [(name, fact) for name, fact in file.facts.items() if fact.source == "count" and fact.counts == "tickets"]


def _tickets(of: Mapping[str, str | tuple[str, ...]], *, scope: Scope, since: date | None, zone: ZoneInfo) -> int:
    rows = Ticket.objects.within(scope).filter(_since(since, zone=zone), is_first_line=False)
    return _told_apart(rows, of).count()


def _told_apart(rows: QuerySet[Ticket], of: Mapping[str, str | tuple[str, ...]]) -> QuerySet[Ticket]:
    for name, wanted in of.items():
        rows = rows.filter(**{f"{_COLUMNS[name]}__in": [wanted] if isinstance(wanted, str) else list(wanted)})
    return rows


def _since(day: date | None, *, zone: ZoneInfo) -> Q:
    return Q() if day is None else Q(created_at__gte=datetime.combine(day, time(), tzinfo=zone))


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


def renews_on(per: str, *, today: date, starts: date | None) -> date | None:
    """The first day of the period after the one that today lies in."""
    match per:
        case "day":
            return today + timedelta(days=1)
        case "week":
            return today + timedelta(days=7 - today.weekday())
        case "agreement":
            return None
        case "agreement-year":
            return None if starts is None else _next_anniversary(starts, today)
        case _:
            months = (today.month - 1) // _MONTHS[per] * _MONTHS[per] + _MONTHS[per]
            return date(today.year + months // 12, months % 12 + 1, 1)


def _next_anniversary(starts: date, today: date) -> date:
    """Within the next year and a day, whichever year has a 29 February."""
    begin = _anniversary(starts, today)
    return next(
        day for day in (begin + timedelta(days=more) for more in range(365, 367)) if _anniversary(starts, day) == day
    )


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
    """What an agreement includes so many times in a period, and how many are used.

    `counted` may be more than `limit`: what is asked when nothing is left counts too. A ticket counts in the period in
    which it was asked, whatever becomes of it; of another kind it counts as that kind.
    """

    #: The policy's fact.
    fact: str
    #: "month", "quarter", "year" and so on.
    per: str
    counted: int
    limit: int
    #: The first day of the next period; None for what is counted over the whole agreement.
    renews_on: date | None = None

    @property
    def used(self) -> int:
        """Of those that are included."""
        return min(self.counted, self.limit)

    @property
    def beyond(self) -> int:
        """What was asked when nothing was left."""
        return self.counted - self.used

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def is_nearly_used(self) -> bool:
        """Four fifths are used, or all."""
        return self.limit > 0 and self.used * 5 >= self.limit * 4


def quotas_of(policy: Policy, *, agreement: Agreement, desk: Desk, now: datetime) -> list[Quota]:
    """The agreement's quotas as the policy counts them; one query for each that counts tickets."""
    counted = counted_facts(
        policy, desk=desk, organisation_id=agreement.organisation_id, agreement_starts=agreement.starts_on, now=now
    )
    return _quotas(policy.file, agreement, counted, today=desk.day_of(now))


def quotas_of_each(
    policy: Policy, *, agreements: Sequence[Agreement], desk: Desk, now: datetime
) -> dict[int, list[Quota]]:
    """The quotas of one agreement for each of several organisations, by the organisation; one query for each fact that
    counts tickets.
    """
    counting = _counting_tickets(policy.file) if agreements else []
    counted = {name: _tickets_of_each(fact, agreements, desk=desk, now=now) for name, fact in counting}
    return {
        one.organisation_id: _quotas(
            policy.file,
            one,
            {name: found.get(one.organisation_id, 0) for name, found in counted.items()},
            today=desk.day_of(now),
        )
        for one in agreements
    }


def _tickets_of_each(fact: Any, agreements: Sequence[Agreement], *, desk: Desk, now: datetime) -> dict[int, int]:
    zone, today, per = ZoneInfo(desk.time_zone), desk.day_of(now), fact.per or "agreement"
    wanted = (
        Q(organisation=one.organisation_id) & _since(_begin(per, today=today, starts=one.starts_on), zone=zone)
        for one in agreements
    )
    rows = Ticket.objects.within(Scope(desk.pk)).filter(reduce(or_, wanted))
    return dict(_told_apart(rows, fact.of or {}).order_by().values_list("organisation").annotate(Count("pk")))


def _quotas(file: PolicyFile, agreement: Agreement, counted: Mapping[str, int], *, today: date) -> list[Quota]:
    kept = {name: value for name, value in agreement.facts.items() if isinstance(value, int)}
    return [
        Quota(
            fact=name,
            per=fact.per or "agreement",
            counted=counted.get(name, kept.get(name, 0)),
            limit=fact.limits[agreement.plan],
            renews_on=renews_on(fact.per or "agreement", today=today, starts=agreement.starts_on),
        )
        for name, fact in file.facts.items()
        if fact.source == "count" and fact.limits and agreement.plan in fact.limits
    ]
