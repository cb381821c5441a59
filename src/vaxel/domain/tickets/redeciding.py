"""The policy asked again about a ticket that is there: promises follow, and the ticket goes where it belongs now.

Every function takes a ticket that the caller's transaction has locked and leaves the saving to the caller.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version, published_version
from vaxel.domain.tickets import clocks
from vaxel.domain.tickets.deciding import because_of_details, carried_over, decide_meanwhile, knows
from vaxel.domain.tickets.destinations import LOCAL_CONTACTS, role_holder, who_takes
from vaxel.domain.tickets.facts import facts_from_json, facts_to_json
from vaxel.domain.tickets.lacking import KIND, PRODUCT, lacking
from vaxel.domain.tickets.models import Attachment, Ticket
from vaxel.domain.tickets.question import OnBehalfOf, Question
from vaxel.domain.tickets.status import DONE, Status
from vaxel.rules.policy import Policy
from vaxel.rules.policy.by_mail import clocks_wait
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import NONE, Facts

#: The columns that deciding again changes.
DECIDED: Final = (
    *("decision", "facts", "policy", "details_missing", "status", "next_deadline_at"),
    *("destination", "handed_to", "is_first_line", "assignee"),
)


def decide_again(ticket: Ticket, *, version: int, facts: Facts, now: datetime, about_is_said: bool = False) -> Decision:
    """Ask this version of the policy, and keep facts and decision on the ticket.

    With `about_is_said` somebody has just told kind and product, and a mail's are no guess any more. A ticket that
    lacked details may lack others then, or none: it is a new question as soon as it lacks none.
    """
    policy = policy_version(version)
    decision = decide_meanwhile(policy, facts, now, handed_to=ticket.handed_to)
    ticket.facts = facts_to_json(facts)
    ticket.policy_id = version
    if ticket.details_missing:
        guessed = frozenset() if about_is_said else frozenset(ticket.details_missing) & {KIND, PRODUCT}
        ticket.details_missing = lacks_of(ticket, policy=policy, facts=facts, decision=decision, guessed=guessed)
    waits = bool(ticket.details_missing)
    ticket.decision = (because_of_details(decision, policy=policy) if waits else decision).to_json()
    if ticket.status not in DONE:
        clocks.promise_anew(decision.targets, ticket=ticket, now=now)
    if ticket.status == Status.NEEDS_DETAILS and not waits:
        has_its_details(ticket, now=now)
    elif ticket.status == Status.WAITING_CUSTOMER or (ticket.status == Status.NEEDS_DETAILS and clocks_wait(policy)):
        # A promise that is new stands still like the others.
        clocks.pause_clocks(ticket=ticket, now=now)
    return decision


def has_its_details(ticket: Ticket, *, now: datetime) -> None:
    """Nothing is missing any more: the question is as one that came by a form, and what stood still runs."""
    ticket.details_missing = []
    if ticket.status == Status.NEEDS_DETAILS:
        ticket.status = Status.NEW
        clocks.resume_clocks(ticket=ticket, now=now)


def lacks_of(ticket: Ticket, *, policy: Policy, facts: Facts, decision: Decision, guessed: frozenset[str]) -> list[str]:
    """What is missing with the ticket's kind, product and answers as they are now, whoever has saved them."""
    pictures = Attachment.unscoped.filter(message__ticket=ticket.pk, content_type__startswith="image/")
    question = Question(
        kind=ticket.kind,
        channel=ticket.channel,
        subject=ticket.subject,
        text="",
        product=ticket.product,
        topic=ticket.topic,
        fields=ticket.fields,
        declared=facts.declared,
        on_behalf_of=None if ticket.on_behalf_of is None else OnBehalfOf(**ticket.on_behalf_of),
        guessed=guessed,
        pictures=pictures.count(),
    )
    return list(lacking(question, policy=policy, decision=decision))


def version_for(ticket: Ticket, *, desk: Desk) -> int:
    """The policy version that a change of the ticket is decided by: today's, or the ticket's own where today's has
    neither the customer's plan nor the channel any more and so knows no such customer.
    """
    today = published_version(desk)
    file = policy_version(today).file
    known = ticket.facts["plan"] in {NONE, *file.plans} and ticket.facts["channel"] in file.desk.channels
    return today if known else ticket.policy_id


def asked_today(ticket: Ticket, *, desk: Desk, now: datetime, priority: str = "") -> tuple[int, Facts]:
    """The policy version that decides the ticket now, and its facts in that version's words.

    That is today's version, or the ticket's own where today's has no answer to such a question any more. With
    `priority` it is asked about the ticket as if it had that one.
    """
    today, facts = published_version(desk), facts_from_json(ticket.facts)
    policy = policy_version(today)
    of_today = carried_over(facts, policy)
    of_today = replace(of_today, priority=priority or of_today.priority)
    if knows(policy, of_today, now):
        return today, of_today
    return ticket.policy_id, replace(facts, priority=priority or facts.priority)


def policy_for(ticket: Ticket, *, desk: Desk) -> Policy:
    """The policy of that version."""
    return policy_version(version_for(ticket, desk=desk))


def go_where_it_belongs(ticket: Ticket, *, desk: Desk, decision: Decision, now: datetime) -> None:
    """To the decision's destination: the holder of its role, a team's untaken questions, or the local contacts.

    A decision that names contact details instead leaves the ticket where it is.
    """
    if decision.ticket:
        _move(ticket, desk=desk, destination=decision.destination, now=now)
    stay_at_the_desk(ticket, desk=desk, decision=decision, now=now)


def stay_at_the_desk(ticket: Ticket, *, desk: Desk, decision: Decision, now: datetime) -> None:
    """Where it is, if the version that decided it has such a place; else where that version leads, at last to its
    first team: no ticket lies where nobody looks.
    """
    places = policy_version(ticket.policy_id).file.destinations
    if ticket.destination not in places and decision.ticket:
        _move(ticket, desk=desk, destination=decision.destination, now=now)
    if ticket.destination not in places:
        at_the_vendor = [name for name, place in places.items() if place.is_the_vendor]
        teams = [name for name in at_the_vendor if places[name].type == "team"]
        _move(ticket, desk=desk, destination=next(iter((*teams, *at_the_vendor))), now=now)


def _move(ticket: Ticket, *, desk: Desk, destination: str, now: datetime) -> None:
    organisation_id = ticket.organisation_id
    policy = policy_version(ticket.policy_id)
    name = who_takes(
        destination, policy=policy, desk_id=desk.pk, organisation_id=organisation_id, asker_id=ticket.requester_id
    )
    place = policy.file.destinations[name]
    if name == ticket.destination or not place.takes_ticket:
        return
    ticket.destination = name
    ticket.is_first_line = place.type == LOCAL_CONTACTS
    ticket.assignee_id = role_holder(name, policy=policy, desk=desk, organisation_id=organisation_id, now=now)
