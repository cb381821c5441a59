"""The one door to the audit trail."""

from datetime import datetime

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.models import AuditEntry


def record(*, kind: str, by: Actor, now: datetime, desk_id: int | None = None, **data: str | int | bool | None) -> None:
    """Add an entry; `data` takes ids and plain values, never contents or secrets."""
    AuditEntry.objects.create(
        desk_id=desk_id, at=now, kind=kind, by_kind=by.kind, by_id=by.id, by_name=by.name, data=data
    )
