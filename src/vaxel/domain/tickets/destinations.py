"""Who a destination means for one organisation: somebody at the vendor, or its own contacts."""

from datetime import datetime
from typing import Final

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.queries import LocalContact, StaffContact, local_contacts, person_for_role
from vaxel.rules.policy import Policy

#: The type of the destination that is the organisation's own people (A12).
LOCAL_CONTACTS: Final = "local-contacts"


def who_takes(destination: str, *, policy: Policy, desk_id: int, organisation_id: int, asker_id: int) -> str:
    """The destination itself, or the one that steps in for an organisation without contacts of its own.

    The asker is no contact of theirs: a question to oneself would reach nobody. No query but for local contacts.
    """
    place = policy.file.destinations[destination]
    if place.type != LOCAL_CONTACTS or place.fallback is None:
        return destination
    own = colleagues_to_ask(desk_id=desk_id, organisation_id=organisation_id, asker_id=asker_id)
    return destination if own else place.fallback


def colleagues_to_ask(*, desk_id: int, organisation_id: int, asker_id: int) -> list[LocalContact]:
    """The organisation's own contacts besides the asker; one query."""
    found = local_contacts(desk_id=desk_id, organisation_id=organisation_id)
    return [each for each in found if each.person_id != asker_id]


def role_holder(destination: str, *, policy: Policy, desk: Desk, organisation_id: int, now: datetime) -> int | None:
    """The staff id of whoever a question to the destination is handed to: see `role_contact`."""
    holder = role_contact(destination, policy=policy, desk=desk, organisation_id=organisation_id, now=now)
    return None if holder is None else holder.staff_id


def role_contact(
    destination: str, *, policy: Policy, desk: Desk, organisation_id: int, now: datetime
) -> StaffContact | None:
    """Whoever holds the role of the policy's destination, or its fallback's; None for a team, where a question waits
    until somebody takes it.
    """
    file = policy.file
    today = desk.day_of(now)
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
