"""Wishes: sent, wanted by organisations, shown, answered and put together."""

from dataclasses import dataclass

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.audience import Audience, ManualReader
from vaxel.domain.manual.tree import Place, place_article, set_up_manual
from vaxel.domain.manual.writing import ArticleWords, publish, save_draft
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.wishes import queries, triage, wishing
from vaxel.domain.wishes.models import Vote, Wish
from vaxel.domain.wishes.triage import Answer, NotTheSameError, WishChangedError, WordsMissingError
from vaxel.domain.wishes.wishing import NotOpenToVotesError, WishMissingError, WishWords
from vaxel.kit.tenancy import Scope

pytestmark = pytest.mark.django_db

TITLE = {"sv": "Mörkt läge", "en": "Dark mode"}
SAID = {"sv": "Vi gör det i vår.", "en": "We make it in spring."}


@dataclass(frozen=True, slots=True)
class Scene:
    desk: Desk
    maj: Person
    agent: Staff

    def wish(self, person: Person | None = None, text: str = "Jag saknar mörkt läge.") -> Wish:
        who = person or self.maj
        return wishing.send_wish(
            WishWords(text=text, language="sv"),
            desk=self.desk,
            reader=ManualReader(self.desk.pk, person_id=who.pk),
            person_id=who.pk,
            by=world.actor(who),
            now=world.NOW,
        )

    def show(self, wish: Wish) -> Wish:
        return triage.show_wish(
            TITLE, scope=self.scope, number=wish.number, seen_version=wish.version, by=self.by, now=world.NOW
        )

    def want(self, wish: Wish, person: Person) -> Vote:
        return wishing.want_too(
            scope=world.customer_scope(person),
            person_id=person.pk,
            number=wish.number,
            by=world.actor(person),
            now=world.NOW,
        )

    def answer(self, wish: Wish, state: str = "planned", **more: str) -> None:
        said = Answer(state=state, text=SAID, **more)
        version = Wish.unscoped.get(pk=wish.pk).version
        triage.answer_wish(said, scope=self.scope, number=wish.number, seen_version=version, by=self.by, now=world.NOW)

    def merge(self, wish: Wish, into: Wish) -> None:
        triage.merge_wish(scope=self.scope, number=wish.number, into=into.number, by=self.by, now=world.NOW)

    def wanted(self, wish: Wish) -> int:
        count: int = queries.wish_for_staff(self.scope, number=wish.number).wish.wanted  # type: ignore[attr-defined]  # annotated by the query
        return count

    @property
    def scope(self) -> Scope:
        return world.desk_scope(self.desk)

    @property
    def by(self) -> Actor:
        return world.actor(self.agent)


@pytest.fixture
def scene() -> Scene:
    desk = world.make_desk(slug="kompass")
    set_up_manual(desk_id=desk.pk, is_public=False, by=SYSTEM, now=world.NOW)
    maj = world.make_person(world.make_organisation(desk), name="Maj Ekdahl")
    return Scene(desk, maj, world.make_staff(desk, name="Sven Berg"))


def test_wish_is_wanted_by_its_own_organisation(scene: Scene) -> None:
    first, second = scene.wish(), scene.wish()
    assert (first.number, second.number, first.state) == (1, 2, "new")
    assert scene.wanted(first) == 1


def test_wish_without_an_account_has_nobody(scene: Scene) -> None:
    words = WishWords(text="Mer om mallar.", language="sv", searched="mallar")
    reader = ManualReader(scene.desk.pk)
    wish = wishing.send_wish(words, desk=scene.desk, reader=reader, person_id=None, by=None, now=world.NOW)
    assert (wish.person_id, wish.organisation_id, wish.by_name, wish.searched) == (None, None, "", "mallar")
    assert scene.wanted(wish) == 0


@pytest.mark.parametrize("text", ["", "  ", "x" * (wishing.LONGEST + 1)])
def test_t46_wish_without_words_or_with_too_many_is_refused(scene: Scene, text: str) -> None:
    with pytest.raises(ValueError, match="words"):
        scene.wish(text=text)


def test_t43_wish_on_an_article_that_the_reader_cannot_read_names_none(scene: Scene) -> None:
    place = Place(slug="hemlig", audience=Audience.STAFF)
    article = place_article(desk_id=scene.desk.pk, place=place, by=SYSTEM, now=world.NOW)
    words = ArticleWords(title="Hemlig", markdown="Text.")
    save_draft(article=article, language="sv", words=words, by=SYSTEM, now=world.NOW)
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    wished = {}
    for name, reader in (
        ("customer", ManualReader(scene.desk.pk, person_id=scene.maj.pk)),
        ("staff", ManualReader(scene.desk.pk, is_staff=True)),
    ):
        words_of = WishWords(text="Mer.", language="sv", article="hemlig")
        made = wishing.send_wish(words_of, desk=scene.desk, reader=reader, person_id=None, by=None, now=world.NOW)
        wished[name] = made.article_id
    assert wished == {"customer": None, "staff": article.pk}


