"""Every page of workspace, sign-in and demonstration: for everybody, like those of the portal."""

import pytest

from tests.access.routes import routes
from tests.browser.looking import Windows, faults_of
from tests.browser.pages import CUSTOMERS, NO_PAGES, SEEN_BY_SIGNIN, STAFF, Look, looks

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def test_every_route_is_seen() -> None:
    assert {route.name for route in routes()} == {*CUSTOMERS, *STAFF, *NO_PAGES, *SEEN_BY_SIGNIN}


@pytest.mark.parametrize("look", looks(STAFF), ids=lambda look: look.title)
def test_staff_page_is_for_everybody(windows: Windows, look: Look) -> None:
    """In Swedish, the longer language: English stands in the code, and customers' pages are seen in it."""
    assert faults_of(windows, look, language="sv") == {}
