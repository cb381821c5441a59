"""One mail to the mail server: what each way of breaking leaves behind, and what is sent after it."""

import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from pytest_django import Settings

from tests import factories as world
from tests.channels.smtp_stub import BEFORE_WORDS, SmtpStub
from vaxel.channels.mail import outbound
from vaxel.channels.mail.outbound import TryLaterError
from vaxel.channels.mail.outcome import Meaning, outcome_of
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import brakes, outbox
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.insight.reports import health

pytestmark = pytest.mark.django_db

MakeMail = Callable[..., OutgoingMail]
MUCH_LATER = world.NOW + timedelta(hours=1)


def stored(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.unscoped.get(pk=mail.pk)


def test_a_mail_is_sent_once_with_its_own_id(stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail()

    outbound.send(mail_id=mail.pk, now=world.NOW)
    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert stub.taken == [mail.header_id]
    assert (stored(mail).state, stored(mail).sent_at, stored(mail).attempts) == ("sent", world.NOW, 1)


@pytest.mark.parametrize("lost", ["person", "organisation", "account"])
def test_t47_a_mail_that_waited_does_not_go_to_somebody_who_has_left(
    lost: str, stub: SmtpStub, make_mail: MakeMail, person: Person
) -> None:
    mail = make_mail(organisation_id=person.organisation_id, recipient=person.email.upper())
    row = {"person": person, "organisation": person.organisation, "account": person.account}[lost]
    assert row is not None
    row.is_active = False
    row.save(update_fields=["is_active"])

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stub.taken, stored(mail).state, stored(mail).reason) == ([], "failed", "left")


@pytest.mark.parametrize("is_active", [True, False])
def test_t47_a_mail_that_waited_goes_to_staff_who_are_still_there(
    stub: SmtpStub, make_mail: MakeMail, *, is_active: bool
) -> None:
    mail = make_mail()
    staff = world.make_staff(Desk.objects.get(pk=mail.desk_id), is_active=is_active)
    OutgoingMail.unscoped.filter(pk=mail.pk).update(recipient=staff.account.email)

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert stored(mail).state == ("sent" if is_active else "failed")


@pytest.mark.parametrize("phase", BEFORE_WORDS)
@pytest.mark.parametrize("fault", ["drop", "hang"])
def test_t67_a_server_lost_before_the_words_gets_the_mail_later(
    phase: str, fault: str, stub: SmtpStub, make_mail: MakeMail
) -> None:
    mail = make_mail()
    stub.plan = {phase: fault}

    with pytest.raises(TryLaterError) as later:
        outbound.send(mail_id=mail.pk, now=world.NOW)
    assert (stored(mail).state, later.value.wait) == ("queued", timedelta(seconds=30))
    assert stored(mail).reason.partition(":")[0] == "no-server"

    stub.plan = {}
    outbound.send(mail_id=mail.pk, now=MUCH_LATER)
    assert stub.taken == [mail.header_id]
    assert stored(mail).state == "sent"


@pytest.mark.parametrize("fault", ["drop", "hang"])
def test_t67_a_server_lost_after_the_words_leaves_the_mail_uncertain(
    fault: str, stub: SmtpStub, make_mail: MakeMail
) -> None:
    mail = make_mail()
    stub.plan = {"end": fault}

    outbound.send(mail_id=mail.pk, now=world.NOW)
    stub.plan = {}
    outbound.send(mail_id=mail.pk, now=MUCH_LATER)

    assert (stored(mail).state, stored(mail).reason) == ("uncertain", "broken")
    assert stub.taken == [mail.header_id]


@pytest.mark.parametrize("fault", ["drop", "hang", "500 what?"])
def test_t67_a_server_lost_after_its_yes_has_the_mail(fault: str, stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail()
    stub.plan = {"quit": fault}

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stub.taken) == ("sent", [mail.header_id])


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "end"])
def test_t67_a_server_that_says_later_is_asked_later(phase: str, stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail()
    stub.plan = {phase: "451 4.7.1 greylisted"}

    with pytest.raises(TryLaterError):
        outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).reason) == ("queued", "later: 451 4.7.1 greylisted")
    assert stub.taken == []


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "end"])
def test_t67_a_server_that_says_no_is_believed(phase: str, stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail()
    stub.plan = {phase: "550 5.1.1 no such person"}

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).reason) == ("failed", "refused: 550 5.1.1 no such person")


def test_t67_a_mail_that_never_gets_through_ends_as_failed(stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail(attempts=outbox.MOST_ATTEMPTS - 1)
    stub.plan = {"rcpt": "452 full"}

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).attempts) == ("failed", outbox.MOST_ATTEMPTS)


