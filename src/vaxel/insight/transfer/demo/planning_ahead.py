"""What customers' administrators have planned: somebody in line for a seat, leave, trainings sent in, certificates and
agreements that run out. Through the doors, so that pages show what people would see.
"""

from datetime import date, datetime, timedelta
from typing import Final

from vaxel.domain.administration.certificates import Proof, claim_certificate
from vaxel.domain.administration.seat_changes import Change, plan_change
from vaxel.domain.administration.seating import ask_for_seat
from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Agreement, Certificate, Organisation, Person, Seat
from vaxel.insight.transfer.demo.stage import Stage

#: Days that the nearest agreement has left.
_ENDS_IN: Final = 45
#: Days that the first contacts' certificates have left.
_CERTIFICATES_END_IN: Final = (12, 50)


def plan_ahead(stage: Stage, *, now: datetime) -> None:
    """At the first customer, whose administrator is among those whom one can be; another's agreement ends soon."""
    first, other = (Organisation.unscoped.get(pk=stage.organisations[index]) for index in (0, 1))
    Agreement.unscoped.filter(organisation=other).update(ends_on=now.date() + timedelta(days=_ENDS_IN))
    agreement = Agreement.unscoped.select_related("desk").filter(organisation=first).order_by("-starts_on").first()
    people = Person.unscoped.filter(organisation=first, is_active=True).order_by("pk")
    administrator = people.filter(may_administer=True).first()
    users = list(people.filter(seats=None)[:4])
    if agreement is None or administrator is None or len(users) < 4:  # noqa: PLR2004  # two in line, one each for leave and training
        return
    by = Actor(kind="person", id=administrator.pk, name=administrator.name)
    _certificates_run_out(agreement, today=now.date())
    for days, user in enumerate(users[:2]):
        ask_for_seat(user, agreement=agreement, by=by, now=now - timedelta(days=9 - days))
    _leave(agreement, deputy=users[2], administrator=administrator, by=by, now=now)
    told = {"sv": "Administratörsutbildning på distans", "en": "Administrator training online"}
    proof = Proof(passed_on=now.date() - timedelta(days=6), told=told[stage.desk.languages[0]])
    claim_certificate(users[0], proof=proof, by=by, now=now - timedelta(days=2))


def _certificates_run_out(agreement: Agreement, *, today: date) -> None:
    """Those of the first contacts, whenever the demonstration is made."""
    seats = Seat.unscoped.filter(agreement=agreement, person__certificates__expires_on__gt=today).order_by("number")
    for seat, days in zip(seats[: len(_CERTIFICATES_END_IN)], _CERTIFICATES_END_IN, strict=False):
        Certificate.unscoped.filter(person=seat.person_id).update(expires_on=today + timedelta(days=days))


def _leave(agreement: Agreement, *, deputy: Person, administrator: Person, by: Actor, now: datetime) -> None:
    """A contact, not the administrator, is away for three weeks."""
    seats = Seat.unscoped.filter(agreement=agreement).exclude(person=administrator).select_related("person")
    seat = seats.order_by("-number").first()
    if seat is None:
        return
    starts_on = now.date() + timedelta(days=10)
    change = Change(
        agreement=agreement,
        holder=seat.person,
        successor=deputy,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=20),
    )
    plan_change(change, by=by, now=now)
