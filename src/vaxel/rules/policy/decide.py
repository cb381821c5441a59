"""`decide`: the one answer to a question's facts. Pure: the same policy, facts and time give the same decision.

The sections speak in order, and later ones may ask what earlier ones said:
route, access, channels, form and checklist, billing, targets, notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from vaxel.rules.policy.built_in import built_in
from vaxel.rules.policy.compiled import NO_BILLING, Policy, Ready, Sections
from vaxel.rules.policy.conditions import holds
from vaxel.rules.policy.decision import (
    Billing,
    ChannelOpening,
    Decision,
    FieldAsked,
    Notice,
    Reason,
    Target,
)
from vaxel.rules.policy.domain import STRANGER
from vaxel.rules.policy.facts import Facts
from vaxel.rules.policy.rulebook import BillingRule, ChannelRule, TargetRule
from vaxel.rules.policy.wording import Name
from vaxel.rules.sentences import Sentence, say
from vaxel.rules.targets import deadline


class UndecidedError(RuntimeError):
    """The policy has no answer to facts it knows. The checker proves that a checked policy never raises this."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        #: What the policy lacks, as a part of a sentence.
        self.sentence = sentence


@dataclass(slots=True)
class _Case:
    """One question on its way through the sections; each step fills in its part."""

    policy: Policy
    sections: Sections
    vector: list[int]
    channel: str
    now: datetime
    because: list[Reason] = field(default_factory=list)
    handed_over: bool = False


def decide(policy: Policy, facts: Facts, now: datetime, *, handed_to: str | None = None) -> Decision:
    """Where the question goes, how, what it costs, what is promised and why. `now` is an aware datetime.

    A refusal is a decision. With `handed_to` staff have read the question and chosen its destination (see
    `may_be_handed`): neither routes nor access speak, and all that comes after them speaks as for that destination.
    FactsError: the facts are no combination that the policy knows.
    """
    open_now = {name: policy.calendars[name].is_open(now) for name in policy.calendar_facts}
    vector = policy.encoder.encode(facts, open_now)
    kind = vector[policy.domain.position["kind"]]
    case = _Case(policy, policy.by_kind[kind], vector, facts.channel, now, handed_over=handed_to is not None)
    belongs_to = _route(case) if handed_to is None else _by_hand(case, handed_to)
    destination = belongs_to if case.handed_over else _admit(case, belongs_to)
    granted = destination == belongs_to
    vector += (policy.destination_index[destination], 0 if granted else 1, policy.billing_index[NO_BILLING])
    ticket = policy.file.destinations[destination].takes_ticket
    channels, later = _channels(case, ticket=ticket)
    # Whoever has been let in by hand has come by a way that stays open to them.
    usable = case.channel in channels or case.handed_over
    fields, checklist = _form(case, ticket=ticket)
    billing = _billing(case, destination)
    targets = _targets(case, destination) if usable else ()
    notify = _notify(case) if ticket else ()
    return Decision(
        destination=destination,
        belongs_to=belongs_to,
        granted=granted,
        ticket=ticket,
        channels=channels,
        channels_later=later,
        usable=usable,
        fields=fields,
        checklist=checklist,
        targets=targets,
        billing=billing,
        notify=notify,
        because=tuple({reason.rule: reason for reason in case.because if reason.text}.values()),
    )


def _route(case: _Case) -> str:
    """Where the question belongs: the first route that matches."""
    for route in case.sections.routes:
        if holds(route.condition, case.vector):
            case.because.append(route.reason)
            return route.rule.to
    raise UndecidedError(say("undecided.no-route"))


def may_be_handed(policy: Policy, destination: str) -> bool:
    """Whether staff may hand a question over to the destination: a team or a role of the vendor's."""
    place = policy.file.destinations.get(destination)
    return place is not None and place.takes_ticket and place.is_the_vendor


def _by_hand(case: _Case, handed_to: str) -> str:
    """Where staff have put it. The route's own reason stands beside only where it says the same."""
    case.because.append(built_in("handed-over", case.policy.languages))
    if _route(case) != handed_to:
        case.because.pop()
    return handed_to


def _admit(case: _Case, belongs_to: str) -> str:
    """Where this asker gets with it. Each refusal leads on; the checker proves that the way ends."""
    destination = belongs_to
    for _ in case.policy.file.destinations:
        onward = _refused_to(case, destination)
        if onward is None:
            return destination
        destination = onward
    raise UndecidedError(say("undecided.circle", destination=belongs_to))


def _refused_to(case: _Case, name: str) -> str | None:
    """Where somebody is sent instead of this destination; None if they are let in."""
    policy = case.policy
    destination = policy.file.destinations[name]
    if destination.type == "contact-details":
        return None
    if case.vector[policy.domain.position["standing"]] == STRANGER:
        case.because.append(policy.stranger_reason)
        return policy.file.desk.strangers.destination
    for access in case.sections.access:
        if name in access.rule.to and holds(access.condition, case.vector):
            case.because.append(access.reason)
            return None if access.rule.allow else access.rule.instead or _otherwise(case, name)
    return _otherwise(case, name) if destination.type == "team" else None


