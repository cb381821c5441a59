"""An address with nothing behind it, below each part of a desk: its frame, its ways on, and nothing told."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from tests import factories as world
from tests.surfaces.portal.walk import BACKEND, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.tree import set_up_manual
from vaxel.domain.people.models import Person, Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = world.make_desk(slug="kompass")
    set_up_manual(desk_id=desk.pk, is_public=True, by=SYSTEM, now=world.NOW)
    return desk


@pytest.fixture
def maj(desk: Desk) -> Person:
    return world.make_person(world.make_organisation(desk), name="Maj Ekdahl")


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk)


@pytest.fixture
def staff_client(agent: Staff) -> Client:
    client = Client()
    client.force_login(agent.account, backend=BACKEND)
    return client


def missing(client: Client, path: str, **headers: str) -> Page:
    answer = client.get(path, headers=headers)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    return read(answer, status=HTTPStatus.NOT_FOUND)


def heading(page: Page) -> str:
    return page.one("h1").text


def search(page: Page) -> str:
    """Where the page's first search field leads."""
    return page.all("form:has(input[name=q])")[0].attributes["action"]


HELP = ["/kompass/help/en/nosuch/", "/kompass/help/en/a/b/c/", "/kompass/help/en/problems/99/"]


@pytest.mark.parametrize("path", HELP)
def test_help_centre_keeps_frame_language_and_search_for_everybody(maj: Person, path: str) -> None:
    for client in (Client(headers={"accept-language": "sv"}), signed_in(maj)):
        page = missing(client, path)

        assert heading(page) == "We cannot find the page"
        assert search(page) == "/kompass/help/en/search/"
        assert "Known problems" in [link.text for link in page.all(".masthead__link")]


@pytest.mark.parametrize("path", ["/kompass/help/de/", "/kompass/help/nosuch/"])
def test_help_centre_speaks_the_readers_language_where_the_address_has_none(desk: Desk, path: str) -> None:
    assert heading(missing(Client(headers={"accept-language": "en"}), path)) == "We cannot find the page"
    assert heading(missing(Client(headers={"accept-language": "sv"}), path)) == "Vi hittar inte sidan"


def test_portal_keeps_frame_and_search(maj: Person) -> None:
    page = missing(signed_in(maj), "/kompass/nosuch/")

    assert heading(page) == "Vi hittar inte sidan"
    assert search(page) == "/kompass/tickets/"


def test_workspace_keeps_views_and_search(staff_client: Client) -> None:
    page = missing(staff_client, "/kompass/workspace/nosuch/")

    assert heading(page) == "Vi hittar inte sidan"
    assert search(page) == "/kompass/workspace/tickets/"
    assert page.all(".views a") != []


def test_whoever_is_elsewhere_at_the_desk_gets_their_own_frame(maj: Person, staff_client: Client) -> None:
    assert search(missing(signed_in(maj), "/kompass/workspace/tickets/")) == "/kompass/tickets/"
    assert search(missing(staff_client, "/kompass/tickets/")) == "/kompass/workspace/tickets/"


@pytest.mark.parametrize("path", ["/kompass/nosuch/", "/kompass/workspace/nosuch/"])
def test_whoever_has_not_signed_in_is_shown_the_way_in(desk: Desk, path: str) -> None:
    page = missing(Client(), path)

    assert page.one("main a.button--primary").attributes["href"] == f"/signin/?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("path", ["/nix/", "/nix/help/", "/nix/help/sv/", "/nix/workspace/"])
def test_where_there_is_no_desk_nobody_is_told_of_a_sign_in(maj: Person, path: str) -> None:
    page = missing(Client(headers={"accept-language": "en"}), path)
    known = missing(signed_in(maj), path)

    assert page.all("main p")[0].text == "The address may be wrong. See that all of it is there."
    assert known.all("main p")[0].text.endswith("än den du är inloggad som.")


def test_staff_in_the_help_centre_are_not_sent_to_ask(staff_client: Client) -> None:
    pages = [
        missing(staff_client, HELP[0]),
        *(read(staff_client.get(f"/kompass/help/en/{each}")) for each in ("", "search/?q=x")),
    ]

    assert [page.all('a[href="/kompass/ask/"]') for page in pages] == [[], [], []]


def test_t42_what_is_anothers_looks_as_what_is_not_there(maj: Person, agent: Staff) -> None:
    other = world.ask(world.make_person(world.make_organisation(agent.desk)))
    client = signed_in(maj)
    name = f"{agent.desk.prefix}-{other.number}"

    pages = [
        client.get(f"/kompass/tickets/{each}/").content.decode().replace(each, "")
        for each in (name, f"{agent.desk.prefix}-999")
    ]

    alike = [re.sub(r'[\w-]{64}|<p class="soft">[^<]*</p>|nonce="[^"]*"', "", page) for page in pages]
    assert alike[0] == alike[1]
    assert "Vi hittar inte sidan" in alike[0]


def test_t42_desk_where_somebody_has_no_place_is_as_one_that_is_not_there(maj: Person) -> None:
    far = world.make_desk("baver", slug="baver")
    set_up_manual(desk_id=far.pk, is_public=False, by=SYSTEM, now=world.NOW)
    client = signed_in(maj)

    for below in ("nosuch/", "workspace/nosuch/", "help/sv/nosuch/"):
        there, nowhere = (missing(client, f"/{desk}/{below}") for desk in ("baver", "nosuch"))
        assert heading(there) == heading(nowhere)
        assert [page.all(".masthead__link") for page in (there, nowhere)] == [[], []]


def test_t42_page_of_another_desks_workspace_is_as_one_that_is_not_there(maj: Person) -> None:
    """Its address has a language, and the help centre's frame stands around what is not there."""
    set_up_manual(desk_id=world.make_desk("baver", slug="baver").pk, is_public=True, by=SYSTEM, now=world.NOW)
    there, nowhere = (
        missing(signed_in(maj), f"/baver/workspace/{below}/sv/") for below in ("mail-texts/job-offered", "nosuch/any")
    )
    assert heading(there) == heading(nowhere)


def test_fragments_and_forms_of_strangers_get_no_frame(maj: Person) -> None:
    assert missing(signed_in(maj), "/kompass/nosuch/", **{"HX-Request": "true"}).all("input[name=q]") == []
    sent = Client().post("/kompass/help/sv/no/such/")
    assert (sent.status_code, b"masthead__link" in sent.content) == (HTTPStatus.NOT_FOUND, False)
