"""What a desk lacks before every question reaches somebody: told after a desk was made or loaded."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.models import Agreement, Organisation, Person, RoleHolder, Staff
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import PolicyFile


def what_is_missing(desk: Desk, *, today: date) -> list[str]:
    """One sentence for each thing; empty for a desk that can work. Raises NoPolicyError for a desk without policy."""
    policy = current_policy(desk).file
    return [*_about_staff(desk, policy), *_about_roles(desk, policy), *_about_customers(desk, policy, today=today)]


def _about_staff(desk: Desk, policy: PolicyFile) -> Iterator[str]:
    active = list(Staff.objects.within(Scope(desk.pk)).filter(is_active=True))
    if not any(one.may_administer for one in active):
        yield "Nobody administers the desk."
    for name, destination in policy.destinations.items():
        if destination.type == "team" and not any(name in one.roles for one in active):
            yield f"Nobody of the staff answers {name}: its questions would wait for nobody."


def _about_roles(desk: Desk, policy: PolicyFile) -> Iterator[str]:
    """Roles that every organisation must have; for the others the policy itself says who steps in."""
    organisations = Organisation.objects.within(Scope(desk.pk)).filter(is_active=True).order_by("name")
    for name, role in policy.roles.items():
        held = RoleHolder.unscoped.filter(desk=desk, role=name, staff__is_active=True)
        if role.every_organisation and not held.filter(organisation=None).exists():
            lacking = organisations.exclude(pk__in=held.filter(organisation__isnull=False).values("organisation"))
            yield from (f"{one.name} has no {name}, and nobody is it for all." for one in lacking)


def _about_customers(desk: Desk, policy: PolicyFile, *, today: date) -> Iterator[str]:
    scope = Scope(desk.pk)
    organisations = Organisation.objects.within(scope).filter(is_active=True).order_by("name")
    if not organisations.exists():
        yield "There are no customers yet."
    running = Agreement.objects.within(scope).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today
    )
    for one in organisations.exclude(pk__in=running.values("organisation")):
        yield f"{one.name} has no agreement that runs today."
    if any(each.type == "local-contacts" for each in policy.destinations.values()):
        asked = Person.objects.within(scope).filter(
            Q(is_local_contact=True) | Q(seats__agreement__in=running), is_active=True
        )
        for one in organisations.exclude(pk__in=asked.values("organisation")):
            yield f"{one.name} has neither a support contact nor a local contact."
