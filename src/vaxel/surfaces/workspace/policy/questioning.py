"""A question put to the policy by an address: its facts out of a query, and a query out of facts.

What is left out is as in examples. What cannot be together is put right, and said: somebody who tries things changes
one answer at a time and would otherwise be told no at every second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from vaxel.kit.numbers import number_in
from vaxel.rules.policy import Facts, FactsError, Policy, facts_from, local_instant
from vaxel.rules.policy.domain import UNKNOWN
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.workspace.policy.words import Words

#: In the order of the form. `products` are boxes, `urgent` is one.
WORDS: Final = (
    *("kind", "topic", "product", "standing", "certificate", "agreement", "plan", "project"),
    *("priority", "wished-priority", "channel"),
)
_OF_A_CUSTOMER: Final = ("certificate", "agreement", "plan", "products", "project")
AT: Final = "at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked: as it was given, as the policy takes it, when, and what was put right on the way."""

    given: Mapping[str, Any]
    facts: Facts | None
    at: datetime
    written_at: str
    put_right: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()
    #: The policy's own sentence about facts that it does not know.
    refusal: str = ""


def query_of(facts: Facts, *, at: str = "") -> str:
    """The address's query for these facts, each named; `at` as people write it on the desk's clock."""
    sent: dict[str, Any] = {
        "kind": facts.kind,
        "topic": facts.topic,
        "product": facts.product,
        "standing": facts.standing,
        "certificate": facts.certificate,
        "agreement": facts.agreement,
        "plan": facts.plan,
        "products": sorted(facts.products),
        "project": facts.project,
        "priority": facts.priority,
        "wished-priority": facts.wished_priority,
        "channel": facts.channel,
        **facts.declared,
        "urgent": "yes" if facts.urgent else "",
        AT: at,
    }
    return urlencode({name: value for name, value in sent.items() if value not in ("", [])}, doseq=True)


def asked(query: Mapping[str, list[str]], words: Words) -> Asked:
    """Read an address's query; unknown names and values are left out."""
    policy = words.policy
    given = _given(query, policy)
    put_right = tuple(_put_right(given, words))
    at, written_at, errors = _instant(query, words)
    try:
        facts = facts_from(policy, given)
        policy.encoder.encode(facts, dict.fromkeys(policy.calendar_facts, True))
    except FactsError as error:
        refusal = error.sentence.in_(words.language)
        return Asked(given=given, facts=None, at=at, written_at=written_at, errors=errors, refusal=refusal)
    return Asked(given=given, facts=facts, at=at, written_at=written_at, put_right=put_right, errors=errors)


def _given(query: Mapping[str, list[str]], policy: Policy) -> dict[str, Any]:
    """The facts that the address tells, of those that the policy has."""
    domain, given = policy.domain, dict[str, Any]()
    for name in WORDS:
        value = query.get(name, [""])[-1]
        if name in domain.position and value in domain.variables[domain.position[name]].values:
            given[name] = value
    if "products" in query:
        given["products"] = [name for name in query["products"] if name in policy.file.products]
    given["urgent"] = query.get("urgent", [""])[-1] == "yes"
    given |= dict(_declared(query, policy))
    given.setdefault("kind", next(iter(policy.file.kinds)))
    return given


def _declared(query: Mapping[str, list[str]], policy: Policy) -> Iterator[tuple[str, str | int]]:
    for name, fact in policy.file.facts.items():
        value = query.get(name, [""])[-1]
        if fact.calendar is not None or not value:
            continue
        if fact.number:
            low, high = fact.min or 0, fact.max
            if (number := number_in(value)) is not None:
                yield name, min(max(number, low), number if high is None else high)
        elif value in (fact.values or ()) or value == UNKNOWN:
            yield name, value


def _put_right(given: dict[str, Any], words: Words) -> Iterator[str]:
    """Change what cannot be together, and say so."""
    if given.get("standing") == "stranger":
        had = [given.pop(name, "none") for name in _OF_A_CUSTOMER]
        if any(each not in ("none", []) for each in had):
            yield _("Somebody we do not know has no agreement, plan, products, project or certificate.")
    elif given.get("agreement") == "none":
        if given.get("standing", "contact") == "contact":
            given["standing"] = "user"
            yield _("A support contact is named in an agreement: without one the asker is somebody else.")
        if given.get("plan", "none") != "none" or given.get("products"):
            yield _("Without an agreement there is no plan and no product.")
        given["plan"], given["products"] = "none", []
    yield from _kind_put_right(given, words)


def _kind_put_right(given: dict[str, Any], words: Words) -> Iterator[str]:
    kind = words.file.kinds[given["kind"]]
    about = (*(kind.products or tuple(words.file.products)), *(("none",) if kind.without_product else ()))
    covered = [name for name in about if name in given.get("products", ())]
    if "product" not in given and kind.without_product:
        given["product"] = "none"
    if given.get("product") not in about:
        if "product" in given:
            said = {"kind": words.text(kind.name), "product": words.value("product", given["product"])}
            yield _("A question of the kind “%(kind)s” is not about “%(product)s”.") % said
        given["product"] = (covered or about)[0]
    topics = (*(kind.topics or ()), *(() if kind.topic_required and kind.topics else ("none",)))
    if words.file.topics and given.get("topic", "none") not in topics:
        if given.get("topic", "none") != "none":
            said = {"kind": words.text(kind.name), "topic": words.value("topic", given["topic"])}
            yield _("A question of the kind “%(kind)s” is not about “%(topic)s”.") % said
        given["topic"] = topics[0]


def _instant(query: Mapping[str, list[str]], words: Words) -> tuple[datetime, str, tuple[FieldError, ...]]:
    """When it is asked, on the desk's clock; now when it is not said or cannot be read."""
    written = query.get(AT, [""])[-1].strip()
    if not written:
        return words.now, "", ()
    try:
        return local_instant(words.policy, written), written, ()
    except ValueError:
        text = _("Choose a day and a time between the years 1990 and 2090")
        return words.now, written[:40], (FieldError(field=AT, text=text),)
