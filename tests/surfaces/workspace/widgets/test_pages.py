"""Setting up help inside products, as somebody who runs the desk."""

import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.widgets.tokens import make_widget, token
from vaxel.domain.desks.models import Desk
from vaxel.domain.widgets.identity import enter
from vaxel.domain.widgets.models import Widget

pytestmark = pytest.mark.django_db
#: Who asks, the policy's version, the frame's counts, and the list.
_QUERIES = 3
FORM = {"name": "Planering", "origins": "https://app.vendor.example\nhttps://test.vendor.example", "is_on": "yes"}


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


@pytest.fixture
def karin(desk: Desk) -> Client:
    client = Client()
    staff = world.make_staff(desk, name="Karin Holm", may_administer=True)
    client.force_login(staff.account, backend="vaxel.surfaces.signin.backend.AccountBackend")
    return client


def _key(page: str) -> str:
    found = re.search(r"<code>([\w-]{43})</code>", page)
    return found.group(1) if found else ""


def test_t55_the_key_is_shown_once_and_signs(desk: Desk, karin: Client) -> None:
    base = f"/{desk.slug}/workspace/products/"
    made = karin.post(f"{base}new/", FORM).content.decode()
    widget = Widget.unscoped.get()
    person = world.make_person(world.make_organisation(desk))
    assert enter(widget, token=token(_key(made), email=person.email), now=world.NOW).person_id == person.pk
    again = karin.get(f"{base}{widget.pk}/").content.decode()
    assert _key(again) == ""
    assert f'data-vaxel="{widget.public_id}"' in html.unescape(again)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"origins": ""}, "origins"), ({"origins": "https://*.vendor.example"}, "origins")],
)
def test_what_is_wrong_is_said_beside_the_field(desk: Desk, karin: Client, wrong: dict[str, str], field: str) -> None:
    answer = karin.post(f"/{desk.slug}/workspace/products/new/", {**FORM, **wrong})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert Widget.unscoped.count() == 0


def test_a_product_can_be_switched_off_and_gets_another_key(desk: Desk, karin: Client) -> None:
    widget, key = make_widget(desk)
    own = f"/{desk.slug}/workspace/products/{widget.pk}/"
    other = _key(karin.post(f"{own}key/").content.decode())
    assert len({key, other, ""}) == 3
    karin.post(own, {name: text for name, text in FORM.items() if name != "is_on"})
    widget.refresh_from_db()
    assert (widget.is_on, widget.key_number) == (False, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    desk: Desk, karin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_widget(desk)
    address = f"/{desk.slug}/workspace/products/"
    karin.get(address)
    with django_assert_num_queries(_QUERIES):
        page = karin.get(address).content.decode()
    assert page.count('class="list__link"') == count
