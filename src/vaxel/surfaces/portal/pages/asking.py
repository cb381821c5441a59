"""The first steps of asking: own words, then kind and product."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.facts import customer_facts
from vaxel.domain.tickets.models import Draft
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.portal.answers import Answers
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.posted import NO_PRODUCT
from vaxel.surfaces.portal.suggest import Suggestion, suggest
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import Option, Step

#: The steps in order, by the last part of their address.
STEPS = ("words", "kind", "details", "review")


def steps(place: CustomerPlace, draft: Draft | None, current: str) -> tuple[Step, ...]:
    """How far the asking has come; the steps behind can be gone back to."""
    labels = {
        "words": _("Your question"),
        "kind": _("Kind"),
        "details": _("Details"),
        "review": _("Review"),
    }
    here = STEPS.index(current)
    return tuple(
        Step(
            label=labels[name],
            state="done" if number < here else "current" if number == here else "ahead",
            url="" if draft is None or number >= here else portal_url(f"ask_{name}", place, draft=draft.public_id),
        )
        for number, name in enumerate(STEPS)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPage:
    """Kinds with the likely ones first, products with the organisation's own first, topics."""

    suggested: bool
    kinds: tuple[Option, ...]
    kind: str
    #: Empty when the desk has one product only.
    products: tuple[Option, ...]
    product: str
    topics: tuple[Option, ...]
    topic: str


def kind_page(answers: Answers, *, place: CustomerPlace, language: str) -> KindPage:
    """What the policy offers; one query for the organisation's products."""
    policy = current_policy(place.desk)
    likely = suggest(answers.words, policy=policy, language=language)
    own = _own_products(place)
    return KindPage(
        suggested=bool(likely),
        kinds=_kinds(policy, likely, language=language),
        kind=answers.kind or (likely[0].kind if likely else ""),
        products=_products(policy, own, language=language) if len(policy.file.products) > 1 else (),
        product=answers.product or _only(policy, own) or (NO_PRODUCT if answers.kind else ""),
        topics=tuple(Option(value=name, label=each.name.in_(language)) for name, each in policy.file.topics.items()),
        topic=answers.topic,
    )


def _own_products(place: CustomerPlace) -> frozenset[str]:
    viewer = place.viewer
    facts = customer_facts(person_id=viewer.person_id, desk_id=viewer.desk_id, product="", today=place.now.date())
    return facts.products


def _only(policy: Policy, own: frozenset[str]) -> str:
    """The product, when the organisation has just one."""
    known = [name for name in policy.file.products if name in own]
    return known[0] if len(known) == 1 else ""


def _kinds(policy: Policy, likely: tuple[Suggestion, ...], *, language: str) -> tuple[Option, ...]:
    """Every kind: those that the words point to come first, with the words that did."""
    found = {one.kind: one for one in likely}
    order = [*found, *(name for name in policy.file.kinds if name not in found)]
    options = []
    for name in order:
        kind = policy.file.kinds[name]
        hint = kind.text.in_(language) if kind.text is not None else ""
        badge = ""
        if name in found:
            badge = _("Suggestion")
            hint = _("%(text)s You wrote: %(words)s.") % {"text": hint, "words": ", ".join(found[name].words)}
        options.append(Option(value=name, label=kind.name.in_(language), hint=hint.strip(), badge=badge))
    return tuple(options)


def _products(policy: Policy, own: frozenset[str], *, language: str) -> tuple[Option, ...]:
    order = sorted(policy.file.products, key=lambda name: name not in own)
    options = [
        Option(
            value=name,
            label=policy.file.products[name].name.in_(language),
            hint="" if name in own else _("Not part of your agreement"),
        )
        for name in order
    ]
    if any(kind.without_product for kind in policy.file.kinds.values()):
        options.append(Option(value=NO_PRODUCT, label=_("No product in particular")))
    return tuple(options)
