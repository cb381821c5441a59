"""Where a question goes, in words: who answers, by when, what it costs and why; the same before and after sending."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vaxel.domain.mailroom.queries import is_read
from vaxel.domain.people.queries import person_for_role
from vaxel.domain.tickets.destinations import LOCAL_CONTACTS, colleagues_to_ask, role_contact, who_takes
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decision import Decision, Target
from vaxel.rules.policy.declarations import Details as DetailsOfPolicy
from vaxel.rules.policy.rulebook import NO_WORK
from vaxel.surfaces.asking.wording import (
    billing_sentences,
    local_person,
    promise_of,
    staff_person,
    why,
)
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import exact
from vaxel.surfaces.ui.shapes import Person, Promise, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Ways to reach a place that takes no tickets."""

    phone: str = ""
    mail: str = ""
    web: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where the question goes: what the review, the receipt and the ticket say alike."""

    destination: str
    #: "team", "role", "local-contacts" or "contact-details".
    sort: str
    text: str
    #: Who is there, when it is somebody in particular.
    people: tuple[Person, ...]
    details: Details | None
    helped_by: str
    #: False: contact details are shown, and nothing is sent.
    sends: bool
    #: False: under the terms nothing is done now, so nobody is said to answer.
    works: bool
    promises: tuple[Promise, ...]
    #: True when every promise is a goal and not a guarantee.
    goal: bool
    #: What is said of the promises, the price and the channel.
    when: tuple[str, ...]
    costs: tuple[str, ...]
    #: Whom to turn to when nothing is left of a quota.
    helpers: tuple[Person, ...]
    how: tuple[str, ...]
    because: tuple[Reason, ...]
    #: The number to call, for those who may call now, and when it opens for those who may later.
    phone: str
    phone_opens: str
    #: To call then.
    phone_later: str
    #: Other channels that are open for this question.
    also: tuple[str, ...]
    #: Roles that are told of it besides.
    told: tuple[str, ...]


def way_of(decision: Decision, *, policy: Policy, kind: str, place: CustomerPlace, language: str) -> Way:
    """The decision in words, with the people behind it; at most four queries, and one for each of `helpers`."""
    reasons = why(decision, policy=policy, language=language)
    name = who_takes(
        decision.destination,
        policy=policy,
        desk_id=place.desk.pk,
        organisation_id=place.viewer.organisation_id,
        asker_id=place.viewer.person_id,
    )
    destination = policy.file.destinations[name]
    people = _people(name, policy=policy, place=place, language=language)
    asked = policy.file.kinds.get(kind)
    zone = ZoneInfo(place.desk.time_zone)
    phone = policy.file.desk.phone or ""
    said = partial(exact, now=place.now, zone=zone, language=language)
    opening = next((each.opens_at for each in decision.channels_later if each.channel == "phone"), None)
    return Way(
        destination=destination.name.in_(language),
        sort=destination.type,
        text="" if destination.text is None else destination.text.in_(language),
        people=people,
        details=_details(name, policy, language, is_empty=not people),
        helped_by=asked.helped_by.in_(language) if asked is not None and asked.helped_by is not None else "",
        sends=decision.ticket and decision.usable and destination.takes_ticket,
        works=decision.billing is None or decision.billing.kind not in NO_WORK,
        promises=tuple(_promise(each, place=place, zone=zone, language=language) for each in decision.targets),
        goal=all(target.promise == "goal" for target in decision.targets),
        costs=billing_sentences(decision.billing, reasons.cost, language),
        helpers=_helpers(decision, policy=policy, place=place, language=language),
        when=(*(each.text for each in reasons.when), *_counted_from(decision, policy=policy, now=place.now, say=said)),
        how=tuple(each.text for each in reasons.how),
        because=reasons.where,
        phone=phone if "phone" in decision.channels else "",
        phone_opens="" if opening is None else said(opening),
        phone_later="" if opening is None else phone,
        # Whoever writes to a person is not sent to the team's address beside.
        also=_also(decision, mail=policy.file.desk.mail or "", place=place) if destination.type == "team" else (),
        told=tuple(policy.file.roles[notice.role].name.in_(language) for notice in decision.notify),
    )


def _counted_from(
    decision: Decision, *, policy: Policy, now: datetime, say: Callable[[datetime], str]
) -> tuple[str, ...]:
    """When the time begins to count, for a question that comes while nobody is there: "the next working day" of a
    Sunday is the one after Monday.
    """
    calendars = [policy.calendars[each.calendar] for each in decision.targets]
    if not calendars or any(each.is_open(now) for each in calendars):
        return ()
    opening = say(min(each.next_opening(now) for each in calendars))
    return (_("We are closed now. The time begins to count %(opening)s.") % {"opening": opening},)


def _promise(target: Target, *, place: CustomerPlace, zone: ZoneInfo, language: str) -> Promise:
    return promise_of(target.name, target.due, now=place.now, zone=zone, language=language)


def _people(name: str, *, policy: Policy, place: CustomerPlace, language: str) -> tuple[Person, ...]:
    """The role's person, or the local contacts; nobody in particular for a team."""
    viewer, destination = place.viewer, policy.file.destinations[name]
    if destination.type == LOCAL_CONTACTS:
        found = colleagues_to_ask(
            desk_id=viewer.desk_id, organisation_id=viewer.organisation_id, asker_id=viewer.person_id
        )
        return tuple(local_person(each) for each in found)
    contact = role_contact(name, policy=policy, desk=place.desk, organisation_id=viewer.organisation_id, now=place.now)
    if contact is None:
        return ()
    role = policy.file.roles[destination.role].name.in_(language) if destination.role else ""
    return (staff_person(contact, role=role, vendor=place.desk.name),)


def _helpers(decision: Decision, *, policy: Policy, place: CustomerPlace, language: str) -> tuple[Person, ...]:
    """Who answers for the customer at the vendor, where no work is included any more: the terms send askers to them,
    who have to know whom and how to reach them. A query for each role that every customer has.
    """
    if decision.billing is None or decision.billing.kind != "quota-used-up":
        return ()
    today = place.desk.day_of(place.now)
    desk_id, organisation_id = place.desk.pk, place.viewer.organisation_id
    found = {
        role.name.in_(language): person_for_role(
            desk_id=desk_id, organisation_id=organisation_id, role=name, today=today
        )
        for name, role in policy.file.roles.items()
        if role.every_organisation
    }
    vendor = place.desk.name
    return tuple(staff_person(each, role=role, vendor=vendor) for role, each in found.items() if each is not None)


def _details(name: str, policy: Policy, language: str, *, is_empty: bool) -> Details | None:
    """The place's own contact details, or those of the place that steps in when nobody is there."""
    file = policy.file
    destination = file.destinations[name]
    given = destination.details
    if given is None and is_empty and destination.fallback is not None:
        given = file.destinations[destination.fallback].details
    return None if given is None else details_of(given, language)


def details_of(given: DetailsOfPolicy, language: str) -> Details:
    """Contact details as the policy has them, in the page's language."""
    hours = "" if given.hours is None else given.hours.in_(language)
    return Details(phone=given.phone or "", mail=given.mail or "", web=given.web or "", hours=hours)


def _also(decision: Decision, *, mail: str, place: CustomerPlace) -> tuple[str, ...]:
    """The address that can be written to, while somebody reads it; a query only where a mailbox is set up."""
    if not mail or "mail" not in decision.channels or not place.desk.reads_mail:
        return ()
    return (mail,) if is_read(mail, desk_id=place.desk.pk, now=place.now) else ()
