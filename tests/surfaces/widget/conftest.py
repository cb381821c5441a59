"""A product with help in it, and somebody who stands there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from time_machine import Traveller, travel

from tests import factories as world
from tests.domain.widgets.tokens import PRODUCT, make_widget, token
from vaxel.domain.people.models import Person
from vaxel.domain.widgets.models import Widget


@pytest.fixture(autouse=True)
def thursday_at_ten() -> Iterator[Traveller]:
    with travel(world.NOW, tick=False) as clock:
        yield clock


@dataclass
class Product:
    """A page of the product: what its script sends, and what comes back."""

    widget: Widget
    key: str
    person: Person
    origin: str = PRODUCT
    session: str = ""
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Any:
        sent = {"Origin": self.origin, **({"Authorization": f"Bearer {self.session}"} if self.session else {})}
        return self.client.post(f"/widget/{self.widget.public_id}/{path}", data or {}, headers={**sent, **headers})

    def enter(self, **claims: Any) -> dict[str, Any]:
        """Begin a session as the person."""
        answer = self.post("session/", {"token": token(self.key, email=self.person.email, **claims)})
        body: dict[str, Any] = answer.json()
        self.session = body["session"]
        return body

    def as_nobody(self) -> dict[str, Any]:
        """Begin a session without a token."""
        body: dict[str, Any] = self.post("session/").json()
        self.session = body["session"]
        return body


@pytest.fixture
def product(db: None) -> Product:
    """A trained support contact of a Kompass customer, in the suite."""
    desk = world.make_desk("kompass")
    organisation = world.make_organisation(desk, plan="enterprise", products=("suite", "meetings"))
    person = world.make_person(organisation)
    widget, key = make_widget(desk, product="suite")
    return Product(widget, key, person)