def test_t67_a_worker_that_was_thought_dead_sends_no_words(stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail()
    slow = outbox.claim(mail_id=mail.pk, now=world.NOW)
    assert slow is not None
    outbox.sweep(now=world.NOW + timedelta(minutes=3))
    outbound.send(mail_id=mail.pk, now=MUCH_LATER)

    with pytest.raises(outbox.NotMineError):
        outbox.words_leave(slow, now=MUCH_LATER)

    outbox.failed(slow, reason="too late to say")
    assert (stored(mail).state, stored(mail).attempts, stub.taken) == ("sent", 2, [mail.header_id])


def test_t67_a_connection_that_loses_its_mail_hangs_up_before_the_words(
    stub: SmtpStub, make_mail: MakeMail, settings: Settings
) -> None:
    mail = make_mail()
    settings.EMAIL_TIMEOUT = 5
    claimed = outbox.claim(mail_id=mail.pk, now=world.NOW)
    assert claimed is not None
    OutgoingMail.unscoped.filter(pk=mail.pk).update(attempts=7)

    connection = get_connection()
    with pytest.raises(outbox.NotMineError):
        outbound._hand_over(claimed, connection, now=world.NOW)

    assert stub.taken == []


def test_t74_a_dead_server_is_left_alone_for_a_minute(stub: SmtpStub, make_mail: MakeMail) -> None:
    mails = [make_mail() for _ in range(5)]
    stub.plan = {"connect": "drop"}

    for mail in mails:
        with pytest.raises(TryLaterError):
            outbound.send(mail_id=mail.pk, now=world.NOW)
    assert [stored(mail).attempts for mail in mails] == [1, 1, 1, 0, 0]

    stub.plan = {}
    outbound.send(mail_id=mails[4].pk, now=world.NOW + timedelta(minutes=2))
    outbound.send(mail_id=mails[3].pk, now=world.NOW + timedelta(minutes=2))
    assert stub.taken == [mails[4].header_id, mails[3].header_id]


def test_t74_a_server_that_refuses_a_mail_is_alive(stub: SmtpStub, make_mail: MakeMail) -> None:
    for _ in range(3):
        outbound.BREAKER.did_not_answer(now=world.NOW)
    stub.plan = {"rcpt": "550 no such person"}

    outbound.send(mail_id=make_mail().pk, now=world.NOW + timedelta(minutes=2))

    assert outbound.BREAKER.wait(now=world.NOW + timedelta(minutes=2)) is None


def test_t74_after_the_pause_one_mail_goes_first(stub: SmtpStub, make_mail: MakeMail) -> None:
    for _ in range(3):
        outbound.BREAKER.did_not_answer(now=world.NOW)
    soon = world.NOW + timedelta(minutes=2)

    assert [outbound.BREAKER.wait(now=soon), outbound.BREAKER.wait(now=soon)] == [None, timedelta(minutes=1)]


def test_a_wrong_password_loses_no_mail() -> None:
    refusal = smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password")

    outcome = outcome_of(refusal, words_left=False)

    assert (outcome.meaning, outcome.server) == (Meaning.TRY_LATER, "silent")


def test_a_reply_that_is_none_after_the_words_is_uncertain() -> None:
    nonsense = smtplib.SMTPDataError(-1, b"gibberish")

    assert outcome_of(nonsense, words_left=True).meaning == Meaning.UNCERTAIN


def test_a_mail_that_cannot_be_built_fails_and_says_so(stub: SmtpStub, make_mail: MakeMail) -> None:
    mail = make_mail(recipient="not an address")

    outbound.send(mail_id=mail.pk, now=world.NOW)

    assert (stored(mail).state, stored(mail).reason.partition(":")[0]) == ("failed", "faulty")
    assert stub.taken == []


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(seconds=30)),
        (2, timedelta(minutes=2)),
        (4, timedelta(minutes=32)),
        (6, timedelta(hours=6)),
        (12, timedelta(hours=6)),
    ],
)
def test_waits_grow_up_to_six_hours(attempts: int, wait: timedelta) -> None:
    assert outbox.wait_after(attempts) == wait


def test_t19_too_many_automatic_mails_in_an_hour_wait_and_alarm(
    stub: SmtpStub, make_mail: MakeMail, settings: Settings
) -> None:
    settings.AUTOMATIC_MAILS_PER_HOUR = 2
    for _ in range(2):
        outbound.send(mail_id=make_mail(is_automatic=True).pk, now=world.NOW)
    waiting, answered = make_mail(is_automatic=True), make_mail(is_automatic=False)

    with pytest.raises(outbound.TryLaterError):
        outbound.send(mail_id=waiting.pk, now=world.NOW)
    outbound.send(mail_id=answered.pk, now=world.NOW)

    assert OutgoingMail.unscoped.get(pk=waiting.pk).state == "queued"
    assert answered.header_id in stub.taken
    part = health.mail(now=world.NOW)
    assert (part.well, "VAXEL_AUTOMATIC_MAILS_PER_HOUR" in part.detail) == (False, True)

    an_hour_later = world.NOW + timedelta(hours=1)
    assert not brakes.is_brake_on(now=an_hour_later)
    outbound.send(mail_id=waiting.pk, now=an_hour_later)
    assert len(stub.taken) == 4
