"""Administrators write the words of their desk's mails, and see how a mail then looks."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests.factories import make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.own_words import OwnWords
from vaxel.domain.notices.wording import words_in_use

LIST = "/kompass/workspace/mail-texts/"
RECEIPT = f"{LIST}received/sv/"


@pytest.fixture
def boss(office: Office) -> Client:
    """The browser of somebody who runs the desk."""
    return signed_in(make_staff(office.desk, name="Karin Holm", may_administer=True).account)


def test_every_kind_can_be_written_in_every_language_of_the_desk(boss: Client, office: Office) -> None:
    page = read(boss.get(LIST))

    hrefs = {link.attributes["href"] for link in page.all("main td a")}
    assert hrefs == {f"{LIST}{kind}/{language}/" for kind in NoticeKind for language in office.desk.languages}
    for href in hrefs:
        assert boss.get(href).status_code == HTTPStatus.OK


def test_the_form_begins_with_the_standard_words_and_keeps_ones_own(boss: Client, office: Office) -> None:
    form = read(boss.get(RECEIPT)).one("form:has(textarea)").fields()
    assert form["heading"] == "Vi har fått din fråga"

    page = read(boss.post(RECEIPT, {"heading": "Tack!", "text": "Fråga {nummer} är hos oss."}, follow=True))

    assert page.one(".toast__text").text == "Från och med nu står det så i mejlet."
    assert page.one("form:has(textarea)").fields()["text"] == "Fråga {nummer} är hos oss."
    own = {("received", "sv"): OwnWords(heading="Tack!", text="Fråga {nummer} är hos oss.")}
    assert words_in_use(desk_id=office.desk.pk) == own
    assert "egen text" in read(boss.get(LIST)).one("main").text

    page = read(boss.post(RECEIPT, {"standard": "yes"}, follow=True))
    assert page.one(".toast__text").text == "Mejlet har standardtexten igen."
    assert words_in_use(desk_id=office.desk.pk) == {}
    assert len(page.all("#history ~ details")) == 2


def test_t49_what_is_wrong_is_said_and_nothing_typed_is_lost(boss: Client, office: Office) -> None:
    typed = {"heading": "Hej", "text": "{{7*7}} {namn}"}
    page = read(boss.post(RECEIPT, typed), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    said = [each.text for each in page.all(".error-summary a")]
    assert "{namn} finns inte bland värdena. Välj ett ur listan." in said
    assert page.one("form:has(textarea)").fields()["text"] == typed["text"]
    assert words_in_use(desk_id=office.desk.pk) == {}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ({"heading": "Tack, {mottagare}!", "text": "Hej <b>du</b>"}, "Tack, Maj Ekdahl! Hej <b>du</b>"),
        ({"heading": "", "text": "{okänt}"}, "{okänt} finns inte bland värdena. Välj ett ur listan."),
    ],
)
def test_a_mail_is_looked_at_before_it_is_kept(boss: Client, office: Office, typed: dict[str, str], shown: str) -> None:
    answer = boss.post(f"{RECEIPT}preview/", typed)

    assert shown in read(answer).text
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert words_in_use(desk_id=office.desk.pk) == {}


def test_t42_only_administrators_write_the_words(office: Office, boss: Client) -> None:
    for address in (LIST, RECEIPT, f"{RECEIPT}preview/"):
        assert office.client.get(address).status_code == HTTPStatus.NOT_FOUND
        assert boss.get(address).status_code == HTTPStatus.OK
    assert office.client.post(RECEIPT, {"heading": "", "text": "Hej"}).status_code == HTTPStatus.NOT_FOUND
    assert words_in_use(desk_id=office.desk.pk) == {}


@pytest.mark.parametrize("address", ["nothing/sv/", "received/xx/", "received/de/preview/"])
def test_what_is_no_mail_is_not_there(boss: Client, address: str) -> None:
    assert boss.get(LIST + address).status_code == HTTPStatus.NOT_FOUND
