"""Wishes in the help centre: who may send one, what others see of it, and at which cost."""

from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.manual.writers import begin_manual, make_article
from tests.surfaces.helpcentre.test_pages import read, signed_in_staff, words
from tests.surfaces.portal.walk import signed_in
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.models import Manual
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.wishes.models import Vote, Wish
from vaxel.domain.wishes.triage import Answer, answer_wish, show_wish

pytestmark = pytest.mark.django_db
NEW = "/kompass/help/sv/wishes/new/"
TITLE = {"sv": "Mörkt läge", "en": "Dark mode"}


@pytest.fixture
def desk() -> Desk:
    cache.clear()
    desk = world.make_desk(slug="kompass")
    begin_manual(desk)
    make_article(desk, "rapporter", title="Rapporter")
    return desk


@pytest.fixture
def person(desk: Desk) -> Person:
    return world.make_person(world.make_organisation(desk), name="Maj Ekdahl")


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk)


def send(client: Client, **more: str) -> Wish:
    response = client.post(NEW, {"text": "Jag saknar mörkt läge.", **more})
    assert response.status_code == HTTPStatus.SEE_OTHER
    return Wish.unscoped.latest("pk")


def show(wish: Wish, agent: Staff) -> None:
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    show_wish(TITLE, scope=scope, number=wish.number, seen_version=wish.version, by=by, now=world.NOW)


def answer(wish: Wish, agent: Staff, state: str) -> None:
    said = Answer(state=state, text={"sv": "Nu finns det.", "en": "It is here."}, article="rapporter", release="8.10")
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    version = Wish.unscoped.get(pk=wish.pk).version
    answer_wish(said, scope=scope, number=wish.number, seen_version=version, by=by, now=world.NOW)


def test_article_and_search_lead_to_a_wish(person: Person) -> None:
    client = signed_in(person)
    article, search = read(client, "sv/rapporter/"), read(client, "sv/search/?q=xyzzy")
    assert article.select_one(f'a[href="{NEW}?article=rapporter"]') is not None
    assert search.select_one(f'#results a[href="{NEW}?searched=xyzzy"]') is not None


def test_customer_sends_a_wish_and_finds_it_again(person: Person) -> None:
    client = signed_in(person)
    wish = send(client, article="rapporter", searched="natt")
    assert (wish.person, wish.article and wish.article.slug, wish.searched) == (person, "rapporter", "natt")
    assert words(read(client, "sv/wishes/"), "#own + ul .list__link") == ["Jag saknar mörkt läge."]
    page = read(client, f"sv/wishes/{wish.number}/")
    assert words(page, "h1") == ["Jag saknar mörkt läge."]


def test_thanks_for_a_wish_are_said_once_and_not_kept_in_the_address(person: Person) -> None:
    said = {}
    for who, client in (("person", signed_in(person)), ("nobody", Client())):
        response = client.post(NEW, {"text": "Jag saknar mörkt läge."})
        here = response.headers["Location"]
        pages = [client.get(here).content.decode() for _ in range(2)]
        said[who] = ("?" in here, [page.count("Tack! Vi har fått ditt önskemål.") for page in pages])
    assert said == {"person": (False, [1, 0]), "nobody": (False, [1, 0])}


def test_form_names_the_article_that_is_missed_in_by_its_title(person: Person) -> None:
    client = signed_in(person)
    pages = [client.get(f"{NEW}?article={slug}").content.decode() for slug in ("rapporter", "nowhere", "")]
    assert ["Det gäller artikeln Rapporter" in page for page in pages] == [True, False, False]
    assert ["Det gäller artikeln" in page for page in pages] == [True, False, False]


def test_wish_without_words_comes_back(person: Person) -> None:
    response = signed_in(person).post(NEW, {"text": " ", "article": "rapporter"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Wish.unscoped.count() == 0


def test_anybody_may_wish_where_the_help_centre_is_public(desk: Desk, client: Client) -> None:
    wish = send(client)
    assert (wish.person, wish.by_name) == (None, "")
    Manual.unscoped.update(is_public=False)
    assert client.post(NEW, {"text": "Mer."}).status_code == HTTPStatus.FOUND
    assert Wish.unscoped.count() == 1


def test_t59_wishes_are_bounded(desk: Desk, client: Client) -> None:
    for _ in range(20):
        send(client)
    assert client.post(NEW, {"text": "En till."}).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert Wish.unscoped.count() == 20


def test_t59_wishes_from_everywhere_silence_nobody_who_is_known(desk: Desk, person: Person) -> None:
    for number in range(60):
        send(Client(REMOTE_ADDR=f"192.0.2.{number}"))

    unknown = Client(REMOTE_ADDR="198.51.100.1").post(NEW, {"text": "En till."})

    assert unknown.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert send(signed_in(person)).person == person


def test_t43_others_see_the_title_and_never_the_words(person: Person, agent: Staff) -> None:
    wish = send(signed_in(person), text="kanariefågel")
    neighbour = signed_in(world.make_person(world.make_organisation(agent.desk)))
    page = f"/kompass/help/sv/wishes/{wish.number}/"
    assert neighbour.get(page).status_code == HTTPStatus.NOT_FOUND
    show(wish, agent)
    for client in (neighbour, Client(), signed_in_staff(agent)):
        assert "kanariefågel" not in client.get(page).content.decode()
        assert words(read(client, "sv/wishes/"), "#others + ul .list__link") == ["Mörkt läge"]
    assert "kanariefågel" in signed_in(person).get(page).content.decode()


def test_organisation_votes_and_its_people_see_who(person: Person, agent: Staff) -> None:
    wish = send(signed_in(person))
    show(wish, agent)
    neighbour = world.make_person(world.make_organisation(agent.desk), name="Nils Ros")
    colleague = signed_in(world.make_person(neighbour.organisation))
    page = f"sv/wishes/{wish.number}/"
    signed_in(neighbour).post(f"/kompass/help/{page}vote/", {"want": "yes"})
    assert "Ja, Nils Ros har sagt det för er alla." in read(colleague, page).get_text()
    assert "Nils Ros" not in read(signed_in(person), page).get_text()
    assert words(read(Client(), page), ".page-head__meta") == ["Nytt 2 organisationer vill ha det"]
    colleague.post(f"/kompass/help/{page}vote/", {"want": "no"})
    assert Vote.unscoped.filter(organisation=neighbour.organisation).count() == 0


def test_answer_leads_to_what_answered_it(person: Person, agent: Staff) -> None:
    client = signed_in(person)
    wish = send(client)
    answer(wish, agent, "done")
    page = read(client, f"sv/wishes/{wish.number}/")
    assert words(page, "#said + ol p")[1:] == ["Nu finns det.", "Det finns från version 8.10.", "Rapporter"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many(
    person: Person, agent: Staff, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(person)
    for _ in range(count):
        wish = send(client)
        answer(wish, agent, "planned")
        other = send(Client())
        show(other, agent)
        answer(other, agent, "planned")
    read(client, "sv/wishes/")
    # manual, session with account, viewer (2); own and what was said (2), shown (2), votes of both (2)
    with django_assert_num_queries(10):
        page = read(client, "sv/wishes/")
    assert len(words(page, ".list__item")) == 2 * count
