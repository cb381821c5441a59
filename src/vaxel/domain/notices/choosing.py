"""Somebody chooses how to hear of things."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.notices.models import NoticeChoices
from vaxel.domain.notices.ways import DEFAULTS, WAYS

_HOURS = range(24)


@transaction.atomic(durable=True)
def choose_notices(
    *, desk_id: int, ways: Mapping[str, str], digest_hour: int, by: Actor, now: datetime
) -> NoticeChoices:
    """Keep what `by`, one of the staff or a customer's person, has chosen for themselves.

    Kinds that cannot be chosen, and ways that there are not, are left out. Raises ValueError for an hour that no day
    has.
    """
    if digest_hour not in _HOURS:
        raise ValueError(digest_hour)
    kept = {kind: way for kind, way in ways.items() if kind in DEFAULTS[by.kind] and way in WAYS}
    values = {"ways": kept, "digest_hour": digest_hour}
    whose = {f"{by.kind}_id": by.id}
    row, _made = NoticeChoices.unscoped.update_or_create(
        **whose, defaults=values, create_defaults={"desk_id": desk_id, **whose, **values}
    )
    record(kind="notices-chosen", by=by, now=now, desk_id=desk_id)
    return row


def choices_of(by: Actor) -> NoticeChoices | None:
    """What they have chosen; None for whoever has not. One query."""
    return NoticeChoices.unscoped.filter(**{f"{by.kind}_id": by.id}).first()
