"""What stands in the box and is not sent comes along with every button of the page, and is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.tickets.models import Message, ReplyDraft, Ticket
from vaxel.domain.tickets.status import Status

WORDS = "Jag har hittat felet, och vi rättar det i natt."


def _buttons(page: Page) -> list[str]:
    """What the page's buttons change, by the last part of their address."""
    return [button.attributes["formaction"].split("/")[-2] for button in page.all(".pane__head [formaction]")]


def _press(client: Client, page: Page, change: str, *, status: int = 200, **given: object) -> Page:
    """Press the first of the page's buttons that changes this, with the box as it stands and what is given."""
    button = next(
        each for each in page.all(".pane__head [formaction]") if f"/{change}/" in each.attributes["formaction"]
    )
    value = {button.attributes["name"]: button.attributes["value"]} if "name" in button.attributes else {}
    sent = {**page.one("form.composer").fields(), **value, **given}
    return read(client.post(button.attributes["formaction"], sent, follow=True), status=status)


def _shown(office: Office, ticket: Ticket) -> Page:
    return read(office.client.get(office.url(ticket)))


def _words_in(page: Page) -> str:
    return page.one("#body").as_it_stands.strip()


@pytest.mark.parametrize("change", ["assignment", "status", "priority", "solution"])
def test_words_stay_in_the_box_whatever_is_pressed(office: Office, ticket: Ticket, change: str) -> None:
    page = _press(office.client, _shown(office, ticket), change, body=WORDS, mode="note")
    chosen = page.one(".composer__choice[checked]").attributes["value"]
    assert (_words_in(page), chosen) == (WORDS, "note")
    assert not Message.unscoped.filter(text=WORDS).exists()


def test_words_stay_when_the_ticket_is_closed_and_opened(office: Office, ticket: Ticket) -> None:
    page = _press(office.client, _shown(office, ticket), "solution")
    page = _press(office.client, page, "closure", body=WORDS)
    assert _words_in(page) == WORDS
    assert _words_in(_press(office.client, page, "reopening")) == WORDS
    assert office.reload(ticket).status == Status.OPEN


def test_emptied_box_stays_empty(office: Office, ticket: Ticket) -> None:
    page = _press(office.client, _shown(office, ticket), "assignment", body=WORDS)
    page = _press(office.client, page, "priority", body="")
    assert (_words_in(page), ReplyDraft.unscoped.count()) == ("", 0)


def test_files_come_along(office: Office, ticket: Ticket) -> None:
    page = _press(
        office.client, _shown(office, ticket), "assignment", body=WORDS, files=SimpleUploadedFile("bild.png", b"png")
    )
    assert page.one("[data-kept] .file__name").text.startswith("bild.png")
    assert (_words_in(page), office.reload(ticket).assignee_id) == (WORDS, office.agent.pk)


def test_file_that_cannot_be_taken_is_told_before_anything_is_done(office: Office, ticket: Ticket) -> None:
    page = _press(
        office.client,
        _shown(office, ticket),
        "assignment",
        status=422,
        body=WORDS,
        files=SimpleUploadedFile("tom.txt", b""),
    )
    assert (_words_in(page), office.reload(ticket).assignee_id) == (WORDS, None)
    assert "Filen är tom: tom.txt. Välj en annan fil" in page.one(".error-summary").text


def test_words_stay_when_somebody_was_faster(office: Office, ticket: Ticket) -> None:
    page = _shown(office, ticket)
    _press(signed_in(office.colleague.account), page, "status")
    page = _press(office.client, page, "solution", status=409, body=WORDS)
    assert (_words_in(page), office.reload(ticket).status) == (WORDS, Status.OPEN)


@pytest.mark.parametrize("stood_at", ["", "conversation/", "solution/"])
def test_words_stay_when_the_session_had_ended_wherever_the_browser_stood(
    office: Office, ticket: Ticket, stood_at: str
) -> None:
    """After a fault it stands at the address of the form."""
    sent = {**_shown(office, ticket).one("form.composer").fields(), "body": WORDS}
    stranger = Client()
    referer = {"referer": f"http://testserver{office.url(ticket, stood_at)}"}
    assert stranger.post(office.url(ticket, "conversation/"), sent, headers=referer).status_code == 302
    stranger.force_login(office.agent.account, backend="vaxel.surfaces.signin.backend.AccountBackend")
    back = stranger.get(office.url(ticket, stood_at), headers={"accept": "text/html"}, follow=True)
    assert _words_in(read(back)) == WORDS


def test_newer_words_take_the_place_of_those_from_before_signing_in(office: Office, ticket: Ticket) -> None:
    page = _shown(office, ticket)
    stranger = Client()
    sent = {**page.one("form.composer").fields(), "body": "Första försöket"}
    stranger.post(
        office.url(ticket, "assignment/"), sent, headers={"referer": f"http://testserver{office.url(ticket)}"}
    )
    account = office.agent.account
    stranger.force_login(account, backend="vaxel.surfaces.signin.backend.AccountBackend")
    page = read(stranger.get(office.url(ticket)))
    assert _words_in(page) == "Första försöket"
    assert _words_in(_press(stranger, page, "assignment", body=WORDS)) == WORDS


def test_enter_in_a_field_of_the_box_changes_nothing(office: Office, ticket: Ticket) -> None:
    """A browser presses the form's first button, wherever on the page it stands."""
    page = _shown(office, ticket)
    first = page.all('[form="composer"][type="submit"]')[0]
    assert ("formaction" in first.attributes, first.attributes["name"]) == (False, "find")
    assert set(_buttons(page)) == {"assignment", "status", "priority", "solution"}
    sent = {**page.one("form.composer").fields(), "body": WORDS, "find": "yes"}
    shown = read(office.client.post(page.one("form.composer").attributes["action"], sent))
    assert _words_in(shown) == WORDS
    assert not Message.unscoped.filter(text=WORDS).exists()
