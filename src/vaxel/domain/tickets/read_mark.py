"""How far staff have read a ticket: what is new in the inbox."""

from typing import ClassVar

from django.db import models


class ReadMark(models.Model):
    """How far one of the staff has read a ticket."""

    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["staff", "ticket"], name="one_read_mark")]

    def __str__(self) -> str:
        return f"{self.staff_id} read {self.ticket_id}"
