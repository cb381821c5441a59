"""Who may write where, by mail (trust 1 to 12)."""

import pytest

from tests.domain.mailroom.conftest import World, words
from tests.domain.mailroom.mails import FAIL, deliver, letters, mail_from
from tests.factories import (
    NOW,
    actor,
    desk_scope,
    make_organisation,
    make_person,
    make_staff,
)
from tests.jobs_run import run_jobs
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.lifecycle import close
from vaxel.domain.tickets.models import Message, Note
from vaxel.kit.mail import MailAddress

pytestmark = pytest.mark.django_db


def message_of(mail: ReceivedMail) -> Message:
    assert mail.message is not None
    return mail.message


def note_of(mail: ReceivedMail) -> Note:
    assert mail.note is not None
    return mail.note


def test_contacts_mail_opens_a_ticket_with_its_promise(world: World) -> None:
    mail = deliver(mail_from(world.person, subject="Exporten har slutat fungera"), world.mailbox)

    assert (mail.state, mail.reason) == ("ticket", "new-question")
    ticket = mail.ticket
    assert ticket is not None
    assert (ticket.requester_id, ticket.channel, ticket.destination) == (world.person.pk, "mail", "support")
    assert ticket.next_deadline_at is not None
    assert ticket.messages.get().header_id == mail.header_id


def test_answer_to_the_signed_address_is_a_message(world: World) -> None:
    mail = deliver(world.answer(world.person, text="Nu går det.", quoted="> Det står att"), world.mailbox)

    assert (mail.state, mail.ticket_id) == ("reply", world.ticket.pk)
    message = message_of(mail)
    assert (message.text, message.quoted, message.by_id) == ("Nu går det.", "> Det står att", world.person.pk)


def test_answer_that_names_our_message_id_is_a_message(world: World) -> None:
    told = OutgoingMail.unscoped.filter(ticket=world.ticket, recipient=world.person.email).get()
    mail = deliver(mail_from(world.person, references=("x@y.example", told.header_id.strip("<>"))), world.mailbox)

    assert (mail.state, mail.ticket_id) == ("reply", world.ticket.pk)


def test_answer_to_the_senders_own_mail_is_a_message(world: World) -> None:
    first = deliver(mail_from(world.person), world.mailbox)
    second = deliver(mail_from(world.person, in_reply_to=(first.header_id,)), world.mailbox)

    assert (second.state, second.ticket_id) == ("reply", first.ticket_id)


def test_t01_mail_of_a_third_party_to_a_ticket_never_shows_in_it(world: World) -> None:
    mail = deliver(world.answer("no-reply@tjanst.example", text="Your code is 1234"), world.mailbox)

    assert (mail.state, mail.reason, mail.ticket_id) == ("quarantine", "not-their-ticket", world.ticket.pk)
    assert words(world.ticket) == ["Det står att ett oväntat fel har inträffat."]


def test_t02_somebody_in_cc_sees_nothing_and_is_sent_nothing(world: World) -> None:
    mail = deliver(world.answer(world.person, cc=(MailAddress("evil@annan.example", "Eve"),)), world.mailbox)
    reply(scope=desk_scope(world.desk), number=world.ticket.number, text="Svar", by=actor(world.agent), now=NOW)
    run_jobs()

    assert mail.state == "reply"
    assert [each.address for each in Participant.unscoped.all()] == ["evil@annan.example"]
    assert not OutgoingMail.unscoped.filter(recipient__icontains="evil").exists()
    assert not Person.unscoped.filter(email__icontains="evil").exists()


@pytest.mark.parametrize("subject", ["Re: [{name}] Oväntat fel", "{name}", "SV: [{lower}] hej"])
def test_t03_a_number_alone_makes_a_new_ticket_that_names_the_other(world: World, subject: str) -> None:
    name = f"{world.desk.prefix}-{world.ticket.number}"
    sent = mail_from(world.person, subject=subject.format(name=name, lower=name.lower()))
    mail = deliver(sent, world.mailbox)

    assert mail.state == "ticket"
    assert mail.ticket_id != world.ticket.pk
    assert name in Note.unscoped.get(ticket=mail.ticket_id).text


@pytest.mark.parametrize("change", [("+r", "+r0"), ("-p", "-s"), ("LAST", "OTHER"), ("@", "a@"), ("+", "")])
def test_t03_an_address_that_we_did_not_sign_attaches_nothing(world: World, change: tuple[str, str]) -> None:
    local, _at, domain = world.address().partition("@")
    name, _plus, tag = local.partition("+")
    swapped = {"LAST": f"{tag[-1]}@", "OTHER": "a@" if tag[-1] != "a" else "b@"}
    old, new = (swapped.get(each, each) for each in change)
    guessed = f"{name}{f'+{tag}@'.replace(old, new)}{domain}"
    mail = deliver(mail_from(world.person, to=(MailAddress(guessed),)), world.mailbox)

    assert mail.ticket_id != world.ticket.pk
    assert len(words(world.ticket)) == 1


@pytest.mark.parametrize("proven", [FAIL, None, "mx.evil.example; dmarc=pass"])
def test_t04_an_agents_answer_without_proof_never_reaches_the_customer(world: World, proven: str | None) -> None:
    address = world.address("staff", world.agent.pk)
    deliver(mail_from(world.agent, to=(MailAddress(address),), proven=proven, text="Betala hit"), world.mailbox)
    run_jobs()

    assert len(words(world.ticket)) == 1
    assert not OutgoingMail.unscoped.filter(kind="answer").exists()


