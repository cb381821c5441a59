"""One domain for two policies, so that their regions can be laid over each other."""

from vaxel.rules.policy.compiled import Policy, compile_sections
from vaxel.rules.policy.domain import UNKNOWN, Domain, Link, Variable, intervals, links_of, says_covered
from vaxel.rules.policy.facts import NONE
from vaxel.rules.policy.faults import FaultList
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import say


def clashing_facts(before: PolicyFile, after: PolicyFile) -> tuple[str, ...]:
    """Facts that are values in the one and a number in the other: no domain can hold both."""
    return tuple(
        name for name, fact in before.facts.items() if name in after.facts and fact.number != after.facts[name].number
    )


def joint_domain(one: Domain, other: Domain) -> Domain:
    """Every fact of either, with the values of both; a number is cut wherever either cuts it."""
    names = list(dict.fromkeys((*one.position, *other.position)))
    return Domain([_joint_variable(name, one, other) for name in names], ())


def within(policy: Policy, joint: Domain) -> Policy:
    """The same policy with its conditions read against the joint domain, kept to the values it knows itself."""
    links = [*_own_values(policy.domain, joint), *links_of(joint, policy.file)]
    domain = Domain(joint.variables, links)
    sections = compile_sections(policy.file, domain, FaultList())
    return Policy(
        file=policy.file, domain=domain, calendars=policy.calendars, promises=policy.promises, sections=sections
    )


def _joint_variable(name: str, one: Domain, other: Domain) -> Variable:
    parts = [domain.variables[domain.position[name]] for domain in (one, other) if name in domain.position]
    if len(parts) == 1:
        return parts[0]
    first, second = parts
    if first.cuts is None or second.cuts is None:
        return Variable(name, tuple(dict.fromkeys((*first.values, *second.values))))
    cuts = tuple(sorted({*first.cuts, *second.cuts}))
    unknown = (UNKNOWN,) if UNKNOWN in {first.values[-1], second.values[-1]} else ()
    return Variable(name, (*intervals(cuts), *unknown), cuts, first.unit)


def _own_values(own: Domain, joint: Domain) -> list[Link]:
    """Links that hold everywhere: each fact has only the values that this policy knows."""
    links: list[Link] = []
    for place, variable in enumerate(joint.variables):
        known = _known_values(own, variable)
        if known != variable.everything:
            links.append(
                Link((place, variable.everything), (place, known), say("link.other-values", fact=variable.name))
            )
    return links


def _known_values(own: Domain, variable: Variable) -> int:
    if variable.name in own.position:
        mine = own.variables[own.position[variable.name]]
        if variable.cuts is None:
            return variable.mask(mine.values)
        unknown = 0 if mine.values[-1] == UNKNOWN else variable.mask((UNKNOWN,))
        return variable.everything & ~unknown
    if says_covered(variable.name):
        return variable.mask(("false",))
    return variable.mask((NONE,)) if variable.name == "topic" else variable.everything