def _otherwise(case: _Case, name: str) -> str:
    redirect = case.policy.file.destinations[name].otherwise
    if redirect is None:
        raise UndecidedError(say("undecided.nowhere", destination=name))
    case.because.append(case.policy.otherwise_reasons[name])
    return redirect.destination


def _channels(case: _Case, *, ticket: bool) -> tuple[tuple[str, ...], tuple[ChannelOpening, ...]]:
    """The channels open now, and those open later. Without a ticket there are none: contact details are shown."""
    if not ticket:
        return (), ()
    now: list[str] = []
    later: list[ChannelOpening] = []
    own: list[Reason] = []
    others: list[Reason] = []
    for channel in case.policy.file.desk.channels:
        rule, hindrance = _first_for(case, channel), ""
        if rule is None:
            hindrance = "channel-not-allowed"
        elif rule.rule.allow:
            opens_at = _opens_at(case, rule.rule)
            if opens_at is None:
                now.append(channel)
            else:
                later.append(ChannelOpening(channel, opens_at))
                hindrance = "channel-closed-now"
        reasons = own if channel == case.channel else others
        if rule is not None:
            reasons.append(rule.reason)
        if hindrance and channel == case.channel and not case.handed_over:
            own.append(built_in(hindrance, case.policy.languages))
    case.because += own + others
    return tuple(now), tuple(later)


def _opens_at(case: _Case, rule: ChannelRule) -> datetime | None:
    """When the channel opens next; None while it is open."""
    calendar = None if rule.open is None else case.policy.calendars[rule.open]
    return None if calendar is None or calendar.is_open(case.now) else calendar.next_opening(case.now)


def _first_for(case: _Case, channel: str) -> Ready[ChannelRule] | None:
    for each in case.sections.channels:
        if channel in each.rule.channels and holds(each.condition, case.vector):
            return each
    return None


def _form(case: _Case, *, ticket: bool) -> tuple[tuple[FieldAsked, ...], tuple[str, ...]]:
    """The fields and the checklist, in the order of the file. A field that any rule requires is required."""
    if not ticket:
        return (), ()
    required: dict[str, bool] = {}
    for form in case.sections.forms:
        if holds(form.condition, case.vector):
            case.because.append(form.reason)
            for name in form.rule.required or ():
                required[name] = True
            for name in form.rule.optional or ():
                required.setdefault(name, False)
    items: list[str] = []
    for checklist in case.sections.checklists:
        if holds(checklist.condition, case.vector):
            case.because.append(checklist.reason)
            items += (item.name for item in checklist.rule.items)
    fields = (FieldAsked(name, required[name]) for name in case.policy.file.fields if name in required)
    return tuple(fields), tuple(dict.fromkeys(items))


def _billing(case: _Case, destination: str) -> Billing | None:
    """The first billing rule that matches, wherever the vendor works; None elsewhere.

    The checker proves that there is one wherever a route leads. By hand a question may come to a place that no route
    gives it: where the terms say nothing about the price then, neither does the decision.
    """
    if not case.policy.file.destinations[destination].is_the_vendor:
        return None
    for each in case.sections.billing:
        if holds(each.condition, case.vector):
            case.because.append(each.reason)
            case.vector[case.policy.billing_place] = case.policy.billing_index[each.rule.kind]
            return _as_billing(each.rule, case.policy.languages)
    if case.handed_over:
        return None
    raise UndecidedError(say("undecided.no-billing", destination=destination))


def _as_billing(rule: BillingRule, languages: tuple[str, ...]) -> Billing:
    def words(name: Name | None) -> Mapping[str, str] | None:
        return None if name is None else name.per_language(languages)

    return Billing(
        kind=rule.kind,
        confirm=rule.needs_yes,
        rule=rule.name,
        rate=words(rule.rate),
        fee=words(rule.fee),
        hours=rule.hours,
        draws=rule.draws,
    )


def _targets(case: _Case, destination: str) -> tuple[Target, ...]:
    """Per clock the first rule that matches at this destination; without one, nothing is promised."""
    settled: set[str] = set()
    targets: list[Target] = []
    for each in case.sections.targets:
        if each.rule.clock in settled or destination not in each.rule.destinations:
            continue
        if not holds(each.condition, case.vector):
            continue
        settled.add(each.rule.clock)
        case.because.append(each.reason)
        if each.rule.promise != "none":
            targets.append(_promised(case, each.rule))
    return tuple(targets)


def _promised(case: _Case, rule: TargetRule) -> Target:
    spec = case.policy.promises[rule.name]
    name = rule.calendar or ""
    due = deadline(spec, case.policy.calendars[name], case.now)
    return Target(rule.clock, rule.promise, name, spec, due, rule.name)


def _notify(case: _Case) -> tuple[Notice, ...]:
    """Every role that any rule tells; one that may not be switched off stays so."""
    told: dict[str, bool] = {}
    for each in case.sections.notify:
        if holds(each.condition, case.vector):
            case.because.append(each.reason)
            for role in each.rule.roles:
                told[role] = told.get(role, False) or each.rule.always
    return tuple(Notice(role, always) for role, always in told.items())
