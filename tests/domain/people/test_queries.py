"""Who is who: places, roles, local contacts."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import hold_role, make_desk, make_organisation, make_person, make_project, make_staff
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.people.places import places_of
from vaxel.domain.people.queries import LocalContact, local_contacts, person_for_role, viewer_for
from vaxel.domain.people.viewers import CustomerViewer, StaffViewer

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 19)


@pytest.fixture
def desk() -> Desk:
    return make_desk("kompass", slug="kompass")


@pytest.fixture
def organisation(desk: Desk) -> Organisation:
    return make_organisation(desk, name="Åsklinge kommun")


def _holder(organisation: Organisation, role: str = "account-manager") -> str | None:
    found = person_for_role(desk_id=organisation.desk_id, organisation_id=organisation.pk, role=role, today=DAY)
    return None if found is None else found.name


def test_holder_for_the_organisation_comes_before_the_desks(desk: Desk, organisation: Organisation) -> None:
    assert _holder(organisation) is None
    hold_role(make_staff(desk, name="För alla"), "account-manager")
    assert _holder(organisation) == "För alla"
    hold_role(make_staff(desk, name="För Åsklinge"), "account-manager", organisation=organisation)
    assert (_holder(organisation), _holder(make_organisation(desk))) == ("För Åsklinge", "För alla")


def test_holder_who_has_left_is_followed_by_the_desks(desk: Desk, organisation: Organisation) -> None:
    hold_role(make_staff(desk, name="För alla"), "account-manager")
    hold_role(make_staff(desk, name="Slutat", is_active=False), "account-manager", organisation=organisation)
    assert _holder(organisation) == "För alla"


def test_holder_is_found_in_one_query(
    desk: Desk, organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff = make_staff(desk, title="Kundansvarig", phone="010-555 01 21")
    hold_role(staff, "account-manager", organisation=organisation)
    with django_assert_num_queries(1):
        found = person_for_role(desk_id=desk.pk, organisation_id=organisation.pk, role="account-manager", today=DAY)
    assert found is not None
    assert (found.staff_id, found.title, found.email, found.phone) == (
        staff.pk,
        "Kundansvarig",
        staff.account.email,
        "010-555 01 21",
    )


def test_manager_of_a_running_project_comes_before_holders(desk: Desk, organisation: Organisation) -> None:
    hold_role(make_staff(desk, name="För alla"), "project-manager")
    leader = make_staff(desk, name="Leder projektet")
    project = make_project(organisation, manager=leader, ends_on=date(2026, 11, 19))
    assert _holder(organisation, "project-manager") == "Leder projektet"
    project.ends_on = date(2026, 11, 18)
    project.save(update_fields=["ends_on"])
    assert _holder(organisation, "project-manager") == "För alla"
    assert _holder(make_organisation(desk), "project-manager") == "För alla"


def test_t42_holder_of_another_desk_is_nobody(desk: Desk, organisation: Organisation) -> None:
    other = Desk.objects.create(slug="baver", prefix="BAV", name="Bäver", created_at=desk.created_at)
    hold_role(make_staff(other), "account-manager")
    assert _holder(organisation) is None


def test_local_support_is_whom_to_ask_first(organisation: Organisation) -> None:
    make_person(organisation, name="Kontakt")
    make_person(organisation, name="Användare", contact=False)
    assert [(one.name, one.is_support_contact) for one in _local(organisation)] == [("Kontakt", True)]
    make_person(organisation, name="Lokal", contact=False, is_local_contact=True)
    make_person(organisation, name="Slutat", is_local_contact=True, is_active=False)
    assert [(one.name, one.is_support_contact) for one in _local(organisation)] == [("Lokal", False)]


def test_local_contacts_are_those_of_the_own_organisation(desk: Desk, organisation: Organisation) -> None:
    make_person(make_organisation(desk), is_local_contact=True)
    assert _local(organisation) == []


@pytest.mark.parametrize("count", [1, 3])
def test_local_contacts_take_one_query(
    organisation: Organisation, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_person(organisation)
    with django_assert_num_queries(1):
        assert len(_local(organisation)) == count


def _local(organisation: Organisation) -> list[LocalContact]:
    return local_contacts(desk_id=organisation.desk_id, organisation_id=organisation.pk)


def test_places_are_staff_first_then_organisations(
    desk: Desk, organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff = make_staff(desk)
    person = make_person(organisation)
    Person.unscoped.filter(pk=person.pk).update(account=staff.account)
    with django_assert_num_queries(2):
        places = places_of(account_id=staff.account_id)
    assert [(one.desk_slug, one.organisation_name, one.is_staff) for one in places] == [
        ("kompass", "", True),
        ("kompass", "Åsklinge kommun", False),
    ]


def test_t47_places_that_were_taken_away_are_gone(desk: Desk, organisation: Organisation) -> None:
    staff = make_staff(desk)
    person = make_person(organisation)
    Staff.unscoped.update(is_active=False)
    Organisation.unscoped.update(is_active=False)
    assert places_of(account_id=staff.account_id) == []
    assert places_of(account_id=person.account_id or 0) == []


def test_viewer_is_staff_before_customer(desk: Desk, organisation: Organisation) -> None:
    staff = make_staff(desk)
    person = make_person(organisation)
    assert isinstance(viewer_for(account_id=staff.account_id, desk_slug="kompass"), StaffViewer)
    assert isinstance(viewer_for(account_id=person.account_id or 0, desk_slug="kompass"), CustomerViewer)
    assert viewer_for(account_id=staff.account_id, desk_slug="baver") is None
