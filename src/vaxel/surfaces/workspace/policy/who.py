"""Who may contact the desk, how many they are, and what happens to everybody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.rules.policy import FactsError, decide, facts_from
from vaxel.rules.policy.declarations import Details, Plan
from vaxel.rules.policy.narrowing import left_open
from vaxel.surfaces.ui.end_of_life import end_of_life
from vaxel.surfaces.workspace.policy.conditions import RuleShown, told_when
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShown:
    name: str
    text: str
    contacts: str
    overlap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductShown:
    """`ends`: when it reaches its end of life, in words; empty where no end is set."""

    name: str
    text: str
    entrance: bool
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A destination that is not for everybody: the rules in their order, and what becomes of whom none lets in."""

    name: str
    rules: tuple[RuleShown, ...]
    otherwise: RuleShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationShown:
    """Where questions end; `reached` are phone, mail and the like."""

    name: str
    text: str
    sort: str
    if_nobody: str
    reached: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    text: str
    how: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Where a support contact's question goes when the agreement has ended, and why; per plan."""

    plans: str
    to: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    plans: tuple[PlanShown, ...]
    products: tuple[ProductShown, ...]
    doors: tuple[Door, ...]
    strangers: RuleShown
    destinations: tuple[DestinationShown, ...]
    training: Training | None
    after: tuple[After, ...]


def who(words: Words, *, today: date) -> Who:
    file = words.file
    strangers = file.desk.strangers
    return Who(
        plans=tuple(_plan(plan, words) for plan in file.plans.values()),
        products=tuple(_products(words, today=today)),
        doors=tuple(_doors(words)),
        strangers=RuleShown(
            name="desk.strangers",
            says=words.destination(strangers.destination),
            because=words.text(strangers.because),
            when=(),
        ),
        destinations=tuple(_destinations(words)),
        training=_training(words),
        after=tuple(_after(words)),
    )


def _plan(plan: Plan, words: Words) -> PlanShown:
    count = plan.contacts
    contacts = (
        _("as many as the customer wants")
        if count == "unlimited"
        else ngettext("%(count)d person", "%(count)d persons", count) % {"count": count}
    )
    days = plan.overlap_days
    overlap = ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else ""
    return PlanShown(name=words.text(plan.name), text=words.text(plan.text), contacts=contacts, overlap=overlap)


def _products(words: Words, *, today: date) -> Iterator[ProductShown]:
    for name, product in words.file.products.items():
        yield ProductShown(
            name=words.text(product.name),
            text=words.text(product.text),
            entrance=product.entrance,
            ends=end_of_life(name, file=words.file, today=today, language=words.language),
        )


def _doors(words: Words) -> Iterator[Door]:
    """Every team, and whatever else an access rule speaks of."""
    file = words.file
    named = {name for rule in file.access for name in rule.to}
    for name, destination in file.destinations.items():
        if destination.type != "team" and name not in named:
            continue
        rules = tuple(_access_rules(name, words))
        redirect = destination.otherwise
        yield Door(
            name=words.destination(name),
            rules=rules,
            otherwise=None
            if redirect is None
            else RuleShown(
                name=f"destinations.{name}.otherwise",
                says=_("Goes to: %(destination)s") % {"destination": words.destination(redirect.destination)},
                because=words.text(redirect.because),
                when=(),
            ),
        )


def _access_rules(name: str, words: Words) -> Iterator[RuleShown]:
    redirect = words.file.destinations[name].otherwise
    elsewhere = "" if redirect is None else redirect.destination
    own = [each for each in words.policy.sections.access if name in each.rule.to]
    for each in left_open(words.policy, own, {}):
        rule = each.rule
        instead = words.destination(rule.instead or elsewhere)
        says = _("Is let in") if rule.allow else _("Goes to: %(destination)s") % {"destination": instead}
        yield RuleShown(name=rule.name, says=says, because=words.text(rule.because), when=told_when(each.tables, words))


def _destinations(words: Words) -> Iterator[DestinationShown]:
    sorts = {
        "team": _("A team of ours"),
        "role": _("The customer's own person at our side"),
        "local-contacts": _("The customer's own contacts"),
        "contact-details": _("Contact details, no ticket"),
    }
    for name, destination in words.file.destinations.items():
        role = words.file.roles.get(destination.role or "")
        fallback = destination.fallback or (role.fallback if role is not None else None)
        yield DestinationShown(
            name=words.destination(name),
            text=words.text(destination.text or (role.text if role is not None else None)),
            sort=sorts[destination.type],
            if_nobody="" if fallback is None else _stand_in(fallback, words),
            reached=tuple(_ways(destination.details, words)),
        )


def _stand_in(name: str, words: Words) -> str:
    """A fallback is a role or a destination."""
    role = words.file.roles.get(name)
    return words.destination(name) if role is None else words.text(role.name)


def _ways(details: Details | None, words: Words) -> Iterator[str]:
    if details is not None:
        yield from (way for way in (details.phone, details.mail, details.web, words.text(details.hours)) if way)


def _training(words: Words) -> Training | None:
    given = words.file.certificates
    if given is None:
        return None
    said = [
        _("A certificate is for one product.") if given.per == "product" else _("A certificate is for all products.")
    ]
    if given.valid_months:
        months = ngettext("%(count)d month", "%(count)d months", given.valid_months) % {"count": given.valid_months}
        said.append(_("It holds for %(time)s.") % {"time": months})
    if given.grace_days:
        days = ngettext("%(count)d day", "%(count)d days", given.grace_days) % {"count": given.grace_days}
        said.append(_("After that there are %(time)s to renew it.") % {"time": days})
    return Training(text=words.text(given.text), how=words.text(given.how), holds=" ".join(said))


def _after(words: Words) -> Iterator[After]:
    """Asked of the policy itself: a contact with an ended agreement and a question that support covers."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for plan in words.file.plans or ("none",):
        answer = _when_ended(plan, words)
        if answer is not None:
            found.setdefault(answer, []).append(words.value("plan", plan))
    several = len(found) > 1
    for (to, because), plans in found.items():
        yield After(plans=words.either(plans) if several else "", to=to, because=because)


def _when_ended(plan: str, words: Words) -> tuple[str, tuple[str, ...]] | None:
    file = words.file
    kind = next((name for name, each in file.kinds.items() if each.scope == "in"), None)
    if kind is None:
        return None
    product = next(iter(file.kinds[kind].products or file.products))
    given = {"kind": kind, "plan": plan, "agreement": "ended", "products": [product], "product": product}
    topics = file.kinds[kind].topics
    if topics and file.kinds[kind].topic_required:
        given["topic"] = topics[0]
    try:
        decision = decide(words.policy, facts_from(words.policy, given), words.now)
    except FactsError:
        return None
    reasons = {reason.rule: reason.text for reason in decision.because}
    own = {rule.name for rule in (*file.routes, *file.access)}
    told = [text[words.texts_language] for rule, text in reasons.items() if rule in own or ".otherwise" in rule]
    # The first says what sort of question it is; the second what the end of the agreement does to it.
    return words.destination(decision.destination), tuple(islice(told, 1, None)) or tuple(told)
