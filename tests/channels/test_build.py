"""The mail as it leaves: its heads, its parts, and the marks of what no person wrote."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

import pytest
from django.core.mail import BadHeaderError

from tests import factories as world
from vaxel.channels.mail.outbound import build
from vaxel.domain.notices import facts, telling
from vaxel.domain.notices.audience import Notice, NoticeKind
from vaxel.domain.notices.compose import Composed
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import ReplyClaim, read_reply_address, read_return_path
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Event

pytestmark = pytest.mark.django_db

MakeMail = Callable[..., OutgoingMail]
#: What tells other programs that no person wrote it (RFC 3834; the second for Outlook, the third for ourselves).
MARKS: Final = ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Vaxel-Loop")


def as_received(mail: OutgoingMail) -> EmailMessage:
    """Written out and read again, as the recipient's program does."""
    received = message_from_bytes(build(mail).message().as_bytes(), policy=policy.default)
    assert isinstance(received, EmailMessage)
    return received


def test_a_mail_carries_both_parts_text_first(make_mail: MakeMail) -> None:
    received = as_received(make_mail())

    parts = [part.get_content_type() for part in received.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    text = received.get_body(("plain",))
    assert text is not None
    assert text.get_content() == "Hej!\n\nNu är felet rättat.\n"


def test_a_mail_names_its_language_and_what_it_belongs_to(make_mail: MakeMail) -> None:
    received = as_received(make_mail(header_id="<3@kompass.example>", references="<1@k.example> <2@k.example>"))

    assert (received["Message-ID"], received["Content-Language"]) == ("<3@kompass.example>", "sv")
    assert (received["References"], received["In-Reply-To"]) == ("<1@k.example> <2@k.example>", "<2@k.example>")


def test_the_first_mail_refers_to_none(make_mail: MakeMail) -> None:
    received = as_received(make_mail())

    assert (received["References"], received["In-Reply-To"]) == (None, None)


def test_answers_and_reports_come_back_to_signed_addresses_where_mail_is_read(make_mail: MakeMail) -> None:
    mail = make_mail(ticket=world.ask(Person.unscoped.get()), recipient_kind="person", recipient_id=31)
    mail.desk.reads_mail = True
    built = build(mail)
    received = as_received(mail)

    (reply_to,) = received["Reply-To"].addresses
    assert read_reply_address(reply_to.addr_spec) == ReplyClaim(mail.ticket_id or 0, "person", 31)
    assert read_return_path(built.from_email) == mail.pk
    assert received["From"].addresses[0].addr_spec == "support@kompass.example"


def test_where_no_mail_is_read_nothing_says_otherwise(make_mail: MakeMail) -> None:
    mail = make_mail(ticket=world.ask(Person.unscoped.get()), recipient_kind="person", recipient_id=31)

    assert (as_received(mail)["Reply-To"], build(mail).from_email) == (None, "support@kompass.example")


def test_names_with_commas_letters_and_quotes_stay_names(make_mail: MakeMail) -> None:
    received = as_received(make_mail(sender_name="Sven Berg, Kompass", recipient_name='Maj "Åsa" Ekdahl <x@y.example>'))

    assert [(each.display_name, each.addr_spec) for each in received["From"].addresses] == [
        ("Sven Berg, Kompass", "support@kompass.example")
    ]
    assert [each.display_name for each in received["To"].addresses] == ['Maj "Åsa" Ekdahl <x@y.example>']


@pytest.mark.parametrize("is_automatic", [True, False])
def test_t14_the_marks_stand_on_automatic_mails_only(make_mail: MakeMail, is_automatic: bool) -> None:  # noqa: FBT001  # the table's only column
    mail = make_mail(is_automatic=is_automatic)
    received = as_received(mail)

    marks = [received[name] for name in MARKS]
    assert marks == (["auto-generated", "All", mail.desk.slug] if is_automatic else [None, None, None])


def test_t14_every_kind_is_marked_but_the_answers_of_staff(person: Person) -> None:
    """All kinds through the code that writes the rows: whoever adds one gets the marks with it."""
    world.ask(person)
    event = facts.lock_event(Event.unscoped.get().pk)
    told = facts.told(event, now=world.NOW)
    composed = Composed(subject="[K-1]", text="Hej", html="<p>Hej</p>")

    unmarked = set()
    for kind in NoticeKind:
        notice = Notice(told.happening.requester, kind, "asked")
        received = as_received(telling._row(notice, told, composed, now=world.NOW))
        if received["Auto-Submitted"] is None:
            unmarked.add(kind)

    assert unmarked == {NoticeKind.ANSWER}


@pytest.mark.parametrize("field", ["subject", "sender_name", "recipient_name", "header_id", "references", "language"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_t20_no_field_adds_a_header(make_mail: MakeMail, field: str, ending: str) -> None:
    """What got past the cleaning of the rows is refused by the library when the mail is written."""
    mail = make_mail()
    setattr(mail, field, f"Hej{ending}Bcc: victim@kund.example")

    with pytest.raises((BadHeaderError, ValueError)):
        as_received(mail)


@pytest.mark.parametrize("words", ["Hej\r\nBcc: victim@kund.example", "Hej\x1b[0m"])
def test_t20_a_nasty_subject_arrives_as_one_line_without_a_second_recipient(person: Person, words: str) -> None:
    ticket = world.ask(person)
    ticket.subject = words
    ticket.save(update_fields=["subject"])
    telling.tell(event_id=Event.unscoped.get().pk, now=world.NOW)

    received = as_received(OutgoingMail.unscoped.select_related("desk").get())

    assert received["Bcc"] is None
    assert [each.addr_spec for each in received["To"].addresses] == [person.email]
    assert [letter for letter in received["Subject"] if not letter.isprintable()] == []
