"""Whose customer an organisation is: the vendor's people who hold a role for it, lead a project there, or step in for
one of them today.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from vaxel.domain.people.models import Absence, Organisation, Project, RoleHolder
from vaxel.kit.tenancy import Scope


def followed_by(staff_id: int, *, scope: Scope, general: Collection[str], today: date) -> QuerySet[Organisation]:
    """The active organisations that one of the staff follows on that day, in no order.

    `general` are the roles that every organisation has (the policy says which): whoever holds one of them for the
    desk follows each organisation that has nobody of its own for it.
    """
    stepping_in = Absence.unscoped.filter(stand_in=staff_id, starts_on__lte=today, ends_on__gte=today)
    helped = stepping_in.values("staff")
    mine, led = Q(staff=staff_id) | Q(staff__in=helped), Q(manager=staff_id) | Q(manager__in=helped)
    holding = RoleHolder.unscoped.filter(mine, organisation=OuterRef("pk"))
    leading = Project.unscoped.filter(led, Q(ends_on=None) | Q(ends_on__gte=today), organisation=OuterRef("pk"))
    taken = RoleHolder.unscoped.filter(organisation=OuterRef(OuterRef("pk")), role=OuterRef("role"))
    for_all = RoleHolder.unscoped.filter(~Exists(taken), mine, desk=scope.desk_id, organisation=None, role__in=general)
    active = Organisation.objects.within(scope).filter(is_active=True)
    return active.filter(Exists(holding) | Exists(leading) | Exists(for_all))
