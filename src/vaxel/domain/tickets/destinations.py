"""Who at the vendor a destination means for one organisation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.queries import StaffContact, person_for_role


def role_holder(destination: str, *, desk: Desk, organisation_id: int, now: datetime) -> int | None:
    """The staff id of whoever a question to the destination is handed to: see `role_contact`."""
    holder = role_contact(destination, desk=desk, organisation_id=organisation_id, now=now)
    return None if holder is None else holder.staff_id


def role_contact(destination: str, *, desk: Desk, organisation_id: int, now: datetime) -> StaffContact | None:
    """Whoever holds the destination's role, or its fallback's; None for a team, where a question waits until
    somebody takes it.
    """
    file = current_policy(desk).file
    today = now.astimezone(ZoneInfo(desk.time_zone)).date()
    tried: set[str] = set()
    name: str | None = destination
    while name is not None and name not in tried:
        tried.add(name)
        place = file.destinations[name]
        if place.role is None:
            return None
        holder = person_for_role(desk_id=desk.pk, organisation_id=organisation_id, role=place.role, today=today)
        if holder is not None:
            return holder
        name = place.fallback
    return None
