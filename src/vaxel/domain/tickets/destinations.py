"""Who at the vendor a destination means for one organisation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.queries import person_for_role


def role_holder(destination: str, *, desk: Desk, organisation_id: int, now: datetime) -> int | None:
    """The staff id of whoever holds the destination's role, or of its fallback's; None for a team, where a question
    waits until somebody takes it.
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
            return holder.staff_id
        name = place.fallback
    return None
