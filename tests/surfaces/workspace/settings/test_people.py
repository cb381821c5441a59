"""People at customers: let in, found, given rights and seats, and shown out."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.people.models import Agreement, Certificate, Person, Seat

LONG_NAME = "Korta namnet: det får ha högst 200 tecken"
NOT_A_NAME = "Skriv bara namnet, utan webbadresser, mejladresser, @, snedstreck eller < och >"
NO_NAME = "Skriv personens namn"
NO_ADDRESS = "Skriv en mejladress, till exempel namn@kommun.example"
NEW = {"name": "Ove Lind", "email": "Ove.Lind@asklinge.example", "phone": "0123-456 78", "title": "", "language": "sv"}


def _page(board: Board, person: Person) -> str:
    return f"organisations/{board.organisation.pk}/people/{person.pk}/"


def _rights(person: Person) -> dict[str, bool]:
    fresh = Person.unscoped.get(pk=person.pk)
    return {"approve": fresh.may_approve, "administer": fresh.may_administer, "local": fresh.is_local_contact}


def test_person_is_let_in_with_a_seat_and_rights(board: Board) -> None:
    address = f"organisations/{board.organisation.pk}/people/new/"
    page = board.send(address, {**NEW, "seat": "yes", "may_administer": "yes"})

    person = Person.unscoped.get(email="ove.lind@asklinge.example")
    assert page.one("h1").text == "Ove Lind"
    assert (person.may_administer, person.may_approve) == (True, False)
    assert Seat.unscoped.filter(person=person).count() == 1


def test_person_without_a_seat_is_a_user(board: Board) -> None:
    board.send(f"organisations/{board.organisation.pk}/people/new/", NEW)

    assert not Seat.unscoped.filter(person__email="ove.lind@asklinge.example").exists()


def test_when_all_seats_are_taken_the_person_waits(board: Board) -> None:
    Agreement.unscoped.filter(organisation=board.organisation).update(seats=1)

    page = board.send(f"organisations/{board.organisation.pk}/people/new/", {**NEW, "seat": "yes"})

    assert page.one("#seats + ul .list__text").text.startswith("Väntar på tur för en plats.")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, [NO_NAME]),
        ({"name": "Köp billigt på www.spam.example"}, [NOT_A_NAME]),
        ({"name": "<b>Eva</b>"}, [NOT_A_NAME]),
        ({"name": "x" * 201}, [LONG_NAME]),
        ({"email": "ingen adress"}, [NO_ADDRESS]),
        ({"name": "", "email": ""}, [NO_NAME, NO_ADDRESS]),
    ],
)
def test_faults_are_told_and_nothing_typed_is_lost(board: Board, wrong: dict[str, str], said: list[str]) -> None:
    page = board.send(f"organisations/{board.organisation.pk}/people/new/", {**NEW, **wrong}, status=422)

    assert shown_errors(page) == said
    assert page.one("#phone").attributes["value"] == "0123-456 78"
    assert Person.unscoped.count() == 1


@pytest.mark.parametrize(("name", "said"), [("x" * 201, LONG_NAME), ("www.spam.example", NOT_A_NAME), ("", NO_NAME)])
def test_nobody_is_renamed_to_what_is_no_name(board: Board, name: str, said: str) -> None:
    page = board.send(f"organisations/{board.organisation.pk}/people/{board.person.pk}/", {"name": name}, status=422)

    assert (shown_errors(page), page.one("#name").attributes["value"]) == ([said], name)
    assert Person.unscoped.get(pk=board.person.pk).name == "Maj Ekdahl"


def test_a_name_from_before_stands_in_the_way_of_nothing(board: Board) -> None:
    Person.unscoped.filter(pk=board.person.pk).update(name="Maj/IT")

    board.send(f"organisations/{board.organisation.pk}/people/{board.person.pk}/", {"name": "Maj/IT", "title": "Chef"})

    assert Person.unscoped.get(pk=board.person.pk).title == "Chef"


def test_somebody_who_is_there_is_not_let_in_twice(board: Board) -> None:
    address = f"organisations/{board.organisation.pk}/people/new/"
    page = board.send(address, {**NEW, "email": board.person.email.upper()}, status=422)

    assert shown_errors(page) == ["Någon med den adressen finns redan hos organisationen"]


def test_rights_are_given_and_taken(board: Board) -> None:
    page = _page(board, board.person)
    board.send(page, {**board.form(page), "may_approve": "yes", "is_local_contact": "yes"})
    given = _rights(board.person)
    form = {name: value for name, value in board.form(page).items() if name != "may_approve"}
    board.send(page, form)

    assert given == {"approve": True, "administer": False, "local": True}
    assert _rights(board.person) == {"approve": False, "administer": False, "local": True}
    assert board.last_change("person-changed") == {"may_approve": [True, False]}


def test_t63_history_keeps_no_old_names_and_numbers(board: Board) -> None:
    page = _page(board, board.person)
    shown = board.send(page, {**board.form(page), "name": "Maj Ekdahl-Lind", "phone": "070-555 12 34"})

    assert board.last_change("person-changed") == {"name": None, "phone": None}
    assert "Namn (ändrat)" in shown.one("main").text
    kept = str(list(AuditEntry.unscoped.values_list("data", "changes")))
    assert "Ekdahl" not in kept
    assert "555 12 34" not in kept


def test_t75_colleague_at_the_customer_is_not_overwritten(board: Board) -> None:
    page = _page(board, board.person)
    mine = board.form(page)
    Person.unscoped.filter(pk=board.person.pk).update(may_approve=True)

    shown = board.send(page, {**mine, "title": "Chef"}, status=422)

    assert shown_errors(shown)[0].startswith("Uppgifterna har ändrats")
    assert (Person.unscoped.get(pk=board.person.pk).title, _rights(board.person)["approve"]) == ("", True)


def test_t75_an_error_is_no_way_past_a_colleagues_change(board: Board) -> None:
    address = f"organisations/{board.organisation.pk}/people/{board.person.pk}/"
    form = board.form(address)
    board.another().send(address, board.form(address) | {"title": "Chef"})

    faulty = board.send(address, form | {"name": ""}, status=422).one("#settings-form").fields()
    page = board.send(address, faulty | {"name": "Maj Ek"}, status=422)

    told = "Uppgifterna har ändrats sedan du öppnade sidan. Se vad som gäller nu och spara igen"
    assert (shown_errors(page), Person.unscoped.get(pk=board.person.pk).title) == ([told], "Chef")
    assert page.one(".notice--info p:not(.notice__title)").text == "Maj Ekdahl · Chef"
    board.send(address, page.one("#settings-form").fields())
    assert Person.unscoped.get(pk=board.person.pk).name == "Maj Ek"


def test_nobody_gives_themselves_the_right_to_approve(board: Board) -> None:
    """Somebody may work at the vendor and at a customer: the yes and the right to it come from two people."""
    Person.unscoped.filter(pk=board.person.pk).update(account=board.administrator.account)
    page = _page(board, board.person)

    shown = board.send(page, {**board.form(page), "may_approve": "yes"}, status=422)
    own = _rights(board.person)
    theirs = board.another()
    theirs.send(page, {**theirs.form(page), "may_approve": "yes"})

    assert shown_errors(shown) == ["Ingen ger sig själv rätten att godkänna kostnader. Be en kollega."]
    assert (own["approve"], _rights(board.person)["approve"]) == (False, True)


def test_nobody_lets_themselves_in_with_the_right_to_approve(board: Board) -> None:
    own = {**NEW, "email": board.administrator.account.email, "may_approve": "yes"}
    page = board.send(f"organisations/{board.organisation.pk}/people/new/", own, status=422)

    assert shown_errors(page) == ["Ingen ger sig själv rätten att godkänna kostnader. Be en kollega."]
    assert Person.unscoped.count() == 1


def test_t47_whoever_has_left_is_out_at_the_next_press(board: Board) -> None:
    browser = signed_in(board.person.account)
    before = browser.get(f"/{board.desk.slug}/").status_code

    board.send(f"{_page(board, board.person)}leaving/", {})
    gone = browser.get(f"/{board.desk.slug}/").status_code
    seats = Seat.unscoped.filter(person=board.person).count()
    board.send(f"{_page(board, board.person)}leaving/", {"back": "yes"})

    assert (before, gone, seats) == (200, 404, 0)
    assert browser.get(f"/{board.desk.slug}/").status_code == 200


def test_last_administrator_of_a_customer_may_be_shown_out_by_the_vendor(board: Board) -> None:
    Person.unscoped.filter(pk=board.person.pk).update(may_administer=True)

    board.send(f"{_page(board, board.person)}leaving/", {})

    assert not Person.unscoped.get(pk=board.person.pk).is_active


def test_seat_is_taken_back_and_given(board: Board) -> None:
    agreement = Agreement.unscoped.get(organisation=board.organisation)
    address, sent = f"{_page(board, board.person)}seat/", {"agreement": str(agreement.pk)}

    board.send(address, {**sent, "action": "take"})
    without = Seat.unscoped.count()
    board.send(address, {**sent, "action": "give"})

    assert (without, Seat.unscoped.count()) == (0, 1)
    other = Agreement.unscoped.get(organisation=world.make_organisation(board.desk))
    refused = [{**sent, "action": "steal"}, {"agreement": str(other.pk), "action": "give"}, {}]
    assert [board.client.post(board.url(address), each).status_code for each in refused] == [404, 404, 404]


def test_training_is_noted(board: Board) -> None:
    Certificate.unscoped.all().delete()
    address = f"{_page(board, board.person)}training/"

    board.send(address, {"passed_on": "2026-02-10", "product": ""})
    wrong = board.send(address, {"passed_on": "2999-01-01"}, status=422)

    assert [one.passed_on.isoformat() for one in Certificate.unscoped.all()] == ["2026-02-10"]
    assert shown_errors(wrong) == ["Välj dagen då den klarades: i dag eller tidigare"]


def test_anybody_is_found_whoever_they_work_for(board: Board) -> None:
    other = world.make_organisation(board.desk, name="Norrtuna stad")
    world.make_person(other, name="Nils Ros", contact=False)
    world.make_person(world.make_organisation(world.make_desk("baver"), plan="support"), name="Nils Bäver")

    assert [each.text for each in board.get("people/?q=nils").all("tbody th")] == ["Nils Ros"]
    own = board.get(f"organisations/{board.organisation.pk}/people/")
    assert [each.text for each in own.all("tbody th")] == ["Maj Ekdahl"]
    assert [each.text for each in own.all("tbody .badge")] == ["kontakt"]


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("people/", 3),
        ("organisations/{organisation}/people/", 5),
        ("organisations/{organisation}/people/{person}/", 9),
    ],
)
def test_pages_read_the_same_number_of_times(
    board: Board, people: int, path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(people - 1):
        world.make_person(board.organisation)
    address = path.format(organisation=board.organisation.pk, person=board.person.pk)
    board.get(address)

    with django_assert_num_queries(queries):
        board.get(address)
