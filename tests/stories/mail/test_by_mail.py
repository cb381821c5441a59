"""A support contact's whole way by mail, from bytes to bytes: the same question as by the portal."""

import base64
import random
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from tests.domain.mailroom.mails import SERVER, make_mailbox
from tests.factories import NOW, actor, ask, desk_scope, make_desk, make_organisation, make_person, make_staff
from tests.jobs_run import run_jobs
from vaxel.channels.mail.incoming.draining import drain
from vaxel.channels.mail.incoming.piping import pipe_in
from vaxel.channels.mail.outbound import build
from vaxel.channels.mail.readers import Readers
from vaxel.domain.mailroom.bodies import original_bytes
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.queries import Outcome, held_mail
from vaxel.domain.mailroom.releasing import (
    NotReleasableError,
    put_aside,
    release_to_person,
    release_to_ticket,
    retry,
)
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.models import Attachment, Message, Note, Ticket

pytestmark = pytest.mark.django_db
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=1) as pool:
        yield pool


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return make_mailbox(make_desk())


@pytest.fixture
def person(mailbox: Mailbox) -> Person:
    return make_person(make_organisation(mailbox.desk))


def letter(
    sender: str, to: str, *, subject: str = "Det händer inget", text: str = "Exporten gör inget.", **headers: str
) -> EmailMessage:
    """A mail as a mail program writes it, and the receiving server's word on it above."""
    mail = EmailMessage()
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={sender.rpartition('@')[2]}"
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = f"<{random.Random(sender + subject + text).randrange(10**12)}@kund.example>"  # noqa: S311  # the same for the same mail
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def pipe(mail: EmailMessage, mailbox: Mailbox, readers: Readers) -> Outcome:
    return pipe_in(mail.as_bytes(), mailbox=mailbox, readers=readers, clock=lambda: NOW)


def test_mail_makes_the_same_ticket_as_the_portal(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    by_portal = ask(person, kind="function-broken")
    sent = letter(person.email, mailbox.address, text="Exporten till kalkylark händer det inget med längre.")
    outcome = pipe(sent, mailbox, readers)
    by_mail = Ticket.unscoped.exclude(pk=by_portal.pk).get()

    assert (outcome.outcome, outcome.reason) == ("ticket", "new-question")
    assert outcome.ticket == f"{mailbox.desk.prefix}-{by_mail.number}"
    assert _decided(by_mail) == _decided(by_portal)


def _decided(ticket: Ticket) -> tuple[Any, ...]:
    decision = ticket.decision
    return (ticket.kind, ticket.product, ticket.destination, decision["targets"], decision["billing"])


def test_answer_to_our_mail_comes_back_into_the_ticket(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    pipe(letter(person.email, mailbox.address), mailbox, readers)
    run_jobs()
    ticket = Ticket.unscoped.get()
    agent = make_staff(mailbox.desk)
    reply(scope=desk_scope(mailbox.desk), number=ticket.number, text="Prova igen.", by=actor(agent), now=NOW)
    run_jobs()
    ours = build(OutgoingMail.unscoped.select_related("desk").get(kind="answer")).message()
    answer = letter(
        person.email,
        str(ours["Reply-To"] or ours["From"]),
        subject=f"SV: {ours['Subject']}",
        text="Nu går det, tack!\n\nDen 19 november 2026 skrev Sven Berg:\n> Prova igen.\n",
        References=str(ours["Message-ID"]),
    )
    outcome = pipe(answer, mailbox, readers)
    said = Message.unscoped.filter(ticket=ticket).latest("id")

    assert (outcome.outcome, Ticket.unscoped.count()) == ("reply", 1)
    assert (said.text, "Prova igen." in said.quoted, said.by_id) == ("Nu går det, tack!", True, person.pk)


def test_files_and_pictures_come_with_the_message(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    mail = letter(person.email, mailbox.address)
    mail.add_attachment(PICTURE, maintype="image", subtype="png", filename="skärm bild.png")
    mail.add_attachment(b"a;b\r\n", maintype="text", subtype="csv", filename="lista.csv")
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="prova.exe")
    pipe(mail, mailbox, readers)
    ticket = Ticket.unscoped.get()
    files = Attachment.unscoped.filter(message__ticket=ticket).order_by("id")

    assert [(file.name, file.content_type) for file in files] == [
        ("skärm bild.png", "image/png"),
        ("lista.csv", "application/octet-stream"),
    ]
    assert "prova.exe" in Note.unscoped.get(ticket=ticket).text


def test_t68_the_same_mail_twice_is_called_a_duplicate(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    mail = letter(person.email, mailbox.address)
    first, second = pipe(mail, mailbox, readers), pipe(mail, mailbox, readers)
    mail.replace_header("Authentication-Results", f"{SERVER}; dmarc=pass")
    mail["Received"] = "from elsewhere"
    third = pipe(mail, mailbox, readers)

    assert [each.outcome for each in (first, second, third)] == ["ticket", "duplicate", "duplicate"]
    assert {each.ticket for each in (first, second, third)} == {first.ticket}
    assert Ticket.unscoped.count() == 1


def test_t68_the_same_words_sent_again_on_purpose_are_two_questions(
    mailbox: Mailbox, person: Person, readers: Readers
) -> None:
    mail = letter(person.email, mailbox.address)
    pipe(mail, mailbox, readers)
    mail.replace_header("Message-ID", "<igen@kund.example>")
    pipe(mail, mailbox, readers)

    assert Ticket.unscoped.count() == 2


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"Auto_Submitted": "auto-replied", "X_Autoreply": "yes"}, ("ignored", "automatic")),
        ({"X_Spam_Flag": "YES"}, ("quarantine", "spam")),
        ({"X_Vaxel_Desk": "annan", "X_Vaxel_Loop": "annan", "X_Vaxel_Ticket": "1"}, ("ticket", "new-question")),
    ],
)
def test_t11_t13_headers_of_a_contacts_mail(
    mailbox: Mailbox, person: Person, readers: Readers, headers: dict[str, str], outcome: tuple[str, str]
) -> None:
    found = pipe(letter(person.email, mailbox.address, **headers), mailbox, readers)

    assert (found.outcome, found.reason) == outcome


