"""What a policy is told about an asker."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_desk, make_organisation, make_person, make_project, make_staff
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.facts import CustomerFacts, customer_facts, project_state
from vaxel.domain.people.models import Agreement, Organisation, Person
from vaxel.domain.people.seats import give_seat
from vaxel.rules.policy.declarations import Certificates

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 19)


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(make_desk("kompass"), plan="enterprise", products=("suite", "meetings"))


def _facts(person: Person, product: str = "suite", *, grace_days: int = 0) -> CustomerFacts:
    rule = {"per": "product", "grace_days": grace_days, "text": "Trained", "how": "Book a course"}
    return customer_facts(
        person_id=person.pk,
        desk_id=person.desk_id,
        product=product,
        today=DAY,
        certificates=Certificates.model_validate(rule),
    )


def test_trained_contact_is_known_in_one_query(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = make_person(organisation)
    agreement = Agreement.unscoped.get()
    Agreement.unscoped.update(facts={"region": "north", "hours": 20})
    make_project(organisation, manager=make_staff(organisation.desk))
    with django_assert_num_queries(1):
        facts = _facts(person)
    assert facts == CustomerFacts(
        person_id=person.pk,
        organisation_id=organisation.pk,
        standing="contact",
        certificate="valid",
        agreement="active",
        agreement_id=agreement.pk,
        agreement_starts=agreement.starts_on,
        plan="enterprise",
        products=frozenset({"suite", "meetings"}),
        project="active",
        declared={"region": "north", "hours": 20},
    )


def test_many_rows_are_still_one_query(
    organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = make_person(organisation)
    manager = make_staff(organisation.desk)
    for year in (2019, 2020, 2021):
        record_certificate(person, passed_on=date(year, 1, 1), by=SYSTEM, now=person.created_at)
        make_project(organisation, manager=manager, ends_on=date(2026, 3, 1))
    with django_assert_num_queries(1):
        assert _facts(person).project == "finished"


def test_person_without_a_seat_is_a_user(organisation: Organisation) -> None:
    facts = _facts(make_person(organisation, contact=False, certified=False))
    assert (facts.standing, facts.certificate, facts.agreement, facts.project) == ("user", "none", "active", "none")


def test_organisation_without_an_agreement_has_nothing(organisation: Organisation) -> None:
    Agreement.unscoped.all().delete()
    facts = _facts(make_person(organisation, contact=False, certified=False))
    assert (facts.agreement, facts.agreement_id, facts.plan, facts.products) == ("none", None, "", frozenset())


def test_ended_agreement_still_tells_what_it_was(organisation: Organisation) -> None:
    person = make_person(organisation)
    Agreement.unscoped.update(ends_on=date(2026, 11, 18))
    facts = _facts(person)
    assert (facts.agreement, facts.plan, facts.standing) == ("ended", "enterprise", "contact")
    assert facts.products == frozenset({"suite", "meetings"})


def test_agreement_holds_through_its_last_day(organisation: Organisation) -> None:
    person = make_person(organisation)
    Agreement.unscoped.update(ends_on=DAY)
    assert _facts(person).agreement == "active"


def test_agreement_that_begins_later_counts_as_none(organisation: Organisation) -> None:
    person = make_person(organisation)
    Agreement.unscoped.update(starts_on=date(2026, 11, 20))
    facts = _facts(person)
    assert (facts.agreement, facts.standing) == ("none", "user")


def test_seat_of_an_earlier_agreement_makes_no_contact(organisation: Organisation) -> None:
    person = make_person(organisation)
    Agreement.unscoped.update(ends_on=date(2026, 6, 30))
    _agreement(organisation, plan="standard", products=["suite"], starts_on=date(2026, 7, 1))
    facts = _facts(person)
    assert (facts.plan, facts.standing, facts.agreement) == ("standard", "user", "active")


def test_two_agreements_cover_together_and_the_product_chooses(organisation: Organisation) -> None:
    person = make_person(organisation, contact=False)
    second = _agreement(organisation, plan="standard", products=["resource-planning"], starts_on=date(2026, 7, 1))
    give_seat(person, agreement=second, limit=2, by=SYSTEM, now=person.created_at)
    plans = {product: _facts(person, product).plan for product in ("suite", "resource-planning", "")}
    assert plans == {"suite": "enterprise", "resource-planning": "standard", "": "standard"}
    assert _facts(person).products == frozenset({"suite", "meetings", "resource-planning"})
    assert _facts(person).standing == "contact"


def test_t47_person_or_organisation_that_is_inactive_is_nobody(organisation: Organisation) -> None:
    person = make_person(organisation)
    Person.unscoped.update(is_active=False)
    with pytest.raises(Person.DoesNotExist):
        _facts(person)
    Person.unscoped.update(is_active=True)
    Organisation.unscoped.update(is_active=False)
    with pytest.raises(Person.DoesNotExist):
        _facts(person)


def test_t42_person_of_another_desk_is_nobody(organisation: Organisation) -> None:
    person = make_person(organisation)
    with pytest.raises(Person.DoesNotExist):
        customer_facts(person_id=person.pk, desk_id=person.desk_id + 1, product="suite", today=DAY)


@pytest.mark.parametrize(
    ("deliveries", "expected"),
    [
        ([], "none"),
        ([(date(2026, 11, 19), None)], "active"),
        ([(date(2026, 11, 20), None)], "none"),
        ([(date(2026, 1, 1), date(2026, 11, 19))], "active"),
        ([(date(2026, 1, 1), date(2026, 11, 18))], "finished"),
        ([(date(2025, 1, 1), date(2025, 12, 1)), (date(2026, 1, 1), None)], "active"),
        ([(date(2025, 1, 1), date(2025, 12, 1)), (date(2027, 1, 1), None)], "finished"),
    ],
)
def test_project_runs_has_ended_or_is_not_there(
    deliveries: list[tuple[date | None, date | None]], expected: str
) -> None:
    assert project_state(deliveries, today=DAY) == expected


def _agreement(organisation: Organisation, *, plan: str, products: list[str], starts_on: date) -> Agreement:
    return Agreement.objects.create(
        desk_id=organisation.desk_id, organisation=organisation, plan=plan, products=products, starts_on=starts_on
    )
