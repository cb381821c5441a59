"""When nothing can be taken, the page says so and holds on to what was written."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tests import factories as world
from tests.surfaces.portal.walk import errors_of, signed_in, text_of
from vaxel.domain.people.models import Person
from vaxel.domain.tickets import pace
from vaxel.surfaces.ui.kept_form import SECRET_FIELDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk(slug="kompass")))


@pytest.fixture
def maj(person: Person) -> Client:
    client = signed_in(person)
    client.raise_request_exception = False
    return client


def full(execute: object, statement: str, *_: object) -> object:
    """Reads go on, writes find no room."""
    if statement.startswith(("INSERT", "UPDATE")):
        raise OperationalError("could not extend file: No space left on device")
    return execute(statement, *_)  # type: ignore[operator]  # what Django hands over


def test_t73_full_database_keeps_the_words_on_the_page(maj: Client) -> None:
    with connection.execute_wrapper(full):
        answer = maj.post("/kompass/ask/", {"words": 'Det <blir> "fel"\nigen', "product": "suite"})

    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Vi kan inte spara något just nu" in text_of(answer)
    assert re.findall(r"<textarea[^>]*name=\"words\"[^>]*>\s*([^<]*)</textarea>", page) == [
        "Det &lt;blir&gt; &#34;fel&#34;\nigen"
    ]
    assert re.findall(r'<form class="stack" method="post" action="([^"]+)"', page) == ["/kompass/ask/"]
    assert re.findall(r'type="hidden" name="(product)" value="([^"]+)"', page) == [("product", "suite")]


def test_t71_without_a_database_the_page_says_so_in_the_browsers_language(maj: Client) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        swedish = maj.get("/kompass/")
        english = Client(headers={"accept-language": "en"}, raise_request_exception=False).get("/kompass/")

    assert (swedish.status_code, english.status_code) == (503, 503)
    assert "Vi kan inte spara något just nu" in text_of(swedish)
    assert "We cannot save anything just now" in text_of(english)


def test_t63_nothing_of_sign_in_is_written_onto_the_page(maj: Client) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        answer = maj.post("/signin/password/", {"login": "maj@kund.example", "password": "fyra gula ballonger"})

    assert (answer.status_code, "ballonger" in answer.content.decode()) == (503, False)


@pytest.mark.parametrize("name", sorted(SECRET_FIELDS))
def test_t63_secret_of_a_server_is_neither_written_onto_the_page_nor_kept(maj: Client, name: str) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    told = {name: "fyra gula ballonger", "issuer": "https://inloggning.kund.example"}
    with connection.execute_wrapper(gone):
        page = maj.post("/kompass/organisation/sign-in/", told).content.decode()
    assert ("inloggning.kund" in page, "ballonger" in page) == (True, False)
    visitor = Client()
    visitor.post("/kompass/organisation/sign-in/", told)
    assert visitor.session["kept_form"]["fields"] == {"issuer": ["https://inloggning.kund.example"]}


def test_t59_too_many_questions_at_once_are_told_kindly(maj: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_BEGUN_A_MINUTE", 1)
    assert maj.post("/kompass/ask/", {"words": "Det blir fel"}).status_code == 302
    answer = maj.post("/kompass/ask/", {"words": "Det blir fel igen"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Det gick fort" in text_of(answer)
    assert "Det blir fel igen" in text_of(answer)


def test_t73_file_that_the_disk_cannot_take_costs_no_words(
    maj: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["vaxel.surfaces.ui.upload_handler.PatientUploadHandler"]

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    draft = maj.post("/kompass/ask/", {"words": "Det blir fel"}).headers["Location"].split("/")[3]
    maj.post(f"/kompass/ask/{draft}/kind/", {"kind": "unexpected-error", "product": "suite"})
    monkeypatch.setattr(TemporaryUploadedFile, "write", no_room, raising=False)
    answer = maj.post(
        f"/kompass/ask/{draft}/details/",
        {"field-description": "Mina ord", "impact-0": "1", "files": SimpleUploadedFile("fel.png", b"png")},
    )

    assert (
        "files",
        "Vi kan inte ta emot fel.png just nu: vår disk är full. Skicka utan filen eller försök igen senare",
    ) in (errors_of(answer))
    assert "Mina ord" in text_of(answer)


#: A browser tells where a form comes from.
HERE = {"origin": "http://testserver"}


@pytest.fixture
def forgetful(person: Person) -> Client:
    """Signed in, with a token that has changed since the form was opened."""
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(signed_in(person).cookies)
    client.cookies["vaxel-form"] = "a" * 32
    return client


def test_t56_old_form_keeps_the_words_and_sends_them_with_one_press(forgetful: Client) -> None:
    old = {"words": "Protokollet går inte att skriva ut", "product": "suite", "csrfmiddlewaretoken": "b" * 32}
    answer = forgetful.post("/kompass/ask/", old, headers=HERE)
    page = answer.content.decode()
    token = re.search(r'<form class="stack" method="post" action="/kompass/ask/">\s*<input[^>]*value="([^"]+)"', page)

    assert answer.status_code == 403
    assert "Inget har skickats än. Det du skrev står här nedanför: läs igenom det och skicka igen." in text_of(answer)
    assert re.findall(r'<textarea[^>]*name="words"[^>]*>\s*([^<]*)</textarea>', page) == [old["words"]]
    assert token
    assert forgetful.post("/kompass/ask/", old | {"csrfmiddlewaretoken": token[1]}, headers=HERE).status_code == 302


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elak.example"}, {"origin": "null"}])
def test_t56_words_of_another_site_are_never_put_onto_our_page(forgetful: Client, headers: dict[str, str]) -> None:
    answer = forgetful.post("/kompass/ask/", {"words": "Radera allt vi har"}, headers=headers)

    assert (answer.status_code, "Radera" in answer.content.decode()) == (403, False)
    assert "Ladda sidan på nytt" in text_of(answer)


def test_old_form_keeps_what_an_editor_made_as_it_was(forgetful: Client) -> None:
    sent = {"body": "Gör så här först", "body_html": "<p>Gör <b>så här</b> först</p>", "seen": "2026-11-20 10:00"}
    page = forgetful.post("/kompass/tickets/KOM-1/reply/", sent, headers=HERE).content.decode()

    assert re.findall(r'type="hidden" name="(body_html|seen)"', page) == ["body_html", "seen"]
    assert re.findall(r'<textarea[^>]*name="body"[^>]* readonly="readonly">', page) != []
