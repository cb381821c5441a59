"""What a delivery report does to the mail, to its address, and what it cannot do."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, tell_all
from vaxel.domain.notices import blocking, outbox
from vaxel.domain.notices.bounces import record_bounce
from vaxel.domain.notices.models import BouncingAddress, OutgoingMail
from vaxel.domain.notices.queries import mail_states
from vaxel.domain.people.models import Person, Staff
from vaxel.kit.mail import Bounce, Severity

pytestmark = pytest.mark.django_db

SOON = LATER + timedelta(minutes=5)


def sent_answer(person: Person, agent: Staff) -> OutgoingMail:
    """An answer that the mail server took."""
    answer(world.ask(person), agent)
    mail = next(each for each in tell_all(LATER) if each.kind == "answer")
    OutgoingMail.unscoped.filter(pk=mail.pk).update(state="sent", attempts=1, sent_at=LATER)
    return OutgoingMail.unscoped.get(pk=mail.pk)


def report(mail: OutgoingMail, severity: Severity = "hard", **more: str) -> Bounce:
    values = {"recipient": mail.recipient, "status": "5.1.1", **more}
    return Bounce(severity=severity, **values)


def again(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.unscoped.get(pk=mail.pk)


@pytest.mark.parametrize("known_by", ["return path", "message id"])
def test_t18_a_hard_bounce_marks_the_mail_and_blocks_the_address(person: Person, agent: Staff, known_by: str) -> None:
    mail = sent_answer(person, agent)

    if known_by == "return path":
        record_bounce(bounce=report(mail), mail_id=mail.pk, now=SOON)
    else:
        record_bounce(bounce=report(mail, original_message_id=mail.header_id.strip("<>")), now=SOON)

    assert (again(mail).state, again(mail).reason) == ("bounced", "no-mailbox: 5.1.1")
    assert blocking.is_blocked(desk_id=person.desk_id, address=person.email.upper())
    state = mail_states(world.desk_scope(agent.desk), ticket_id=mail.ticket_id or 0).alone()[mail.message_id or 0][0]
    assert (state.needs_a_look, state.is_blocked, state.can_be_sent_again) == (True, True, False)


def test_t18_the_same_report_twice_counts_once(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)

    for _ in range(2):
        assert record_bounce(bounce=report(mail, "soft", status="4.2.2"), mail_id=mail.pk, now=SOON) == mail

    assert BouncingAddress.unscoped.get().soft_bounces == 1
    assert (again(mail).state, again(mail).reason) == ("bounced", "came-back: 4.2.2")


def test_t18_a_hard_report_after_a_soft_one_counts(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)

    for severity in ("soft", "hard", "soft"):
        record_bounce(bounce=report(mail, severity), mail_id=mail.pk, now=SOON)

    assert again(mail).reason == "no-mailbox: 5.1.1"
    assert (BouncingAddress.unscoped.get().soft_bounces, BouncingAddress.unscoped.get().blocked_at) == (1, SOON)


def test_t18_a_report_that_names_only_an_address_shows_and_never_blocks(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)

    assert record_bounce(bounce=report(mail), desk_id=mail.desk_id, now=SOON) == mail
    assert again(mail).reason == "came-back: 5.1.1"
    assert not blocking.is_blocked(desk_id=person.desk_id, address=person.email)


def test_t18_a_report_without_a_name_of_ours_changes_nothing(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)
    made_up = report(mail, original_message_id="1234@elsewhere.example", recipient="nobody@elsewhere.example")

    assert record_bounce(bounce=made_up, desk_id=mail.desk_id, now=SOON) is None
    assert again(mail).state == "sent"


def test_t12_a_report_to_one_desk_touches_no_mail_of_another(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)
    other = world.make_desk("baver")

    assert record_bounce(bounce=report(mail), desk_id=other.pk, now=SOON) is None
    assert again(mail).state == "sent"


def test_t18_a_copy_passed_on_by_the_recipient_blocks_nobody(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)

    record_bounce(bounce=report(mail, recipient="old@elsewhere.example"), mail_id=mail.pk, now=SOON)

    assert again(mail).reason == "came-back: 5.1.1"
    assert not blocking.is_blocked(desk_id=person.desk_id, address=person.email)


def test_t18_a_mail_that_is_sent_anew_does_not_come_back_by_the_old_report(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)
    record_bounce(bounce=report(mail, "soft"), mail_id=mail.pk, now=SOON)
    outbox.send_again(scope=world.desk_scope(agent.desk), mail_id=mail.pk, by=world.actor(agent), now=SOON)

    record_bounce(bounce=report(mail), mail_id=mail.pk, now=SOON)

    assert again(mail).state == "queued"


def test_t18_a_blocked_address_gets_no_mail_until_staff_lift_the_block(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    record_bounce(bounce=report(mail), mail_id=mail.pk, now=SOON)

    with pytest.raises(outbox.NotSendableError):
        outbox.send_again(scope=scope, mail_id=mail.pk, by=by, now=SOON)
    blocking.lift_block(scope=scope, mail_id=mail.pk, by=by, now=SOON)
    outbox.send_again(scope=scope, mail_id=mail.pk, by=by, now=SOON)

    assert again(mail).state == "queued"


def test_t18_what_is_written_to_a_blocked_address_is_held_and_shown(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)
    record_bounce(bounce=report(mail), mail_id=mail.pk, now=SOON)
    ticket = mail.ticket
    assert ticket is not None

    answer(ticket, agent, "Kommer du in nu?")
    held = tell_all(SOON)[-1]

    assert (held.state, held.reason) == ("held", "blocked")
    states = mail_states(world.desk_scope(agent.desk), ticket_id=ticket.pk).alone()
    reasons = {each.reason for found in states.values() for each in found if each.needs_a_look}
    assert len(reasons) == 2


def test_t43_staff_of_another_desk_lift_nothing(person: Person, agent: Staff) -> None:
    mail = sent_answer(person, agent)
    record_bounce(bounce=report(mail), mail_id=mail.pk, now=SOON)
    stranger = world.make_staff(world.make_desk("baver"))

    with pytest.raises(OutgoingMail.DoesNotExist):
        blocking.lift_block(scope=world.desk_scope(stranger.desk), mail_id=mail.pk, by=world.actor(stranger), now=SOON)


def come_back(person: Person, agent: Staff, *, days: Sequence[float], severity: Severity = "soft") -> OutgoingMail:
    """A mail is sent and comes back after so many days each; the last one."""
    for day in days:
        mail = sent_answer(person, agent)
        record_bounce(bounce=report(mail, severity, status="4.2.2"), mail_id=mail.pk, now=LATER + timedelta(days=day))
    return again(mail)


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ((0, 1, 2, 3), "came-back: 4.2.2"),
        ((0, 1, 2, 2.5, 3), "came-back-often: 4.2.2"),
        # many at once is one bad day
        ((0, 0.1, 0.2, 0.3, 0.4, 0.5), "came-back: 4.2.2"),
        # what came back long ago has nothing to do with it
        ((0, 1, 2, 3, 40), "came-back: 4.2.2"),
        ((0, 1, 2, 3, 40, 41, 42, 43, 44), "came-back-often: 4.2.2"),
    ],
)
def test_t18_mails_that_come_back_for_days_block_the_address(
    person: Person, agent: Staff, days: Sequence[float], reason: str
) -> None:
    assert come_back(person, agent, days=days).reason == reason
    assert blocking.is_blocked(desk_id=person.desk_id, address=person.email) == reason.startswith("came-back-often")


def test_t18_an_address_that_works_again_begins_anew(person: Person, agent: Staff) -> None:
    mail = come_back(person, agent, days=(0, 1, 2, 3, 4))
    blocking.lift_block(scope=world.desk_scope(agent.desk), mail_id=mail.pk, by=world.actor(agent), now=SOON)

    assert come_back(person, agent, days=(5, 6, 7, 8)).reason == "came-back: 4.2.2"


def test_t18_reports_that_anybody_can_write_never_add_up(person: Person, agent: Staff) -> None:
    for day in range(8):
        mail = sent_answer(person, agent)
        record_bounce(bounce=report(mail, "soft"), desk_id=mail.desk_id, now=LATER + timedelta(days=day))

    assert not BouncingAddress.unscoped.filter(soft_bounces__gt=0).exists()
