"""The side panel of a ticket: who asks, why it is here, what is promised, what the customer has."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vaxel.domain.notices.wanted import wanted
from vaxel.domain.tickets.desk_view import DeskView, NeighbourSeen, RequesterSeen
from vaxel.domain.tickets.models import Clock, Ticket
from vaxel.domain.tickets.question import CHECKED, IMPACT, SITUATION, STANDS_STILL, SUGGESTED_PRIORITY
from vaxel.domain.tickets.status import DONE, Status
from vaxel.domain.tickets.thread_view import ClockSeen
from vaxel.kit.values import value
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.field_answers import field_answer
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.once import once_per_language
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels, Names
from vaxel.surfaces.workspace.rows import nearness

Facts = list[tuple[str, str]]


@value
class Way:
    """From the question to where it is, with the reasons."""

    kind: str
    product: str
    destination: str
    reasons: tuple[shapes.Reason, ...]
    #: How the work is paid; empty when the terms say nothing.
    billing: str
    #: Work must wait for the customer's yes.
    needs_yes: bool


@value
class ClockShown:
    """A promise: what, when, and how it stands in words."""

    label: str
    state: shapes.PromiseState
    words: str
    #: When it is due or was met; None while it stands still.
    at: shapes.Moment | None


@value
class Neighbour:
    """Another ticket of the same organisation."""

    name: str
    url: str
    subject: str
    status: str
    same_case: bool


@value
class Panel:
    """All that stands beside the conversation."""

    requester: shapes.Person
    colleague: shapes.Person | None
    way: Way
    clocks: tuple[ClockShown, ...]
    organisation: str
    organisation_url: str
    facts: Facts
    role_people: Facts
    answers: Facts
    #: What a mail did not tell, and where staff deal with it; () and "" where nothing is missing.
    missing: tuple[str, ...]
    missing_url: str
    neighbours: tuple[Neighbour, ...]


def panel_of(
    seen: DeskView, clocks: Sequence[ClockSeen], *, place: StaffPlace, labels: Labels, policy: Policy, query: str
) -> Panel:
    """The panel, from what was read; no queries."""
    ticket = seen.ticket
    today = labels.now.astimezone(labels.zone).date()
    waits = ticket.status == Status.NEEDS_DETAILS
    return Panel(
        requester=_person(seen.requester, organisation=seen.organisation),
        colleague=_colleague(ticket.on_behalf_of),
        way=way_of(ticket.decision, kind=ticket.kind, product=ticket.product, topic=ticket.topic, labels=labels),
        clocks=tuple(_clock(clock, waits=waits, labels=labels) for clock in clocks),
        organisation=seen.organisation,
        organisation_url=workspace_url("customer", place, organisation_id=str(ticket.organisation_id)),
        facts=list(_organisation(seen, today=today, labels=labels, policy=policy)),
        role_people=[(labels.names.roles.get(role, role), name) for role, name in seen.role_people.items()],
        answers=list(_answers(ticket, labels=labels, policy=policy, today=today)),
        missing=wanted(ticket.details_missing, file=policy.file, decision=ticket.decision, language=labels.language),
        missing_url=_missing_url(ticket, place=place, query=query),
        neighbours=tuple(
            _neighbour(each, ticket=ticket, place=place, labels=labels, query=query) for each in seen.neighbours
        ),
    )


def _missing_url(ticket: Ticket, *, place: StaffPlace, query: str) -> str:
    if not ticket.details_missing or ticket.status in DONE:
        return ""
    return workspace_url("details", place, name=ticket_name(place.desk, ticket.number)) + query


def _person(person: RequesterSeen, *, organisation: str) -> shapes.Person:
    return shapes.Person(
        name=person.name,
        initials=initials(person.name),
        role=person.title,
        organisation=organisation,
        phone=person.phone,
        mail=person.email,
    )


def _colleague(given: Mapping[str, Any] | None) -> shapes.Person | None:
    """The colleague without an account that somebody asked for."""
    if not given:
        return None
    name = given.get("name", "")
    return shapes.Person(name=name, initials=initials(name), phone=given.get("phone", ""), mail=given.get("email", ""))


def way_of(decision: Mapping[str, Any], *, kind: str, product: str, topic: str, labels: Labels) -> Way:
    """Why a question is where it is, from the decision as it was stored."""
    names = labels.names
    billing = decision.get("billing") or {}
    kind_name = names.kinds.get(kind, kind)
    return Way(
        kind=f"{kind_name}: {names.topics.get(topic, topic)}" if topic else kind_name,
        product=names.products.get(product, product),
        destination=names.destinations.get(decision["destination"], decision["destination"]),
        reasons=tuple(
            shapes.Reason(text=in_language(reason["text"], labels.language), rule=reason["rule"])
            for reason in decision["because"]
        ),
        billing=_billing().get(billing.get("kind", ""), ""),
        needs_yes=bool(billing.get("confirm")),
    )


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A stored text in the reader's language, or in the one that there is."""
    return texts.get(language) or next(iter(texts.values()), "")


