"""What the policy's names are called in the reader's language: looked up once per page, never per row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.status import Status as TicketStatus
from vaxel.rules.policy.wording import Name
from vaxel.surfaces.ui import moments
from vaxel.surfaces.ui.shapes import Moment, Status, StatusKey

_KEYS: Mapping[str, StatusKey] = {
    "new": "new",
    "open": "open",
    "waiting-customer": "waiting-customer",
    "waiting-third-party": "waiting-third",
    "solved": "solved",
    "closed": "closed",
}


class _Named(Protocol):
    """Anything of a policy that has a name."""

    @property
    def name(self) -> Name: ...


@dataclass(frozen=True, slots=True)
class Labels:
    """Names by their keys in the policy. A name that an older policy version had is shown as it is written."""

    language: str
    now: datetime
    zone: ZoneInfo
    kinds: Mapping[str, str]
    products: Mapping[str, str]
    plans: Mapping[str, str]
    priorities: Mapping[str, str]
    destinations: Mapping[str, str]
    #: Destinations at the vendor that hold tickets.
    queues: frozenset[str]
    roles: Mapping[str, str]
    fields: Mapping[str, str]
    statuses: Mapping[str, Status]

    def moment(self, at: datetime) -> Moment:
        """An instant as people read it at this desk."""
        return moments.moment(at, now=self.now, zone=self.zone, language=self.language)


def labels_of(desk: Desk, *, now: datetime) -> Labels:
    """The labels of a desk in the page's language; no query once the policy is compiled."""
    language = (get_language() or "sv")[:2]
    file = current_policy(desk).file

    def names(things: Mapping[str, _Named]) -> dict[str, str]:
        return {key: thing.name.in_(language) for key, thing in things.items()}

    return Labels(
        language=language,
        now=now,
        zone=ZoneInfo(desk.time_zone),
        kinds=names(file.kinds),
        products=names(file.products),
        plans=names(file.plans),
        priorities={"undecided": _("Not decided yet"), **names(file.priorities.levels)},
        destinations=names(file.destinations),
        queues=frozenset(name for name, place in file.destinations.items() if place.is_the_vendor),
        roles=names(file.roles),
        fields={key: field.label.in_(language) for key, field in file.fields.items()},
        statuses={status.value: Status(key=_KEYS[status.value], label=str(status.label)) for status in TicketStatus},
    )
