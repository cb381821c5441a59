"""Who did what outside the tickets: sign-ins, rights, settings, files read. Rows are only ever added."""

from typing import ClassVar

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

    objects = ScopedManager["AuditEntry"](organisation="")
    unscoped = models.Manager["AuditEntry"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["desk", "-at"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
