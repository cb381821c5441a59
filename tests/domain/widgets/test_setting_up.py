"""Origins that a widget answers, and its key at rest."""

import pytest

from tests import factories as world
from tests.domain.widgets.tokens import make_widget
from vaxel.domain.widgets.setting_up import OriginError, origin_of


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://App.Vendor.example", "https://app.vendor.example"),
        ("https://app.vendor.example/", "https://app.vendor.example"),
        ("https://app.vendor.example:443", "https://app.vendor.example"),
        ("https://app.vendor.example:8443", "https://app.vendor.example:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_origin_is_written_as_browsers_do(written: str, origin: str) -> None:
    assert origin_of(written) == origin


@pytest.mark.parametrize(
    "written",
    [
        *("", "null", "*", "https://*.vendor.example", "app.vendor.example", "http://app.vendor.example"),
        *("https://app.vendor.example/help", "https://a@b.example", "https://b.example?x", "ftp://b.example"),
        *("https://b.example:port", "https://[b", "javascript:alert(1)", "https://å.example"),
    ],
)
def test_t57_what_is_no_single_origin_is_refused(written: str) -> None:
    with pytest.raises(OriginError):
        origin_of(written)


@pytest.mark.django_db
def test_t55_the_key_is_random_and_sealed() -> None:
    desk = world.make_desk()
    (widget, key), (_, other) = make_widget(desk), make_widget(desk)
    assert len(key) == 43
    assert key != other
    assert key not in widget.key


@pytest.mark.django_db
def test_a_widget_needs_an_origin() -> None:
    with pytest.raises(OriginError):
        make_widget(world.make_desk(), origins=[])
