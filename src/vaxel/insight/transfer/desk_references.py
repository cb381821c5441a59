"""What a desk's file names must exist: plans, products and roles in the policy, staff at the desk or in the file."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from vaxel.insight.transfer.desk_file import AgreementEntry, DeskFile, OrganisationEntry, PersonEntry
from vaxel.rules.policy import PolicyFile
from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.faults import FaultList, Path

#: Sources of facts whose values stand in the agreement.
_KEPT: Final = frozenset({"agreement", "organisation", "person", "count"})


def check_desk_file(file: DeskFile, policy: PolicyFile, *, known_staff: Collection[str], faults: FaultList) -> None:
    """Collect everything that the file's words contradict in the policy or in each other.

    `known_staff` are the addresses of those who work at the desk already.
    """
    staff = sorted({one.mail for one in file.staff} | set(known_staff))
    _once([one.mail for one in file.staff], ("staff",), "mail", faults)
    _once([one.name.casefold() for one in file.organisations], ("organisations",), "name", faults)
    answered = [name for name, each in policy.destinations.items() if each.is_the_vendor]
    for index, one in enumerate(file.staff):
        what = "a destination where the vendor takes questions"
        _all_known(one.answers, answered, ("staff", index, "answers"), what, faults)
    _check_roles(file.roles, policy, staff, ("roles",), faults)
    for index, organisation in enumerate(file.organisations):
        _check_organisation(organisation, policy, staff, ("organisations", index), faults)


def _check_organisation(
    one: OrganisationEntry, policy: PolicyFile, staff: Sequence[str], at: Path, faults: FaultList
) -> None:
    if one.agreement is not None:
        _check_agreement(one.agreement, policy, (*at, "agreement"), faults)
    _check_roles(one.roles, policy, staff, (*at, "roles"), faults)
    _once([person.mail for person in one.people], (*at, "people"), "mail", faults)
    for index, person in enumerate(one.people):
        _check_certificates(person, policy, (*at, "people", index, "certificates"), faults)
    _once([project.name.casefold() for project in one.projects], (*at, "projects"), "name", faults)
    for index, project in enumerate(one.projects):
        _known(project.manager, staff, (*at, "projects", index, "manager"), "the address of one of the staff", faults)
        if project.ends is not None and project.ends < project.starts:
            faults.add((*at, "projects", index, "ends"), f"The project ends on {project.ends}, before it starts.")


def _check_agreement(agreement: AgreementEntry, policy: PolicyFile, at: Path, faults: FaultList) -> None:
    _known(agreement.plan, policy.plans, (*at, "plan"), "a plan of the policy", faults)
    _all_known(agreement.products, policy.products, (*at, "products"), "a product of the policy", faults)
    if agreement.ends is not None and agreement.ends < agreement.starts:
        faults.add((*at, "ends"), f"The agreement ends on {agreement.ends}, before it starts.")
    kept = {name: fact for name, fact in policy.facts.items() if fact.source in _KEPT}
    for name, value in agreement.facts.items():
        if name in kept:
            _check_value(value, kept[name], (*at, "facts", name), faults)
        else:
            what = "a fact that the policy takes from the agreement"
            faults.add_unknown((*at, "facts", name), name, what, allowed=kept)


def _check_value(value: str | int, fact: Fact, at: Path, faults: FaultList) -> None:
    if fact.values is not None:
        _known(str(value), fact.values, at, "a value of this fact", faults)
        return
    low, high = fact.min or 0, fact.max
    if not isinstance(value, int) or value < low or (high is not None and value > high):
        limits = f"from {low}" if high is None else f"from {low} to {high}"
        faults.add(at, f"{value} is not a whole number {limits}.")


def _check_certificates(person: PersonEntry, policy: PolicyFile, at: Path, faults: FaultList) -> None:
    for index, one in enumerate(person.certificates):
        if one.product is not None:
            _known(one.product, policy.products, (*at, index, "product"), "a product of the policy", faults)
        if one.expires is not None and one.expires < one.passed:
            faults.add((*at, index, "expires"), f"The certificate expires on {one.expires}, before it was passed.")
    if person.certificates and policy.certificates is None:
        faults.add(at, "The policy asks for no training: it has no [certificates], so leave this out.")


def _check_roles(roles: dict[str, str], policy: PolicyFile, staff: Sequence[str], at: Path, faults: FaultList) -> None:
    for role, mail in roles.items():
        if role not in policy.roles:
            faults.add_unknown((*at, role), role, "a role of the policy", allowed=policy.roles)
        _known(mail, staff, (*at, role), "the address of one of the staff", faults)


def _once(values: Iterable[str], at: Path, key: str, faults: FaultList) -> None:
    seen: dict[str, int] = {}
    for index, value in enumerate(values):
        first = seen.setdefault(value, index)
        if first != index:
            faults.add((*at, index, key), f'"{value}" stands already in entry {first + 1} of this list.')


def _all_known(values: Iterable[str], known: Iterable[str], at: Path, what: str, faults: FaultList) -> None:
    allowed = tuple(known)
    for value in values:
        _known(value, allowed, at, what, faults)


def _known(value: str, known: Iterable[str], at: Path, what: str, faults: FaultList) -> None:
    allowed = tuple(known)
    if value not in allowed:
        faults.add_unknown(at, value, what, allowed=allowed)
