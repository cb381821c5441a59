"""Writing on tickets and telling about it, in few words."""

from datetime import datetime, timedelta

from tests import factories as world
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import telling
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Event, Ticket

LATER = world.NOW + timedelta(hours=1)


def desk_of(person: Person) -> Desk:
    return Desk.objects.get(pk=person.desk_id)


def tell_all(now: datetime = world.NOW) -> list[OutgoingMail]:
    """Tell every event; all mails, oldest first."""
    for event in Event.unscoped.order_by("id"):
        telling.tell(event_id=event.pk, now=now)
    return list(OutgoingMail.unscoped.order_by("id"))


def answer(ticket: Ticket, agent: Staff, text: str = "Hej Maj! Nu är felet rättat.", html: str = "") -> None:
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text=text, by=world.actor(agent), now=LATER, html=html
    )


def write(ticket: Ticket, person: Person, text: str, now: datetime = LATER) -> None:
    conversation.reply(
        scope=world.customer_scope(person), number=ticket.number, text=text, by=world.actor(person), now=now
    )
