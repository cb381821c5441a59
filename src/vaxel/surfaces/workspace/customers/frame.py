"""Who may see what of a customer: those responsible for it, and everybody else at the desk."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from vaxel.domain.customers.following import followed_by
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.models import Organisation
from vaxel.insight.reports.promises_kept import Period
from vaxel.surfaces.ui.gate import StaffPlace


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation that somebody looks at. Those responsible hold a role for it, lead a project there, step in for
    such a colleague, or administer the desk: they read and write notes, see hours, and make the report.
    """

    id: int
    name: str
    is_active: bool
    is_responsible: bool


def customer_of(place: StaffPlace, organisation_id: int) -> Customer:
    """One of the desk's; one query. Raises Http404 for any other."""
    mine = own_customers(place).filter(pk=OuterRef("pk"))
    rows = Organisation.objects.within(place.scope).filter(pk=organisation_id).annotate(follows=Exists(mine))
    found = rows.values_list("pk", "name", "is_active", "follows").first()
    if found is None:
        raise Http404
    pk, name, is_active, follows = found
    return Customer(pk, name, is_active, is_responsible=follows or place.viewer.may_administer)


def customer_to_answer_for(place: StaffPlace, organisation_id: int) -> Customer:
    """The same; for whoever is not responsible for it, it does not exist."""
    customer = customer_of(place, organisation_id)
    if not customer.is_responsible:
        raise Http404
    return customer


def own_customers(place: StaffPlace) -> QuerySet[Organisation]:
    """Those that the viewer follows; no query yet."""
    roles = current_policy(place.desk).file.roles
    general = [name for name, role in roles.items() if role.every_organisation]
    return followed_by(place.viewer.staff_id, scope=place.scope, general=general, today=place.desk.day_of(place.now))


def last_year(place: StaffPlace) -> Period:
    """This month and the eleven before it."""
    today = place.desk.day_of(place.now)
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for _ in range(10):
        month = (month - timedelta(days=1)).replace(day=1)
    return Period(month, today, ZoneInfo(place.desk.time_zone))
