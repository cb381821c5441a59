"""An organisation with everything that its administrators' pages show, for the world that browsers look at."""

from datetime import datetime, timedelta

from tests import factories as make
from vaxel.domain.administration.certificates import Proof, claim_certificate
from vaxel.domain.administration.seat_changes import Change, plan_change
from vaxel.domain.administration.seating import ask_for_seat
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Agreement, Person


def organise(desk: Desk, *, now: datetime) -> tuple[Person, Person]:
    """Who administers, and a colleague with a seat, a deputy to come and trainings in all states.

    Both seats are taken, somebody waits, and the agreement ends soon.
    """
    home = make.make_organisation(desk, name="Vindelåsens kommun", plan="standard", products=("suite",), now=now)
    agreement = Agreement.unscoped.select_related("desk").get(organisation=home)
    Agreement.unscoped.filter(pk=agreement.pk).update(ends_on=(now + timedelta(days=40)).date())
    leader, contact, user, waiting, left = (
        make.make_person(home, name=name, contact=False, certified=False, now=now)
        for name in ("Liv Åström", "Kerstin Öberg-Wallenstråle", "Amir Rezai", "Tova Lind", "Per Gran")
    )
    Person.unscoped.filter(pk=leader.pk).update(may_administer=True, title="Systemförvaltare")
    Person.unscoped.filter(pk=left.pk).update(is_active=False)
    for minutes, each in enumerate((leader, contact, waiting)):
        ask_for_seat(each, agreement=agreement, by=SYSTEM, now=now + timedelta(minutes=minutes))
    today = now.date()
    record_certificate(
        contact,
        passed_on=today - timedelta(days=1000),
        expires_on=today + timedelta(days=20),
        by=SYSTEM,
        now=now,
    )
    proof = Proof(passed_on=today - timedelta(days=3), told="Administratörskurs", file_name="a.pdf", content=b"%PDF-")
    claim_certificate(contact, proof=proof, by=SYSTEM, now=now)
    change = Change(
        agreement=agreement,
        holder=contact,
        successor=user,
        starts_on=today + timedelta(days=20),
        ends_on=today + timedelta(days=40),
    )
    plan_change(change, by=SYSTEM, now=now)
    return leader, contact
