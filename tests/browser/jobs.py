"""Small jobs in the world that browsers look at: one that is worked on, and one that waits for a yes."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from tests import factories as make
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.offers import Proposal, accept_offer, make_offer
from vaxel.domain.smalljobs.prepaid import buy_hours
from vaxel.domain.smalljobs.rates import set_rate
from vaxel.domain.smalljobs.tokens import offer_token
from vaxel.domain.smalljobs.work import log_time
from vaxel.domain.tickets.models import Ticket


def agree_on_jobs(asker: Person, agent: Staff, *, now: datetime) -> tuple[Ticket, Ticket]:
    """The ticket that is worked on, whose offer is the first of all, and the one whose offer waits."""
    price, first_day = Decimal(1200), date(2026, 1, 1)
    set_rate(agent.desk, card="Konsult", currency="SEK", per_hour=price, starts_on=first_day, by=SYSTEM, now=now)
    Person.unscoped.filter(pk=asker.pk).update(may_approve=True)
    worked = _offered(asker, agent, what="Återställ det sparade filtret", now=now - timedelta(hours=3))
    offer, scope = worked.offers.get(), make.desk_scope(agent.desk)
    yes = now - timedelta(hours=2)
    accept_offer(scope=scope, offer_id=offer.pk, person_id=asker.pk, by=make.actor(asker), now=yes)
    began, note, by = now - timedelta(hours=1), "Läste tillbaka", make.actor(agent)
    log_time(scope=scope, offer_id=offer.pk, minutes=25, worked_at=began, note=note, by=by, now=now)
    buy_hours(asker.organisation, minutes=600, note="Tio timmar", by=by, now=now)
    return worked, _offered(asker, agent, what="Slå ihop två strukturer", now=now - timedelta(hours=1))


def link_of_offer(approver: Person) -> str:
    """What stands in the address of the offer that waits."""
    waiting = Offer.unscoped.get(state=Offer.State.MADE)
    return offer_token(offer_id=waiting.pk, person_id=approver.pk)


def _offered(asker: Person, agent: Staff, *, what: str, now: datetime) -> Ticket:
    ticket = make.ask(asker, kind="data-repair", subject="Filtret är borta", now=now)
    proposal = Proposal(what=what, minutes=30)
    make_offer(proposal, scope=make.desk_scope(agent.desk), number=ticket.number, by=make.actor(agent), now=now)
    return ticket
