"""The facts a policy knows, with every value each can have, and which combinations of them can be.

A value is held as its place in the list of its fact (its *index*), and a set of values as a bit mask, so that a
condition is a handful of integer tests and the proof can walk the same numbers.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.facts import NONE, Facts, FactsError
from vaxel.rules.policy.faults import nearest
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import Sentence, say

UNKNOWN: Final = "unknown"
UNDECIDED: Final = "undecided"
STANDINGS: Final = ("contact", "user", "stranger")
STRANGER: Final = STANDINGS.index("stranger")
AGREEMENTS: Final = ("active", "ended", NONE)
PROJECTS: Final = (NONE, "active", "finished")
YES_NO: Final = ("false", "true")
LEFT, USED_UP = "left", "used-up"
OPEN_CLOSED: Final = ("open", "closed")

#: A fact's place in the domain, and the mask of the values that pass.
Test = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Variable:
    """One fact: its values in order. A number's values are the intervals between its `cuts`."""

    name: str
    values: tuple[str, ...]
    cuts: tuple[int, ...] | None = None
    unit: str = ""

    @property
    def everything(self) -> int:
        """The mask of all its values."""
        return (1 << len(self.values)) - 1

    def told(self, index: int) -> str | Sentence:
        """A value in words: its own name, or for a number the interval."""
        cuts = self.cuts
        if cuts is None or self.values[index] == UNKNOWN:
            return self.values[index]
        if not cuts:
            return say("interval.any")
        low, high = cuts[index - 1] if index else 0, cuts[index] if index < len(cuts) else None
        if high is None:
            return say("interval.from", low=low)
        if high == low + 1:
            return str(low)
        return say("interval.between", low=low, high=high - 1) if index else say("interval.below", high=high)

    def mask(self, values: Sequence[str] | frozenset[str]) -> int:
        return sum(1 << index for index, value in enumerate(self.values) if value in values)


@dataclass(frozen=True, slots=True)
class Link:
    """A rule of the world, not of the policy: where `when` holds, `then` holds."""

    when: Test
    then: Test
    sentence: Sentence


class Domain:
    """All facts of one policy (or of two that are compared), in the order the proof walks them."""

    def __init__(self, variables: Sequence[Variable], links: Sequence[Link]) -> None:
        self.variables: Final = tuple(variables)
        self.links: Final = tuple(links)
        self.position: Final = {variable.name: place for place, variable in enumerate(self.variables)}
        self._index: Final = tuple(
            {value: index for index, value in enumerate(variable.values)} for variable in self.variables
        )

    def index(self, place: int, value: str) -> int:
        """The index of a value; FactsError with the allowed ones if the fact has no such value."""
        found = self._index[place].get(value)
        if found is None:
            variable = self.variables[place]
            problem = say("facts.no-value", value=value, fact=variable.name)
            allowed = [variable.told(index) for index in range(len(variable.values))]
            raise FactsError(problem, allowed=allowed, nearest=nearest(value, variable.values))
        return found

    def test(self, name: str, *values: str) -> Test:
        """The test that the fact has one of these values."""
        place = self.position[name]
        return place, self.variables[place].mask(values)

    def number_index(self, place: int, value: int) -> int:
        """The index of the interval that holds the number."""
        return bisect_right(self.variables[place].cuts or (), value)


def has(product: str) -> str:
    """Name of the yes-or-no fact that the agreement covers the product."""
    return f"has {product}"


def says_covered(name: str) -> bool:
    """Whether it is the name of such a fact; no declared fact has a space in its name."""
    return name.startswith("has ")


def state_of(fact: str) -> str:
    """Name of the fact that a count is within its plan's limit or has used it up."""
    return f"{fact} (limit)"


def says_used_up(name: str) -> bool:
    """Whether it is the name of such a fact."""
    return name.endswith(" (limit)")


def domain_of(file: PolicyFile, cuts: Mapping[str, Sequence[int]]) -> Domain:
    """The domain of one file; `cuts` are the numbers at which its conditions tell number facts apart.

    The order matters to the proof alone, and was measured: first what few rules tell apart and many share, then the
    kind, and last the products, of which there are many and whose tests belong together.
    """
    variables = [*_asker(file), *_declared(file, cuts), *_question(file)]
    return Domain(variables, links_of(Domain(variables, ()), file))


def links_of(domain: Domain, file: PolicyFile) -> list[Link]:
    """What the world, and the kinds of the file, say about which facts go together."""
    return [*_world_links(domain, file), *_kind_links(domain, file)]