def test_t23_poison_among_a_hundred_costs_itself_alone(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    poison = b"From: x@y.example\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 100_000
    mails = [letter(person.email, mailbox.address, subject=f"Fråga {each}").as_bytes() for each in range(99)]
    raws = [*mails[:50], poison, *mails[50:]]
    store([Arrival(raw=raw, size=len(raw)) for raw in raws], mailbox=mailbox, now=NOW)

    assert drain(readers, clock=timezone.now, seconds=120) == 100
    assert Counter(ReceivedMail.unscoped.values_list("state", flat=True)) == {"ticket": 99, "quarantine": 1}
    assert ReceivedMail.unscoped.get(state="quarantine").reason == "unreadable"


def test_held_mail_is_let_into_a_ticket(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    ticket, agent = ask(person), make_staff(mailbox.desk)
    pipe(letter("kollega@kund.example", mailbox.address, text="Jag ser samma sak."), mailbox, readers)
    scope, public_id = desk_scope(mailbox.desk), ReceivedMail.unscoped.get().public_id
    release_to_ticket(scope=scope, public_id=public_id, number=ticket.number, by=actor(agent), now=NOW)
    drain(readers, clock=timezone.now, seconds=60)
    said = Message.unscoped.filter(ticket=ticket).latest("id")

    assert (said.text, said.by_kind, said.by_id) == ("Jag ser samma sak.", "person", None)
    assert "kollega@kund.example" in said.by_name
    with pytest.raises(NotReleasableError):
        retry(scope=scope, public_id=public_id, by=actor(agent), now=NOW)


def test_held_mail_is_let_in_as_a_persons_question(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    agent = make_staff(mailbox.desk)
    pipe(letter("maj@privat.example", mailbox.address), mailbox, readers)
    scope, public_id = desk_scope(mailbox.desk), ReceivedMail.unscoped.get().public_id
    release_to_person(scope=scope, public_id=public_id, person_id=person.pk, by=actor(agent), now=NOW)
    drain(readers, clock=timezone.now, seconds=60)
    mail = ReceivedMail.unscoped.get()

    assert (mail.state, mail.reason, mail.settled_by) == ("ticket", "released", agent.name)
    assert Ticket.unscoped.get().requester_id == person.pk


def test_released_question_of_a_user_goes_to_the_local_contacts(
    mailbox: Mailbox, person: Person, readers: Readers
) -> None:
    user = make_person(person.organisation, name="Bo Ek", contact=False, certified=False)
    pipe(letter(user.email, mailbox.address), mailbox, readers)
    mail = _released_to(user, readers=readers)
    ticket = Ticket.unscoped.get()

    assert (mail.state, mail.reason, mail.ticket_id) == ("ticket", "released", ticket.pk)
    assert (ticket.requester_id, ticket.is_first_line) == (user.pk, True)


def test_released_question_without_a_ticket_in_the_terms_says_so(readers: Readers) -> None:
    mailbox = make_mailbox(make_desk("baver"))
    person = make_person(make_organisation(mailbox.desk, plan="support", products=("baver",)))
    invoice = letter("maj@privat.example", mailbox.address, subject="Fråga om en faktura", text="Den har fel belopp.")
    pipe(invoice, mailbox, readers)
    mail = _released_to(person, readers=readers)

    assert (mail.state, mail.reason, Ticket.unscoped.count()) == ("quarantine", "no-ticket", 0)


def _released_to(person: Person, *, readers: Readers) -> ReceivedMail:
    """The only mail there is, after one of the staff has made it this person's question."""
    held = ReceivedMail.unscoped.get()
    agent = actor(make_staff(person.desk))
    release_to_person(scope=desk_scope(person.desk), public_id=held.public_id, person_id=person.pk, by=agent, now=NOW)
    drain(readers, clock=timezone.now, seconds=60)
    return ReceivedMail.unscoped.get()


def test_held_mail_is_shown_whole_and_only_at_its_desk(mailbox: Mailbox, readers: Readers) -> None:
    mail = letter("okand@annan.example", mailbox.address, text="Hej!")
    pipe(mail, mailbox, readers)
    public_id = ReceivedMail.unscoped.get().public_id
    other = desk_scope(make_desk("baver"))
    shown = held_mail(desk_scope(mailbox.desk), public_id=public_id)

    assert shown is not None
    assert (shown.text, shown.row.sender, shown.row.is_answered) == ("Hej!", "okand@annan.example", True)
    agent = actor(make_staff(mailbox.desk))
    read = partial(original_bytes, public_id=public_id, by=agent, now=NOW)
    assert read(desk_scope(mailbox.desk)) == mail.as_bytes()
    assert (held_mail(other, public_id=public_id), read(other)) == (None, None)


def test_mail_put_aside_can_be_judged_anew(mailbox: Mailbox, readers: Readers) -> None:
    agent = actor(make_staff(mailbox.desk))
    pipe(letter("ny@kund.example", mailbox.address), mailbox, readers)
    scope, public_id = desk_scope(mailbox.desk), ReceivedMail.unscoped.get().public_id
    put_aside(scope=scope, public_id=public_id, by=agent, now=NOW)
    newcomer = make_person(make_organisation(mailbox.desk), name="Ny Person")
    Person.unscoped.filter(pk=newcomer.pk).update(email="ny@kund.example")
    retry(scope=scope, public_id=public_id, by=agent, now=NOW)
    drain(readers, clock=timezone.now, seconds=60)

    assert Ticket.unscoped.get().requester_id == newcomer.pk


def test_a_user_without_access_is_told_who_helps(mailbox: Mailbox, person: Person, readers: Readers) -> None:
    user = make_person(person.organisation, name="Bo Ek", contact=False, certified=False)
    outcome = pipe(letter(user.email, mailbox.address), mailbox, readers)
    told = OutgoingMail.unscoped.get()

    assert (outcome.outcome, outcome.reason, Ticket.unscoped.count()) == ("quarantine", "refused", 0)
    assert (told.kind, told.recipient) == ("not-by-mail", user.email)
    assert all(words in told.text for words in (person.name, person.email, f"/{mailbox.desk.slug}/"))


def test_a_question_that_the_terms_lead_elsewhere_is_answered_with_the_way(readers: Readers) -> None:
    mailbox = make_mailbox(make_desk("baver"))
    person = make_person(make_organisation(mailbox.desk, plan="support", products=("baver",)))
    outcome = pipe(
        letter(person.email, mailbox.address, subject="Fråga om en faktura", text="Fakturan har fel belopp."),
        mailbox,
        readers,
    )
    told = OutgoingMail.unscoped.get()

    assert (outcome.outcome, outcome.reason) == ("quarantine", "refused")
    assert (told.kind, told.recipient, person.name in told.text) == ("not-by-mail", person.email, True)
