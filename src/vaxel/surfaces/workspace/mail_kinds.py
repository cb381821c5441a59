"""The kinds of mail and the values in their words, as administrators read about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.own_words import Fault


@dataclass(frozen=True, slots=True)
class MailKind:
    """A kind by name, and when it is sent to whom."""

    name: str
    when: str


def mail_kinds() -> Mapping[NoticeKind, MailKind]:
    """Every kind, in the order in which a ticket's life brings them."""
    return {
        NoticeKind.RECEIVED: MailKind(_("Receipt"), _("To whoever has asked a question.")),
        NoticeKind.DETAILS_WANTED: MailKind(
            _("More is needed"), _("To whoever asked by mail, if details are missing.")
        ),
        NoticeKind.ANSWER: MailKind(_("The answer"), _("To whoever asked, with the words of the answer.")),
        NoticeKind.SOLVED: MailKind(
            _("The question is solved"), _("To whoever asked, when a ticket is marked as solved.")
        ),
        NoticeKind.NOT_SOLVED: MailKind(
            _("Not solved after all"), _("To whoever asked, when somebody else opens a solved ticket again.")
        ),
        NoticeKind.MOVED: MailKind(_("Moved on"), _("To whoever asked, when somebody else is to answer.")),
        NoticeKind.NEW_TIME: MailKind(
            _("Another time"), _("To whoever asked, when an answer is promised for another time.")
        ),
        NoticeKind.JOINED: MailKind(_("Made one"), _("To whoever asked, when two of their tickets are made one.")),
        NoticeKind.FIRST_LINE: MailKind(_("Question from a colleague"), _("To a customer's local contacts.")),
        NoticeKind.COLLEAGUE_WROTE: MailKind(
            _("A colleague has written"), _("To whoever asked, or to local contacts.")
        ),
        NoticeKind.HANDED_OVER: MailKind(_("Handed over"), _("To whoever has the role that answers.")),
        NoticeKind.FOR_KNOWLEDGE: MailKind(_("For your information"), _("To those whom the policy wants to know.")),
        NoticeKind.ASSIGNED: MailKind(_("You have got a ticket"), _("To whoever has been given a ticket.")),
        NoticeKind.CUSTOMER_REPLIED: MailKind(_("The customer has written"), _("To whoever has the ticket.")),
        NoticeKind.REOPENED: MailKind(_("Open again"), _("To whoever has the ticket, when it is opened again.")),
        NoticeKind.NEW_IN_TEAM: MailKind(_("New question in the team"), _("To those in the team who want it.")),
        NoticeKind.JOB_OFFERED: MailKind(_("An offer of work"), _("To those who may say yes, and to whoever asked.")),
        NoticeKind.JOB_ACCEPTED: MailKind(_("Yes to an offer"), _("To those who may say yes, and to whoever asked.")),
        NoticeKind.JOB_DECLINED: MailKind(_("No to an offer"), _("To those who may say yes, and to whoever asked.")),
        NoticeKind.JOB_DONE: MailKind(_("The work is done"), _("To those who may say yes, and to whoever asked.")),
        NoticeKind.JOB_NEWS: MailKind(
            _("News of a job"), _("To those whom the policy wants to know, and to whoever made the offer.")
        ),
    }


def value_meanings() -> Mapping[str, str]:
    """What stands in the place of each value, by the field of the mail that it comes from."""
    return {
        "recipient": _("the name of whoever gets the mail"),
        "number": _("the ticket's number"),
        "subject": _("the ticket's subject"),
        "customer": _("whoever asked"),
        "organisation": _("the customer"),
        "author": _("whoever did what the mail is about"),
        "answered_by": _("who answers the question"),
        "due": _("when an answer comes; without a promise the paragraph is left out"),
        "kind": _("the kind of question"),
        "priority": _("the ticket's priority"),
        "desk": _("this support desk"),
    }


def fault_in_words(fault: Fault) -> str:
    """What is wrong, and how to put it right."""
    match fault.kind:
        case "empty":
            return _("Write what the mail is to say, or use the standard words.")
        case "too-long":
            return _("Write at most %(most)s characters.") % {"most": fault.piece}
        case "unknown-value":
            return _("%(piece)s is none of the values. Choose one from the list.") % {"piece": fault.piece}
        case "stray-brace":
            return _("Braces may only stand around the name of a value.")
