"""Customers and their agreements: opened, changed, closed, by one administrator at a time."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.people.directory import PAGE_SIZE
from vaxel.domain.people.models import Agreement, Organisation
from vaxel.domain.people.queries import customer_at

NEW = {
    "name": "Norrtuna stad",
    "form": "municipality",
    "domains": "norrtuna.example",
    "plan": "standard",
    "products": ["suite"],
    "starts_on": "2026-01-01",
    "ends_on": "",
    "seats": "3",
}


def test_home_leads_to_everything(board: Board) -> None:
    ways = [each.attributes["href"] for each in board.get().all("main a.list__link")]

    assert [way for way in ways if board.client.get(way).status_code != 200] == []
    assert len(ways) > 12


def test_customer_is_opened_with_its_agreement(board: Board) -> None:
    page = board.send("organisations/new/", NEW)

    made = Organisation.unscoped.get(name="Norrtuna stad")
    agreement = Agreement.unscoped.get(organisation=made)
    assert page.one("h1").text == "Lägg upp en person"
    assert (made.form, made.domains) == ("municipality", ["norrtuna.example"])
    assert (agreement.plan, agreement.products, agreement.seats) == ("standard", ["suite"], 3)
    assert (agreement.starts_on, agreement.ends_on) == (date(2026, 1, 1), None)


def test_customer_may_be_opened_without_an_agreement(board: Board) -> None:
    board.send("organisations/new/", {"name": "Norrtuna stad", "starts_on": "2026-01-01"})

    assert not Agreement.unscoped.filter(organisation__name="Norrtuna stad").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Skriv organisationens namn"),
        ({"name": "åsklinge KOMMUN"}, "En annan kund har det här namnet"),
        ({"domains": "inte en domän"}, "Skriv inte så här: kommun.example"),
        ({"domains": "gmail.com"}, "Vem som helst kan ha en adress"),
        ({"plan": "gold"}, "Välj en supportnivå"),
        ({"products": ["nonsense"]}, "Välj minst en produkt"),
        ({"starts_on": "2026-02-30"}, "Välj första dagen"),
        ({"ends_on": "2025-12-31"}, "Välj en sista dag som inte kommer före den första"),
        ({"seats": "-1"}, "Skriv antalet supportkontakter"),
        ({"form": "empire"}, "Välj en av sorterna"),
    ],
)
def test_faults_are_told_and_nothing_is_made(board: Board, wrong: dict[str, object], said: str) -> None:
    page = board.send("organisations/new/", {**NEW, **wrong}, status=422)

    assert len(shown_errors(page)) == 1
    assert shown_errors(page)[0].startswith(said)
    assert Organisation.unscoped.count() == 1
    assert page.one("#domains").text == str({**NEW, **wrong}["domains"])


def test_list_is_searched_by_name_and_domain(board: Board) -> None:
    board.send("organisations/new/", NEW)

    def found(words: str) -> list[str]:
        return [each.text for each in board.get(f"organisations/?q={words}").all("tbody th")]

    assert found("") == ["Norrtuna stad", "Åsklinge kommun"]
    assert found("norr stad") == ["Norrtuna stad"]
    assert found("norrtuna.example") == ["Norrtuna stad"]
    assert found("ingen") == []


def test_list_goes_on_and_back_in_pages(board: Board) -> None:
    for number in range(PAGE_SIZE + 5):
        world.make_organisation(board.desk, name=f"Kund {number:03}")

    first = board.get("organisations/")
    onward = first.one("a[rel=next]").attributes["href"]
    second = board.get(f"organisations/{onward}")
    back = board.get(f"organisations/{second.one('a[rel=prev]').attributes['href']}")

    names = [each.text for each in (*first.all("tbody th"), *second.all("tbody th"))]
    assert names == [*(f"Kund {number:03}" for number in range(PAGE_SIZE + 5)), "Åsklinge kommun"]
    assert [each.text for each in back.all("tbody th")] == names[:PAGE_SIZE]
    assert second.all("a[rel=next]") == []


@pytest.mark.parametrize("customers", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("", 2), ("organisations/", 4), ("organisations/{id}/", 8)])
def test_pages_read_the_same_number_of_times(
    board: Board, customers: int, path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(customers - 1):
        world.make_person(world.make_organisation(board.desk))
        world.make_project(board.organisation, manager=board.administrator)
    board.send("organisations/new/", NEW)

    with django_assert_num_queries(queries):
        board.get(path.format(id=board.organisation.pk))


def test_customer_is_described_and_history_tells_what_was(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/"
    shown = board.send(page, {**board.form(page), "name": "Åsklinge stad", "domains": "asklinge.example, @asklinge.se"})

    assert Organisation.unscoped.get(pk=board.organisation.pk).domains == ["asklinge.example", "asklinge.se"]
    assert board.last_change("organisation-changed") == {
        "name": ["Åsklinge kommun", "Åsklinge stad"],
        "domains": [[], ["asklinge.example", "asklinge.se"]],
    }
    assert shown.all("#history + ol > li")[0].text.startswith(
        "Organisationens uppgifter ändrades Namn: var Åsklinge kommun är nu Åsklinge stad"
    )
    assert "Britt Sand" in shown.all("#history + ol > li")[0].text


def test_t75_two_administrators_do_not_overwrite_each_other(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/"
    mine, theirs = board.form(page), board.another()
    theirs.send(page, {**theirs.form(page), "name": "Åsklinge stad"})

    shown = board.send(page, {**mine, "domains": "asklinge.example"}, status=422)
    kept = Organisation.unscoped.get(pk=board.organisation.pk)
    again = board.send(page, shown.one("#settings-form").fields())

    assert shown_errors(shown) == [
        "Uppgifterna har ändrats sedan du öppnade sidan. Se vad som gäller nu och spara igen"
    ]
    assert (kept.name, kept.domains) == ("Åsklinge stad", [])
    assert shown.one("#domains").text == "asklinge.example"
    assert again.one("h1").text == "Åsklinge kommun"


def test_t47_closed_customer_lets_nobody_in(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/"
    browser = signed_in(board.person.account)
    before = browser.get(f"/{board.desk.slug}/").status_code

    board.send(f"{page}closure/", {})
    closed = browser.get(f"/{board.desk.slug}/").status_code
    listed = [each.text for each in board.get("organisations/?other").all("tbody th")]
    board.send(f"{page}closure/", {"open": "yes"})

    assert (before, closed, browser.get(f"/{board.desk.slug}/").status_code) == (200, 404, 200)
    assert listed == ["Åsklinge kommun"]
    assert customer_at(account_id=board.person.account_id or 0, desk_slug=board.desk.slug) is not None


def test_next_agreement_ends_the_one_before_and_keeps_the_seats(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/agreements/new/"
    form: dict[str, object] = {
        **board.form(page),
        "plan": "enterprise",
        "starts_on": "2027-01-01",
        "products": ["suite"],
    }

    board.send(page, form)

    newest, older = Agreement.unscoped.filter(organisation=board.organisation).order_by("-starts_on")
    assert (older.ends_on, newest.plan, newest.ends_on) == (date(2026, 12, 31), "enterprise", None)
    assert list(newest.taken_seats.values_list("person", flat=True)) == [board.person.pk]


def test_agreement_until_the_last_day_there_is_gets_a_next_one(board: Board) -> None:
    agreements = Agreement.unscoped.filter(organisation=board.organisation)
    agreements.update(ends_on=date.max)
    page = f"organisations/{board.organisation.pk}/agreements/new/"

    board.send(page, {**board.form(page), "starts_on": "2027-01-01", "products": ["suite"]})

    assert [each.ends_on for each in agreements.order_by("starts_on")] == [date(2026, 12, 31), None]


def test_agreement_cannot_begin_before_the_one_that_is_there(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/agreements/new/"
    shown = board.send(page, {**board.form(page), "starts_on": "2024-01-01", "products": ["suite"]}, status=422)

    assert shown_errors(shown) == ["Välj en första dag efter 1 jan. 2025, då ett annat avtal börjar"]


def test_agreement_is_put_right(board: Board) -> None:
    """What it says that the policy does not ask for any more stays."""
    Agreement.unscoped.filter(organisation=board.organisation).update(facts={"of-an-older-policy": 5})
    agreement = Agreement.unscoped.get(organisation=board.organisation)
    page = f"organisations/{board.organisation.pk}/agreements/{agreement.pk}/"
    form: dict[str, object] = {**board.form(page), "products": ["suite"], "starts_on": "2025-02-01", "seats": "7"}

    board.send(page, form)
    agreement.refresh_from_db()

    assert (agreement.starts_on, agreement.seats, agreement.products) == (date(2025, 2, 1), 7, ["suite"])
    assert agreement.facts == {"of-an-older-policy": 5}
    assert board.last_change("agreement-changed") == {
        "starts_on": ["2025-01-01", "2025-02-01"],
        "products": [["suite", "meetings"], ["suite"]],
        "seats": [None, 7],
    }


def test_t75_second_new_agreement_is_not_made_unseen(board: Board) -> None:
    page = f"organisations/{board.organisation.pk}/agreements/new/"
    mine: dict[str, object] = {**board.form(page), "products": ["suite"], "starts_on": "2027-01-01"}
    theirs = board.another()
    theirs.send(page, {**mine, "plan": "enterprise"})

    shown = board.send(page, {**mine, "starts_on": "2027-02-01"}, status=422)

    assert shown_errors(shown)[0].startswith("Uppgifterna har ändrats")
    assert Agreement.unscoped.filter(organisation=board.organisation).count() == 2


def test_t42_other_desks_customers_are_not_found(board: Board) -> None:
    far = world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",))
    agreement = Agreement.unscoped.get(organisation=far)
    own = board.organisation.pk
    pages = [f"{far.pk}/", f"{far.pk}/people/", f"{own}/agreements/{agreement.pk}/", f"{own}/people/{own + 10_000}/"]

    assert [board.client.get(board.url(f"organisations/{page}")).status_code for page in pages] == [404] * len(pages)


def test_agreement_of_another_customer_is_not_found(board: Board) -> None:
    other = Agreement.unscoped.get(organisation=world.make_organisation(board.desk))
    address = board.url(f"organisations/{board.organisation.pk}/agreements/{other.pk}/")

    assert [board.client.get(address).status_code, board.client.post(address, {}).status_code] == [404, 404]


def test_ended_agreement_is_marked(board: Board) -> None:
    Agreement.unscoped.filter(organisation=board.organisation).update(ends_on=date.today() - timedelta(days=400))  # noqa: DTZ011  # long past on every day

    assert board.get("organisations/").one("tbody td .badge").text == "Inget avtal"