def test_organisation_wants_a_wish_once(scene: Scene) -> None:
    wish = scene.show(scene.wish())
    neighbour = world.make_person(world.make_organisation(scene.desk), name="Nils Ros")
    colleague = world.make_person(neighbour.organisation)
    scene.want(wish, neighbour)
    scene.want(wish, colleague)
    assert scene.wanted(wish) == 2
    assert queries.votes_of(world.customer_scope(colleague), [wish]) == {wish.pk: "Nils Ros"}
    assert queries.votes_of(world.customer_scope(scene.maj), [wish]) == {wish.pk: "Maj Ekdahl"}


def test_vote_is_taken_back_by_anybody_of_the_organisation(scene: Scene) -> None:
    wish = scene.show(scene.wish())
    neighbour = world.make_person(world.make_organisation(scene.desk))
    colleague = world.make_person(neighbour.organisation)
    scene.want(wish, neighbour)
    by = world.actor(colleague)
    wishing.want_no_more(scope=world.customer_scope(colleague), number=wish.number, by=by, now=world.NOW)
    assert scene.wanted(wish) == 1


def test_t43_wish_is_seen_by_others_once_it_is_shown(scene: Scene) -> None:
    wish = scene.wish(text="kanariefågel")
    neighbour = world.make_person(world.make_organisation(scene.desk))
    with pytest.raises(WishMissingError):
        scene.want(wish, neighbour)
    with pytest.raises(WishMissingError):
        queries.wish_seen(desk_id=scene.desk.pk, number=wish.number, person_id=neighbour.pk)
    assert queries.shown_wishes(desk_id=scene.desk.pk) == []
    assert queries.wish_seen(desk_id=scene.desk.pk, number=wish.number, person_id=scene.maj.pk).wish == wish
    scene.show(wish)
    assert [told.wish for told in queries.shown_wishes(desk_id=scene.desk.pk)] == [wish]


@pytest.mark.parametrize("state", ["done", "declined"])
def test_answered_wish_takes_no_votes(scene: Scene, state: str) -> None:
    wish = scene.show(scene.wish())
    scene.answer(wish, state)
    with pytest.raises(NotOpenToVotesError):
        scene.want(wish, world.make_person(world.make_organisation(scene.desk)))


def test_answer_says_how_the_wish_stands(scene: Scene) -> None:
    wish = scene.wish()
    scene.answer(wish, "done", release="8.10")
    told = queries.wish_seen(desk_id=scene.desk.pk, number=wish.number, person_id=scene.maj.pk)
    assert told.newest is not None
    assert (told.wish.state, told.newest.text, told.newest.release) == ("done", SAID, "8.10")


def test_text_that_lacks_a_language_is_refused(scene: Scene) -> None:
    wish = scene.wish()
    with pytest.raises(WordsMissingError) as caught:
        triage.show_wish(
            {"sv": "Mörkt läge"}, scope=scene.scope, number=wish.number, seen_version=1, by=scene.by, now=world.NOW
        )
    assert caught.value.languages == ("en",)


def test_t75_answer_to_a_wish_that_changed_is_refused(scene: Scene) -> None:
    wish = scene.wish()
    scene.show(wish)
    with pytest.raises(WishChangedError):
        triage.show_wish(TITLE, scope=scene.scope, number=wish.number, seen_version=1, by=scene.by, now=world.NOW)


def test_merged_wishes_count_organisations_once(scene: Scene) -> None:
    first, second = scene.show(scene.wish()), scene.wish()
    neighbour = world.make_person(world.make_organisation(scene.desk))
    third = scene.wish(neighbour)
    scene.merge(second, first)
    scene.merge(third, first)
    assert scene.wanted(first) == 2
    assert queries.counts_by_state(scene.scope) == {"new": 1}
    assert {one.number for one in queries.merged_with(first)} == {second.number, third.number}


def test_split_undoes_a_merge_whole(scene: Scene) -> None:
    first, second = scene.wish(), scene.wish(world.make_person(world.make_organisation(scene.desk)))
    scene.merge(second, first)
    triage.split_wish(scope=scene.scope, number=second.number, by=scene.by, now=world.NOW)
    assert (scene.wanted(first), scene.wanted(second)) == (1, 1)


def test_wishes_are_merged_in_one_step_only(scene: Scene) -> None:
    first, second, third = scene.wish(), scene.wish(), scene.wish()
    scene.merge(second, first)
    for wish, into in ((first, first), (first, third), (second, third), (third, second)):
        with pytest.raises(NotTheSameError):
            scene.merge(wish, into)


def test_wisher_of_a_merged_wish_sees_the_answer(scene: Scene) -> None:
    first, second = scene.wish(), scene.wish(world.make_person(world.make_organisation(scene.desk)))
    scene.merge(second, first)
    scene.answer(first)
    (told,) = queries.own_wishes(person_id=second.person_id or 0)
    assert told.newest is not None
    assert told.newest.text == SAID


def test_t42_another_desk_cannot_touch_a_wish(scene: Scene) -> None:
    wish = scene.wish()
    far = world.desk_scope(world.make_desk("baver", slug="baver"))
    with pytest.raises(WishMissingError):
        triage.split_wish(scope=far, number=wish.number, by=SYSTEM, now=world.NOW)
    with pytest.raises(WishMissingError):
        triage.merge_wish(scope=far, number=wish.number, into=wish.number, by=SYSTEM, now=world.NOW)
    assert list(queries.wishes_for_staff(far, state="new")) == []
