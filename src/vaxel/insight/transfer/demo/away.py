"""Staff of the demonstration who are away, with a stand-in and without, and a question that was handed over by hand."""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.absences import Away, be_away
from vaxel.domain.people.models import RoleHolder, Staff
from vaxel.domain.tickets.handing_over import Words, hand_over, hand_over_if, places_to_hand_to
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

_OPEN: Final = [status.value for status in OPEN_STATUSES]
_WHY: Final = "Frågan handlar mer om avtalet än om felet. Jag har berättat det för kunden."
_TO_ASKER: Final = (
    "{who} kan svara på din fråga bättre än jag, så jag har lämnat över den. "
    "{who} svarar dig här, och du behöver inte göra något."
)


def let_be_away(stage: Stage, *, now: datetime) -> None:
    """A question is handed over; then one who holds a role is away with a stand-in, and another with none."""
    _hand_one_over(stage, now=now)
    holders = _holders(stage)
    others = Staff.unscoped.filter(desk=stage.desk, is_active=True).exclude(pk__in=[each.pk for each in holders])
    colleague = others.order_by("pk").first()
    if len(holders) > 1 and colleague is not None:
        _away(holders[0], stage=stage, now=now, days=9, stand_in=colleague)
        _away(holders[-1], stage=stage, now=now, days=3, stand_in=None)


def _holders(stage: Stage) -> list[Staff]:
    """Everybody who holds a role for all customers, or for one."""
    held = RoleHolder.unscoped.filter(desk=stage.desk, staff__is_active=True).values("staff")
    return list(Staff.unscoped.filter(pk__in=held).order_by("pk"))


def _away(staff: Staff, *, stage: Stage, now: datetime, days: int, stand_in: Staff | None) -> None:
    today = now.date()
    away = Away(
        first_day=today - timedelta(days=1),
        last_day=today + timedelta(days=days),
        stand_in_id=None if stand_in is None else stand_in.pk,
    )
    by = Actor(kind="staff", id=staff.pk, name=staff.name)
    be_away(scope=Scope(stage.desk.pk), staff_id=staff.pk, away=away, by=by, now=now - timedelta(days=2))


def _hand_one_over(stage: Stage, *, now: datetime) -> None:
    """The newest question that is unfinished, to the first role that has a person for its customer."""
    rows = Ticket.unscoped.filter(desk=stage.desk, is_first_line=False, status__in=_OPEN, details_missing=[])
    ticket = rows.order_by("-number").first()
    agent = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("pk").first()
    if ticket is None or agent is None:
        return
    for destination in places_to_hand_to(ticket, desk=stage.desk, now=now):
        holder = hand_over_if(ticket, destination=destination, desk=stage.desk, now=now).holder
        if holder is not None:
            words = Words(why=_WHY, to_asker=_TO_ASKER.format(who=holder.name), language="sv")
            by = Actor(kind="staff", id=agent.pk, name=agent.name)
            at = max(now - timedelta(hours=1), ticket.last_message_at)
            scope = Scope(stage.desk.pk)
            hand_over(scope=scope, number=ticket.number, destination=destination, words=words, by=by, now=at)
            return
