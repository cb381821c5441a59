"""What becomes of a mail: pure, plain values in, one verdict out.

The rules, in the order in which they are asked:

- what cannot be read, or does not say from whom it is, waits for a human; a delivery report goes to the mail that
  came back; our own mails are left alone;
- what the sender's domain disowns and what the server calls spam waits for a human, and nobody is answered;
- an answer reaches its ticket only by a name that we signed, or by the sender's own earlier mail once the sender is
  proven; and then only if the sender may write in that ticket today (trust 3, 5);
- one of the staff answers the customer only through the address that was made for them, and proven (trust 4);
- an automatic mail changes nothing and is answered by nobody (trust 13, 17);
- a known person's mail is a question; a stranger's is nobody's ticket (trust 19).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from vaxel.domain.mailroom.authentication import Authentication
from vaxel.domain.mailroom.reasons import Reason
from vaxel.kit.mail import MailKind


class Act(StrEnum):
    """What is done with a mail."""

    QUESTION = "question"
    REPLY = "reply"
    AGENT_REPLY = "agent-reply"
    NOTE = "note"
    BOUNCE = "bounce"
    QUARANTINE = "quarantine"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done, and why; `answers` tells that the sender is told, within caps."""

    act: Act
    reason: Reason
    answers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The ticket that a mail answers, and how it shows that."""

    #: By the address that we made for it, by a Message-ID that we signed, or by one of the customers' own.
    by: Literal["address", "our-id", "their-id"]
    #: For whom the address was made; empty for the other two.
    made_for: Literal["", "person", "staff", "colleague"] = ""
    #: The sender is a customer who may write in this ticket today, or the colleague whom it was asked for.
    may_write: bool = False
    #: The sender is the one of the staff whom the address was made for.
    is_that_agent: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of a mail."""

    kind: MailKind = "message"
    #: Set for automatic mails and for mails of lists, which people may have written.
    automatic: str = ""
    #: How many addresses the mail names as its writer.
    senders: int = 1
    authentication: Authentication = "unknown"
    is_own: bool = False
    is_blocked: bool = False
    is_spam: bool = False
    is_sent_twice: bool = False
    thread: Thread | None = None
    #: The sender is one of the staff, or was.
    staff: Literal["no", "active", "left"] = "no"
    #: For how many organisations the sender is at the desk.
    organisations: int = 0


def judge(case: Case) -> Verdict:
    """The verdict on one mail."""
    return _before_anybody_is_asked(case) or _in_thread(case) or _by_itself(case)


def _before_anybody_is_asked(case: Case) -> Verdict | None:
    """What is decided without knowing who the sender is to us."""
    held = (
        (case.kind == "unreadable", Act.QUARANTINE, Reason.UNREADABLE),
        (case.is_own, Act.IGNORE, Reason.OWN_MAIL),
        (case.kind == "bounce", Act.BOUNCE, Reason.CAME_BACK),
        (case.senders == 0, Act.QUARANTINE, Reason.NO_SENDER),
        (case.senders > 1, Act.QUARANTINE, Reason.SEVERAL_SENDERS),
        (case.is_blocked, Act.IGNORE, Reason.BLOCKED),
        (case.authentication == "fail", Act.QUARANTINE, Reason.NOT_AUTHENTIC),
        (case.is_spam, Act.QUARANTINE, Reason.SPAM),
        (case.is_sent_twice, Act.QUARANTINE, Reason.SENT_TWICE),
    )
    return next((Verdict(act, reason) for applies, act, reason in held if applies), None)


def _in_thread(case: Case) -> Verdict | None:
    """None where the mail belongs to no ticket, or only seems to."""
    thread = case.thread
    if thread is None:
        return None
    if case.staff != "no":
        return _from_staff(case, thread)
    if thread.by == "their-id" and case.authentication != "pass":
        return None
    return _from_customer(case, thread) if thread.may_write else _from_nobody_of_the_ticket(thread)


def _from_customer(case: Case, thread: Thread) -> Verdict:
    if case.automatic and case.automatic != "list":
        return Verdict(Act.NOTE, Reason.AUTOMATIC_ANSWER)
    if thread.is_closed:
        return Verdict(Act.QUESTION, Reason.AFTER_CLOSED)
    return Verdict(Act.REPLY, Reason.ANSWER)


def _from_nobody_of_the_ticket(thread: Thread) -> Verdict | None:
    """Whoever has a ticket's address and no right to the ticket waits for a human; an id alone means nothing."""
    return Verdict(Act.QUARANTINE, Reason.NOT_THEIR_TICKET) if thread.by == "address" else None


def _from_staff(case: Case, thread: Thread) -> Verdict:
    if case.staff == "left":
        return Verdict(Act.QUARANTINE, Reason.AGENT_LEFT)
    if not thread.is_that_agent:
        return Verdict(Act.QUARANTINE, Reason.AGENT_WITHOUT_TOKEN)
    if case.automatic:
        return Verdict(Act.NOTE, Reason.AUTOMATIC_ANSWER)
    if case.authentication != "pass":
        return Verdict(Act.NOTE, Reason.UNPROVEN_AGENT)
    return Verdict(Act.AGENT_REPLY, Reason.AGENT_ANSWER)


def _by_itself(case: Case) -> Verdict:
    """A mail that begins something."""
    if case.staff != "no":
        return Verdict(Act.QUARANTINE, Reason.FROM_STAFF)
    if case.automatic == "list" and case.organisations:
        return Verdict(Act.QUARANTINE, Reason.MAILING_LIST)
    if case.automatic or case.kind == "automatic":
        return Verdict(Act.IGNORE, Reason.AUTOMATIC)
    if case.organisations == 0:
        return Verdict(Act.QUARANTINE, Reason.STRANGER, answers=True)
    if case.organisations > 1:
        return Verdict(Act.QUARANTINE, Reason.SEVERAL_ORGANISATIONS)
    return Verdict(Act.QUESTION, Reason.NEW_QUESTION)
