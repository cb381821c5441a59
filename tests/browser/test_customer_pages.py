"""Every page of the portal: accessible in light and dark, at any width, by keyboard, without a complaint."""

import pytest

from tests.browser.looking import Windows, faults_of
from tests.browser.pages import CUSTOMERS, Look, looks

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("look", looks(CUSTOMERS), ids=lambda look: look.title)
def test_portal_page_is_for_everybody(windows: Windows, look: Look, language: str) -> None:
    assert faults_of(windows, look, language=language) == {}
