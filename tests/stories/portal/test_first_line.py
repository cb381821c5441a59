"""The first line: a colleague asks the local contact, who passes on what they choose; the answer finds its way back
(A12, B3, B10).
"""

import pytest
from django.test import Client

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.jobs_run import run_jobs
from tests.stories.portal.asked import ANSWERS, ask_by_portal
from tests.stories.portal.conftest import Baver
from tests.surfaces.portal.walk import Asking, signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as staff_signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.mail import MailAddress

#: What `ANSWERS` say is wanted; what is said to the contact alone; what the vendor answers.
WORDS, SECRET, ANSWER = "Så här vill jag göra.", "Säg inget till chefen.", "Tryck på låset uppe till höger."
#: What the contact notes for the other contacts: the one to keep, and the one to send along as what was tried.
KEPT, SENT_ALONG = "Hon frågar ofta om lås.", "Jag har tittat på hennes skärm."


def page(ticket: Ticket, part: str = "", *, surface: str = "") -> str:
    desk = ticket.desk
    return f"/{desk.slug}{surface}/tickets/{desk.prefix}-{ticket.number}/{part}"


def asked_locally(baver: Baver) -> Ticket:
    """A colleague asks, and says more to the contact than the vendor shall know."""
    told = ask_by_portal(baver.user, "Hur låser jag protokollet?", kind="how-to", product="baver", topic="other")
    assert told.ticket is not None
    assert "Skicka till dina kollegor" in told.said
    run_jobs()
    signed_in(baver.user).post(page(told.ticket, "reply/"), {"text": SECRET})
    run_jobs()
    return told.ticket


def passed_on(baver: Baver, ticket: Ticket, *, answer: str) -> Ticket:
    """The contact chooses the question alone, and whom the answer goes to."""
    contact = signed_in(baver.responsible)
    for text in (KEPT, SENT_ALONG):
        contact.post(page(ticket, "notes/"), {"note": text})
    form = read(contact.get(page(ticket, "take-on/")))
    chosen = form.all("input[name=message]")[0].attributes["value"]
    note = form.all("input[name=note]")[1].attributes["value"]
    given = {"message": chosen, "note": note, "tried": "Vi har startat om.", "answer": answer}
    begun = contact.post(page(ticket, "take-on/"), given)
    asking = Asking(contact, ticket.desk.slug, begun.headers["Location"].split("/")[3])
    kind = read(asking.get("kind")).one("main form").fields()
    asking.post("kind", **{**kind, "kind": "how-to", "product": "baver", "topic": "other"})
    details = read(asking.get("details")).one("main form").fields()
    asking.post("details", **{**ANSWERS, **{name: value for name, value in details.items() if value}})
    sent = asking.post("review")
    assert sent.headers.get("Location") == asking.at("sent"), text_of(sent)
    run_jobs()
    return Ticket.unscoped.select_related("desk").latest("number")


def answered(ticket: Ticket) -> Client:
    """An agent answers; their browser."""
    agent = Staff.unscoped.filter(desk=ticket.desk).first() or world.make_staff(ticket.desk)
    client = staff_signed_in(agent.account)
    form = read(client.get(page(ticket, surface="/workspace"))).one("form.composer").fields()
    client.post(page(ticket, "conversation/", surface="/workspace"), {**form, "body": ANSWER, "then": "stay"})
    run_jobs()
    return client


def mails_to(person: Person, *, kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.unscoped.filter(recipient=person.email, kind=kind).order_by("id"))


def test_colleague_is_told_that_the_contact_has_the_question(baver: Baver) -> None:
    ticket = asked_locally(baver)

    (mail,) = mails_to(baver.responsible, kind="first-line")
    assert WORDS in mail.text
    first_line = text_of(signed_in(baver.responsible).get(f"/{ticket.desk.slug}/tickets/?whose=all"))
    assert f"{ticket.desk.prefix}-{ticket.number}" in first_line


@pytest.mark.parametrize("answer", ["me", "both"])
def test_question_goes_on_and_its_answer_comes_back(baver: Baver, answer: str) -> None:
    asked = asked_locally(baver)
    ticket = passed_on(baver, asked, answer=answer)
    agent = answered(ticket)

    # The vendor has what was chosen and nothing else, on no page and in no mail.
    seen = text_of(agent.get(page(ticket, surface="/workspace")))
    known = (WORDS, SENT_ALONG, "Vi har startat om.", baver.user.name)
    assert [each for each in (*known, SECRET, KEPT) if each in seen] == list(known)
    assert agent.get(page(asked, surface="/workspace")).status_code == 404
    staff = Staff.unscoped.filter(desk=ticket.desk).values_list("account__email", flat=True)
    assert not OutgoingMail.unscoped.filter(recipient__in=list(staff), text__contains=SECRET).exists()
    # The colleague sees neither note, and neither is in a mail to them.
    to_colleague = [text_of(signed_in(baver.user).get(page(asked)))]
    to_colleague += OutgoingMail.unscoped.filter(recipient=baver.user.email).values_list("text", flat=True)
    assert not any(KEPT in each for each in to_colleague)
    # The answer comes to the contact, and straight to the colleague where the contact chose so.
    (to_contact,) = mails_to(baver.responsible, kind="answer")
    assert ANSWER in to_contact.text
    straight = [ANSWER in mail.text for mail in mails_to(baver.user, kind="answer")]
    assert straight == ([True] if answer == "both" else [])


def test_contact_gives_the_answer_back_with_one_press(baver: Baver) -> None:
    asked = asked_locally(baver)
    ticket = passed_on(baver, asked, answer="me")
    answered(ticket)
    contact = signed_in(baver.responsible)
    own = read(contact.get(page(asked)))
    use = next(link for link in own.all("main a[href*='?']") if "use" in link.attributes["href"])
    form = read(contact.get(use.attributes["href"])).one("form[action$='reply/']").fields()
    assert form["text"].strip() == ANSWER

    contact.post(page(asked, "reply/"), form)
    run_jobs()

    assert ANSWER in text_of(signed_in(baver.user).get(page(asked)))
    assert any(ANSWER in mail.text for mail in OutgoingMail.unscoped.filter(recipient=baver.user.email))


def test_colleague_answers_the_copy_by_mail(baver: Baver) -> None:
    """They have no page at the vendor's, and their words reach the ticket all the same."""
    mailbox = make_mailbox(baver.desk)
    asked = asked_locally(baver)
    ticket = passed_on(baver, asked, answer="both")
    answered(ticket)
    (copy,) = mails_to(baver.user, kind="answer")
    came = deliver(mail_from(baver.user, to=(MailAddress(reply_address(copy)),), text="Tack!"), mailbox)

    assert (came.state, came.ticket_id) == ("reply", ticket.pk)
    assert signed_in(baver.user).get(page(ticket)).status_code == 404