def test_t04_an_agents_answer_without_proof_is_an_internal_note(world: World) -> None:
    address = world.address("staff", world.agent.pk)
    sent = mail_from(world.agent, to=(MailAddress(address),), proven=None, text="Betala hit")
    mail = deliver(sent, world.mailbox)

    assert (mail.state, mail.reason) == ("reply", "unproven-agent")
    assert "Betala hit" in note_of(mail).text


def test_agents_proven_answer_is_sent_on_to_the_customer(world: World) -> None:
    address = world.address("staff", world.agent.pk)
    mail = deliver(mail_from(world.agent, to=(MailAddress(address),), text="Prova nu."), world.mailbox)
    run_jobs()

    assert (mail.state, mail.reason) == ("reply", "agent-answer")
    assert letters("answer") == [world.person.email]


def test_t04_an_address_made_for_another_agent_is_none(world: World) -> None:
    other = make_staff(world.desk, name="Ada Lind")
    address = world.address("staff", other.pk)
    mail = deliver(mail_from(world.agent, to=(MailAddress(address),)), world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "agent-without-token")


def test_t05_an_agent_who_has_left_answers_nobody(world: World) -> None:
    address = world.address("staff", world.agent.pk)
    world.agent.is_active = False
    world.agent.save(update_fields=["is_active"])
    mail = deliver(mail_from(world.agent, to=(MailAddress(address),)), world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "agent-left")


def test_t05_a_person_who_has_left_answers_nothing(world: World) -> None:
    sent = world.answer(world.person)
    Person.unscoped.filter(pk=world.person.pk).update(is_active=False)
    mail = deliver(sent, world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "not-their-ticket")


def test_t06_an_answer_from_an_unknown_address_waits_and_changes_nobody(world: World) -> None:
    mail = deliver(world.answer("kollega@kund.example"), world.mailbox)
    world.ticket.refresh_from_db()

    assert (mail.state, mail.ticket_id) == ("quarantine", world.ticket.pk)
    assert world.ticket.requester_id == world.person.pk
    assert [each.address for each in Participant.unscoped.all()] == ["kollega@kund.example"]


def test_t06_a_colleague_with_the_right_to_the_ticket_may_answer(world: World) -> None:
    colleague = make_person(world.organisation, name="Bo Ek", may_see_organisation=True)
    mail = deliver(world.answer(colleague), world.mailbox)

    assert (mail.state, message_of(mail).by_id) == ("reply", colleague.pk)


def test_t06_a_colleague_without_the_right_may_not(world: World) -> None:
    colleague = make_person(world.organisation, name="Bo Ek")
    mail = deliver(world.answer(colleague), world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "not-their-ticket")


def test_t07_two_senders_are_none(world: World) -> None:
    two = (MailAddress(world.person.email), MailAddress("evil@annan.example"))
    mail = deliver(world.answer(world.person, froms=two), world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "several-senders")


def test_t07_reply_to_and_sender_give_no_right(world: World) -> None:
    other = MailAddress(world.person.email)
    mail = deliver(world.answer("evil@annan.example", reply_to=(other,), sender=other), world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "not-their-ticket")


def test_t10_what_the_senders_domain_disowns_waits_unanswered(world: World) -> None:
    mails = [
        deliver(mail_from(world.person, proven=FAIL), world.mailbox),
        deliver(mail_from("okand@annan.example", proven=FAIL), world.mailbox),
        deliver(mail_from(world.person, is_marked_spam=True), world.mailbox),
    ]

    assert [mail.reason for mail in mails] == ["not-authentic", "not-authentic", "spam"]
    assert letters("stranger") == []


def test_t12_the_same_references_from_two_organisations_make_two_tickets(world: World) -> None:
    other = make_person(make_organisation(world.desk, name="Norrby kommun"), name="Eva Gran")
    told = OutgoingMail.unscoped.filter(ticket=world.ticket, recipient=world.person.email).get()
    ids = (told.header_id.strip("<>"),)
    theirs = deliver(mail_from(world.person, references=ids), world.mailbox)
    others = deliver(mail_from(other, references=ids), world.mailbox)

    assert (theirs.ticket_id, others.state) == (world.ticket.pk, "ticket")
    assert others.ticket is not None
    assert others.ticket.organisation_id == other.organisation_id
    assert not Note.unscoped.filter(ticket=others.ticket_id).exists()


def test_t12_another_customers_number_in_the_subject_is_not_even_named(world: World) -> None:
    other = make_person(make_organisation(world.desk, name="Norrby kommun"), name="Eva Gran")
    mail = deliver(mail_from(other, subject=f"{world.desk.prefix}-{world.ticket.number}"), world.mailbox)

    assert mail.state == "ticket"
    assert not Note.unscoped.filter(ticket=mail.ticket_id).exists()


def test_answer_to_a_closed_ticket_is_a_new_question(world: World) -> None:
    sent = world.answer(world.person)
    close(scope=desk_scope(world.desk), number=world.ticket.number, by=actor(world.agent), now=NOW)
    mail = deliver(sent, world.mailbox)

    assert (mail.state, mail.reason) == ("ticket", "after-closed")
    assert f"-{world.ticket.number}" in Note.unscoped.get(ticket=mail.ticket_id).text


def test_somebody_of_two_organisations_is_asked_for_by_a_human(world: World) -> None:
    other = make_organisation(world.desk, name="Norrby kommun")
    twin = make_person(other, name="Maj Ekdahl")
    Person.unscoped.filter(pk=twin.pk).update(email=world.person.email)
    mail = deliver(mail_from(world.person), world.mailbox)

    assert (mail.state, mail.reason) == ("quarantine", "several-organisations")
