"""What a desk lacks for every question to reach somebody: roles that nobody fills now, teams without staff, and
organisations in which nobody can be asked first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Q

from vaxel.domain.people.models import Absence, Organisation, Person, Project, RoleHolder, Staff
from vaxel.domain.people.queries import PROJECT_MANAGER
from vaxel.kit.tenancy import Scope

#: Nobody holds the role; whoever holds it has left; they are away and nobody steps in.
Why = Literal["nobody", "left", "away"]


@dataclass(frozen=True, slots=True)
class RoleGap:
    """A role that reaches nobody of its own for these organisations today."""

    role: str
    why: Why
    #: Whoever holds it on paper; empty when nobody does.
    holder: str
    #: The last day of their absence.
    until: date | None
    #: Who gets the questions meanwhile: the desk's own holder of the role; empty when the policy's fallback does.
    instead: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithoutContacts:
    """An organisation in which nobody can be asked first."""

    organisation_id: int
    name: str
    #: Somebody there administers, sees what colleagues have asked and can name a contact.
    is_administered: bool


@dataclass(frozen=True, slots=True)
class DeskGaps:
    """All of them at one desk. `teams` are destinations whose questions none of the active staff answers."""

    roles: tuple[RoleGap, ...]
    teams: tuple[str, ...]
    organisations: tuple[WithoutContacts, ...]


def desk_gaps(scope: Scope, *, roles: Iterable[str], teams: Iterable[str], today: date) -> DeskGaps:
    """What the desk lacks on that day, for the roles and teams of its policy; five queries.

    The same cause at several organisations is one gap.
    """
    plan = _Plan.read(scope, today=today)
    together: dict[_Gap, list[str]] = {}
    for gap, organisation in _gaps(plan, tuple(roles)):
        together.setdefault(gap, []).append(organisation)
    answered = {role for staff in plan.staff.values() if staff.is_active for role in staff.roles}
    return DeskGaps(
        roles=tuple(RoleGap(*gap, organisations=tuple(sorted(set(names)))) for gap, names in together.items()),
        teams=tuple(team for team in teams if team not in answered),
        organisations=plan.without_contacts,
    )


_Gap = tuple[str, Why, str, date | None, str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who holds what, and who is there: all that the gaps follow from."""

    staff: Mapping[int, Staff]
    #: Holders' ids by organisation and role; by None those of the desk.
    holders: Mapping[tuple[int | None, str], int]
    away: Mapping[int, Absence]
    organisations: Mapping[int, str]
    without_contacts: tuple[WithoutContacts, ...]
    #: Managers of running projects by organisation.
    leaders: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, scope: Scope, *, today: date) -> "_Plan":
        holders = RoleHolder.objects.within(scope).values_list("organisation", "role", "staff")
        running = Project.objects.within(scope).filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
        away = Absence.objects.within(scope).filter(starts_on__lte=today, ends_on__gte=today)
        people = Person.unscoped.filter(organisation=OuterRef("pk"), is_active=True)
        active = Organisation.objects.within(scope).filter(is_active=True)
        organisations = active.annotate(
            has_contact=Exists(people.filter(Q(is_local_contact=True) | Q(seats__isnull=False))),
            administered=Exists(people.filter(may_administer=True)),
        ).order_by("name")
        rows = list(organisations)
        return cls(
            staff=Staff.objects.within(scope).in_bulk(),
            holders={(organisation, role): staff for organisation, role, staff in holders},
            away={each.staff_id: each for each in away},
            organisations={one.pk: one.name for one in rows},
            without_contacts=tuple(
                WithoutContacts(one.pk, one.name, one.administered) for one in rows if not one.has_contact
            ),
            leaders=tuple(running.values_list("organisation", "manager")),
        )

    def is_there(self, staff_id: int | None) -> bool:
        """Whether their questions are taken today: by themselves, or by a stand-in who is there (see `at_hand`)."""
        if staff_id is None or not self.staff[staff_id].is_active:
            return False
        absence = self.away.get(staff_id)
        if absence is None:
            return True
        helper = absence.stand_in_id
        return helper is not None and self.staff[helper].is_active and helper not in self.away

    def gap(self, role: str, *, holder: int | None, instead: int | None) -> _Gap | None:
        """None when the holder, or whoever steps in for them, is there."""
        if self.is_there(holder):
            return None
        there = self.staff[instead].name if instead is not None and self.is_there(instead) else ""
        if holder is None:
            return (role, "nobody", "", None, "")
        who = self.staff[holder]
        if not who.is_active:
            return (role, "left", who.name, None, there)
        return (role, "away", who.name, self.away[holder].ends_on, there)


def _gaps(plan: _Plan, roles: tuple[str, ...]) -> Iterator[tuple[_Gap, str]]:
    for role in roles:
        for organisation_id, holder in _expected(plan, role):
            instead = plan.holders.get((None, role))
            if role == PROJECT_MANAGER:
                instead = plan.holders.get((organisation_id, role), instead)
            gap = plan.gap(role, holder=holder, instead=instead)
            if gap is not None and organisation_id in plan.organisations:
                yield gap, plan.organisations[organisation_id]


def _expected(plan: _Plan, role: str) -> Iterator[tuple[int, int | None]]:
    """Who should answer for the role, by organisation: a project manager only where a project runs."""
    if role == PROJECT_MANAGER:
        yield from plan.leaders
        return
    desk_holder = plan.holders.get((None, role))
    for organisation_id in plan.organisations:
        yield organisation_id, plan.holders.get((organisation_id, role), desk_holder)
