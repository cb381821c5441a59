"""A question that is a small job, the people around it, and a price."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.offers import Proposal, accept_offer, make_offer
from vaxel.domain.smalljobs.rates import set_rate
from vaxel.domain.tickets.models import Ticket

NOW = world.NOW


@dataclass(frozen=True, slots=True)
class Small:
    """One desk, one customer with an asker and an approver, one agent, one account manager, one ticket."""

    desk: Desk
    asker: Person
    approver: Person
    agent: Staff
    manager: Staff
    ticket: Ticket

    def offer(self, *, minutes: int = 30, what: str = "Återställ filtret", paid_by: str = "invoice") -> Offer:
        """An offer by the agent, through its door."""
        return make_offer(
            Proposal(what=what, minutes=minutes, paid_by=paid_by),
            scope=world.desk_scope(self.desk),
            number=self.ticket.number,
            by=world.actor(self.agent),
            now=NOW,
        )

    def agree(self, offer: Offer) -> Offer:
        """The approver says yes."""
        return accept_offer(
            scope=world.customer_scope(self.approver),
            offer_id=offer.pk,
            person_id=self.approver.pk,
            by=world.actor(self.approver),
            now=NOW,
        )


def make_small(*, price: bool = True) -> Small:
    """Kompass with a question about data that support can repair when it has been agreed."""
    desk = world.make_desk()
    organisation = world.make_organisation(desk)
    agent, manager = world.make_staff(desk), world.make_staff(desk, name="Kerstin Molin", roles=("account-manager",))
    world.hold_role(manager, "account-manager")
    if price:
        set_rate(
            desk, card="Konsult", currency="SEK", per_hour=Decimal(1200), starts_on=date(2026, 1, 1), by=SYSTEM, now=NOW
        )
    asker = world.make_person(organisation)
    approver = world.make_person(organisation, name="Gun Palm", contact=False, certified=False, may_approve=True)
    ticket = ask_for_work(asker)
    return Small(desk=desk, asker=asker, approver=approver, agent=agent, manager=manager, ticket=ticket)


def ask_for_work(asker: Person) -> Ticket:
    """A question that is a small job by the policy."""
    return world.ask(asker, kind="data-repair", subject="Filtret är borta", text="Vi skrev över vårt filter.")
