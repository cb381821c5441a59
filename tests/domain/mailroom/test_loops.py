"""Loops, bounces, and mail that abuses our answers (trust 10, 11, 13 to 19)."""

from datetime import timedelta

import pytest

from tests.domain.mailroom.mails import deliver, letters, mail_from, make_mailbox
from tests.factories import NOW, actor, ask, desk_scope, make_desk, make_organisation, make_person, make_staff
from tests.jobs_run import run_jobs
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.letters import MOST_AN_HOUR
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.releasing import block_sender
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import reply_address, return_path
from vaxel.domain.people.models import Account, Person
from vaxel.domain.tickets.lifecycle import set_status, solve
from vaxel.domain.tickets.models import Clock, Ticket
from vaxel.domain.tickets.status import Status
from vaxel.kit.mail import Bounce, MailAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def mailbox(desk: Desk) -> Mailbox:
    return make_mailbox(desk, aliases=[f"hjalp@{desk.slug}.example"])


@pytest.fixture
def person(desk: Desk) -> Person:
    return make_person(make_organisation(desk))


@pytest.mark.parametrize("automatic", ["out-of-office", "auto-reply", "list", "receipt"])
def test_t13_nobody_answers_an_automatic_mail(mailbox: Mailbox, person: Person, automatic: str) -> None:
    for sender in (person, "okand@annan.example"):
        deliver(mail_from(sender, kind="automatic", automatic=automatic), mailbox)
    run_jobs()

    assert not OutgoingMail.unscoped.exists()


@pytest.mark.parametrize("local", ["no-reply", "noreply", "mailer-daemon", "postmaster", "do-not-reply", "bounces+x"])
def test_t13_nobody_answers_an_address_that_nobody_reads(mailbox: Mailbox, local: str) -> None:
    mail = deliver(mail_from(f"{local}@annan.example"), mailbox)

    assert (mail.state, mail.reason, mail.answered_at) == ("quarantine", "stranger", None)
    assert letters("stranger") == []


@pytest.mark.parametrize(
    "address",
    [
        "x" * 300 + "@annan.example",
        "x@" + "y" * 400 + ".example",
        'a"b@annan.example',
        "å ä@annan.example",
        "@",
        "a@b@annan.example",
        "a\r\nBcc: b@annan.example",
    ],
)
def test_t08_an_odd_address_breaks_nothing_and_is_not_written_to(mailbox: Mailbox, address: str) -> None:
    mail = deliver(mail_from(address, proven=None), mailbox)

    assert (mail.state, mail.reason, mail.answered_at) == ("quarantine", "stranger", None)


def test_t15_two_desks_that_answer_each_other_stop_at_once(mailbox: Mailbox) -> None:
    for minute in range(30):
        deliver(mail_from("robot@annan.example"), mailbox, now=NOW + timedelta(minutes=minute))

    assert letters("stranger") == ["robot@annan.example"]


def test_t16_mail_from_our_own_addresses_is_left_alone(desk: Desk, mailbox: Mailbox, person: Person) -> None:
    other = make_mailbox(make_desk("baver"))
    ticket = ask(person)
    run_jobs()
    tagged = reply_address(OutgoingMail.unscoped.filter(ticket=ticket).earliest("id"))
    own = [mailbox.address, mailbox.aliases[0], other.address, tagged, "support@vaxel.example"]
    states = {deliver(mail_from(address), mailbox).state for address in own}

    assert states == {ReceivedMail.State.IGNORED}


def test_t16_our_own_mail_that_comes_back_is_known_by_its_id(mailbox: Mailbox, person: Person) -> None:
    ask(person)
    run_jobs()
    ours = OutgoingMail.unscoped.earliest("id").header_id.strip("<>")
    mail = deliver(mail_from(person, message_id=ours), mailbox)

    assert (mail.state, mail.reason) == ("ignored", "own-mail")


def test_t11_a_loop_mark_from_outside_has_no_effect(desk: Desk, mailbox: Mailbox, person: Person) -> None:
    mail = deliver(mail_from(person, loop_mark=desk.slug), mailbox)

    assert mail.state == "ticket"


