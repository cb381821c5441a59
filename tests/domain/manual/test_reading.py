"""Who reads what: the tree, the audiences, the queries."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.manual.writers import begin_manual, make_article, write
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.models import Article
from vaxel.domain.manual.pictures import PictureError, keep_picture, readable_picture
from vaxel.domain.manual.queries import around, every_address, front_sections, newest, read_article
from vaxel.domain.manual.tree import Place, PlaceError, archive_article, place_article
from vaxel.domain.manual.writing import ArticleWords, publish, save_draft

pytestmark = pytest.mark.django_db
AUDIENCES = ("everyone", "customers", "contacts", "staff")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def desk() -> Desk:
    desk = world.make_desk()
    begin_manual(desk)
    return desk


def readers(desk: Desk) -> dict[str, ManualReader]:
    organisation = world.make_organisation(desk)
    user, contact = world.make_person(organisation, contact=False), world.make_person(organisation)
    return {
        "stranger": ManualReader(desk.pk),
        "user": ManualReader(desk.pk, person_id=user.pk),
        "contact": ManualReader(desk.pk, person_id=contact.pk),
        "staff": ManualReader(desk.pk, is_staff=True),
        "abroad": ManualReader(world.make_desk("baver").pk, is_staff=True),
    }


def test_t43_readers_find_what_is_for_them_and_nothing_else(desk: Desk) -> None:
    for audience in AUDIENCES:
        make_article(desk, f"for-{audience}", audience=audience)
    make_article(desk, "draft", live=False)
    seen = {
        who: [section.entry.slug for section in front_sections(reader, language="sv", most=5)]
        for who, reader in readers(desk).items()
    }
    assert seen == {
        "stranger": ["for-everyone"],
        "user": ["for-customers", "for-everyone"],
        "contact": ["for-contacts", "for-customers", "for-everyone"],
        "staff": ["for-contacts", "for-customers", "for-everyone", "for-staff"],
        "abroad": [],
    }


def test_front_sections_name_the_first_of_each_and_count_the_rest(desk: Desk) -> None:
    make_article(desk, "empty")
    make_article(desk, "top")
    make_article(desk, "b", parent="top", language="en")
    make_article(desk, "c", parent="top", audience="staff")
    both = make_article(desk, "d", parent="top")
    write(both, language="en")
    publish(article=both, language="en", by=SYSTEM, now=world.NOW)
    make_article(desk, "e", parent="top")
    stranger = readers(desk)["stranger"]
    assert [
        (section.entry.slug, [entry.slug for entry in section.below], section.more)
        for section in front_sections(stranger, language="sv", most=2)
    ] == [("empty", [], 0), ("top", ["b", "d"], 1)]


def test_t43_article_is_never_for_more_people_than_its_section(desk: Desk) -> None:
    make_article(desk, "a")
    make_article(desk, "b", parent="a")
    make_article(desk, "c", parent="b", audience="customers")
    place_article(desk_id=desk.pk, place=Place(slug="a", audience="staff"), by=SYSTEM, now=world.NOW)
    assert set(Article.unscoped.values_list("audience", flat=True)) == {"staff"}
    place_article(desk_id=desk.pk, place=Place(slug="a"), by=SYSTEM, now=world.NOW)
    assert dict(Article.unscoped.values_list("slug", "audience")) == {
        "a": "everyone",
        "b": "everyone",
        "c": "customers",
    }


def test_tree_follows_when_a_section_moves(desk: Desk) -> None:
    a, b = make_article(desk, "a"), make_article(desk, "b")
    make_article(desk, "c", parent="b")
    place_article(desk_id=desk.pk, place=Place(slug="b", parent="a"), by=SYSTEM, now=world.NOW)
    assert Article.unscoped.get(slug="c").lineage == [a.pk, b.pk]


@pytest.mark.parametrize(
    ("slug", "parent"),
    [("search", ""), ("x", "nowhere"), ("a", "b"), ("a", "a")],
    ids=["taken", "none", "circle", "self"],
)
def test_tree_refuses_impossible_places(desk: Desk, slug: str, parent: str) -> None:
    make_article(desk, "a")
    make_article(desk, "b", parent="a")
    with pytest.raises(PlaceError):
        place_article(desk_id=desk.pk, place=Place(slug=slug, parent=parent), by=SYSTEM, now=world.NOW)


def test_archived_section_takes_its_articles_along_and_comes_back(desk: Desk) -> None:
    make_article(desk, "a")
    make_article(desk, "b", parent="a")
    archive_article(desk_id=desk.pk, slug="a", by=SYSTEM, now=world.NOW)
    assert every_address(ManualReader(desk.pk, is_staff=True)) == []
    place_article(desk_id=desk.pk, place=Place(slug="a"), by=SYSTEM, now=world.NOW)
    assert [slug for slug, _, _ in every_address(ManualReader(desk.pk))] == ["a"]


@pytest.mark.parametrize("articles", [1, 3])
def test_article_is_read_in_two_queries(
    desk: Desk, articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_article(desk, "a")
    for number in range(articles):
        make_article(desk, f"b{number}", parent="a", position=number)
    reader = ManualReader(desk.pk)
    with django_assert_num_queries(2):
        article = read_article(reader, slug="b0", language="sv")
        assert article is not None
        entries = around(reader, article=article, language="sv")
    assert [entry.slug for entry in entries] == ["a", *(f"b{number}" for number in range(articles))]


def test_article_is_read_in_another_language_where_it_lacks_this_one(desk: Desk) -> None:
    article = make_article(desk, "a", title="Ett")
    only_swedish = read_article(ManualReader(desk.pk), slug="a", language="en")
    write(article, title="One", language="en")
    publish(article=article, language="en", by=SYSTEM, now=world.NOW)
    both = read_article(ManualReader(desk.pk), slug="a", language="en")
    assert only_swedish is not None
    assert both is not None
    assert (only_swedish.entry.title, only_swedish.entry.language, only_swedish.languages) == ("Ett", "sv", ("sv",))
    assert (both.entry.title, both.entry.language, both.languages) == ("One", "en", ("en", "sv"))


def test_newest_articles_come_first(desk: Desk) -> None:
    make_article(desk, "a")
    make_article(desk, "b")
    assert [entry.slug for entry, _ in newest(ManualReader(desk.pk), language="sv", most=1)] == ["b"]


def test_t35_picture_is_what_its_name_says(desk: Desk) -> None:
    for name, content in [("a.svg", b"<svg>"), ("a.png", b"<html>"), ("a.exe", PNG)]:
        with pytest.raises(PictureError):
            keep_picture(desk_id=desk.pk, name=name, content=content, now=world.NOW)


def test_t43_picture_is_for_the_readers_of_its_article(desk: Desk) -> None:
    digest = keep_picture(desk_id=desk.pk, name="a.png", content=PNG, now=world.NOW)
    article = make_article(desk, "a", audience="contacts", live=False)
    words = ArticleWords(title="A", markdown="![x](a.png)", pictures={"a.png": digest})
    save_draft(article=article, language="sv", words=words, by=SYSTEM, now=world.NOW)
    everybody = readers(desk)

    def seers() -> list[str]:
        return [who for who, reader in everybody.items() if readable_picture(reader, digest=digest) is not None]

    of_draft = seers()
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    assert (of_draft, seers()) == (["staff"], ["contact", "staff"])
