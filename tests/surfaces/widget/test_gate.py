"""Which pages are answered: the widget's own, with a session of theirs, and nobody's cookies."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories as world
from tests.domain.widgets.tokens import PRODUCT, token
from tests.surfaces.widget.conftest import Product
from vaxel.domain.widgets.models import Widget
from vaxel.surfaces.widget.urls import urlpatterns

STEPS = [str(each.pattern).removeprefix("widget/<str:widget>/") for each in urlpatterns if each.name != "script"]
STRANGERS = [
    *("", "null", "https://evil.example", "http://app.vendor.example", "https://app.vendor.example.evil.example"),
    *("https://xapp.vendor.example", "https://app.vendor.example:8443", "https://APP.vendor.example/"),
]


def _path(step: str) -> str:
    return step.replace("<str:draft>", "abc")


@pytest.mark.parametrize("origin", STRANGERS)
def test_t57_pages_of_others_get_nothing(product: Product, origin: str) -> None:
    product.enter()
    product.origin = origin
    for step in STEPS:
        answer = product.post(_path(step))
        assert (answer.status_code, answer.json()) == (403, {"code": "wrong-origin"})
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("step", STEPS)
def test_t57_own_pages_are_answered_without_credentials(product: Product, step: str) -> None:
    path = f"/widget/{product.widget.public_id}/{_path(step)}"
    answer = product.client.options(path, headers={"Origin": PRODUCT})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == PRODUCT
    assert answer.headers["Vary"].split(", ")[0] == "Origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.cookies == {}


@pytest.mark.parametrize("step", [each for each in STEPS if each != "session/"])
def test_t56_a_cookie_opens_nothing(product: Product, step: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert product.person.account is not None
    client.force_login(product.person.account, backend="vaxel.surfaces.signin.backend.AccountBackend")
    product.client = client
    answer = product.post(_path(step), {"words": "x"})
    assert (answer.status_code, answer.json()) == (401, {"code": "session-over"})


@pytest.mark.parametrize("step", STEPS)
def test_t56_only_posts_are_taken(product: Product, step: str) -> None:
    path = f"/widget/{product.widget.public_id}/{_path(step)}"
    assert product.client.get(path, headers={"Origin": PRODUCT}).json() == {"code": "post-only"}


def test_t58_a_replayed_token_is_refused(product: Product) -> None:
    sent = {"token": token(product.key, email=product.person.email)}
    assert product.post("session/", sent).json()["person"]["name"] == product.person.name
    answer = product.post("session/", sent)
    assert (answer.status_code, answer.json()) == (401, {"code": "token-used"})


def test_t58_claiming_an_address_opens_nothing(product: Product) -> None:
    body: dict[str, Any] = product.post("session/", {"email": product.person.email}).json()
    assert body["person"] is None


def test_t59_one_address_cannot_open_sessions_without_end(product: Product) -> None:
    cache.clear()
    codes = [product.post("session/").status_code for _ in range(122)]
    assert (codes[119], codes[120:]) == (200, [429, 429])


def test_a_widget_that_is_off_answers_nothing(product: Product) -> None:
    Widget.unscoped.update(is_on=False)
    assert product.post("session/").json() == {"code": "no-widget"}


def test_the_page_chooses_among_the_desks_languages(product: Product) -> None:
    found = {one: product.post("session/", {"language-of-page": one}).json()["language"] for one in ("en", "sv", "de")}
    assert found == {"en": "en", "sv": "sv", "de": product.widget.desk.languages[0]}


def test_t42_people_of_another_desk_are_not_known(product: Product) -> None:
    far = world.make_person(world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",)))
    answer = product.post("session/", {"token": token(product.key, email=far.email)})
    assert answer.json() == {"code": "token-unknown-person"}
