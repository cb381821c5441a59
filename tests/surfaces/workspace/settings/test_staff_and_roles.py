"""The desk's own people, the roles that they hold, and the projects that they lead."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.accounts import close_account
from vaxel.domain.people.models import Account, Project, RoleHolder, Staff

LONG_NAME = "Korta namnet: det får ha högst 200 tecken"
NOT_A_NAME = "Skriv bara namnet, utan webbadresser, mejladresser, @, snedstreck eller < och >"
NEW = {"name": "Ida Lund", "email": "Ida.Lund@kompass.example", "title": "Support", "phone": ""}


@pytest.mark.django_db(transaction=True)
def test_colleague_is_let_in_and_told(board: Board) -> None:
    page = board.send("staff/new/", {**NEW, "roles": ["support", "nonsense"], "may_edit_manual": "yes"})

    made = Staff.unscoped.select_related("account").get(name="Ida Lund")
    mail = OutgoingMail.unscoped.get(kind="staff-invited")
    assert page.one("h1").text == "Ida Lund"
    assert (made.account.email, made.roles) == ("ida.lund@kompass.example", ["support"])
    assert (made.may_edit_manual, made.may_administer) == (True, False)
    assert (mail.recipient, mail.recipient_name) == ("ida.lund@kompass.example", "Ida Lund")
    assert "Britt Sand har lagt upp dig" in mail.text
    assert f"/{board.desk.slug}/workspace/" in mail.text


@pytest.mark.django_db(transaction=True)
def test_colleague_who_works_here_is_not_let_in_twice(board: Board) -> None:
    page = board.send("staff/new/", {**NEW, "email": board.administrator.account.email}, status=422)

    assert shown_errors(page) == ["Någon med den adressen finns bland medarbetarna eller bland dem som har slutat"]
    assert OutgoingMail.unscoped.count() == 0


@pytest.mark.django_db(transaction=True)
def test_account_that_was_closed_is_not_opened_by_a_desk(board: Board) -> None:
    account = world.make_account(email="ida.lund@kompass.example")
    close_account(account, by=SYSTEM, now=world.NOW)

    page = board.send("staff/new/", NEW, status=422)

    assert shown_errors(page) == ["Kontot med den här adressen är stängt"]
    assert (Account.objects.get(pk=account.pk).is_active, Staff.unscoped.count()) == (False, 1)


def test_faults_of_a_colleague_are_told(board: Board) -> None:
    page = board.send("staff/new/", {**NEW, "name": "", "email": "x"}, status=422)

    assert shown_errors(page) == ["Skriv personens namn", "Skriv en mejladress, till exempel namn@foretag.example"]


@pytest.mark.parametrize(("name", "said"), [("x" * 201, LONG_NAME), ("<b>Eva</b>", NOT_A_NAME)])
def test_name_of_a_colleague_is_refused_whole(board: Board, name: str, said: str) -> None:
    assert shown_errors(board.send("staff/new/", {**NEW, "name": name}, status=422)) == [said]

    page = board.send(f"staff/{board.administrator.pk}/", {"name": name}, status=422)

    assert (shown_errors(page), page.one("#name").attributes["value"]) == ([said], name)


def test_t47_right_to_run_the_desk_is_gone_at_the_next_press(board: Board) -> None:
    theirs = board.another()
    page = f"staff/{theirs.administrator.pk}/"
    form = {name: value for name, value in board.form(page).items() if name != "may_administer"}

    board.send(page, form)

    assert theirs.client.get(theirs.url()).status_code == 404
    assert theirs.client.get(f"/{board.desk.slug}/workspace/tickets/").status_code == 200
    assert board.last_change("staff-changed") == {"may_administer": [True, False]}


def test_somebody_is_left_who_runs_the_desk(board: Board) -> None:
    page = f"staff/{board.administrator.pk}/"
    form = {name: value for name, value in board.form(page).items() if name != "may_administer"}

    shown = board.send(page, form, status=422)
    board.send(f"{page}leaving/", {})

    assert shown_errors(shown) == ["Någon måste sköta supportdesken. Ge en kollega rätten först."]
    fresh = Staff.unscoped.get(pk=board.administrator.pk)
    assert (fresh.may_administer, fresh.is_active) == (True, True)


def test_t75_two_administrators_do_not_overwrite_a_colleague(board: Board) -> None:
    colleague = world.make_staff(board.desk, name="Sven Berg")
    page, theirs = f"staff/{colleague.pk}/", board.another()
    mine = board.form(page)
    theirs.send(page, {**theirs.form(page), "title": "Chef"})

    shown = board.send(page, {**mine, "phone": "0123-456 78"}, status=422)

    assert shown_errors(shown)[0].startswith("Uppgifterna har ändrats")
    assert (Staff.unscoped.get(pk=colleague.pk).title, shown.one("#phone").attributes["value"]) == (
        "Chef",
        "0123-456 78",
    )


def test_t47_colleague_who_has_left_is_out(board: Board) -> None:
    theirs = board.another()

    board.send(f"staff/{theirs.administrator.pk}/leaving/", {})
    gone = theirs.client.get(f"/{board.desk.slug}/workspace/tickets/").status_code
    board.send(f"staff/{theirs.administrator.pk}/leaving/", {"back": "yes"})

    assert (gone, theirs.client.get(theirs.url()).status_code) == (404, 200)


def test_role_is_given_by_words_alone_when_they_mean_one(board: Board) -> None:
    """Without script: a part of the name, and the button that saves."""
    manager = world.make_staff(board.desk, name="Karin Holm", roles=("account-manager",))
    page = f"organisations/{board.organisation.pk}/roles/account-manager/"

    board.send(page, {"seen": "nobody", "staff_words": "karin"})

    assert RoleHolder.unscoped.get(organisation=board.organisation).staff_id == manager.pk
    assert board.last_change("role-given") == {"account-manager": [None, "Karin Holm"]}


def test_role_is_chosen_among_those_who_are_found(board: Board) -> None:
    for name in ("Karin Holm", "Karin Dal", "Sven Berg"):
        world.make_staff(board.desk, name=name)
    page = "roles/account-manager/"

    found = board.send(page, {**board.form(page), "staff_words": "karin", "find": "yes"})
    ambiguous = board.send(page, {"seen": "nobody", "staff_words": "karin"}, status=422)
    names = [each.text for each in found.all("#staff-found .choice__label")]
    chosen = found.all("#staff-found input")[0].attributes["value"]
    board.send(page, {"seen": "nobody", "staff": chosen})

    assert names == ["Karin Dal", "Karin Holm"]
    assert shown_errors(ambiguous) == ["Välj en av medarbetarna"]
    assert RoleHolder.unscoped.get(organisation=None).staff.name == "Karin Dal"


def test_role_is_taken_back(board: Board) -> None:
    holder = world.hold_role(board.administrator, "account-manager", organisation=board.organisation)
    page = f"organisations/{board.organisation.pk}/roles/account-manager/"

    board.send(page, {"seen": str(holder.staff_id), "staff": "nobody"})

    assert not RoleHolder.unscoped.exists()
    assert board.last_change("role-released") == {"account-manager": ["Britt Sand", None]}


def test_t75_role_that_somebody_else_has_given_is_not_overwritten(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/roles/account-manager/"
    mine = board.form(page)
    other = world.make_staff(board.desk, name="Karin Holm")
    world.hold_role(other, "account-manager", organisation=board.organisation)

    shown = board.send(page, {**mine, "staff": str(board.administrator.pk)}, status=422)

    assert shown_errors(shown)[0].startswith("Uppgifterna har ändrats")
    assert RoleHolder.unscoped.get().staff_id == other.pk


def test_t42_nobody_of_another_desk_is_found_or_chosen(board: Board) -> None:
    foreign = world.make_staff(world.make_desk("baver"), name="Karin Bäver")
    page = "roles/account-manager/"

    found = board.get("choosing/staff/?staff_words=karin")
    board.send(page, {"seen": "nobody", "staff": str(foreign.pk), "staff_words": "karin"}, status=422)

    assert found.all("input") == []
    assert not RoleHolder.unscoped.exists()
    assert board.client.get(board.url(f"staff/{foreign.pk}/")).status_code == 404


def test_unknown_role_is_not_found(board: Board) -> None:
    assert board.client.get(board.url("roles/nonsense/")).status_code == 404


def test_project_is_started_and_planned_anew(board: Board) -> None:
    manager = world.make_staff(board.desk, name="Tor Linge")
    page = f"organisations/{board.organisation.pk}/projects/new/"
    form = {**board.form(page), "name": "Införande", "starts_on": "2026-02-01", "staff_words": "tor"}

    board.send(page, form)
    project = Project.unscoped.get()
    own = f"organisations/{board.organisation.pk}/projects/{project.pk}/"
    board.send(own, {**board.form(own), "ends_on": "2026-06-30"})

    fresh = Project.unscoped.get()
    assert (fresh.name, fresh.manager_id, str(fresh.ends_on)) == ("Införande", manager.pk, "2026-06-30")
    assert board.last_change("project-planned") == {"ends_on": [None, "2026-06-30"]}
    assert [each.text for each in board.get("projects/?other").all("tbody th")] == ["Införande , Åsklinge kommun över"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Skriv vad projektet heter, med högst 200 tecken"),
        ({"name": "x" * 201}, "Skriv vad projektet heter, med högst 200 tecken"),
        ({"staff": ""}, "Välj vem som leder projektet"),
        ({"starts_on": ""}, "Välj första dagen"),
        ({"ends_on": "2026-01-01"}, "Välj en sista dag som inte kommer före den första"),
    ],
)
def test_faults_of_a_project_are_told(board: Board, wrong: dict[str, str], said: str) -> None:
    right = {"name": "Införande", "starts_on": "2026-02-01", "ends_on": "", "staff": str(board.administrator.pk)}
    page = board.send(f"organisations/{board.organisation.pk}/projects/new/", {**right, **wrong}, status=422)

    assert shown_errors(page) == [said]
    assert not Project.unscoped.exists()


def test_t75_project_is_not_overwritten(board: Board) -> None:
    project = world.make_project(board.organisation, manager=board.administrator)
    page, theirs = f"organisations/{board.organisation.pk}/projects/{project.pk}/", board.another()
    mine = board.form(page)
    theirs.send(page, {**theirs.form(page), "ends_on": "2026-12-31"})

    shown = board.send(page, {**mine, "name": "Annat"}, status=422)

    assert shown_errors(shown)[0].startswith("Uppgifterna har ändrats")
    assert Project.unscoped.get().name == "Införande"


@pytest.mark.parametrize("things", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("staff/", 3), ("staff/{staff}/", 4), ("roles/", 3), ("roles/account-manager/", 3), ("projects/", 3)],
)
def test_pages_read_the_same_number_of_times(
    board: Board, things: int, path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(things):
        colleague = world.make_staff(board.desk)
        world.make_project(board.organisation, manager=colleague)
        world.hold_role(colleague, f"role-{number}")
    address = path.format(staff=board.administrator.pk)
    board.get(address)

    with django_assert_num_queries(queries):
        board.get(address)


def test_agent_finds_no_settings(board: Board) -> None:
    agent = signed_in(world.make_staff(board.desk).account)
    pages = ["", "organisations/", "staff/", "roles/", "history/", "canned/"]

    assert {agent.get(board.url(page)).status_code for page in pages} == {404}
