"""Doors that let people and customers in: each writes what is described, and a line in the audit trail."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests import factories as world
from tests.factories import NOW
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.appointing import add_person, appoint_contact, describe_person, seat_limit
from vaxel.domain.people.certificates import correct_certificate, record_certificate
from vaxel.domain.people.changes import ChangedMeanwhileError, mark_of
from vaxel.domain.people.founding import Administrator, found_desk, give_password
from vaxel.domain.people.models import Account, Agreement, Organisation, RoleHolder, Staff
from vaxel.domain.people.organisations import (
    OlderTermsError,
    Terms,
    agree,
    correct_agreement,
    describe_organisation,
    open_organisation,
)
from vaxel.domain.people.projects import plan_project, start_project
from vaxel.domain.people.queries import customer_at, person_for_role, staff_at
from vaxel.domain.people.seats import SeatsFullError
from vaxel.domain.people.staffing import add_staff, describe_staff, hold_role

TERMS = Terms(plan="standard", products=["suite"], starts_on=date(2026, 1, 1))


def _noted() -> list[str]:
    """What the audit trail says beyond the desk's own beginning."""
    kinds = AuditEntry.unscoped.order_by("pk").values_list("kind", flat=True)
    return [kind for kind in kinds if kind != "policy-published"]


def _open(desk: Desk, *, terms: Terms = TERMS) -> Organisation:
    return open_organisation(desk, profile={"name": "Åsklinge kommun"}, terms=terms, by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_found_desk_has_an_administrator_who_answers_in_its_teams() -> None:
    founder = Administrator("Alva Sund", "Alva.Sund@varukorg.example")
    found_desk(source=world.policy_source("kompass"), administrator=founder, by=SYSTEM, now=NOW)
    account = Account.objects.get()
    found = staff_at(account_id=account.pk, desk_slug="kompass")
    assert found is not None
    assert (found.viewer.roles, found.viewer.may_administer) == (("support",), True)
    assert (account.email, account.has_usable_password()) == ("alva.sund@varukorg.example", False)


@pytest.mark.django_db
def test_desk_is_not_founded_with_a_password_that_is_easy_to_guess() -> None:
    founder = Administrator("Alva Sund", "alva.sund@varukorg.example", "password1234")
    with pytest.raises(ValidationError):
        found_desk(source=world.policy_source("kompass"), administrator=founder, by=SYSTEM, now=NOW)
    assert (Desk.objects.count(), Account.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_given_password_signs_in_and_ends_sessions() -> None:
    account = world.make_account()
    before = account.get_session_auth_hash()
    give_password(account, password="en lång mening om gröna älgar", by=SYSTEM, now=NOW)
    kept = Account.objects.get()
    assert kept.check_password("en lång mening om gröna älgar")
    assert kept.get_session_auth_hash() != before
    assert _noted() == ["password-given"]


@pytest.mark.django_db
def test_staff_keep_what_is_not_described() -> None:
    desk = world.make_desk()
    staff = add_staff(desk, email="bo@varukorg.example", profile={"name": "Bo Lind", "phone": "1"}, by=SYSTEM, now=NOW)
    assert describe_staff(staff, profile={"roles": ["support"]}, by=SYSTEM, now=NOW) == ("roles",)
    assert describe_staff(staff, profile={"roles": ["support"], "name": "Bo Lind"}, by=SYSTEM, now=NOW) == ()
    kept = Staff.unscoped.get()
    assert (kept.name, kept.phone, kept.roles) == ("Bo Lind", "1", ["support"])
    assert _noted() == ["account-opened", "staff-added", "staff-changed"]


@pytest.mark.django_db
def test_role_passes_from_one_holder_to_the_next() -> None:
    desk = world.make_desk()
    organisation = _open(desk)
    first, second = world.make_staff(desk, name="Ada Ek"), world.make_staff(desk, name="Bo Lind")
    hold_role(first, role="account-manager", by=SYSTEM, now=NOW)
    hold_role(first, role="account-manager", organisation=organisation, by=SYSTEM, now=NOW)
    hold_role(second, role="account-manager", organisation=organisation, by=SYSTEM, now=NOW)
    hold_role(second, role="account-manager", organisation=organisation, by=SYSTEM, now=NOW)
    holder = person_for_role(desk_id=desk.pk, organisation_id=organisation.pk, role="account-manager", today=NOW.date())
    assert (holder and holder.name, RoleHolder.unscoped.count(), _noted().count("role-given")) == ("Bo Lind", 2, 3)


@pytest.mark.django_db
def test_role_for_an_organisation_of_another_desk_is_refused() -> None:
    staff = world.make_staff(world.make_desk())
    with pytest.raises(ValueError, match="another desk"):
        hold_role(staff, role="account-manager", organisation=_open(world.make_desk("baver")), by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_terms_from_the_same_day_change_the_agreement() -> None:
    organisation = _open(world.make_desk())
    longer = Terms(plan="enterprise", products=["suite"], starts_on=TERMS.starts_on, seats=4)
    assert agree(organisation, terms=longer, by=SYSTEM, now=NOW).changed == ("plan", "seats")
    assert agree(organisation, terms=longer, by=SYSTEM, now=NOW).changed == ()
    assert Agreement.unscoped.get().plan == "enterprise"


@pytest.mark.django_db
def test_later_terms_follow_and_end_the_earlier_ones() -> None:
    organisation = _open(world.make_desk())
    agreed = agree(
        organisation,
        terms=Terms(plan="enterprise", products=["suite"], starts_on=date(2027, 1, 1)),
        by=SYSTEM,
        now=NOW,
    )
    periods = Agreement.unscoped.order_by("starts_on").values_list("starts_on", "ends_on")
    assert agreed.made
    assert list(periods) == [(date(2026, 1, 1), date(2026, 12, 31)), (date(2027, 1, 1), None)]


@pytest.mark.django_db
def test_contacts_keep_their_seats_as_far_as_the_next_agreement_goes() -> None:
    organisation = _open(world.make_desk(), terms=Terms(plan="standard", products=[], starts_on=date(2026, 1, 1)))
    people = [world.make_person(organisation) for _ in range(3)]
    describe_person(people[0], profile={"is_active": False}, by=SYSTEM, now=NOW)
    narrower = Terms(plan="standard", products=[], starts_on=date(2027, 1, 1), seats=1)
    agreed = agree(organisation, terms=narrower, by=SYSTEM, now=NOW)
    assert [seat.person for seat in agreed.agreement.taken_seats.all()] == [people[1]]


@pytest.mark.django_db
def test_terms_before_those_that_are_there_are_refused() -> None:
    organisation = _open(world.make_desk())
    with pytest.raises(OlderTermsError) as refused:
        agree(
            organisation,
            terms=Terms(plan="standard", products=[], starts_on=date(2025, 1, 1)),
            by=SYSTEM,
            now=NOW,
        )
    assert refused.value.later == date(2026, 1, 1)


@pytest.mark.django_db
def test_terms_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        _open(
            world.make_desk(),
            terms=Terms(plan="standard", products=[], starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)),
        )


@pytest.mark.django_db
def test_person_is_let_in_and_described() -> None:
    desk = world.make_desk()
    person = add_person(
        _open(desk), email="Ida@asklinge.example", profile={"name": "Ida Ro"}, language="en", by=SYSTEM, now=NOW
    )
    assert describe_person(person, profile={"may_approve": True}, by=SYSTEM, now=NOW) == ("may_approve",)
    found = customer_at(account_id=person.account_id or 0, desk_slug=desk.slug)
    assert found is not None
    assert (found.viewer.name, found.viewer.email, found.viewer.rights.approves) == (
        "Ida Ro",
        "ida@asklinge.example",
        True,
    )
    assert _noted()[-2:] == ["person-added", "person-changed"]


@pytest.mark.django_db
@pytest.mark.parametrize(("plan", "seats", "limit"), [("standard", None, 2), ("standard", 5, 5), ("gone", None, 0)])
def test_seats_are_the_agreements_or_else_the_plans(plan: str, seats: int | None, limit: int) -> None:
    _open(world.make_desk(), terms=Terms(plan=plan, products=[], starts_on=TERMS.starts_on, seats=seats))
    assert seat_limit(Agreement.unscoped.get()) == limit


@pytest.mark.django_db
def test_plan_without_limit_gives_seats_without_limit() -> None:
    _open(world.make_desk("baver"), terms=Terms(plan="support", products=["baver"], starts_on=TERMS.starts_on))
    assert seat_limit(Agreement.unscoped.get()) is None


@pytest.mark.django_db
def test_no_more_contacts_are_appointed_than_the_plan_has() -> None:
    organisation = _open(world.make_desk())
    agreement = Agreement.unscoped.get()
    people = [world.make_person(organisation, contact=False) for _ in range(3)]
    numbers = [appoint_contact(person, agreement=agreement, by=SYSTEM, now=NOW).number for person in people[:2]]
    assert numbers == [1, 2]
    with pytest.raises(SeatsFullError, match="all 2 seats"):
        appoint_contact(people[2], agreement=agreement, by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_certificate_noted_wrongly_is_set_right_once() -> None:
    person = world.make_person(world.make_organisation(world.make_desk()), certified=False)
    certificate = record_certificate(person, passed_on=date(2026, 1, 1), by=SYSTEM, now=NOW)
    assert correct_certificate(certificate, expires_on=date(2027, 1, 1), by=SYSTEM, now=NOW)
    assert not correct_certificate(certificate, expires_on=date(2027, 1, 1), by=SYSTEM, now=NOW)
    assert _noted().count("certificate-corrected") == 1


@pytest.mark.django_db
def test_project_runs_until_it_is_finished() -> None:
    desk = world.make_desk()
    organisation, staff = _open(desk), world.make_staff(desk)
    project = start_project(
        organisation,
        name="Införande",
        plan={"manager": staff, "starts_on": date(2026, 3, 1)},
        by=SYSTEM,
        now=NOW,
    )
    plan_project(project, plan={"ends_on": date(2026, 6, 30)}, by=SYSTEM, now=NOW)
    project.refresh_from_db()
    assert (project.manager, project.ends_on) == (staff, date(2026, 6, 30))
    with pytest.raises(ValueError, match="before it starts"):
        plan_project(project, plan={"ends_on": date(2026, 2, 1)}, by=SYSTEM, now=NOW)
    assert _noted()[-2:] == ["project-started", "project-planned"]


@pytest.mark.django_db
def test_agreement_is_corrected_between_its_neighbours() -> None:
    """Neither over the one before nor into the one that follows."""
    organisation = _open(world.make_desk())
    first = Agreement.unscoped.get(organisation=organisation)
    agree(organisation, terms=replace(TERMS, starts_on=date(2027, 1, 1)), by=SYSTEM, now=NOW)
    second = Agreement.unscoped.get(organisation=organisation, starts_on=date(2027, 1, 1))

    with pytest.raises(OlderTermsError):
        correct_agreement(second, terms=replace(TERMS, starts_on=date(2025, 12, 31)), by=SYSTEM, now=NOW)
    with pytest.raises(ValueError, match="before the next one begins"):
        correct_agreement(first, terms=TERMS, by=SYSTEM, now=NOW)
    changed = correct_agreement(second, terms=replace(TERMS, starts_on=date(2026, 7, 1)), by=SYSTEM, now=NOW)

    first.refresh_from_db()
    assert (changed, first.ends_on, second.starts_on) == (("starts_on",), date(2026, 6, 30), date(2026, 7, 1))


@pytest.mark.django_db
def test_t75_door_refuses_what_is_not_as_it_was_seen() -> None:
    organisation = _open(world.make_desk())
    seen = mark_of(organisation)
    describe_organisation(organisation, profile={"form": "region"}, seen=seen, by=SYSTEM, now=NOW)

    with pytest.raises(ChangedMeanwhileError):
        describe_organisation(organisation, profile={"form": "agency"}, seen=seen, by=SYSTEM, now=NOW)
    assert Organisation.unscoped.get().form == "region"
