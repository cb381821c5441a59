"""The manual and the local contacts inside the product."""

from tests import factories as world
from tests.surfaces.widget.conftest import Product
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.manual.tree import Place, place_article, set_up_manual
from vaxel.domain.manual.writing import ArticleWords, publish, save_draft
from vaxel.insight.search.lexicon import learn_words


def _manual(product: Product, *, is_public: bool) -> None:
    desk = product.widget.desk_id
    set_up_manual(desk_id=desk, is_public=is_public, by=SYSTEM, now=world.NOW)
    for slug, title, audience in (("arsplan", "Årsplan", "everyone"), ("roller", "Roller", "customers")):
        article = place_article(desk_id=desk, place=Place(slug=slug, audience=audience), by=SYSTEM, now=world.NOW)
        words = ArticleWords(title=title, markdown=f"Så fungerar {title.lower()}.")
        save_draft(article=article, language="sv", words=words, by=SYSTEM, now=world.NOW)
        publish(article=article, language="sv", by=SYSTEM, now=world.NOW)


def _slugs(product: Product, **sent: str) -> list[str]:
    return [each["slug"] for each in product.post("articles/", {"language-of-page": "sv", **sent}).json()["articles"]]


def test_articles_fit_the_page_or_the_search(product: Product) -> None:
    _manual(product, is_public=False)
    product.enter()
    assert sorted(_slugs(product)) == ["arsplan", "roller"]
    assert _slugs(product, page="Årsplan") == ["arsplan"]
    assert _slugs(product, search="roller") == ["roller"]


def test_search_tells_why_it_finds_nothing_and_which_words_it_took_instead(product: Product) -> None:
    _manual(product, is_public=False)
    learn_words(desk_id=product.widget.desk_id)
    product.enter()
    told = {}
    for typed in ("årsplan", "årsplaan", "och", "xyzzy"):
        found = product.post("articles/", {"language-of-page": "sv", "search": typed}).json()
        told[typed] = (len(found["articles"]), found["meant"], found["is_too_common"])
    assert told == {
        "årsplan": (1, "", False),
        "årsplaan": (1, "årsplan", False),
        "och": (0, "", True),
        "xyzzy": (0, "", False),
    }


def test_t43_nobody_reads_what_is_for_customers(product: Product) -> None:
    _manual(product, is_public=True)
    assert product.as_nobody()["reads"] is True
    assert _slugs(product) == ["arsplan"]
    assert product.post("article/", {"slug": "roller"}).json() == {"code": "no-article"}
    assert "fungerar" in product.post("article/", {"slug": "arsplan"}).json()["html"]


def test_t43_a_manual_that_is_not_public_is_for_those_who_are_known(product: Product) -> None:
    _manual(product, is_public=False)
    assert product.as_nobody()["reads"] is False
    assert product.post("articles/").json() == {"code": "no-manual"}


def test_contacts_are_told_to_colleagues_alone(product: Product) -> None:
    world.make_person(product.person.organisation, name="Lo Kahl", is_local_contact=True)
    product.as_nobody()
    assert product.post("contacts/").json()["people"] == []
    product.enter()
    assert [each["name"] for each in product.post("contacts/").json()["people"]] == ["Lo Kahl"]
