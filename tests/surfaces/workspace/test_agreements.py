"""Agreements that end, and trainings that customers have sent in."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.workspace.conftest import signed_in
from vaxel.domain.administration.certificates import Proof, claim_certificate
from vaxel.domain.administration.models import CertificateClaim
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Agreement, Certificate, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


def claimed(desk: Desk) -> CertificateClaim:
    """A training of somebody at a customer whose agreement ends within days."""
    person = world.make_person(world.make_organisation(desk), certified=False)
    Agreement.unscoped.filter(organisation=person.organisation).update(ends_on=world.NOW.date() + timedelta(days=5))
    proof = Proof(passed_on=date(2026, 2, 28), told="Kursen", file_name="a.pdf", content=b"%PDF-1")
    return claim_certificate(person, proof=proof, by=SYSTEM, now=world.NOW)


@pytest.mark.parametrize("customers", [1, 3])
def test_page_reads_the_same_number_of_times(
    desk: Desk, customers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(customers):
        claimed(desk)
    client = signed_in(world.make_staff(desk).account)

    with django_assert_num_queries(4):
        client.get(f"/{desk.slug}/workspace/agreements/")


def test_training_counts_once_somebody_at_the_desk_has_looked(desk: Desk) -> None:
    claim = claimed(desk)
    client = signed_in(world.make_staff(desk).account)
    address = f"/{desk.slug}/workspace/agreements/trainings/{claim.pk}/"
    before = Certificate.unscoped.filter(person=claim.person).exists()

    client.post(address, {"answer": "yes"})
    client.post(address, {"answer": "no", "why_not": "Nej"})

    certificate = Certificate.unscoped.get(person=claim.person)
    claim.refresh_from_db()
    assert (before, claim.state, claim.certificate) == (False, "confirmed", certificate)
    assert certificate.expires_on == date(2029, 2, 28)


def test_declined_training_has_its_reason(desk: Desk) -> None:
    claim = claimed(desk)
    client = signed_in(world.make_staff(desk).account)
    address = f"/{desk.slug}/workspace/agreements/trainings/{claim.pk}/"

    client.post(address, {"answer": "no", "why_not": ""})
    claim.refresh_from_db()
    without = claim.state
    client.post(address, {"answer": "no", "why_not": "Fel kurs"})
    claim.refresh_from_db()

    assert (without, claim.state, claim.why_not) == ("waiting", "declined", "Fel kurs")
    assert not Person.unscoped.get(pk=claim.person_id).certificates.exists()
