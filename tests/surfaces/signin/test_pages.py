"""Every page of sign-in opens in both languages, says what it is, and tells what is wrong."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.factories import make_account, make_desk, make_organisation, make_person, make_staff
from tests.surfaces.signin.conftest import sign_in
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Account, Person

pytestmark = pytest.mark.django_db

OPEN = {
    "/signin/": "Logga in",
    "/signin/password/": "Logga in med lösenord",
    "/signin/closed/": "Ditt konto är stängt",
    "/demo/": "Välj vem du vill vara",
}
OWN = {
    "/signin/places/": "Vart vill du gå?",
    "/signin/account/": "Så loggar du in",
    "/signin/out/": "Logga ut",
    "/signin/account/password/new/": "Välj ett lösenord",
    "/signin/second-factor/": "Två steg och lösennycklar",
    "/signin/second-factor/app/": "Lägg till en kodapp",
    "/signin/passkeys/": "Dina lösennycklar",
    "/signin/passkeys/new/": "Lägg till en lösennyckel",
}


@pytest.fixture
def account() -> Account:
    """Somebody with two places."""
    person = make_person(make_organisation(make_desk("kompass")))
    account = person.account
    assert account is not None
    desk = Desk.objects.create(slug="baver", prefix="BAV", name="Bäver", created_at=person.created_at)
    other = make_organisation(desk)
    Person.objects.create(
        desk=desk,
        organisation=other,
        account=account,
        name="Maj",
        email=account.email,
        created_at=other.created_at,
    )
    return account


@pytest.mark.parametrize("path", OPEN)
def test_open_page_has_its_heading_in_swedish(client: Client, path: str) -> None:
    assert _heading(client.get(path, headers={"accept-language": "sv"}).content) == OPEN[path]


@pytest.mark.parametrize("path", OWN)
def test_own_page_has_its_heading_in_swedish(client: Client, account: Account, path: str) -> None:
    sign_in(client, account)
    assert _heading(client.get(path).content) == OWN[path]


@pytest.mark.parametrize("path", OWN)
def test_own_page_asks_strangers_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/signin/")


@pytest.mark.parametrize("path", [*OPEN, *OWN])
def test_page_in_english_holds_no_swedish(client: Client, account: Account, path: str) -> None:
    account.language = "en"
    account.save(update_fields=["language"])
    if path in OWN:
        sign_in(client, account)
    page = client.get(path, headers={"accept-language": "en"}).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r"\b(och|inte|koden|lösenord|Logga|Ange|Avbryt)\b", main) == []


@pytest.mark.parametrize(
    ("path", "sent", "field", "text"),
    [
        ("/signin/", {}, "email", "Ange din e-postadress."),
        ("/signin/", {"email": "maj"}, "email", "Ange en e-postadress, till exempel namn@kommun.example."),
        ("/signin/password/", {"login": "maj@kund.example"}, "password", "Ange ditt lösenord."),
        (
            "/signin/password/",
            {"login": "maj@kund.example", "password": "fel"},
            "login",
            "E-postadressen och lösenordet hör inte ihop. Kontrollera båda.",
        ),
    ],
)
def test_fault_stands_in_title_summary_and_at_the_field(
    client: Client, path: str, sent: dict[str, str], field: str, text: str
) -> None:
    page = unescape(client.post(path, sent, headers={"accept-language": "sv"}).content.decode())
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert title.group(1).startswith("Fel: ")
    assert re.findall(r'class="error-summary__link" href="#(.*?)">(.*?)<', page) == [(field, text)]
    assert all(value in page for value in sent.values() if value != "fel")


def test_address_field_helps_password_managers(client: Client) -> None:
    page = client.get("/signin/password/").content.decode()
    assert re.findall(r'autocomplete="(.*?)"', page) == ["username", "current-password"]


def test_sign_out_by_get_signs_nobody_out(client: Client, account: Account) -> None:
    sign_in(client, account)
    client.get("/signin/out/")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.post("/signin/out/")["Location"] == "/signin/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/signin/signup/", "/signin/login/", "/signin/email/", "/accounts/signup/"])
def test_t48_what_is_not_offered_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_staff_go_to_their_workspace(client: Client) -> None:
    staff = make_staff(make_desk("kompass", slug="kompass"))
    sign_in(client, staff.account)
    assert client.get("/signin/places/")["Location"] == "/kompass/workspace/"


def test_account_without_a_place_is_told_whom_to_ask(client: Client) -> None:
    sign_in(client, make_account())
    assert _heading(client.get("/signin/places/").content) == "Du har ingen plats här än"


def _heading(page: bytes) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page.decode(), re.DOTALL)
    assert found is not None
    return unescape(found.group(1).strip())
