"""Who did what outside the tickets: sign-ins, rights, settings, files read. Rows are only ever added."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from vaxel.kit.tenancy import ScopedManager


class AuditEntry(models.Model):
    """One thing that happened. `data` holds ids and names of fields, never contents or secrets (trust 63)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    #: Of a setting: what was and what is, by the field's name. None for everything else.
    changes = models.JSONField(null=True, blank=True)

    objects = ScopedManager["AuditEntry"](organisation="")
    unscoped = models.Manager["AuditEntry"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [
            models.Index(fields=["desk", "-at"], name="audit_newest"),
            # What happened to one thing is found by the ids in `data`: {"person_id": 17}.
            GinIndex(fields=["data"], name="audit_about", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
