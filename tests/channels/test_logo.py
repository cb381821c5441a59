"""The desk's logo in the mail as it leaves: inside it, named by its id, and nothing else changed."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from bs4 import BeautifulSoup
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.pictures import png
from vaxel.channels.mail.outbound import build
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import telling
from vaxel.domain.notices.logo_changing import put_logo, take_logo_away
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import claim
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Event

pytestmark = pytest.mark.django_db

LOGO = png(600, 200)


@pytest.fixture
def mail(person: Person) -> OutgoingMail:
    """The receipt of a question."""
    world.ask(person)
    telling.tell(event_id=Event.unscoped.latest("id").pk, now=world.NOW)
    return OutgoingMail.unscoped.get(recipient=person.email)


def with_logo(desk: Desk, alt: str = "Kompass") -> None:
    agent = world.make_staff(desk)
    put_logo(scope=world.desk_scope(desk), picture=LOGO, alt=alt, by=world.actor(agent), now=world.NOW)


def as_received(mail: OutgoingMail) -> EmailMessage:
    """Written out and read again, as the recipient's program does, by a worker that has just taken the mail."""
    fresh = OutgoingMail.unscoped.select_related("desk__mail_logo").get(pk=mail.pk)
    received = message_from_bytes(build(fresh).message().as_bytes(), policy=policy.default)
    assert isinstance(received, EmailMessage)
    return received


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    words: str = part.get_content()
    return words


def test_the_logo_lies_in_the_mail_and_is_named_by_its_id(mail: OutgoingMail) -> None:
    with_logo(mail.desk)
    received = as_received(mail)

    parts = [part.get_content_type() for part in received.walk()]
    assert parts == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    *_, picture = received.walk()
    assert (picture.get_payload(decode=True), picture.get_content_disposition()) == (LOGO, "inline")
    shown = BeautifulSoup(body(received, "html"), "html.parser").select_one("body > header > img")
    assert shown is not None
    assert {name: shown[name] for name in ("src", "alt", "width", "height")} == {
        "src": f"cid:{picture['Content-ID'].strip('<>')}",
        "alt": "Kompass",
        "width": "300",
        "height": "100",
    }


def test_the_words_and_the_heads_stay_as_they_were(mail: OutgoingMail) -> None:
    before = as_received(mail)
    with_logo(mail.desk)
    after = as_received(mail)

    assert body(after, "plain") == body(before, "plain")
    page = BeautifulSoup(body(after, "html"), "html.parser")
    assert page.select_one("header > p") is not None
    for picture in page.select("header > img"):
        picture.decompose()
    assert page == BeautifulSoup(body(before, "html"), "html.parser")
    changing = {"Content-Type", "Date"}
    assert {name: value for name, value in after.items() if name not in changing} == {
        name: value for name, value in before.items() if name not in changing
    }


def test_a_mail_without_a_logo_says_what_is_stored(mail: OutgoingMail) -> None:
    with_logo(mail.desk)
    take_logo_away(scope=world.desk_scope(mail.desk), by=world.actor(Person.unscoped.get()), now=world.NOW)
    received = as_received(mail)

    assert [part.get_content_type() for part in received.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert body(received, "html") == mail.html


def test_t20_alternative_text_is_no_markup_and_no_head(mail: OutgoingMail) -> None:
    with_logo(mail.desk, alt='"><script>x</script>\r\nBcc: all@elsewhere.example')
    received = as_received(mail)

    page = BeautifulSoup(body(received, "html"), "html.parser")
    assert [each["alt"] for each in page.select("img")] == ['"><script>x</script> Bcc: all@elsewhere.example']
    assert page.select("script") == []
    assert all(part["Bcc"] is None for part in received.walk())


@pytest.mark.parametrize("has_logo", [True, False])
def test_a_worker_asks_no_more_for_a_logo(
    mail: OutgoingMail, django_assert_num_queries: DjangoAssertNumQueries, *, has_logo: bool
) -> None:
    if has_logo:
        with_logo(mail.desk)

    with django_assert_num_queries(2):
        taken = claim(mail_id=mail.pk, now=world.NOW + timedelta(minutes=1))
        assert taken is not None
        build(taken)
