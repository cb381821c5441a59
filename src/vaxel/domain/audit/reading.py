"""Who read what: the one door to the record of readings (trust 84), and the way back out of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.models import Reading
from vaxel.kit.tenancy import Scope

#: Rows that a page shows.
PAGE_SIZE: Final = 50


def note_reading(
    what: Reading.What,
    *,
    desk_id: int,
    what_id: int,
    ticket_id: int | None = None,
    organisation_id: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Remember that somebody took this with them. Call it before they get it: what is not noted is not handed out."""
    Reading.objects.create(
        desk_id=desk_id,
        at=now,
        what=what,
        what_id=what_id,
        ticket_id=ticket_id,
        organisation_id=organisation_id,
        by_kind=by.kind,
        by_id=by.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for among the readings; None and empty stand for anything."""

    #: Pairs of a kind of actor and an id; an empty collection is nobody at all.
    by: Collection[tuple[str, int]] | None = None
    what: str = ""
    ticket_id: int | None = None
    organisation_id: int | None = None
    #: From this instant on, and before that one.
    since: datetime | None = None
    until: datetime | None = None


def readings(scope: Scope, wanted: Wanted) -> QuerySet[Reading]:
    """The desk's readings that fit, the newest first."""
    found = Reading.objects.within(scope)
    if wanted.by is not None:
        of_any = Q(pk=None)
        for kind, number in wanted.by:
            of_any |= Q(by_kind=kind, by_id=number)
        found = found.filter(of_any)
    if wanted.what:
        found = found.filter(what=wanted.what)
    for name in ("ticket_id", "organisation_id"):
        if (value := getattr(wanted, name)) is not None:
            found = found.filter(**{name: value})
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(at__lt=wanted.until)
    return found.order_by("-pk")
