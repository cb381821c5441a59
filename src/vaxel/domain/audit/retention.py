"""The one way in which entries and readings go: once they are older than the desk keeps them (trust 82)."""

from collections.abc import Sequence

from django.db import connection, transaction

from vaxel.domain.audit.models import AuditEntry, Reading


@transaction.atomic(durable=True)
def remove_old(table: type[AuditEntry] | type[Reading], *, pks: Sequence[int]) -> int:
    """Remove these; how many that were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vaxel.audit_door', 'retention', true)")
        count, _ = table.unscoped.filter(pk__in=pks).delete()
        cursor.execute("SELECT set_config('vaxel.audit_door', '', true)")
    return count
