"""The mail viewer of a demonstration."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests import factories as world
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import telling
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


def send_confirmations(desk: Desk, count: int, *, subject: str = "Oväntat fel") -> list[OutgoingMail]:
    person = world.make_person(world.make_organisation(desk))
    for _ in range(count):
        world.ask(person, subject=subject)
    for event in Event.unscoped.filter(desk=desk).order_by("id"):
        telling.tell(event_id=event.pk, now=world.NOW)
    return list(OutgoingMail.unscoped.filter(desk=desk).order_by("id"))


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_newest_first_in_the_same_number_of_queries(client: Client, desk: Desk, count: int) -> None:
    mails = send_confirmations(desk, count)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = shown(client, f"/demo/mail/{desk.slug}/")

    places = [page.index(mail.subject) for mail in reversed(mails)]
    assert places == sorted(places)
    assert len(queries) == 4


def test_pages_follow_each_other_without_gap_or_double(client: Client, desk: Desk) -> None:
    mails = send_confirmations(desk, 53)
    first = shown(client, f"/demo/mail/{desk.slug}/")
    second = shown(client, f"/demo/mail/{desk.slug}/?after={mails[3].pk}")

    assert f"?after={mails[3].pk}" in first
    assert [mail.subject in first for mail in mails] == [False] * 3 + [True] * 50
    assert [mail.subject in second for mail in mails] == [True] * 3 + [False] * 50


def test_t30_a_mail_shows_its_text_escaped_and_its_html_alone_in_a_sandbox(client: Client, desk: Desk) -> None:
    (mail,) = send_confirmations(desk, 1, subject='"><svg onload=alert(1)>')

    page = shown(client, f"/demo/mail/{desk.slug}/{mail.pk}/")
    alone = client.get(f"/demo/mail/{desk.slug}/{mail.pk}/html/")

    assert "<svg onload" not in page
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page
    assert "<svg onload" not in alone.content.decode()
    assert alone.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert alone.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_mail_of_another_desk_is_not_there(client: Client, desk: Desk) -> None:
    (mail,) = send_confirmations(desk, 1)
    other = world.make_desk("baver")

    assert client.get(f"/demo/mail/{other.slug}/{mail.pk}/").status_code == 404
    assert client.get(f"/demo/mail/{other.slug}/{mail.pk}/html/").status_code == 404


def test_without_demonstration_there_is_no_viewer(client: Client, desk: Desk, settings: Settings) -> None:
    (mail,) = send_confirmations(desk, 1)
    settings.DEMO = False

    addresses = ["/demo/mail/", f"/demo/mail/{desk.slug}/", f"/demo/mail/{desk.slug}/{mail.pk}/html/"]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_the_first_address_leads_to_a_desk(client: Client, desk: Desk) -> None:
    assert client.get("/demo/mail/").headers["Location"] == f"/demo/mail/{desk.slug}/"


def test_an_empty_outbox_says_so(client: Client, desk: Desk) -> None:
    assert "Inga mejl än" in shown(client, f"/demo/mail/{desk.slug}/")
