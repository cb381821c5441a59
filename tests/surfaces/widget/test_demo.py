"""The product of the demonstration: there as soon as somebody looks, and nowhere else."""

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from tests import factories as world
from vaxel.domain.widgets.models import Widget
from vaxel.surfaces.widget import demo

pytestmark = pytest.mark.django_db


def test_the_demonstration_follows_its_port(settings: LazySettings) -> None:
    settings.DEMO = True
    desk = world.make_desk("kompass")
    found = []
    for port in (8000, 8000, 8001):
        settings.BASE_URL = f"http://127.0.0.1:{port}"
        demo.product(RequestFactory().get("/"), desk=desk.slug)
        found.append(Widget.unscoped.get().origins)
    assert found == [[f"http://localhost:{port}", f"http://127.0.0.1:{port}"] for port in (8000, 8000, 8001)]


def test_t48_there_is_no_such_product_without_a_demonstration(client: Client, settings: LazySettings) -> None:
    settings.DEMO = False
    desk = world.make_desk("kompass")
    assert client.get(f"/demo/product/{desk.slug}/").status_code == 404