def _asker(file: PolicyFile) -> list[Variable]:
    grace = ("grace",) if file.certificates is not None and file.certificates.grace_days else ()
    return [
        Variable("standing", STANDINGS),
        Variable("agreement", AGREEMENTS),
        Variable("plan", (*file.plans, NONE)),
        Variable("certificate", ("valid", *grace, "expired", NONE)),
    ]


def _question(file: PolicyFile) -> list[Variable]:
    levels = tuple(file.priorities.levels)
    by_vendor = file.priorities.decided_by == "vendor"
    return [
        Variable("priority", (*levels, UNDECIDED) if by_vendor else levels),
        *([Variable("wished-priority", levels)] if by_vendor else []),
        Variable("urgent", YES_NO),
        Variable("project", PROJECTS),
        Variable("kind", tuple(file.kinds)),
        *([Variable("topic", (*file.topics, NONE))] if file.topics else []),
        Variable("product", (*file.products, NONE)),
        *(Variable(has(product), YES_NO) for product in file.products),
        Variable("owned", YES_NO),
        Variable("channel", file.desk.channels),
    ]


def _declared(file: PolicyFile, cuts: Mapping[str, Sequence[int]]) -> list[Variable]:
    variables: list[Variable] = []
    for name, fact in file.facts.items():
        variables.append(_declared_variable(name, fact, tuple(cuts.get(name, ()))))
        if fact.limits is not None:
            variables.append(Variable(state_of(name), (LEFT, USED_UP)))
    return variables


def _declared_variable(name: str, fact: Fact, cuts: tuple[int, ...]) -> Variable:
    if fact.source == "calendar":
        return Variable(name, OPEN_CLOSED)
    unknown = (UNKNOWN,) if fact.default is None and fact.source != "count" else ()
    if not fact.number:
        return Variable(name, (*(fact.values or ()), *unknown))
    unit = fact.unit.in_("en") if fact.unit is not None else ""
    return Variable(name, (*intervals(cuts), *unknown), cuts, unit)


def intervals(cuts: Sequence[int]) -> tuple[str, ...]:
    """The intervals between cuts as people write them: (60, 120) gives below 60, 60 to 119, at least 120."""
    if not cuts:
        return ("any number",)
    middle = [str(low) if high == low + 1 else f"{low} to {high - 1}" for low, high in pairwise(cuts)]
    return (f"below {cuts[0]}" if cuts[0] != 1 else "0", *middle, f"at least {cuts[-1]}")


def _world_links(domain: Domain, file: PolicyFile) -> list[Link]:
    """What holds at every desk: a stranger has nothing, and without an agreement there is nothing to have."""
    test = domain.test
    stranger, no_agreement = test("standing", "stranger"), test("agreement", NONE)
    return [
        Link(stranger, test("plan", NONE), say("link.stranger-plan")),
        *(Link(stranger, test(has(product), "false"), say("link.stranger-products")) for product in file.products),
        Link(stranger, test("agreement", NONE), say("link.stranger-agreement")),
        Link(stranger, test("project", NONE), say("link.stranger-project")),
        Link(stranger, test("certificate", NONE), say("link.stranger-certificate")),
        Link(test("standing", "contact"), test("agreement", "active", "ended"), say("link.contact-agreement")),
        Link(no_agreement, test("plan", NONE), say("link.no-agreement-plan")),
        *(
            Link(no_agreement, test(has(product), "false"), say("link.no-agreement-products"))
            for product in file.products
        ),
    ]


def _kind_links(domain: Domain, file: PolicyFile) -> list[Link]:
    """Which products and topics each kind of question goes with."""
    links: list[Link] = []
    for name, kind in file.kinds.items():
        here = domain.test("kind", name)
        about = (*(kind.products or tuple(file.products)), *((NONE,) if kind.without_product else ()))
        sentence = say("link.kind-products", kind=name, products=about)
        links.append(Link(here, domain.test("product", *about), sentence))
        if file.topics:
            on = (*(kind.topics or ()), *(() if kind.topic_required and kind.topics else (NONE,)))
            sentence = say("link.kind-topics", kind=name, topics=on)
            links.append(Link(here, domain.test("topic", *on), sentence))
    return links


def _implied(domain: Domain, place: int, index: int) -> tuple[tuple[int, int, Sentence], ...]:
    """What the links demand of other facts where this fact has this value."""
    return tuple(
        (*link.then, link.sentence) for link in domain.links if link.when[0] == place and link.when[1] >> index & 1
    )


