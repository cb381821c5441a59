"""Words among a customer's own contacts on a colleague's question (A12).

A table of its own, and not `Note`: a question that its asker sends on becomes the vendor's to read, and what the
contacts wrote among themselves does not. No scope of the vendor's finds a row, so no forgotten filter can leak one.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vaxel.kit.tenancy import ScopedManager


class ContactsNote(models.Model):
    """What one local contact tells the others; never the colleague who asked, and never the vendor."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = ScopedManager["ContactsNote"](for_vendor=Q(pk=None))
    unscoped = models.Manager["ContactsNote"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["ticket", "at", "id"], name="contacts_note_in_order")]

    def __str__(self) -> str:
        return f"contacts' note {self.pk}"
