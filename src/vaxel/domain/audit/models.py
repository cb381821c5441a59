"""Who did what outside the tickets: sign-ins, rights, settings; and who read what. Rows are only ever added: the
database refuses to change or remove them, but for the doors of erasing and of retention (migration 0003).
"""

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


class Reading(models.Model):
    """Somebody opened a ticket, or took a file, a mail's original or an export with them (trust 84).

    It holds ids and no words, so nothing in it has to change when somebody is erased.
    """

    class What(models.TextChoices):
        TICKET = "ticket"
        ATTACHMENT = "attachment"
        #: A mail as it came.
        ORIGINAL = "original"
        #: The proof of a training.
        PROOF = "proof"
        #: Everything of one customer.
        EXPORT = "export"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=12, choices=What.choices)
    what_id = models.BigIntegerField()
    #: The ticket that it belongs to, where it belongs to one.
    ticket_id = models.BigIntegerField(null=True)
    #: Whose it is, where it is a customer's.
    organisation_id = models.BigIntegerField(null=True)
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)

    objects = ScopedManager["Reading"](organisation="")
    unscoped = models.Manager["Reading"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [
            models.Index(fields=["desk", "-id"], name="reading_newest"),
            models.Index(fields=["by_kind", "by_id", "-id"], name="reading_by_whom"),
            models.Index(
                fields=["ticket_id", "-id"], condition=models.Q(ticket_id__isnull=False), name="reading_ticket"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.what_id} at {self.at:%Y-%m-%d %H:%M}"
