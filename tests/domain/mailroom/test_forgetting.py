"""How long mails are kept, and that nothing that waits for a human goes."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.factories import NOW, actor, desk_scope, make_desk, make_organisation, make_person, make_staff
from vaxel.domain.mailroom.forgetting import Old, forget_old_mails, old_mails
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.releasing import put_aside
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.domain.people.models import Person
from vaxel.domain.privacy.keeping import end_hold, hold, mails_on_hold
from vaxel.domain.tickets import blobs
from vaxel.domain.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(db: None, settings: Settings) -> Mailbox:
    settings.MAIL_KEPT_DAYS, settings.IGNORED_MAIL_KEPT_DAYS = 90, 30
    return make_mailbox(make_desk())


@pytest.fixture
def person(mailbox: Mailbox) -> Person:
    return make_person(make_organisation(mailbox.desk))


def kept(mail: ReceivedMail, *, days: int) -> tuple[bool, str]:
    """Whether its bytes are there after so many days, and its words."""
    forget_old_mails(spared=mails_on_hold(), now=NOW + timedelta(days=days))
    row = ReceivedMail.unscoped.get(pk=mail.pk)
    return row.raw_id is not None, row.text


def old(*, days: int) -> Old:
    """What would be forgotten after so many days."""
    return old_mails(spared=mails_on_hold(), now=NOW + timedelta(days=days))


def test_t82_what_became_a_ticket_loses_its_bytes_and_stays_known(mailbox: Mailbox, person: Person) -> None:
    mail = deliver(mail_from(person, html="<p>Fel</p>"), mailbox)
    assert mail.raw is not None
    raw = blobs.blob_path(mail.raw.key).read_bytes()

    assert [kept(mail, days=days)[0] for days in (90, 91)] == [True, False]
    assert ReceivedMail.unscoped.get().html == "<p>Fel</p>"
    assert Message.unscoped.get().text == "Det står att ett oväntat fel har inträffat."
    assert [one.is_new for one in store([Arrival(raw=raw, size=len(raw))], mailbox=mailbox, now=NOW)] == [False]


def test_t82_held_mail_stays_until_somebody_puts_it_aside(mailbox: Mailbox) -> None:
    mail = deliver(mail_from("okand@annan.example", text="Hej!"), mailbox)
    assert kept(mail, days=3_000) == (True, "Hej!")

    by = actor(make_staff(mailbox.desk))
    put_aside(scope=desk_scope(mailbox.desk), public_id=mail.public_id, by=by, now=NOW)
    assert [kept(mail, days=days) for days in (30, 31)] == [(True, "Hej!"), (False, "")]


def test_t82_zero_days_keep_for_good(mailbox: Mailbox, person: Person, settings: Settings) -> None:
    settings.MAIL_KEPT_DAYS = 0

    assert kept(deliver(mail_from(person), mailbox), days=3_000)[0] is True


def test_t82_a_dry_run_says_how_many_and_forgets_nothing(mailbox: Mailbox, person: Person) -> None:
    ticket = deliver(mail_from(person), mailbox)
    aside = deliver(mail_from("okand@annan.example"), mailbox)
    by = actor(make_staff(mailbox.desk))
    put_aside(scope=desk_scope(mailbox.desk), public_id=aside.public_id, by=by, now=NOW)

    assert [old(days=days) for days in (30, 31, 91)] == [Old(0, 0), Old(0, 1), Old(1, 1)]
    assert ReceivedMail.unscoped.filter(pk__in=[ticket.pk, aside.pk], raw__isnull=False).count() == 2
    forget_old_mails(spared=mails_on_hold(), now=NOW + timedelta(days=91))
    assert old(days=91) == Old(0, 0)


@pytest.mark.parametrize("of", ["organisation", "ticket"])
def test_t82_a_legal_hold_keeps_originals_until_it_ends(mailbox: Mailbox, person: Person, of: str) -> None:
    mail = deliver(mail_from(person), mailbox)
    scope, by = desk_scope(mailbox.desk), actor(make_staff(mailbox.desk))
    held = {"organisation": person.organisation} if of == "organisation" else {"ticket": Ticket.unscoped.get()}
    lasting = hold(scope, **held, reason="Tvist", by=by, now=NOW)

    assert (old(days=91), kept(mail, days=91)[0]) == (Old(0, 0), True)
    end_hold(scope, hold_id=lasting.pk, by=by, now=NOW)
    assert (old(days=91), kept(mail, days=91)[0]) == (Old(1, 0), False)