@once_per_language
def _billing() -> Mapping[str, str]:
    return {
        "included": _("Included in the agreement"),
        "by-the-hour": _("Charged by the hour"),
        "by-the-hour-after-confirmation": _("Charged by the hour after the customer's yes"),
        "offer-first": _("An offer first"),
        "fixed-fee": _("A fixed fee"),
        "start-fee-plus-hours": _("A start fee, then by the hour"),
        "hour-bank": _("Draws on the customer's hours"),
        "draws-on-quota": _("Draws on the customer's quota"),
        "quota-used-up": _("The quota is used up"),
        "not-covered": _("Not covered by the agreement"),
    }


def _clock(clock: ClockSeen, *, waits: bool, labels: Labels) -> ClockShown:
    names = {
        "first-answer": _("First answer"),
        "next-answer": _("Next answer"),
        "update": _("Update"),
        "workaround": _("A way round"),
        "solved": _("Solved"),
    }
    state, words = _standing(clock, waits=waits, labels=labels)
    at = clock.ended_at or clock.due_at
    stands = clock.state in {Clock.State.PAUSED, Clock.State.CANCELLED}
    return ClockShown(
        label=names.get(clock.name, clock.name),
        state=state,
        words=_("%(state)s (a goal)") % {"state": words} if clock.target.get("promise") == "goal" else words,
        at=None if at is None or stands else labels.moment(at),
    )


def _standing(clock: ClockSeen, *, waits: bool, labels: Labels) -> tuple[shapes.PromiseState, str]:
    """How a promise stands, as a key and in words; `waits` for details that the customer has yet to give."""
    if clock.state == Clock.State.PAUSED:
        return "paused", _("stands still while the customer has the ball")
    if clock.state == Clock.State.CANCELLED:
        return "paused", _("no longer owed")
    late = clock.due_at is not None and clock.due_at < (clock.ended_at or labels.now)
    if clock.state == Clock.State.MET:
        return ("late", _("kept too late")) if late else ("met", _("kept"))
    if clock.due_at is None:
        return "ok", _("runs")
    if waits:
        return "ok", _("runs, though the customer has yet to tell what is missing")
    return nearness(clock.due_at - labels.now), _("has passed") if late else _("runs")


def _organisation(seen: DeskView, *, today: date, labels: Labels, policy: Policy) -> Iterator[tuple[str, str]]:
    names = labels.names
    for agreement in seen.agreements:
        ended = agreement.ends_on is not None and agreement.ends_on < today
        if agreement.starts_on > today:
            continue
        plan = names.plans.get(agreement.plan, agreement.plan)
        yield _("Agreement"), _("%(plan)s (ended)") % {"plan": plan} if ended else plan
        if ended:
            continue
        yield _("Products"), ", ".join(names.products.get(each, each) for each in agreement.products)
        contacts = [each.name for each in seen.contacts if each.agreement_id == agreement.id]
        yield _("Support contacts"), _contacts(contacts, agreement.seats, agreement.plan, policy=policy)
    for project in seen.projects:
        if project.starts_on <= today and (project.ends_on is None or project.ends_on >= today):
            yield (
                _("Running project"),
                _("%(project)s, led by %(name)s")
                % {
                    "project": project.name,
                    "name": project.manager,
                },
            )


