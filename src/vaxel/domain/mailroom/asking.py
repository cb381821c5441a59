"""A mail that asks something new: the one door for tickets, and what goes with the ticket."""

import re
from functools import cache
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.facts import Found, may_write
from vaxel.domain.mailroom.keeping import keep_files, note_files_left, note_participants
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.mailroom.questions import question_of
from vaxel.domain.people.facts import customer_facts
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.conversation import take_note
from vaxel.domain.tickets.intake import take_question
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as
from vaxel.kit.mail import Mail
from vaxel.kit.tenancy import Scope

#: Numbers in a subject that are looked at.
_MOST_NAMES: Final = 3
#: Stands in the compiled query for the ticket that was just opened.
_A_TICKET_ID: Final = -1


def ask(
    row: ReceivedMail, mail: Mail, asker: CustomerViewer, *, by: Actor, found: Found | None, let_in: bool = False
) -> Message:
    """Open the ticket in the asker's name; its promises count from when the mail was received.

    `let_in`: one of the staff made it this person's question. The policy still says where it goes; only whether the
    person may write mails for it does not matter then.
    Raises NotATicketError before anything is written.
    """
    desk, at = row.desk, row.received_at
    today = desk.day_of(at)
    customer = customer_facts(person_id=asker.person_id, desk_id=desk.pk, product="", today=today)
    with translation.override(asker.language or desk.languages[0]):
        nothing = _("A mail without words")
    question = question_of(
        mail,
        mailbox=row.mailbox,
        policy=current_policy(desk),
        covered=customer.products,
        language=asker.language or desk.languages[0],
        nothing=nothing,
        let_in=let_in,
    )
    ticket = take_question(question, desk=desk, person_id=asker.person_id, by=by, now=at)
    message = row_as(Message, _reading_first_message().run({_A_TICKET_ID: ticket.pk})[0])
    left = keep_files(mail, to=message, now=at)
    if not ticket.is_first_line:
        note_files_left(left, ticket=ticket, desk=desk, now=at)
        _note_earlier(row, mail, ticket, asker=asker, found=found)
    note_participants(mail, ticket=ticket, mailbox=row.mailbox, now=at)
    return message


@cache
def _reading_first_message() -> Compiled:
    return compiled(Message.unscoped.filter(ticket=_A_TICKET_ID).values_list(*columns_of(Message)), _A_TICKET_ID)


def _note_earlier(row: ReceivedMail, mail: Mail, ticket: Ticket, *, asker: CustomerViewer, found: Found | None) -> None:
    """Staff see which ticket the mail speaks of, when the asker may read it too (trust 3, 12)."""
    earlier = {each.number for each in _named(mail, ticket, prefix=row.desk.prefix) if may_write(asker, each)}
    if found is not None and found.thread.may_write:
        earlier.add(found.ticket.number)
    if not earlier:
        return
    names = ", ".join(f"{row.desk.prefix}-{number}" for number in sorted(earlier))
    with translation.override(row.desk.languages[0]):
        text = _("The mail speaks of %(tickets)s.") % {"tickets": names}
    take_note(scope=Scope(desk_id=row.desk_id), number=ticket.number, text=text, by=SYSTEM, now=row.received_at)


def _named(mail: Mail, ticket: Ticket, *, prefix: str) -> list[Ticket]:
    numbers = re.findall(rf"\b{re.escape(prefix)}-(\d{{1,12}})\b", mail.subject, re.IGNORECASE)[:_MOST_NAMES]
    if not numbers:
        return []
    same = Ticket.unscoped.filter(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id)
    return list(same.filter(number__in=[int(each) for each in numbers]).exclude(pk=ticket.pk))