@pytest.mark.parametrize("state", [Status.SOLVED, Status.WAITING_CUSTOMER])
def test_t17_out_of_office_changes_neither_state_nor_promise(mailbox: Mailbox, person: Person, state: Status) -> None:
    ticket = ask(person)
    run_jobs()
    agent = actor(make_staff(mailbox.desk))
    if state == Status.SOLVED:
        solve(scope=desk_scope(mailbox.desk), number=ticket.number, by=agent, now=NOW)
    else:
        set_status(scope=desk_scope(mailbox.desk), number=ticket.number, status=state, by=agent, now=NOW)
    run_jobs()
    before = (_state(ticket), OutgoingMail.unscoped.count())
    to = MailAddress(_reply_address(ticket, person))
    mail = deliver(
        mail_from(person, kind="automatic", automatic="out-of-office", to=(to,), text="Jag är ledig."), mailbox
    )
    run_jobs()

    assert (_state(ticket), OutgoingMail.unscoped.count()) == before
    assert mail.note is not None
    assert (mail.state, mail.reason, "Jag är ledig." in mail.note.text) == ("reply", "automatic-answer", True)


def _state(ticket: Ticket) -> tuple[object, ...]:
    ticket.refresh_from_db()
    clocks = Clock.unscoped.filter(ticket=ticket).order_by("id").values_list("name", "state", "due_at")
    return ticket.status, ticket.next_deadline_at, ticket.solved_at, list(clocks)


def _reply_address(ticket: Ticket, person: Person) -> str:
    mail = OutgoingMail.unscoped.filter(ticket=ticket, recipient=person.email).earliest("id")
    return reply_address(mail)


def test_t18_a_bounce_finds_its_mail_and_makes_no_ticket(mailbox: Mailbox, person: Person) -> None:
    ticket = ask(person)
    run_jobs()
    sent = OutgoingMail.unscoped.filter(ticket=ticket, recipient=person.email).get()
    report = mail_from(
        "mailer-daemon@kund.example",
        kind="bounce",
        to=(MailAddress(return_path(sent)),),
        bounce=Bounce(recipient=person.email, severity="hard", status="5.1.1"),
    )
    mail = deliver(report, mailbox)
    sent.refresh_from_db()

    assert (mail.state, mail.ticket_id, sent.state) == ("bounce", ticket.pk, OutgoingMail.State.BOUNCED)
    assert Ticket.unscoped.count() == 1


def test_t18_a_report_about_nothing_of_ours_is_told_apart(mailbox: Mailbox) -> None:
    report = mail_from(
        "mailer-daemon@kund.example", kind="bounce", bounce=Bounce(recipient="x@y.example", severity="hard")
    )
    mail = deliver(report, mailbox)

    assert (mail.state, mail.reason) == ("bounce", "came-back-unknown")


def test_t19_a_stranger_gets_one_letter_a_day_without_their_own_words(mailbox: Mailbox) -> None:
    for number in range(3):
        deliver(mail_from("offer@annan.example", subject=f"Billiga klockor {number}", text="Köp nu!"), mailbox)
    later = NOW + timedelta(days=1, minutes=1)
    deliver(mail_from("offer@annan.example", subject="Billiga klockor igen"), mailbox, now=later)
    sent = list(OutgoingMail.unscoped.filter(kind="stranger"))

    assert [mail.recipient for mail in sent] == ["offer@annan.example"] * 2
    assert not any(words in mail.text + mail.html + mail.subject for mail in sent for words in ("klockor", "Köp"))
    assert (Ticket.unscoped.count(), Account.objects.filter(email__contains="offer").count()) == (0, 0)


def test_t19_a_thousand_names_get_no_more_letters_than_the_brake_lets_through(mailbox: Mailbox) -> None:
    for number in range(MOST_AN_HOUR + 5):
        deliver(mail_from(f"namn{number}@annan.example"), mailbox)

    assert len(letters("stranger")) == MOST_AN_HOUR


def test_mail_of_a_blocked_sender_needs_nobody(desk: Desk, mailbox: Mailbox) -> None:
    agent = actor(make_staff(desk))
    first = deliver(mail_from("offer@annan.example"), mailbox)
    block_sender(scope=desk_scope(desk), public_id=first.public_id, by=agent, now=NOW)
    second = deliver(mail_from("offer@annan.example"), mailbox)
    other = deliver(mail_from("annan@annan.example"), mailbox)
    first.refresh_from_db()

    assert [mail.reason for mail in (first, second, other)] == ["blocked", "blocked", "stranger"]
