"""Who is told about an event, with which mail, and why. Pure: plain values in, a list out.

The rules, in the order in which they are asked (the first mail to an address is the only one):

- a customer's question is confirmed to whoever asked, and to the colleague it was asked for if a copy was chosen;
  what a mail did not tell is asked back in the same mail;
- an answer, a solved question, a move and another promised time are told to the same two; an answer and a solved
  question also to those whom a mail brought along and staff have let in;
- so is a ticket that was put into an older one, for that is where its answer comes;
- that a question is not solved after all is told to those who heard that it was;
- what one customer's person writes is told to the others whose question it is: the asker, or the local contacts;
- a question for somebody's role is told to that person; one for the organisation's local contacts, to them alone:
  what a customer's people ask each other is not the vendor's to read;
- the roles that the policy names are told of the question, once, also when it is decided anew; notices marked
  `always` cannot be switched off (A14);
- whoever has the ticket is told when the customer writes or opens it again, and when somebody else gives it to them;
- a team is not told of new questions, except those who want to be;
- an offer goes to those who may say yes and to the asker, and so do the yes, the no and the end of the work; the roles
  of the policy's `[small_jobs]` hear of every step, also of their own: it cannot be switched off (A14);
- everybody chooses how to hear of what need not be told at once (`ways.py`).

Nobody is told what they did themselves (a receipt or a yes is no news but a proof, so it is sent); nobody who is
inactive is told anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from vaxel.domain.notices.ways import Way, way_of
from vaxel.domain.tickets.events import EventKind


class NoticeKind(StrEnum):
    """What a mail is about: one template per kind and language."""

    RECEIVED = "received"
    DETAILS_WANTED = "details-wanted"
    ANSWER = "answer"
    SOLVED = "solved"
    NOT_SOLVED = "not-solved"
    MOVED = "moved"
    NEW_TIME = "new-time"
    JOINED = "joined"
    FIRST_LINE = "first-line"
    HANDED_OVER = "handed-over"
    FOR_KNOWLEDGE = "for-knowledge"
    ASSIGNED = "assigned"
    CUSTOMER_REPLIED = "customer-replied"
    COLLEAGUE_WROTE = "colleague-wrote"
    REOPENED = "reopened"
    NEW_IN_TEAM = "new-in-team"
    JOB_OFFERED = "job-offered"
    JOB_ACCEPTED = "job-accepted"
    JOB_DECLINED = "job-declined"
    JOB_DONE = "job-done"
    JOB_NEWS = "job-news"


#: Sent also to whoever did it: they can show it later.
_PROOFS: Final = frozenset(
    {NoticeKind.RECEIVED, NoticeKind.DETAILS_WANTED, NoticeKind.JOB_ACCEPTED, NoticeKind.JOB_DECLINED}
)


#: Why somebody is among the recipients; the mail says it in words.
Why = Literal[
    "asked",
    "copy",
    "let-in",
    "local-contact",
    "has-ticket",
    "holds-role",
    "policy",
    "wants-it",
    "may-approve",
    "made-offer",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody with a mail address: a customer's person, one of the staff, or a colleague without an account. The `id`
    of a colleague is a Participant's; the one that it was asked for has none.
    """

    kind: Literal["person", "staff", "colleague"]
    id: int | None
    name: str
    email: str
    language: str
    active: bool = True
    #: The way that they have chosen, by kind of mail (`ways.way_of`).
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event and the people around its ticket, as they are when it is told."""

    event: EventKind
    by_kind: str
    by_id: int | None
    requester: Recipient
    #: The colleague that it was asked for, if a copy was chosen and there is an address.
    colleague: Recipient | None = None
    #: Whom a mail brought along and staff have let in.
    participants: tuple[Recipient, ...] = ()
    assignee: Recipient | None = None
    #: The staff who answer questions of the ticket's destination.
    destination_staff: tuple[Recipient, ...] = ()
    destination_type: Literal["team", "role", "local-contacts"] = "team"
    local_contacts: tuple[Recipient, ...] = ()
    #: Holders of the roles that the decision names, and whether the notice is one that cannot be switched off.
    policy_told: tuple[tuple[Recipient, bool], ...] = ()
    #: The addresses, in small letters, that the policy's notice about this ticket has gone to already.
    knowing: frozenset[str] = frozenset()
    #: A question by mail that has not told all that a form would have asked.
    lacks_details: bool = False
    #: The event led the ticket to another destination.
    moved: bool = False
    #: The promised time of the answer is another one.
    retimed: bool = False
    #: The ticket that was opened again had been solved.
    was_solved: bool = False
    #: An answer opened the ticket again or solved it, and is told by itself.
    with_words: bool = False
    #: Who may say yes or no to the offer that the event is about.
    approvers: tuple[Recipient, ...] = ()
    #: Whom the policy wants told of every step of a small job, and whoever made the offer.
    job_roles: tuple[Recipient, ...] = ()
    offer_maker: Recipient | None = None

    @property
    def is_first_line(self) -> bool:
        """A question among a customer's own people."""
        return self.destination_type == "local-contacts"


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail to be written."""

    to: Recipient
    kind: NoticeKind
    why: Why
    #: It is told at once, whatever the recipient has chosen.
    must: bool = False

    @property
    def way(self) -> Way:
        """How the recipient hears of it."""
        return "each" if self.must else way_of(self.to.kind, self.kind, self.to.choices)


def by_way(recipients: Iterable[Recipient], *, kind: str) -> tuple[list[Recipient], list[Recipient]]:
    """Those who want a mail for each such thing, and those who wait for their digest; the others want none."""
    ways = [(each, way_of(each.kind, kind, each.choices)) for each in recipients]
    return [each for each, way in ways if way == "each"], [each for each, way in ways if way == "digest"]


def audience(happening: Happening) -> list[Notice]:
    """Who is told of it, each address once. An empty list is a common answer."""
    told: dict[str, Notice] = {}
    for notice in _candidates(happening):
        if notice.to.active and notice.to.email and notice.way != "off" and not _did_it(notice, happening):
            told.setdefault(notice.to.email.lower(), notice)
    return list(told.values())


def _did_it(notice: Notice, happening: Happening) -> bool:
    if notice.kind in _PROOFS or (notice.kind == NoticeKind.JOB_NEWS and notice.why == "policy"):
        return False
    return (notice.to.kind, notice.to.id) == (happening.by_kind, happening.by_id)


def _candidates(happening: Happening) -> Iterator[Notice]:
    match happening.event:
        case EventKind.OPENED:
            if happening.lacks_details:
                # The receipt and the questions are one mail; the colleague's own follows with the same address once.
                yield Notice(happening.requester, NoticeKind.DETAILS_WANTED, "asked")
            yield from _to_asker(happening, NoticeKind.RECEIVED)
            yield from _at_destination(happening)
            yield from _by_policy(happening)
        case EventKind.REPLIED if happening.by_kind == "staff":
            yield from _to_those_answered(happening, NoticeKind.ANSWER)
        case EventKind.REPLIED:
            # Not to a colleague without an account: nobody's words go to an address that nobody has proven (trust 19).
            yield Notice(happening.requester, NoticeKind.COLLEAGUE_WROTE, "asked")
            yield from _to_holder(happening, NoticeKind.CUSTOMER_REPLIED)
        case EventKind.SOLVED if not happening.with_words:
            yield from _to_those_answered(happening, NoticeKind.SOLVED)
        case EventKind.REOPENED if not happening.with_words:
            yield from _to_holder(happening, NoticeKind.REOPENED)
            yield from _if_it_was_solved(happening)
        case EventKind.MERGED:
            yield from _to_asker(happening, NoticeKind.JOINED)
        case EventKind.ASSIGNED:
            yield from _to_assignee(happening, NoticeKind.ASSIGNED)
        case EventKind.DECIDED_AGAIN | EventKind.PRIORITY_CHANGED | EventKind.HANDED_OVER:
            yield from _if_moved_or_retimed(happening)
            yield from _by_policy(happening)
        case _:
            yield from _about_a_job(happening)


#: What the customer hears of a small job, by event.
_TO_CUSTOMER: Final[Mapping[EventKind, NoticeKind]] = {
    EventKind.OFFER_MADE: NoticeKind.JOB_OFFERED,
    EventKind.OFFER_ACCEPTED: NoticeKind.JOB_ACCEPTED,
    EventKind.OFFER_DECLINED: NoticeKind.JOB_DECLINED,
    EventKind.JOB_DONE: NoticeKind.JOB_DONE,
}


def _about_a_job(happening: Happening) -> Iterator[Notice]:
    """The vendor's people first: whatever else they are, this is the mail that they must get."""
    yield from (Notice(each, NoticeKind.JOB_NEWS, "policy", must=True) for each in happening.job_roles)
    if happening.offer_maker is not None:
        yield Notice(happening.offer_maker, NoticeKind.JOB_NEWS, "made-offer", must=True)
    if (kind := _TO_CUSTOMER.get(happening.event)) is not None:
        yield from (Notice(each, kind, "may-approve", must=True) for each in happening.approvers)
        yield Notice(happening.requester, kind, "asked", must=True)


