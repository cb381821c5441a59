"""The published policy in words, for every one of the staff."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_desk, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read

URL = "/kompass/workspace/policy/"


def rules_of(page: Page, anchor: str) -> list[list[str]]:
    """Each rule of the part under a heading, line by line."""
    part = page.one(f'[aria-labelledby="{anchor}"]')
    return [[each.text for each in rule.all("p, li")] for rule in part.all(".rule")]


def test_policy_is_told_part_by_part(office: Office) -> None:
    page = read(office.client.get(URL))

    parts = [link.attributes["href"] for link in page.all(".policy__contents a")]
    assert parts == [f"#{part}" for part in ("who", "questions", "promises", "hours", "ways", "costs")] + [
        f"#{part}" for part in ("told", "end", "destinations")
    ]
    assert all(page.all(f'h2[id="{part[1:]}"]') for part in parts)
    assert page.one("h1").text == "Kompass support"
    assert page.one(".page-head__meta").text.startswith("Policyn, version 1")


def test_each_kind_tells_where_it_goes_and_why(office: Office) -> None:
    page = read(office.client.get(URL))

    assert rules_of(page, "kind-unexpected-error") == [
        ["Går till: Teknisk support", "Fel och sådant som inte fungerar enligt manualen hör till teknisk support."]
    ]
    assert [rule[0].removeprefix("Går till: ") for rule in rules_of(page, "kind-report-setup")] == [
        "Teknisk support",
        "Projektledare",
        "Customer success manager",
        "Kundansvarig",
    ]
    assert [rule[0] for rule in rules_of(page, "kind-agreement")] == ["Går till: Kundansvarig"]


def test_conditions_are_told_in_words(office: Office) -> None:
    page = read(office.client.get(URL))

    told = rules_of(page, "kind-report-setup")
    assert told[1][2] == "När: Projekt: ett pågående projekt"
    assert told[2][2] == "När: Supportnivå: Enterprise"
    assert told[0][2] == (
        "När: Beräknad tid: under 120 minuter · Vem frågar: en supportkontakt · "
        "Supportnivå: Standard eller Enterprise · Utbildningsintyg: giltigt eller utgånget, inom anståndet · "
        "Avtal: gäller · Avtalet omfattar produkten · Projekt: inte ett pågående projekt"
    )


def test_promises_are_told_once_when_plan_and_priority_make_no_difference(office: Office) -> None:
    part = read(office.client.get(URL)).one('[aria-labelledby="promises"]')

    assert part.all("table") == []
    assert part.one(".policy__said-promise p a").attributes["href"] == "#hours-office"
    assert "Mål: inom 4 timmar öppettid" in part.text
    assert "Samma på alla supportnivåer och för alla prioriteter." in part.text


def test_hours_tell_the_week_and_the_next_other_days(office: Office) -> None:
    part = read(office.client.get(URL)).one('[aria-labelledby="hours-office"]')

    assert part.one("h3").text == "Måndag–fredag 08.00–17.00"
    week, ahead = part.all("tbody")
    assert [row.text for row in week.all("tr")] == ["Måndag–fredag 08.00–17.00", "Lördag–söndag stängt"]
    assert any("Juldagen" in row.text and row.text.endswith("stängt") for row in ahead.all("tr"))


def test_end_of_the_agreement_is_asked_of_the_policy_itself(office: Office) -> None:
    part = read(office.client.get(URL)).one('[aria-labelledby="end"]')

    assert "När avtalet har gått ut går en supportkontakts fråga till: Kundansvarig." in part.text
    assert "Din organisation har inget gällande supportavtal." in part.text


@pytest.mark.parametrize("policy", ["kompass", "baver"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_both_examples_are_told_in_both_languages(db: None, policy: str, language: str) -> None:
    desk = make_desk(policy)
    account = make_staff(desk).account
    account.language = language
    account.save(update_fields=["language"])
    client = signed_in(account)
    for page in ("", "examples/", "trying/?kind=fault", "versions/"):
        answer = read(client.get(f"/{desk.slug}/workspace/policy/{page}"))
        assert answer.one("html").attributes["lang"] == language
        assert len(answer.all("h1")) == 1


@pytest.mark.parametrize(("page", "queries"), [("", 3), ("examples/", 2), ("trying/?kind=fault", 2), ("versions/", 3)])
def test_pages_cost_few_queries(
    office: Office, page: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.client.get(URL + page)
    with django_assert_num_queries(queries):
        office.client.get(URL + page)


def test_file_of_a_version_is_there_for_staff_alone(office: Office) -> None:
    answer = office.client.get(f"{URL}versions/1.toml")

    assert answer.content.decode().startswith("# Kompass")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kompass-1.toml"'
    assert office.client.get(f"{URL}versions/7.toml").status_code == 404
    assert Client().get(f"{URL}versions/1.toml").status_code == 302
