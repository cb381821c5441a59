"""Why a mail is where it is: a code that is stored, and its words for staff."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """Every reason there is; tests prove that each has its words."""

    # It became something.
    NEW_QUESTION = "new-question"
    AFTER_CLOSED = "after-closed"
    ANSWER = "answer"
    AGENT_ANSWER = "agent-answer"
    AUTOMATIC_ANSWER = "automatic-answer"
    UNPROVEN_AGENT = "unproven-agent"
    CAME_BACK = "came-back"
    CAME_BACK_UNKNOWN = "came-back-unknown"
    RELEASED = "released"
    # It waits for a human.
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NOT_GIVEN = "not-given"
    NO_SENDER = "no-sender"
    SEVERAL_SENDERS = "several-senders"
    SPAM = "spam"
    NOT_AUTHENTIC = "not-authentic"
    SENT_TWICE = "sent-twice"
    NOT_THEIR_TICKET = "not-their-ticket"
    AGENT_WITHOUT_TOKEN = "agent-without-token"  # noqa: S105  # a reason, no secret
    AGENT_LEFT = "agent-left"
    FROM_STAFF = "from-staff"
    STRANGER = "stranger"
    SEVERAL_ORGANISATIONS = "several-organisations"
    MAILING_LIST = "mailing-list"
    REFUSED = "refused"
    NO_TICKET = "no-ticket"
    PERSON_LEFT = "person-left"
    BROKE = "broke"
    # It needs nobody.
    OWN_MAIL = "own-mail"
    AUTOMATIC = "automatic"
    BLOCKED = "blocked"
    PUT_ASIDE = "put-aside"


WORDS: Final[Mapping[Reason, Promise]] = {
    Reason.NEW_QUESTION: _("A new question."),
    Reason.AFTER_CLOSED: _("A new question: the ticket that it answers is closed."),
    Reason.ANSWER: _("An answer in a ticket."),
    Reason.AGENT_ANSWER: _("A colleague's answer to the customer."),
    Reason.AUTOMATIC_ANSWER: _("An automatic answer. It stands as an internal note in the ticket."),
    Reason.UNPROVEN_AGENT: _(
        "It says that it comes from a colleague, and nothing proves it. It stands as an internal note in the ticket."
    ),
    Reason.CAME_BACK: _("A mail of ours came back."),
    Reason.CAME_BACK_UNKNOWN: _("A delivery report about a mail that is not ours."),
    Reason.RELEASED: _("Released by hand."),
    Reason.UNREADABLE: _("The mail could not be read. Download the original to see it."),
    Reason.TOO_LARGE: _("The mail is too large to be fetched. It is still in the mailbox."),
    Reason.NOT_GIVEN: _("The server does not give us the mail. It is still in the mailbox."),
    Reason.NO_SENDER: _("The mail does not say who sent it."),
    Reason.SEVERAL_SENDERS: _("The mail names more than one sender."),
    Reason.SPAM: _("The receiving server calls it spam."),
    Reason.NOT_AUTHENTIC: _("The sender's domain says that it did not send this mail. Somebody may be pretending."),
    Reason.SENT_TWICE: _("It has the same Message-ID as an earlier mail from the same sender, and other contents."),
    Reason.NOT_THEIR_TICKET: _("It answers a ticket that the sender may not read."),
    Reason.AGENT_WITHOUT_TOKEN: _(
        "A colleague answers from a mail that was not sent to them. Answer in the ticket instead."
    ),
    Reason.AGENT_LEFT: _("It answers as a colleague who has no access any more."),
    Reason.FROM_STAFF: _("A colleague has written to the customers' address."),
    Reason.STRANGER: _("We do not know the sender."),
    Reason.SEVERAL_ORGANISATIONS: _("The sender belongs to more than one customer. Choose which."),
    Reason.MAILING_LIST: _("It came through a mailing list."),
    Reason.REFUSED: _("The terms lead this question elsewhere. The sender has been told where."),
    Reason.NO_TICKET: _(
        "You made it a question, but for such questions the terms give contact details and no ticket. "
        "Write to the sender, or put it in a ticket."
    ),
    Reason.PERSON_LEFT: _("Whom you chose has no access any more. Choose somebody else."),
    Reason.BROKE: _("Taking in the mail broke three times."),
    Reason.OWN_MAIL: _("Our own mail came back to us."),
    Reason.AUTOMATIC: _("An automatic mail that belongs to no ticket."),
    Reason.BLOCKED: _("You have blocked the sender."),
    Reason.PUT_ASIDE: _("Put aside by hand."),
}
