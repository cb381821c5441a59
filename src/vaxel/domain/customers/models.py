"""What the vendor's people write down about a customer among themselves."""

from typing import ClassVar

from django.db import models

from vaxel.kit.tenancy import ScopedManager


class CustomerNote(models.Model):
    """A note about an organisation, as it was written at one time. No customer's query touches this table (trust 44).

    Rows are only added: other words are a row that `replaces` the former, and a note that was taken away ends with a
    row without words. A row is replaced once, so that of two who change it at the same time one is told.
    """

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    #: Empty when the note was taken away.
    text = models.TextField(blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    #: The row that the note began with; None in that row itself.
    begins = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = ScopedManager["CustomerNote"](organisation="")
    unscoped = models.Manager["CustomerNote"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["organisation", "at", "id"], name="customer_note_in_order")]

    def __str__(self) -> str:
        return f"note {self.pk} about {self.organisation_id}"
