"""Wishes in the workspace: sorted by staff, said once, put together and taken apart."""

from http import HTTPStatus

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests.domain.manual.writers import begin_manual, make_article
from tests.factories import NOW, actor, make_desk, make_organisation, make_person
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.people.models import Person
from vaxel.domain.wishes.models import Wish, WishAnswer
from vaxel.domain.wishes.wishing import WishWords, send_wish

BASE = "/kompass/workspace/wishes/"
SAID = {"said_sv": "Vi gör det.", "said_en": "We make it."}


def wish_of(office: Office, person: Person | None = None, *, text: str = "Jag saknar mörkt läge.") -> Wish:
    who = person or office.person
    words = WishWords(text=text, language="sv", searched="mörkt" if "mörkt" in text else "")
    reader = ManualReader(office.desk.pk, person_id=who.pk)
    return send_wish(words, desk=office.desk, reader=reader, person_id=who.pk, by=actor(who), now=NOW)


def page_of(office: Office, path: str = "") -> Page:
    return read(office.client.get(BASE + path))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_however_long(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        wish_of(office)
    page_of(office)
    with django_assert_num_queries(4):  # who asks; counts of states, wishes; frame
        page = page_of(office)
    assert [row.text for row in page.all(".list__link")] == ["Jag saknar mörkt läge."] * count


def test_answer_is_told_and_moves_the_wish(office: Office) -> None:
    wish = wish_of(office)
    form = {**SAID, "state": "done", "release": "8.10", "version": "1"}
    answer = office.client.post(f"{BASE}{wish.number}/", form, follow=True)
    assert read(answer).one(".toast__text").text.startswith("Svaret är lämnat.")
    said = WishAnswer.unscoped.get(wish=wish)
    assert (said.state, said.text, said.release) == ("done", {"sv": "Vi gör det.", "en": "We make it."}, "8.10")
    assert ProcrastinateJob.objects.filter(task_name="tell_about_wish", args={"answer_id": said.pk}).count() == 1
    assert page_of(office, "?state=done").one(".list__link").text == "Jag saknar mörkt läge."


@pytest.mark.parametrize(
    ("change", "field"),
    [({"said_en": ""}, "said_en"), ({"state": "maybe"}, "state"), ({"article": "nowhere"}, "article")],
)
def test_answer_that_lacks_something_comes_back(office: Office, change: dict[str, str], field: str) -> None:
    wish = wish_of(office)
    response = office.client.post(f"{BASE}{wish.number}/", {**SAID, "state": "planned", "version": "1", **change})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"#{field}" in [link.attributes["href"] for link in read(response, status=422).all(".error-summary a")]
    assert WishAnswer.unscoped.count() == 0


def test_t75_answer_to_a_wish_that_changed_is_kept_in_the_form(office: Office) -> None:
    wish = wish_of(office)
    response = office.client.post(f"{BASE}{wish.number}/", {**SAID, "state": "planned", "version": "7"})
    assert response.status_code == HTTPStatus.CONFLICT
    assert read(response, status=409).one("#said_sv").text == "Vi gör det."


def test_title_shows_the_wish_and_empties_hide_it(office: Office) -> None:
    wish = wish_of(office)
    shown = {"title_sv": "Mörkt läge", "title_en": "Dark mode", "version": "1"}
    office.client.post(f"{BASE}{wish.number}/title/", shown)
    assert Wish.unscoped.get(pk=wish.pk).title == {"sv": "Mörkt läge", "en": "Dark mode"}
    office.client.post(f"{BASE}{wish.number}/title/", {"title_sv": "", "title_en": "", "version": "2"})
    assert Wish.unscoped.get(pk=wish.pk).title == {}


def test_articles_are_named_by_their_titles(office: Office) -> None:
    begin_manual(office.desk)
    article = make_article(office.desk, "rapporter", title="Rapporter och listor")
    wish = wish_of(office)
    Wish.unscoped.filter(pk=wish.pk).update(article=article)
    form = {**SAID, "state": "done", "article": "rapporter", "version": "1"}
    office.client.post(f"{BASE}{wish.number}/", form)

    page = page_of(office, f"{wish.number}/")

    links = page.all('a[href="/kompass/help/sv/rapporter/"]')
    assert [link.text for link in links] == ["Rapporter och listor"] * 2


def test_merge_is_undone_by_one_press(office: Office) -> None:
    first, second = wish_of(office), wish_of(office, make_person(make_organisation(office.desk, name="Norrtuna stad")))
    answer = office.client.post(f"{BASE}{second.number}/merging/", {"into": str(first.number)}, follow=True)
    page = read(answer)
    assert page.one("#wanting").text == "2 organisationer vill ha det"
    undo = page.one(".toast form").attributes["action"]
    office.client.post(undo)
    assert page_of(office, f"{first.number}/").one("#wanting").text == "1 organisation vill ha det"


@pytest.mark.parametrize("into", ["", "x", "99", "1"])
def test_merge_with_nothing_comes_back(office: Office, into: str) -> None:
    wish = wish_of(office)
    response = office.client.post(f"{BASE}{wish.number}/merging/", {"into": into})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


OTHERS = (
    "Jag saknar export till Excel.",
    "Vi skulle vilja exportera listan till Excel varje vecka.",
    "Jag saknar mörkt läge.",
    "Skriv ut kalendern.",
)


def choices(page: Page) -> list[str]:
    return [each.text for each in page.all("input[name=into] + span > .choice__label")]


def test_likest_wishes_are_offered_beside_one(office: Office) -> None:
    wish = wish_of(office, text="Exporten borde gå till Excel direkt")
    assert page_of(office, f"{wish.number}/").all("input[name=into]") == []
    for text in OTHERS:
        wish_of(office, text=text)

    page = page_of(office, f"{wish.number}/")

    assert sorted(choices(page)) == sorted(OTHERS[:2])
    assert page.one("#merge ~ form").attributes["action"] == f"{BASE}{wish.number}/merging/"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", OTHERS[:2]),
        ("excel", OTHERS[:2]),
        ("excel vecka", OTHERS[1:2]),
        ("dark", OTHERS[2:3]),
        ("kalend", OTHERS[3:]),
        ("5", OTHERS[3:]),
        ("#5", OTHERS[3:]),
        ("1", ()),
        ("excel kalender", ()),
        ("' | & !:* \x00", ()),
    ],
)
def test_wishes_are_searched_by_words_in_either_language_or_number(
    office: Office, words: str, found: tuple[str, ...]
) -> None:
    wish = wish_of(office, text="Exporten borde gå till Excel direkt")
    _excel, _week, dark, _calendar = (wish_of(office, text=text) for text in OTHERS)
    shown = {"title_sv": "Svart skärm", "title_en": "Dark mode", "version": "1"}
    office.client.post(f"{BASE}{dark.number}/title/", shown)

    page = read(office.client.get(f"{BASE}{wish.number}/merging/", {"q": words}))

    titled = ["Svart skärm" if text == OTHERS[2] else text for text in found]
    assert sorted(choices(page)) == sorted(titled)


