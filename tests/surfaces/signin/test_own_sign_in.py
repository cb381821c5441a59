"""Coming in by an organisation's own sign-in: who becomes whom, and what such a session may do (trust 54, 60)."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from tests import factories as world
from tests.surfaces.signin import provider as servers
from tests.surfaces.signin.provider import Provider
from vaxel.domain.administration import own_sign_in as doors
from vaxel.domain.administration.models import OrganisationSignIn
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Account, Organisation, Person, Seat
from vaxel.kit.outside import LARGEST_ANSWER, is_outside

BACKEND = "vaxel.surfaces.signin.backend.AccountBackend"
NEW = {"sub": "17", "email": "eva@asklinge.example", "name": "Eva Ek", "email_verified": True}


@pytest.fixture(autouse=True)
def _inside(settings: Settings) -> None:
    settings.OWN_SIGN_IN_INSIDE = True


@pytest.fixture
def provider() -> Iterator[Provider]:
    with servers.running() as server:
        server.claims = dict(NEW)
        yield server


@pytest.fixture
def organisation(db: None) -> Organisation:
    organisation = world.make_organisation(world.make_desk(), name="Åsklinge kommun")
    organisation.domains = ["asklinge.example"]
    organisation.save(update_fields=["domains"])
    return organisation


@pytest.fixture
def sign_in(organisation: Organisation, provider: Provider) -> OrganisationSignIn:
    return set_up(organisation, provider)


def set_up(organisation: Organisation, provider: Provider) -> OrganisationSignIn:
    said = doors.Provider(issuer=provider.issuer, client_id="vaxel", secret="hemligt", admits=True)
    return doors.set_up_sign_in(organisation, provider=said, by=SYSTEM, now=world.NOW)


def come(sign_in: OrganisationSignIn, client: Client | None = None, **sent: str) -> Client:
    """Press the button, go to the server and come back with its code; the browser afterwards."""
    client = client or Client(headers={"accept-language": "sv"})
    away = client.post(f"/signin/own/{sign_in.key}/", sent).headers["Location"]
    state = parse_qs(urlsplit(away).query)["state"][0]
    client.get(f"/signin/own/{sign_in.key}/back/", {"code": "c", "state": state})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def home(organisation: Organisation) -> str:
    return f"/{organisation.desk.slug}/"


def test_a_name_that_is_too_long_is_cut_and_nobody_stands_outside(
    sign_in: OrganisationSignIn, organisation: Organisation, provider: Provider
) -> None:
    provider.claims |= {"name": "x" * 300}

    assert is_in(come(sign_in))

    assert Person.unscoped.get(organisation=organisation).name == "x" * 200


@pytest.mark.parametrize(
    ("told", "called"), [("Vinn på https://evil.example/", "eva"), ("Eva\r\nBcc: alla", "Eva Bcc: alla")]
)
def test_t19_name_that_another_server_tells_brings_no_address_into_our_mails(
    sign_in: OrganisationSignIn, organisation: Organisation, provider: Provider, told: str, called: str
) -> None:
    provider.claims |= {"name": told}

    come(sign_in)

    assert Person.unscoped.get(organisation=organisation).name == called


def test_newcomer_becomes_a_user_and_no_contact(sign_in: OrganisationSignIn, organisation: Organisation) -> None:
    client = come(sign_in)

    person = Person.unscoped.get(organisation=organisation)
    assert (person.name, person.email, person.may_administer) == ("Eva Ek", "eva@asklinge.example", False)
    assert not Seat.unscoped.filter(person=person).exists()
    assert client.get(home(organisation)).status_code == 200


def test_t54_people_are_known_by_issuer_and_subject(sign_in: OrganisationSignIn, provider: Provider) -> None:
    come(sign_in)
    provider.claims |= {"email": "annan@asklinge.example", "name": "Annan"}
    client = come(sign_in)

    assert is_in(client)
    assert [one.email for one in Account.objects.all()] == ["eva@asklinge.example"]


def test_t54_address_that_has_an_account_is_not_taken_over(
    sign_in: OrganisationSignIn, organisation: Organisation
) -> None:
    victim = world.make_person(organisation, name="Eva Ek")
    Account.objects.filter(persons=victim).update(email=NEW["email"])

    client = come(sign_in)

    assert (is_in(client), SocialAccount.objects.exists()) == (False, False)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "eva@annan.example"},
        {"email": ""},
        {"email_verified": False},
        {"email_verified": "False"},
        {"sub": ""},
    ],
)
def test_t54_claims_that_prove_nothing_let_nobody_in(
    sign_in: OrganisationSignIn, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims |= claims

    client = come(sign_in)

    assert (is_in(client), Account.objects.exists()) == (False, False)


def test_t54_answer_of_another_issuer_is_refused(sign_in: OrganisationSignIn, provider: Provider) -> None:
    provider.says_it_is = "https://nagon-annan.example"

    assert not is_in(come(sign_in))


def test_t54_halves_about_two_people_are_refused(sign_in: OrganisationSignIn, provider: Provider) -> None:
    provider.userinfo = {"sub": "18"}

    assert not is_in(come(sign_in))


def test_t54_session_is_the_organisations_and_nobody_elses(
    sign_in: OrganisationSignIn, organisation: Organisation
) -> None:
    """Its server could claim anybody: what it says counts at its own organisation alone."""
    client = come(sign_in)
    account = Account.objects.get()
    elsewhere = world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",))
    for each in (elsewhere, world.make_organisation(organisation.desk, name="Bodasjö kommun")):
        person = world.make_person(each, contact=False, certified=False)
        Person.unscoped.filter(pk=person.pk).update(account=account)
    staff = world.make_staff(organisation.desk)
    staff.account = account
    staff.save(update_fields=["account"])

    found = {
        page: client.get(page).status_code
        for page in (home(organisation), home(elsewhere), f"{home(organisation)}workspace/tickets/")
    }
    ways = [client.get(page).status_code for page in ("/signin/account/", "/signin/passkeys/new/")]

    assert found == {home(organisation): 200, home(elsewhere): 404, f"{home(organisation)}workspace/tickets/": 404}
    assert ways == [302, 302]


@pytest.mark.parametrize("query", ["", "?process=connect"])
def test_t54_session_of_one_organisation_connects_no_other_ones_server(
    sign_in: OrganisationSignIn, organisation: Organisation, query: str
) -> None:
    """A server that claims a name may not have that name's account open to somebody at another server."""
    client = come(sign_in)
    account = Account.objects.get()
    elsewhere = world.make_organisation(organisation.desk, name="Bodasjö kommun")
    person = world.make_person(elsewhere, contact=False, certified=False)
    Person.unscoped.filter(pk=person.pk).update(account=account)
    with servers.running() as other:
        other.claims = {**NEW, "sub": "nagon"}
        theirs = set_up(elsewhere, other)
        page, sent = f"/signin/own/{theirs.key}/", {"process": "connect"}
        away = client.post(f"{page}{query}", {} if query else sent)

    assert away.status_code == 404
    assert [one.provider for one in SocialAccount.objects.all()] == [sign_in.key]