class Encoder:
    """Turns facts into indexes, once per decision; refuses what the proof does not cover."""

    def __init__(self, domain: Domain, file: PolicyFile) -> None:
        self._domain = domain
        self._file = file
        self._at = domain.position
        self._products = tuple((product, domain.position[has(product)]) for product in file.products)
        self._owning = {
            domain.variables[self._at["product"]].values.index(product): place for product, place in self._products
        }

        self._implied = tuple(
            (place, tuple(_implied(domain, place, index) for index in range(len(variable.values))))
            for place, variable in enumerate(domain.variables)
            if any(link.when[0] == place for link in domain.links)
        )

    def encode(self, facts: Facts, open_calendars: Mapping[str, bool]) -> list[int]:
        """The index of every fact. FactsError if a value, or the combination, is none that the policy knows."""
        vector = [0] * len(self._domain.variables)
        self._encode_built_in(facts, vector)
        self._encode_products(facts, vector)
        for name, fact in self._file.facts.items():
            self._encode_declared(name, fact, facts, vector, open_calendars)
        if len(facts.declared) > 0:
            self._refuse_undeclared(facts)
        for place, implied in self._implied:
            for then_place, then_mask, sentence in implied[vector[place]]:
                if not then_mask >> vector[then_place] & 1:
                    raise FactsError(say("facts.together", link=sentence))
        return vector

    def _encode_built_in(self, facts: Facts, vector: list[int]) -> None:
        at, index = self._at, self._domain.index
        for name, value in (
            ("standing", facts.standing),
            ("agreement", facts.agreement),
            ("plan", facts.plan),
            ("certificate", facts.certificate),
            ("kind", facts.kind),
            ("project", facts.project),
            ("product", facts.product),
            ("priority", facts.priority),
            ("channel", facts.channel),
        ):
            vector[at[name]] = index(at[name], value)
        vector[at["urgent"]] = int(facts.urgent)
        if "topic" in at:
            vector[at["topic"]] = index(at["topic"], facts.topic)
        elif facts.topic != NONE:
            raise FactsError(say("facts.no-topics"))
        if "wished-priority" in at:
            wish = self._file.priorities.usual if facts.wished_priority == NONE else facts.wished_priority
            vector[at["wished-priority"]] = index(at["wished-priority"], wish)

    def _encode_products(self, facts: Facts, vector: list[int]) -> None:
        covered = 0
        for product, place in self._products:
            if product in facts.products:
                vector[place] = 1
                covered += 1
        if covered < len(facts.products):
            known = tuple(product for product, _ in self._products)
            strange = min(facts.products - set(known))
            raise FactsError(say("facts.no-product", value=strange), allowed=known)
        owning = self._owning.get(vector[self._at["product"]])
        vector[self._at["owned"]] = 1 if owning is None else vector[owning]

    def _encode_declared(
        self, name: str, fact: Fact, facts: Facts, vector: list[int], open_calendars: Mapping[str, bool]
    ) -> None:
        place = self._at[name]
        if fact.calendar is not None:
            vector[place] = 0 if open_calendars[fact.calendar] else 1
            return
        value = facts.declared.get(name, fact.default)
        if value is None:
            value = 0 if fact.source == "count" else UNKNOWN
        if fact.number and value != UNKNOWN:
            vector[place] = self._number(name, fact, value)
            if fact.limits is not None:
                limit = fact.limits.get(facts.plan)
                vector[self._at[state_of(name)]] = int(limit is not None and int(value) >= limit)
        else:
            vector[place] = self._domain.index(place, str(value))

    def _number(self, name: str, fact: Fact, value: str | int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise FactsError(say("facts.no-number", fact=name, value=str(value)))
        low, high = fact.min or 0, fact.max
        if value < low or (high is not None and value > high):
            if high is None:
                raise FactsError(say("facts.number-from", fact=name, low=low, value=value))
            raise FactsError(say("facts.number-between", fact=name, low=low, high=high, value=value))
        return self._domain.number_index(self._at[name], value)

    def _refuse_undeclared(self, facts: Facts) -> None:
        for name in facts.declared:
            fact = self._file.facts.get(name)
            if fact is None:
                known = tuple(self._file.facts) or (say("facts.none"),)
                raise FactsError(say("facts.undeclared", name=name), allowed=known)
            if fact.calendar is not None:
                raise FactsError(say("facts.follows", name=name))
