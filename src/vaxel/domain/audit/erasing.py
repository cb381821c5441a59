"""The one way in which the trail forgets a name (trust 81); what happened, when and by which id stays (trust 84).

The database refuses every other change of the trail's rows: see migration 0003.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from vaxel.domain.audit.models import AuditEntry


@contextmanager
def audit_may_forget() -> Iterator[None]:
    """Within the block names may be struck out of the trail; in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vaxel.audit_door', 'erasing', true)")
        yield
        cursor.execute("SELECT set_config('vaxel.audit_door', '', true)")


def forget_name(*, by_kind: str, by_id: int, alias: str) -> int:
    """Everything that this actor has done is told under the alias; in the caller's transaction. How many entries."""
    with audit_may_forget():
        return AuditEntry.unscoped.filter(by_kind=by_kind, by_id=by_id).update(by_name=alias)