def test_another_server_knows_nobody(sign_in: OrganisationSignIn, organisation: Organisation) -> None:
    come(sign_in)
    with servers.running() as other:
        other.claims = {**NEW, "email": "ny@asklinge.example"}
        come(set_up(organisation, other))

    assert sorted(one.email for one in Account.objects.all()) == ["eva@asklinge.example", "ny@asklinge.example"]


def test_account_is_connected_once_by_its_owner(sign_in: OrganisationSignIn, organisation: Organisation) -> None:
    person = world.make_person(organisation, name="Eva Ek")
    owner = Client()
    assert person.account is not None
    owner.force_login(person.account, backend=BACKEND)
    come(sign_in, owner, process="connect")
    client = come(sign_in)

    assert client.session["_auth_user_id"] == str(person.account_id)


def test_somebody_who_has_left_is_not_let_in(sign_in: OrganisationSignIn) -> None:
    come(sign_in)
    Person.unscoped.update(is_active=False)

    assert not is_in(come(sign_in))


def test_sign_in_that_is_switched_off_is_gone(sign_in: OrganisationSignIn, organisation: Organisation) -> None:
    doors.switch_off_sign_in(organisation, by=SYSTEM, now=world.NOW)

    assert Client().post(f"/signin/own/{sign_in.key}/").status_code == 404


