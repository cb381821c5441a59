"""Mailboxes that fail or fall silent, and mails that break (trust 23, 70)."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.domain.mailroom.mails import claimed, deliver, letters, mail_from, make_mailbox
from tests.factories import NOW, desk_scope, make_desk, make_staff
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom import claiming
from vaxel.domain.mailroom.alarms import watch_mailboxes
from vaxel.domain.mailroom.faults import WORDS, MailboxFault
from vaxel.domain.mailroom.mailboxes import AddressTakenError, change_mailbox, found_fault, looked
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.queries import held_mails, mailboxes
from vaxel.domain.mailroom.sealing import SealBrokenError, unseal
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.insight.reports.health import mailboxes as mailboxes_part

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk() -> Desk:
    desk = make_desk()
    make_staff(desk, may_administer=True)
    make_staff(desk, name="Ada Lind")
    return desk


@pytest.fixture
def mailbox(desk: Desk) -> Mailbox:
    return make_mailbox(desk, way="imap", host="imap.desk.example", secrets={"password": "hemligt"})


def test_t70_a_mailbox_that_fails_is_told_of_within_fifteen_minutes_and_once(desk: Desk, mailbox: Mailbox) -> None:
    told = []
    for minute in range(30):
        now = NOW + minute * MINUTE
        found_fault(mailbox_id=mailbox.pk, fault=MailboxFault.SIGN_IN, detail="NO [AUTHENTICATIONFAILED]", now=now)
        told.append(watch_mailboxes(now=now))

    assert told.index(1) <= 15
    assert sum(told) == len(letters("mailbox-fault")) == 1
    assert not mailboxes_part(now=NOW + 30 * MINUTE).well


def test_t70_a_mailbox_that_is_well_again_may_fail_again(mailbox: Mailbox) -> None:
    for start in (NOW, NOW + timedelta(hours=2)):
        looked(mailbox_id=mailbox.pk, now=start)
        watch_mailboxes(now=start)
        found_fault(mailbox_id=mailbox.pk, fault=MailboxFault.TOKEN, detail="", now=start)
        watch_mailboxes(now=start + 10 * MINUTE)

    assert len(letters("mailbox-fault")) == 2


def test_t70_a_mailbox_that_nobody_looks_into_is_told_of(mailbox: Mailbox) -> None:
    looked(mailbox_id=mailbox.pk, now=NOW)

    assert [watch_mailboxes(now=NOW + minutes * MINUTE) for minutes in (9, 11, 12)] == [0, 1, 0]


def test_t70_a_mailbox_that_is_silent_for_too_long_is_told_of(desk: Desk) -> None:
    mailbox = make_mailbox(desk, silent_hours=4)
    deliver(mail_from("nagon@annan.example"), mailbox)

    assert watch_mailboxes(now=NOW + timedelta(hours=3)) == 0
    assert watch_mailboxes(now=NOW + timedelta(hours=5)) == 1
    assert len(letters("mailbox-silent")) == 1


def test_health_of_a_mailbox_is_told_in_words(desk: Desk, mailbox: Mailbox) -> None:
    looked(mailbox_id=mailbox.pk, now=NOW)
    (well,) = mailboxes(desk_scope(desk), now=NOW)
    found_fault(mailbox_id=mailbox.pk, fault=MailboxFault.SIGN_IN, detail="no", now=NOW)
    (ill,) = mailboxes(desk_scope(desk), now=NOW)

    assert (well.is_well, well.trouble) == (True, "")
    assert (ill.is_well, ill.trouble, ill.detail) == (False, str(WORDS[MailboxFault.SIGN_IN]), "no")


def test_every_fault_has_its_words() -> None:
    assert set(WORDS) == set(MailboxFault)


def test_t23_a_mail_that_breaks_is_tried_three_times_and_told_of_once(desk: Desk) -> None:
    mailbox = make_mailbox(desk)
    store([Arrival(raw=b"Subject: x\r\n\r\n" + bytes([each]), size=13) for each in (65, 66)], mailbox=mailbox, now=NOW)
    now = NOW
    for _ in range(5):
        while tried := claimed(now):
            for one in tried:
                claiming.broke(one, detail="ValueError: odd", now=now)
        now += timedelta(hours=1)

    assert list(ReceivedMail.unscoped.values_list("state", "reason", "attempts")) == [("failed", "broke", 3)] * 2
    assert len(letters("mail-broke")) == 1
    assert len(held_mails(desk_scope(desk)).rows) == 2


def test_t23_a_mail_that_kills_its_worker_is_not_given_to_a_fourth(desk: Desk) -> None:
    store([Arrival(raw=b"x", size=1)], mailbox=make_mailbox(desk), now=NOW)
    tries = [len(claimed(NOW + minutes * MINUTE)) for minutes in (0, 1, 3, 6, 9, 12)]

    assert tries == [1, 0, 1, 1, 0, 0]
    assert ReceivedMail.unscoped.get().state == "failed"


def test_t23_a_mail_that_kills_its_worker_takes_no_other_along(desk: Desk) -> None:
    arrivals = [Arrival(raw=b"%d" % each, size=1) for each in range(3)]
    first, second, third = (one.mail_id for one in store(arrivals, mailbox=make_mailbox(desk), now=NOW))
    tries = [[one.mail_id for one in claimed(NOW + minutes * MINUTE)] for minutes in (0, 3, 3, 3, 3)]

    assert tries == [[first, second, third], [first], [second], [third], []]


def test_t77_a_flood_in_one_mailbox_holds_up_no_other(desk: Desk) -> None:
    flooded, quiet = make_mailbox(desk), make_mailbox(make_desk("baver"))
    store([Arrival(raw=b"%d" % each, size=1) for each in range(50)], mailbox=flooded, now=NOW)
    store([Arrival(raw=b"x", size=1)], mailbox=quiet, now=NOW)
    first = {one.mail_id for one in claimed()}

    assert ReceivedMail.unscoped.get(mailbox=quiet).pk in first


def test_password_is_stored_sealed_and_opens_with_a_former_key(mailbox: Mailbox, settings: Settings) -> None:
    former = settings.SECRET_KEY
    assert "hemligt" not in mailbox.secret
    settings.SECRET_KEY = "another"
    with pytest.raises(SealBrokenError):
        unseal(mailbox.secret)
    settings.SECRET_KEY_FALLBACKS = [former]

    assert unseal(mailbox.secret) == {"password": "hemligt"}


def test_another_password_leaves_the_other_secrets_and_forgets_the_fault(desk: Desk, mailbox: Mailbox) -> None:
    found_fault(mailbox_id=mailbox.pk, fault=MailboxFault.SIGN_IN, detail="no", now=NOW)
    changed = change_mailbox(
        scope=desk_scope(desk),
        mailbox_id=mailbox.pk,
        secrets={"password": "nytt"},
        folder="Support",
        by=SYSTEM,
        now=NOW,
    )

    assert (unseal(changed.secret), changed.fault, changed.folder) == ({"password": "nytt"}, "", "Support")


def test_no_address_belongs_to_two_mailboxes(desk: Desk, mailbox: Mailbox) -> None:
    with pytest.raises(AddressTakenError):
        make_mailbox(make_desk("baver"), aliases=[mailbox.address.upper()])


@pytest.mark.parametrize("number", [1, 3])
def test_quarantine_costs_one_query_whatever_its_length(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    mailbox = make_mailbox(desk)
    for each in range(number):
        deliver(mail_from(f"namn{each}@annan.example"), mailbox)

    with django_assert_num_queries(1):
        assert len(held_mails(desk_scope(desk)).rows) == number