def _to_asker(happening: Happening, kind: NoticeKind) -> Iterator[Notice]:
    """The asker, and the colleague they asked for."""
    yield Notice(happening.requester, kind, "asked")
    if happening.colleague is not None:
        yield Notice(happening.colleague, kind, "copy")


def _to_those_answered(happening: Happening, kind: NoticeKind) -> Iterator[Notice]:
    """The same, and those who were let in."""
    yield from _to_asker(happening, kind)
    yield from (Notice(each, kind, "let-in") for each in happening.participants)


def _if_it_was_solved(happening: Happening) -> Iterator[Notice]:
    if happening.was_solved:
        yield from _to_those_answered(happening, NoticeKind.NOT_SOLVED)


def _if_moved_or_retimed(happening: Happening) -> Iterator[Notice]:
    """The mail of a move tells the time too."""
    if happening.moved:
        yield from _to_asker(happening, NoticeKind.MOVED)
        yield from _at_destination(happening)
    elif happening.retimed:
        yield from _to_asker(happening, NoticeKind.NEW_TIME)


def _at_destination(happening: Happening) -> Iterator[Notice]:
    """Who has got the question: a role's person, the local contacts, or those of the team who want to know."""
    if happening.is_first_line:
        yield from (Notice(each, NoticeKind.FIRST_LINE, "local-contact") for each in happening.local_contacts)
    elif happening.destination_type == "role":
        # If nobody holds the role for this customer: everyone who answers such questions, rather than nobody.
        holders = happening.destination_staff if happening.assignee is None else (happening.assignee,)
        yield from (Notice(each, NoticeKind.HANDED_OVER, "holds-role") for each in holders)
    else:
        yield from (Notice(each, NoticeKind.NEW_IN_TEAM, "wants-it") for each in happening.destination_staff)


def _by_policy(happening: Happening) -> Iterator[Notice]:
    if happening.is_first_line:
        return
    for recipient, always in happening.policy_told:
        if recipient.email.lower() in happening.knowing:
            continue
        yield Notice(recipient, NoticeKind.FOR_KNOWLEDGE, "policy", must=always)


def _to_holder(happening: Happening, kind: NoticeKind) -> Iterator[Notice]:
    """Whoever has the ticket; without one, those at its destination who got it when it was new."""
    if happening.is_first_line:
        contacts = happening.local_contacts
        yield from (Notice(each, NoticeKind.COLLEAGUE_WROTE, "local-contact") for each in contacts)
    elif happening.assignee is not None and happening.assignee.active:
        yield from _to_assignee(happening, kind)
    elif happening.destination_type == "role":
        yield from (Notice(each, kind, "holds-role") for each in happening.destination_staff)


def _to_assignee(happening: Happening, kind: NoticeKind) -> Iterator[Notice]:
    if happening.assignee is not None:
        yield Notice(happening.assignee, kind, "has-ticket")
