"""Administrators put the desk's logo into its mails, see it there, and take it away again."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_staff
from tests.pictures import png
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.logo import logo_of
from vaxel.domain.notices.logo_changing import LARGEST
from vaxel.domain.notices.models import MailLogo

PAGE = "/kompass/workspace/mail-texts/logo/"
PREVIEW = "/kompass/workspace/mail-texts/received/sv/preview/"


@pytest.fixture
def boss(office: Office) -> Client:
    """The browser of somebody who runs the desk."""
    return signed_in(make_staff(office.desk, name="Karin Holm", may_administer=True).account)


def file(content: bytes, name: str = "logga.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def logo(office: Office) -> MailLogo | None:
    return logo_of(Desk.objects.get(pk=office.desk.pk))


def test_a_logo_is_put_into_the_mails_seen_there_and_taken_away(boss: Client, office: Office) -> None:
    assert PAGE in [each.attributes.get("href") for each in read(boss.get("/kompass/workspace/mail-texts/")).all("a")]
    assert read(boss.get(PREVIEW)).all("img") == []

    page = read(boss.post(PAGE, {"picture": file(png(600, 200)), "alt": "Kompass support"}, follow=True))

    assert page.one(".toast__text").text == "Från och med nu har mejlen den här logotypen."
    assert page.one("iframe").attributes["src"] == PREVIEW
    answer = boss.get(PREVIEW)
    shown = read(answer).one("header > img").attributes
    assert (shown["alt"], shown["width"], shown["height"]) == ("Kompass support", "300", "100")
    assert shown["src"].startswith("data:image/png;base64,")
    assert "img-src data:" in answer.headers["Content-Security-Policy"]

    page = read(boss.post(PAGE, {"remove": "yes"}, follow=True))
    assert page.one(".toast__text").text == "Mejlen har ingen logotyp längre."
    assert (logo(office), read(boss.get(PREVIEW)).all("img")) == (None, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg/>", "Filen är ingen hel PNG eller JPEG. Spara logotypen som en av dem och välj den igen."),
        (png(2001, 2), "Gör bilden mindre: högst 2000 pixlar per sida."),
        (png(2, 2) + b"\0" * LARGEST, "Bilden är för stor. Välj en på högst 200 kB."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(boss: Client, office: Office, content: bytes, said: str) -> None:
    boss.post(PAGE, {"picture": file(png(60, 20)), "alt": "Kompass"})

    answer = boss.post(PAGE, {"picture": file(content), "alt": "Vår nya text"})

    page = read(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    assert [each.text for each in page.all(".error-summary a")] == [said]
    assert page.one("form:has([name=alt])").fields()["alt"] == "Vår nya text"
    kept = logo(office)
    assert kept is not None
    assert (bytes(kept.picture), kept.alt) == (png(60, 20), "Kompass")


def test_nothing_chosen_is_said_beside_both_fields(boss: Client, office: Office) -> None:
    page = read(boss.post(PAGE, {"alt": ""}), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [each.text for each in page.all(".error-summary a")] == [
        "Välj en bild.",
        "Skriv vad logotypen säger, för den som inte ser den.",
    ]
    assert logo(office) is None


def test_t42_only_administrators_choose_the_logo(office: Office) -> None:
    sent = {"picture": file(png(60, 20)), "alt": "Kompass"}

    assert office.client.get(PAGE).status_code == HTTPStatus.NOT_FOUND
    assert office.client.post(PAGE, sent).status_code == HTTPStatus.NOT_FOUND
    assert logo(office) is None
