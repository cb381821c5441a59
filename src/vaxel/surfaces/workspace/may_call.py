"""Whether somebody may call the desk, in words, while they are on the line (A3, A10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.facts import Asker, read_asker
from vaxel.domain.tickets.facts import build_facts
from vaxel.domain.tickets.question import Question
from vaxel.rules.policy import FactsError, Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.decision import Decision
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.panel import in_language

PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class MayCall:
    """A line to read out: "yes" and "urgent" are green, "no" is not."""

    answer: Literal["yes", "urgent", "no"]
    said: str
    #: The policy's own words.
    because: str
    #: What their agreement covers.
    products: frozenset[str]


def may_call(person_id: int, *, place: StaffPlace, labels: Labels) -> MayCall:
    """About ordinary questions in scope, of any of the customer's products; one query.

    Nothing is refused by it: staff note what they have heard, and the terms say what calling is for.
    """
    policy = current_policy(place.desk)
    asker = read_asker(person_id=person_id, desk_id=place.desk.pk)
    products = asker.about("", today=place.desk.day_of(place.now)).products
    calm, urgent = (
        list(_decisions(policy, asker, products=products, place=place, urgent=each)) for each in (False, True)
    )
    for answer, said, decisions in (
        ("yes", _("May call."), calm),
        ("urgent", _("May call when it is urgent: ask by when it must be done."), urgent),
    ):
        allowed = next((each for each in decisions if _takes_calls(each)), None)
        if allowed is not None:
            return MayCall(
                answer="yes" if answer == "yes" else "urgent",
                said=said,
                because=_because(allowed, policy=policy, labels=labels),
                products=products,
            )
    refused = next(iter(urgent), None)
    because = "" if refused is None else _because(refused, policy=policy, labels=labels)
    said = _("Their terms do not include calling.")
    return MayCall(answer="no", said=said, because=because, products=products)


def _takes_calls(decision: Decision) -> bool:
    """Now, or as soon as the telephone is open."""
    return PHONE in decision.channels or any(each.channel == PHONE for each in decision.channels_later)


def _decisions(
    policy: Policy, asker: Asker, *, products: frozenset[str], place: StaffPlace, urgent: bool
) -> Iterator[Decision]:
    """About each kind in scope and each product: another product may have another plan and another training."""
    today, certificates = place.desk.day_of(place.now), policy.file.certificates
    asked = [name for name in policy.file.products if name in products] or list(policy.file.products)[:1]
    customers = {name: asker.about(name, today=today, certificates=certificates) for name in asked}
    for name, kind in policy.file.kinds.items():
        if kind.scope != "in":
            continue
        for product, customer in customers.items():
            question = Question(
                kind=name,
                channel=PHONE,
                subject="",
                text="",
                product=product,
                topic=(kind.topics or ("",))[0] if kind.topic_required else "",
                priority=policy.file.priorities.default or next(iter(policy.file.priorities.levels)),
                urgent=urgent,
            )
            try:
                yield decide(policy, build_facts(question, policy=policy, customer=customer), place.now)
            except FactsError:
                # The policy does not know this kind about this product.
                continue


def _because(decision: Decision, *, policy: Policy, labels: Labels) -> str:
    """What the policy says of calling; where it says nothing of it, why the question goes where it goes.

    Whoever has no way to the desk at all hears why not: what is said of calling is meant for those who have.
    """
    if not decision.granted:
        routes = {route.name for route in policy.file.routes}
        refused = (each.text for each in decision.because if each.rule not in routes)
        return next((in_language(text, labels.language) for text in refused), "")
    rules = {rule.name for rule in policy.file.channels}
    texts = [in_language(each.text, labels.language) for each in decision.because if each.rule in rules]
    others = [in_language(each.text, labels.language) for each in decision.because if each.rule not in rules]
    return next(iter((*texts, *others)), "")
