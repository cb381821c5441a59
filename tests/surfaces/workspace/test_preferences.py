"""Each agent chooses language and shortcuts for themselves."""

from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read

PREFERENCES = "/kompass/workspace/preferences/"


def test_shortcuts_are_turned_off_everywhere_and_on_again(office: Office) -> None:
    page = read(office.client.get(PREFERENCES))
    assert "data-shortcuts" not in page.one("html").attributes
    page = read(office.client.post(PREFERENCES, {"shortcuts": "off"}, follow=True))
    assert page.one(".toast__text").text == "Dina val är sparade."
    assert read(office.client.get(office.inbox())).one("html").attributes["data-shortcuts"] == "off"
    read(office.client.post(PREFERENCES, {"shortcuts": "on"}, follow=True))
    assert "data-shortcuts" not in read(office.client.get(office.inbox())).one("html").attributes


def test_language_is_chosen_for_every_page(office: Office) -> None:
    page = read(office.client.post(PREFERENCES, {"language": "en", "shortcuts": "on"}, follow=True))
    assert (page.one("h1").text, page.one(".toast__text").text) == ("Language and shortcuts", "Your choices are kept.")
    page = read(office.client.get(office.inbox("?view=unassigned")))
    assert (page.one("html").attributes["lang"], page.one("h1").text) == ("en", "Unassigned")


def test_choice_that_is_not_offered_changes_nothing(office: Office) -> None:
    office.client.post(PREFERENCES, {"language": "xx", "shortcuts": "maybe"})
    account = office.agent.account
    account.refresh_from_db()
    assert (account.language, account.shortcuts) == ("sv", True)
