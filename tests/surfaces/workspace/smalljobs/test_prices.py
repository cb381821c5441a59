"""Rate cards: kept with their history by those who run the desk."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read

FORM = {"card": "Konsult", "currency": "sek", "per_hour": "1 200,50", "starts_on": "2026-01-01"}


@pytest.fixture
def client(office: Office) -> Client:
    """The agent runs the desk."""
    office.agent.may_administer = True
    office.agent.save(update_fields=["may_administer"])
    return office.client


def _send(client: Client, office: Office, *, status: int = 200, **changed: str) -> Page:
    url = f"/{office.desk.slug}/workspace/prices/"
    return read(client.post(url, {**FORM, **changed}, follow=True), status=status)


def test_a_price_is_kept_beside_the_earlier_ones(client: Client, office: Office) -> None:
    _send(client, office)
    page = _send(client, office, per_hour="1300", starts_on="2026-06-01")

    assert [row.text for row in page.all("tbody tr")] == [
        "1 juni 2026 1 300,00 kr nu",
        "1 januari 2026 1 200,50 kr",
    ]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"card": ""}, "Skriv ett namn på prislistan, högst 80 tecken"),
        ({"currency": "kronor"}, "Skriv valutan med tre bokstäver, som SEK"),
        ({"per_hour": "NaN"}, "Skriv priset som ett tal, som 1200 eller 1200,50"),
        ({"per_hour": "-1"}, "Skriv priset som ett tal, som 1200 eller 1200,50"),
        ({"starts_on": "2026-13-01"}, "Välj dagen som priset gäller från"),
    ],
)
def test_what_is_wrong_with_a_price_is_told(
    client: Client, office: Office, changed: dict[str, str], problem: str
) -> None:
    page = _send(client, office, status=422, **changed)

    assert [link.text for link in page.all(".error-summary__link")] == [problem]


def test_a_card_keeps_its_currency(client: Client, office: Office) -> None:
    _send(client, office)
    page = _send(client, office, status=422, currency="EUR")

    assert "Prislistan är i SEK." in page.one(".error-summary").text


@pytest.mark.parametrize("count", [1, 3])
def test_prices_cost_four_queries_however_many(
    client: Client, office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        _send(client, office, card=f"Konsult {number}")
    with django_assert_num_queries(4):
        page = read(client.get(f"/{office.desk.slug}/workspace/prices/"))
    assert len(page.all("table")) == count
