"""What the policy's names are called in the reader's language: looked up once per page, never per row."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version, published_version
from vaxel.domain.tickets.status import Status as TicketStatus
from vaxel.kit.values import value
from vaxel.rules.policy import PolicyFile
from vaxel.rules.policy.wording import Name
from vaxel.surfaces.ui import moments
from vaxel.surfaces.ui.shapes import Moment, Option, Status, StatusKey

_KEYS: Final[Mapping[str, StatusKey]] = {
    "new": "new",
    "open": "open",
    "needs-details": "waiting-customer",
    "waiting-customer": "waiting-customer",
    "waiting-third-party": "waiting-third",
    "solved": "solved",
    "closed": "closed",
}


class _Named(Protocol):
    """Anything of a policy that has a name."""

    @property
    def name(self) -> Name: ...


@value
class Names:
    """Names by their keys in a policy, in one language. One that an older version had is shown as it is written."""

    kinds: Mapping[str, str]
    products: Mapping[str, str]
    topics: Mapping[str, str]
    plans: Mapping[str, str]
    priorities: Mapping[str, str]
    #: The priorities above the usual one: lists mark them.
    raised: Mapping[str, str]
    destinations: Mapping[str, str]
    #: Destinations at the vendor that hold tickets.
    queues: frozenset[str]
    roles: Mapping[str, str]
    fields: Mapping[str, str]
    #: Facts of the policy that askers and agents tell, and their values as `fact=value`.
    facts: Mapping[str, str]
    values: Mapping[str, str]
    checklist: Mapping[str, str]
    statuses: Mapping[str, Status]


@value
class Labels:
    """How one reader is told things now: names in the language of the page, times in the desk's zone."""

    language: str
    now: datetime
    zone: ZoneInfo
    names: Names

    def moment(self, at: datetime) -> Moment:
        """An instant as people read it at this desk."""
        return moments.moment(at, now=self.now, zone=self.zone, language=self.language)

    def brief_moment(self, at: datetime) -> Moment:
        """The same in a column's width."""
        return moments.moment(at, now=self.now, zone=self.zone, language=self.language, in_column=True)


def labels_of(desk: Desk, *, now: datetime, version_id: int | None = None) -> Labels:
    """The labels of a desk in the page's language; no query once the policy is compiled.

    With `version_id`, the names that this version of the policy gives come first: a ticket is told in the words that
    it was decided by, and what has come since in today's.
    """
    language = (get_language() or "sv")[:2]
    names = names_of(published_version(desk), language)
    if version_id is not None and version_id != desk.policy_id:
        names = _over(names, names_of(version_id, language))
    return Labels(language=language, now=now, zone=ZoneInfo(desk.time_zone), names=names)


def _over(today: Names, own: Names) -> Names:
    """Today's names with those of another version over them."""
    return replace(
        own,
        kinds={**today.kinds, **own.kinds},
        products={**today.products, **own.products},
        topics={**today.topics, **own.topics},
        plans={**today.plans, **own.plans},
        priorities={**today.priorities, **own.priorities},
        destinations={**today.destinations, **own.destinations},
        roles={**today.roles, **own.roles},
        fields={**today.fields, **own.fields},
        checklist={**today.checklist, **own.checklist},
    )


def options_of(names: Mapping[str, str]) -> list[Option]:
    """Names as the choices of a select."""
    return [Option(value=key, label=name) for key, name in names.items()]


@lru_cache(maxsize=64)
def names_of(version_id: int, language: str) -> Names:
    """The names of a published version, which never change; called while `language` is the active one."""
    file = policy_version(version_id).file

    def names(things: Mapping[str, _Named]) -> dict[str, str]:
        return {key: thing.name.in_(language) for key, thing in things.items()}

    levels = names(file.priorities.levels)
    usual = list(levels).index(file.priorities.default) if file.priorities.default else len(levels) // 2
    return Names(
        kinds=names(file.kinds),
        products=names(file.products),
        topics=names(file.topics),
        plans=names(file.plans),
        priorities={"undecided": _("Not decided yet"), **levels},
        raised=dict(list(levels.items())[usual + 1 :]),
        destinations=destination_names(file, language=language),
        queues=frozenset(name for name, place in file.destinations.items() if place.is_the_vendor),
        roles=names(file.roles),
        fields={key: field.label.in_(language) for key, field in file.fields.items()},
        facts=names({key: fact for key, fact in file.facts.items() if fact.source in {"form", "agent"}}),
        values={
            f"{key}={value}": label.in_(language)
            for key, fact in file.facts.items()
            for value, label in fact.labels.items()
        },
        checklist={item.name: item.text.in_(language) for rule in file.checklists for item in rule.items},
        statuses={status.value: Status(key=_KEYS[status.value], label=str(status.label)) for status in TicketStatus},
    )


def destination_names(file: PolicyFile, *, language: str) -> dict[str, str]:
    """Customers read "your account manager"; among staff a role's queue has the role's own name."""
    return {
        name: file.roles.get(place.role or "", place).name.in_(language) for name, place in file.destinations.items()
    }