def test_t47_sign_in_that_is_switched_off_ends_the_sessions_that_it_opened(
    sign_in: OrganisationSignIn, organisation: Organisation
) -> None:
    client = come(sign_in)
    account = Account.objects.get()
    own = Client()
    own.force_login(account, backend=BACKEND)
    before = [each.get(home(organisation)).status_code for each in (client, own)]

    doors.switch_off_sign_in(organisation, by=SYSTEM, now=world.NOW)
    after = [each.get(home(organisation)).status_code for each in (client, own)]

    assert (before, after) == ([200, 200], [302, 200])
    assert not is_in(client)


def test_t47_session_ends_when_another_server_takes_over(
    sign_in: OrganisationSignIn, organisation: Organisation
) -> None:
    client = come(sign_in)
    with servers.running() as other:
        set_up(organisation, other)

    assert client.get(home(organisation)).status_code == 302


def test_session_lives_on_when_its_sign_in_is_described_anew(
    sign_in: OrganisationSignIn, organisation: Organisation, provider: Provider
) -> None:
    client = come(sign_in)
    set_up(organisation, provider)

    assert client.get(home(organisation)).status_code == 200


def test_t54_session_of_one_organisation_ends_no_other_session(
    sign_in: OrganisationSignIn, organisation: Organisation
) -> None:
    """Its server could claim anybody: it may not sign that somebody out of everywhere else."""
    client, own = come(sign_in), Client()
    own.force_login(Account.objects.get(), backend=BACKEND)

    answer = client.post("/signin/everywhere/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/signin/places/")
    assert [each.get(home(organisation)).status_code for each in (client, own)] == [200, 200]


def test_following_a_link_begins_nothing(sign_in: OrganisationSignIn) -> None:
    assert Client().get(f"/signin/own/{sign_in.key}/").status_code == 405


def test_t60_servers_inside_are_not_asked(sign_in: OrganisationSignIn, settings: Settings) -> None:
    settings.OWN_SIGN_IN_INSIDE = False

    answer = Client().post(f"/signin/own/{sign_in.key}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/signin/organisation/")


@pytest.mark.parametrize(
    "address", ["::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "fe80::1%eth0", "169.254.169.254"]
)
def test_t60_address_inside_is_told_in_every_spelling(address: str) -> None:
    assert not is_outside(address)


def test_t60_answer_without_end_is_not_read(sign_in: OrganisationSignIn, provider: Provider) -> None:
    provider.padding = " " * (LARGEST_ANSWER + 1)

    answer = Client().post(f"/signin/own/{sign_in.key}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/signin/organisation/")


def test_page_finds_the_organisation_by_address(sign_in: OrganisationSignIn) -> None:
    found = Client().get("/signin/organisation/", {"email": "nagon@asklinge.example"}).content.decode()
    none = Client().get("/signin/organisation/", {"email": "nagon@annan.example"}).content.decode()

    assert (sign_in.key in found, sign_in.key in none) == (True, False)


@pytest.mark.parametrize(
    ("issuer", "client_id", "secret", "why"),
    [
        ("ftp://x.example", "a", "b", doors.SetUpFault.ISSUER),
        ("https://a@x.example", "a", "b", doors.SetUpFault.ISSUER_USER),
        ("https://[::1", "a", "b", doors.SetUpFault.ISSUER),
        ("https://[x.example]", "a", "b", doors.SetUpFault.ISSUER),
        ("https://x.example", "", "b", doors.SetUpFault.CLIENT_ID),
        ("https://x.example", "a", "", doors.SetUpFault.SECRET),
    ],
)
def test_set_up_with_a_fault_is_refused(
    organisation: Organisation, issuer: str, client_id: str, secret: str, why: doors.SetUpFault
) -> None:
    said = doors.Provider(issuer=issuer, client_id=client_id, secret=secret, admits=True)

    with pytest.raises(doors.SetUpRefusedError) as refused:
        doors.set_up_sign_in(organisation, provider=said, by=SYSTEM, now=world.NOW)

    assert refused.value.why == why
