"""A Standard customer, two seats, both taken: somebody is invited, waits, gets the seat, is trained, and asks."""

import pytest

from tests import factories as world
from tests.jobs_run import run_jobs
from tests.surfaces.portal.walk import signed_in
from tests.surfaces.workspace.conftest import signed_in as signed_in_staff
from vaxel.domain.administration.models import CertificateClaim, SeatWish
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Seat

pytestmark = pytest.mark.django_db


def mails(person: Person) -> list[str]:
    """What somebody has been told, by the kinds of the mails."""
    return list(OutgoingMail.unscoped.filter(recipient=person.email).order_by("pk").values_list("kind", flat=True))


def test_from_invitation_to_an_answered_question() -> None:
    desk = world.make_desk()
    organisation = world.make_organisation(desk, plan="standard")
    siv = world.make_person(organisation, name="Siv Ahl", may_administer=True)
    bo = world.make_person(organisation, name="Bo Ek")
    agreement = organisation.agreements.get().pk
    client = signed_in(siv)
    pages = f"/{desk.slug}/organisation/people"

    client.post(f"{pages}/new/", {"email": "eva@kund.example", "name": "Eva Ros", "agreement": agreement})
    eva = Person.unscoped.get(email="eva@kund.example")
    run_jobs()
    waited = SeatWish.unscoped.filter(person=eva).exists()
    client.post(f"{pages}/{bo.pk}/leaving/")
    run_jobs()
    client.post(f"{pages}/{eva.pk}/training/", {"passed_on": "2026-11-02", "told": "Kursen i november"})
    untrained = world.ask(eva).destination
    claim = CertificateClaim.unscoped.get()
    office = signed_in_staff(world.make_staff(desk).account)
    office.post(f"/{desk.slug}/workspace/agreements/trainings/{claim.pk}/", {"answer": "yes"})
    run_jobs()

    assert waited
    assert Seat.unscoped.filter(person=eva).exists()
    assert (untrained, world.ask(eva).destination) == ("local-contacts", "support")
    about_people = [kind for kind in mails(eva) if kind in {"invited", "seat-given", "certificate-answered"}]
    assert about_people == ["invited", "seat-given", "certificate-answered"]
    assert mails(siv).count("seat-given") == 1
