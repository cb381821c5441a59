"""Who is away, who steps in, and what nobody fills."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, desk_scope, hold_role, make_desk, make_organisation, make_project, make_staff
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.absences import AbsenceError, AbsenceMissingError, Away, absences_from, be_away, be_back
from vaxel.domain.people.gaps import RoleGap, desk_gaps
from vaxel.domain.people.models import Absence, Organisation, Staff
from vaxel.domain.people.queries import person_for_role

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 19)
MANAGER = "account-manager"


@pytest.fixture
def desk() -> Desk:
    return make_desk("kompass", slug="kompass")


@pytest.fixture
def organisation(desk: Desk) -> Organisation:
    return make_organisation(desk, name="Åsklinge kommun")


@pytest.fixture
def manager(desk: Desk) -> Staff:
    manager = make_staff(desk, name="Karin Holm")
    hold_role(manager, MANAGER)
    return manager


def away(staff: Staff, *, first: date = DAY, last: date = DAY, stand_in: Staff | None = None) -> Absence:
    days = Away(first_day=first, last_day=last, stand_in_id=None if stand_in is None else stand_in.pk)
    return be_away(scope=desk_scope(staff.desk), staff_id=staff.pk, away=days, by=actor(staff), now=NOW)


def holder(organisation: Organisation, role: str = MANAGER, *, today: date = DAY) -> str:
    found = person_for_role(desk_id=organisation.desk_id, organisation_id=organisation.pk, role=role, today=today)
    return "" if found is None else found.name


def gaps(desk: Desk) -> list[RoleGap]:
    found = desk_gaps(desk_scope(desk), roles=(MANAGER, "project-manager"), teams=(), today=DAY)
    return list(found.roles)


def teams_without_staff(desk: Desk) -> tuple[str, ...]:
    return desk_gaps(desk_scope(desk), roles=(), teams=("support", "drift"), today=DAY).teams


def test_stand_in_gets_the_questions_on_the_days_and_no_other(organisation: Organisation, manager: Staff) -> None:
    away(manager, last=DAY + timedelta(days=1), stand_in=make_staff(manager.desk, name="Sara Norrby"))
    days = [DAY + timedelta(days=number) for number in (-1, 0, 1, 2)]
    assert [holder(organisation, today=day) for day in days] == [
        "Karin Holm",
        "Sara Norrby",
        "Sara Norrby",
        "Karin Holm",
    ]


def test_stand_in_is_told_apart_from_the_holder(organisation: Organisation, manager: Staff) -> None:
    away(manager, stand_in=make_staff(manager.desk, name="Sara Norrby"))
    days = (DAY, DAY + timedelta(days=1))
    found = [
        person_for_role(desk_id=organisation.desk_id, organisation_id=organisation.pk, role=MANAGER, today=day)
        for day in days
    ]
    assert [(one.name, one.instead_of) for one in found if one is not None] == [
        ("Sara Norrby", "Karin Holm"),
        ("Karin Holm", ""),
    ]


def test_stand_in_is_found_in_one_query(
    organisation: Organisation, manager: Staff, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    away(manager, stand_in=make_staff(manager.desk, name="Sara Norrby"))
    with django_assert_num_queries(1):
        assert holder(organisation) == "Sara Norrby"


def test_without_a_stand_in_the_desks_holder_gets_them(organisation: Organisation, manager: Staff) -> None:
    own = make_staff(manager.desk, name="Egen")
    hold_role(own, MANAGER, organisation=organisation)
    away(own)
    assert holder(organisation) == "Karin Holm"
    away(manager)
    assert holder(organisation) == ""


def test_stand_in_who_is_not_there_is_none(organisation: Organisation, manager: Staff) -> None:
    sara = make_staff(manager.desk, name="Sara Norrby")
    away(manager, stand_in=sara)
    absence = away(sara)
    assert holder(organisation) == ""
    be_back(scope=desk_scope(manager.desk), absence_id=absence.pk, by=actor(sara), now=NOW)
    assert holder(organisation) == "Sara Norrby"
    Staff.unscoped.filter(pk=sara.pk).update(is_active=False)
    assert holder(organisation) == ""


def test_leader_of_a_project_has_a_stand_in_too(organisation: Organisation) -> None:
    leader = make_staff(organisation.desk, name="Leder projektet")
    make_project(organisation, manager=leader)
    away(leader, stand_in=make_staff(organisation.desk, name="Sara Norrby"))
    assert holder(organisation, "project-manager") == "Sara Norrby"


@pytest.mark.parametrize("fault", ["order", "self", "abroad", "left"])
def test_absence_that_cannot_be_is_refused(desk: Desk, manager: Staff, fault: str) -> None:
    others = {
        "self": manager,
        "abroad": make_staff(make_desk("baver", slug="baver")),
        "left": make_staff(desk, is_active=False),
    }
    with pytest.raises(AbsenceError):
        away(manager, last=DAY - timedelta(days=fault == "order"), stand_in=others.get(fault))
    assert not Absence.unscoped.exists()


def test_absence_is_ended_by_whose_it_is(desk: Desk, manager: Staff) -> None:
    absence = away(manager)
    sara = make_staff(desk, name="Sara Norrby")
    scope, abroad = desk_scope(desk), desk_scope(make_desk("baver", slug="baver"))
    for of, staff_id in ((scope, sara.pk), (abroad, None)):
        with pytest.raises(AbsenceMissingError):
            be_back(scope=of, absence_id=absence.pk, staff_id=staff_id, by=actor(sara), now=NOW)
    assert absences_from(scope, today=DAY) == [absence]
    be_back(scope=scope, absence_id=absence.pk, staff_id=manager.pk, by=actor(manager), now=NOW)
    assert absences_from(scope, today=DAY) == []


def test_role_that_nobody_holds_is_a_gap_of_every_organisation(desk: Desk, organisation: Organisation) -> None:
    other = make_organisation(desk, name="Ek AB")
    assert gaps(desk) == [RoleGap(MANAGER, "nobody", "", None, "", ("Ek AB", "Åsklinge kommun"))]
    hold_role(make_staff(desk, name="Egen"), MANAGER, organisation=other)
    assert gaps(desk) == [RoleGap(MANAGER, "nobody", "", None, "", ("Åsklinge kommun",))]
    hold_role(make_staff(desk, name="För alla"), MANAGER)
    assert gaps(desk) == []


def test_holders_who_are_not_there_are_gaps(desk: Desk, organisation: Organisation, manager: Staff) -> None:
    own = make_staff(desk, name="Egen")
    hold_role(own, MANAGER, organisation=organisation)
    away(own, last=DAY + timedelta(days=3))
    until = DAY + timedelta(days=3)
    assert gaps(desk) == [RoleGap(MANAGER, "away", "Egen", until, "Karin Holm", ("Åsklinge kommun",))]
    Staff.unscoped.filter(pk=own.pk).update(is_active=False)
    assert gaps(desk) == [RoleGap(MANAGER, "left", "Egen", None, "Karin Holm", ("Åsklinge kommun",))]


def test_project_manager_is_missed_only_while_a_project_runs(
    desk: Desk, organisation: Organisation, manager: Staff
) -> None:
    assert gaps(desk) == []
    make_project(organisation, manager=make_staff(desk, name="Leder", is_active=False))
    assert gaps(desk) == [RoleGap("project-manager", "left", "Leder", None, "", ("Åsklinge kommun",))]


def test_gaps_cost_the_same_however_many_customers(
    desk: Desk, organisation: Organisation, manager: Staff, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 2):
        with django_assert_num_queries(5):
            gaps(desk)
        make_organisation(desk, name=f"Ek {number} AB")


def test_team_without_staff_is_named(desk: Desk) -> None:
    assert teams_without_staff(desk) == ("support", "drift")
    make_staff(desk, roles=("drift",))
    assert teams_without_staff(desk) == ("support",)
