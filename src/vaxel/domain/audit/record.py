"""The one door to the audit trail."""

from collections.abc import Mapping
from datetime import datetime

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.models import AuditEntry


def record(
    *,
    kind: str,
    by: Actor,
    now: datetime,
    desk_id: int | None = None,
    changes: Mapping[str, object] | None = None,
    **data: str | int | bool | None,
) -> None:
    """Add an entry; `data` takes ids and plain values, never contents or secrets.

    `changes` is for settings alone: by the name of the field what was and what is, as a pair, or None where only that
    it changed is told.
    """
    AuditEntry.objects.create(
        desk_id=desk_id,
        at=now,
        kind=kind,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        data=data,
        changes=dict(changes) if changes else None,
    )