def test_wish_that_was_put_to_another_is_found_by_its_words_there(office: Office) -> None:
    first, second, third = (wish_of(office, text=text) for text in OTHERS[:3])
    office.client.post(f"{BASE}{second.number}/merging/", {"into": str(first.number)})

    page = read(office.client.get(f"{BASE}{third.number}/merging/", {"q": "vecka"}))

    assert choices(page) == [OTHERS[0]]


def test_wish_that_holds_or_is_held_is_put_to_nothing(office: Office) -> None:
    first, second = (wish_of(office, text=text) for text in OTHERS[:2])
    office.client.post(f"{BASE}{second.number}/merging/", {"into": str(first.number)})

    for wish in (first, second):
        answer = office.client.get(f"{BASE}{wish.number}/merging/")
        assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.SEE_OTHER, f"{BASE}{wish.number}/")


def test_t42_wishes_of_another_desk_are_not_found(office: Office) -> None:
    wish = wish_of(office)
    far = make_person(make_organisation(make_desk("baver")))
    words = WishWords(text="Jag saknar mörkt läge.", language="sv")
    reader = ManualReader(far.desk_id, person_id=far.pk)
    send_wish(words, desk=far.desk, reader=reader, person_id=far.pk, by=actor(far), now=NOW)

    assert choices(read(office.client.get(f"{BASE}{wish.number}/merging/", {"q": "mörkt"}))) == []
    assert choices(page_of(office, f"{wish.number}/")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_costs_the_same_queries_however_many_are_alike(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wish = wish_of(office)
    for _ in range(count):
        wish_of(office)
    page_of(office, f"{wish.number}/merging/")
    with django_assert_num_queries(
        9
    ):  # who asks; wish, its answers, what it holds; words (2), the likest, their rows; frame
        page = page_of(office, f"{wish.number}/merging/")
    assert len(choices(page)) == count