def _contacts(names: list[str], seats: int | None, plan: str, *, policy: Policy) -> str:
    declared = policy.file.plans.get(plan)
    limit: Any = seats if seats is not None else declared.contacts if declared is not None else None
    count = len(names)
    if isinstance(limit, int):
        said = _("%(count)d of %(limit)d") % {"count": count, "limit": limit}
    else:
        said = ngettext("%(count)d person", "%(count)d persons", count) % {"count": count}
    return f"{said}: {', '.join(names)}" if names else said


def _answers(ticket: Ticket, *, labels: Labels, policy: Policy, today: date) -> Iterator[tuple[str, str]]:
    """What the form asked, as it was answered."""
    names, given = labels.names, ticket.fields
    if ticket.facts.get("urgent"):
        yield _("Urgent"), pgettext("urgent", "Yes")
    for each in given.get(IMPACT, ()):
        yield in_language(each["question"], labels.language), in_language(each["answer"], labels.language)
    if ticket.wished_priority:
        yield _("Wished priority"), names.priorities.get(ticket.wished_priority, ticket.wished_priority)
    if suggested := given.get(SUGGESTED_PRIORITY):
        yield _("Suggested priority"), names.priorities.get(suggested, suggested)
    if standstill := given.get(STANDS_STILL):
        yield _("What stands still"), str(standstill)
    yield from _fields(ticket, labels=labels, policy=policy, today=today)
    yield from _told(ticket, names)
    if ticket.case_reference and ticket.case_reference not in {str(each).upper() for each in given.values()}:
        yield _("Case number in the product"), ticket.case_reference
    for part, text in given.get(SITUATION, {}).items():
        yield _situation_labels().get(part, part), str(text)
    if ticked := given.get(CHECKED):
        yield _("Has already tried"), "; ".join(names.checklist.get(each, each) for each in ticked)


def _fields(ticket: Ticket, *, labels: Labels, policy: Policy, today: date) -> Iterator[tuple[str, str]]:
    """The policy's own fields; one that the policy does not know stands as it is written."""
    for name, answer in ticket.fields.items():
        if name.startswith("_") or not answer:
            continue
        field, said = policy.file.fields.get(name), str(answer)
        if field is not None:
            said = field_answer(field, said, today=today, language=labels.language)
        yield labels.names.fields.get(name, name), said


def _told(ticket: Ticket, names: Names) -> Iterator[tuple[str, str]]:
    """The policy's own facts, as askers and agents have told them."""
    declared = ticket.facts.get("declared", {})
    for name, called in names.facts.items():
        if name in declared:
            yield called, names.values.get(f"{name}={declared[name]}", str(declared[name]))


def _situation_labels() -> Mapping[str, str]:
    """What the product told of where the asker stood (A8)."""
    return {
        "page": _("Page"),
        "title": _("Title of the page"),
        "product": _("Product by the page"),
        "version": _("Version by the page"),
        "role": _("Role in the product"),
        "window": _("Window"),
        "browser": _("Browser"),
        "errors": _("Errors on the page"),
    }


def _neighbour(given: NeighbourSeen, *, ticket: Ticket, place: StaffPlace, labels: Labels, query: str) -> Neighbour:
    name = ticket_name(place.desk, given.number)
    return Neighbour(
        name=name,
        url=workspace_url("ticket", place, name=name) + query,
        subject=given.subject or _NO_SUBJECT,
        status=labels.names.statuses[given.status].label,
        same_case=bool(given.case_reference) and given.case_reference == ticket.case_reference,
    )


_NO_SUBJECT: Final = "–"
