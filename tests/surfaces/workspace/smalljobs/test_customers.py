"""Customers' own rate cards, and the hours that they have bought ahead."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, make_desk, make_organisation
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.smalljobs.models import RateCard
from vaxel.domain.smalljobs.prepaid import balance
from vaxel.domain.smalljobs.rates import price_for, set_rate


@pytest.fixture
def client(office: Office) -> Client:
    """The agent runs the desk, which has two cards."""
    office.agent.may_administer = True
    office.agent.save(update_fields=["may_administer"])
    for card, price in (("Alla", 1200), ("Ramavtal", 900)):
        first = date(2026, 1, 1)
        set_rate(office.desk, card=card, currency="SEK", per_hour=Decimal(price), starts_on=first, by=SYSTEM, now=NOW)
    return office.client


def send(client: Client, office: Office, *, status: int = 200, **form: str) -> Page:
    url = f"/{office.desk.slug}/workspace/prices/customers/"
    return read(client.post(url, form, follow=True), status=status)


def hours(client: Client, office: Office, *, status: int = 200, **form: str) -> Page:
    sent = {"do": "hours", "organisation": str(office.organisation.pk), "hours": "10", "note": "", **form}
    return send(client, office, status=status, **sent)


def own_card(client: Client, office: Office, card: str, *, status: int = 200) -> Page:
    return send(client, office, status=status, do="card", card_organisation=str(office.organisation.pk), card=card)


def test_hours_are_bought_and_taken_away(client: Client, office: Office) -> None:
    hours(client, office, hours="2,5")
    page = hours(client, office, hours="−1", note="Fel kund")

    assert balance(organisation_id=office.organisation.pk) == 90
    assert [row.text for row in page.all("tbody tr")] == ["Åsklinge kommun för alla 1 timme 30 minuter"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"organisation": "0"}, "Välj kund"),
        ({"hours": "tio"}, "Skriv timmarna som ett tal, som 10 eller 2,5"),
        ({"hours": "0"}, "Skriv timmarna som ett tal, som 10 eller 2,5"),
        ({"hours": "NaN"}, "Skriv timmarna som ett tal, som 10 eller 2,5"),
        ({"hours": "-1"}, "Skriv varför timmar tas bort"),
        ({"hours": "-1", "note": "Fel"}, "Kunden har 0 minuter kvar: mer går inte att ta bort"),
    ],
)
def test_what_is_wrong_with_hours_is_told(
    client: Client, office: Office, changed: dict[str, str], problem: str
) -> None:
    page = hours(client, office, status=422, **changed)

    assert [link.text for link in page.all(".error-summary__link")] == [problem]


def test_customer_gets_a_card_of_its_own_and_the_usual_one_again(client: Client, office: Office) -> None:
    card = RateCard.unscoped.get(name="Ramavtal")
    prices = []
    for wanted in (str(card.pk), "usual"):
        own_card(client, office, wanted)
        price = price_for(organisation_id=office.organisation.pk, desk_id=office.desk.pk, today=NOW.date())
        prices.append(price.per_hour if price else None)

    assert prices == [900, 1200]


def test_t42_card_and_customer_of_another_desk_are_not_there(client: Client, office: Office) -> None:
    other = make_desk("baver")
    first = date(2026, 1, 1)
    card = set_rate(other, card="X", currency="SEK", per_hour=Decimal(1), starts_on=first, by=SYSTEM, now=NOW)
    own_card(client, office, str(card.pk), status=422)
    organisation = str(make_organisation(other, name="Bortom").pk)

    page = hours(client, office, status=422, organisation=organisation)

    assert "Bortom" not in page.text
    assert balance(organisation_id=int(organisation)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_terms_cost_the_same_queries_however_many(
    client: Client, office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        hours(client, office, organisation=str(make_organisation(office.desk, name=f"Kund {number}").pk))
    with django_assert_num_queries(7):
        page = read(client.get(f"/{office.desk.slug}/workspace/prices/customers/"))
    assert len(page.all("tbody tr")) == count


def find(client: Client, office: Office, **form: str) -> Page:
    return send(client, office, status=200, do="hours", find="yes", hours="10", **form)


def found(page: Page, field: str = "organisation") -> list[str]:
    return [each.text for each in page.all(f"#{field}-found .choice__label")]


def test_customer_is_found_by_words_and_nothing_is_saved(client: Client, office: Office) -> None:
    make_organisation(office.desk, name="Norrtuna stad")

    page = find(client, office, organisation_words="norrt")

    assert (found(page), found(page, "card_organisation")) == (["Norrtuna stad"], [])
    assert page.one("input[name=hours]").attributes["value"] == "10"
    assert [each.text for each in page.all(".error-summary__link")] == []


def test_words_that_mean_one_customer_choose_that_one(client: Client, office: Office) -> None:
    make_organisation(office.desk, name="Norrtuna stad")
    hours(client, office, organisation="", organisation_words="åsklinge")

    page = hours(client, office, status=422, organisation="", organisation_words="n")

    assert balance(organisation_id=office.organisation.pk) == 600
    assert [link.text for link in page.all(".error-summary__link")] == ["Välj kund"]


def test_chosen_customer_stays_while_others_are_looked_for(client: Client, office: Office) -> None:
    make_organisation(office.desk, name="Norrtuna stad")

    page = find(client, office, organisation=str(office.organisation.pk), organisation_words="norrt")

    chosen = [each.attributes["value"] for each in page.all("input[name=organisation][checked]")]
    assert (chosen, found(page)) == ([str(office.organisation.pk)], ["Norrtuna stad"])


@pytest.mark.parametrize(("field", "status"), [("organisation", 200), ("card_organisation", 200), ("other", 404)])
def test_customers_are_found_while_somebody_types(client: Client, office: Office, field: str, status: int) -> None:
    url = f"/{office.desk.slug}/workspace/prices/customers/found/{field}/"
    page = read(client.get(url, {f"{field}_words": "åsk"}), status=status)
    wanted = ["Åsklinge kommun"] if status == 200 else []
    assert [each.text for each in page.all(".choice__label")] == wanted


def test_t42_customers_of_other_desks_and_closed_ones_are_not_found(client: Client, office: Office) -> None:
    make_organisation(make_desk("baver"), name="Norrtuna stad")
    closed = make_organisation(office.desk, name="Norrtuna by")
    closed.is_active = False
    closed.save(update_fields=["is_active"])

    assert found(find(client, office, organisation_words="norrtuna")) == []
