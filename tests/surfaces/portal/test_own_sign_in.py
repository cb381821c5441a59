"""An organisation's own server is asked before its address is kept, and what is wrong is told in words (trust 60)."""

import socket
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.surfaces.portal.conftest import Customer
from tests.surfaces.signin import provider as servers
from tests.surfaces.signin.provider import Provider
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.administration.models import OrganisationSignIn
from vaxel.domain.people.models import Person
from vaxel.kit.outside import LARGEST_ANSWER

NO_SERVER = "Där finns ingen server för OpenID Connect. Kontrollera adressen"
#: How the server answers, and what is said of it.
WRONG: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "not found": ({"status": 404}, NO_SERVER),
    "a page": ({"padding": "<html>"}, NO_SERVER),
    "no end": ({"padding": " " * (LARGEST_ANSWER + 1)}, NO_SERVER),
    "another": (
        {"says_it_is": "https://login.annan.example"},
        "Servern säger att den har en annan adress (issuer). Skriv den som servern säger",
    ),
    "moved": (
        {"status": 302, "moved_to": "https://login.annan.example/"},
        "Servern skickar oss vidare till en annan adress. Skriv den som den skickar oss till",
    ),
}


@pytest.fixture(autouse=True)
def _inside(settings: Settings) -> None:
    settings.OWN_SIGN_IN_INSIDE = True


@pytest.fixture
def server() -> Iterator[Provider]:
    with servers.running() as running:
        yield running


@pytest.fixture
def client(maj: Customer) -> Client:
    Person.unscoped.filter(pk=maj.person.pk).update(may_administer=True)
    return maj.client


def save(maj: Customer, client: Client, issuer: str, *, status: int = 200) -> Page:
    form = {"issuer": issuer, "client_id": "vaxel", "secret": "hemligt", "admits": "yes"}
    return read(client.post(f"/{maj.desk.slug}/organisation/sign-in/", form, follow=True), status=status)


def kept() -> list[str]:
    return list(OrganisationSignIn.unscoped.values_list("issuer", flat=True))


def test_server_that_answers_as_one_is_kept(maj: Customer, client: Client, server: Provider) -> None:
    page = save(maj, client, f"{server.issuer}/")

    assert "Inloggningen är inlagd." in page.text
    assert kept() == [server.issuer]


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_the_server_is_told(maj: Customer, client: Client, server: Provider, case: str) -> None:
    answers, said = WRONG[case]
    for name, value in answers.items():
        setattr(server, name, value)

    page = save(maj, client, server.issuer, status=422)

    assert [(link.attributes["href"], link.text) for link in page.all(".error-summary__link")] == [("#issuer", said)]
    assert page.one("#client_id").attributes["value"] == "vaxel"
    assert kept() == []


@pytest.mark.parametrize("is_there", [True, False])
def test_server_that_is_away_is_kept_with_a_warning(maj: Customer, client: Client, *, is_there: bool) -> None:
    with servers.running() as server:
        server.status, issuer = 503, server.issuer
        page = save(maj, client, issuer) if is_there else None
    page = page or save(maj, client, issuer)

    assert "Vi når inte servern just nu, så inloggningen är sparad utan att vara provad." in page.text
    assert kept() == [issuer]


@pytest.mark.parametrize("is_inside", [True, False])
def test_name_that_nobody_has_is_told_and_not_kept(
    maj: Customer, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, *, is_inside: bool
) -> None:
    settings.OWN_SIGN_IN_INSIDE = is_inside
    monkeypatch.setattr(socket, "getaddrinfo", looked_up_as(socket.EAI_NONAME))

    page = save(maj, client, "https://nope.kund.example", status=422)

    assert page.one(".error-summary__link").text == "Det finns ingen server med det namnet. Kontrollera adressen"
    assert kept() == []


def test_server_is_kept_with_a_warning_while_names_cannot_be_looked_up(
    maj: Customer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", looked_up_as(socket.EAI_AGAIN))

    page = save(maj, client, "https://login.kund.example")

    assert page.all(".notice--warning")[0].text == (
        "Vi når inte servern just nu, så inloggningen är sparad utan att vara provad. Prova den själv."
    )
    assert page.all(".toast") == []
    assert kept() == ["https://login.kund.example"]


def looked_up_as(fault: int) -> Callable[..., Any]:
    def look_up(*_asked: object, **_how: object) -> Any:
        raise socket.gaierror(fault, "no address")

    return look_up


@pytest.mark.parametrize(
    ("issuer", "field", "said"),
    [
        ("login.kund.example", "#issuer", "Skriv adressen till er server, den börjar med https://"),
        (
            "https://eva:hemligt@login.kund.example",
            "#issuer",
            "Adressen innehåller användarnamn eller lösenord. Ta bort allt mellan // och @",
        ),
        ("https://login.kund.example/?tenant=1", "#issuer", "Skriv adressen utan ? och # och det som följer på dem"),
        ("https://login.kund.example/#top", "#issuer", "Skriv adressen utan ? och # och det som följer på dem"),
        ("https://login.kund.example/" + "x" * 300, "#issuer", "Skriv högst 300 tecken. Det här är 327"),
    ],
)
def test_address_that_is_none_of_a_server_is_told_why(
    maj: Customer, client: Client, issuer: str, field: str, said: str
) -> None:
    page = save(maj, client, issuer, status=422)

    assert [(link.attributes["href"], link.text) for link in page.all(".error-summary__link")] == [(field, said)]
    assert page.one("#issuer").attributes["value"] == issuer
    assert kept() == []


def test_t60_address_inside_is_not_asked_and_not_kept(
    maj: Customer, client: Client, server: Provider, settings: Settings
) -> None:
    settings.OWN_SIGN_IN_INSIDE = False

    page = save(maj, client, server.issuer.replace("http:", "https:"), status=422)

    assert "Adressen leder till ett nät på insidan" in page.one(".error-summary__link").text
    assert kept() == []
