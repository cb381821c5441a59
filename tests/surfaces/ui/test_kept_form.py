"""A form that came too late waits in the session: for its own page, for an hour, and within reason."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from tests.factories import NOW
from vaxel.surfaces.ui.kept_form import forget_form, keep_form, kept_form

PAGE = "/kompass/ask/x/details/"


def late(**typed: str) -> HttpRequest:
    """A form that was sent without a session that knows who it is."""
    request = RequestFactory().post(PAGE, {"csrfmiddlewaretoken": "token", **typed})
    request.session = SessionStore()
    return request


def looking(request: HttpRequest, page: str = PAGE) -> HttpRequest:
    """The same browser, looking at a page afterwards."""
    later = RequestFactory().get(page)
    later.session = request.session
    return later


def test_a_late_form_waits_for_its_page() -> None:
    request = late(words="Det blir fel")
    keep_form(request, page=PAGE, now=NOW)

    kept = kept_form(looking(request), now=NOW + timedelta(minutes=59))

    assert kept is not None
    assert kept.dict() == {"words": "Det blir fel"}


@pytest.mark.parametrize(
    ("page", "minutes"), [("/kompass/", 0), ("/kompass/ask/y/details/", 0), (PAGE, 61)], ids=["home", "other", "old"]
)
def test_a_late_form_is_not_seen_elsewhere_or_long_after(page: str, minutes: int) -> None:
    request = late(words="Det blir fel")
    keep_form(request, page=PAGE, now=NOW)

    assert kept_form(looking(request, page), now=NOW + timedelta(minutes=minutes)) is None


@pytest.mark.parametrize(
    "typed", [{"words": "x" * 60_001}, {f"{number:0>601}": "" for number in range(100)}], ids=["words", "names"]
)
def test_a_form_larger_than_people_write_is_let_go(typed: dict[str, str]) -> None:
    request = late(**typed)
    keep_form(request, page=PAGE, now=NOW)

    assert list(request.session.keys()) == []


def test_a_form_that_has_arrived_is_forgotten() -> None:
    request = late(words="Det blir fel")
    keep_form(request, page=PAGE, now=NOW)
    forget_form(request)

    assert kept_form(looking(request), now=NOW) is None
