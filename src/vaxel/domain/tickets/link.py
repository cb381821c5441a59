"""How two tickets of one organisation belong together.

A link is read from `ticket` to `other`: this ticket is a duplicate of, a part of, was taken out of the other. Rows are
never removed: what was undone has an end.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vaxel.kit.tenancy import ScopedManager


class Link(models.Model):
    """Two tickets that belong together, and since when."""

    class Kind(models.TextChoices):
        #: What staff say of two tickets.
        DUPLICATE = "duplicate"
        PART_OF = "part-of"
        CAUSED_BY = "caused-by"
        #: What was done to two tickets.
        SPLIT_FROM = "split-from"
        MERGED_INTO = "merged-into"
        #: A question to the local contacts that one of them brought to the vendor (A12).
        PASSED_ON_FROM = "passed-on-from"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    #: Of a merge, what taking it back needs: the status before, and the ids of the copied messages and notes.
    data = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Link"](for_vendor=Q(ticket__is_first_line=False, other__is_first_line=False))
    unscoped = models.Manager["Link"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(ticket=F("other")), name="link_of_two"),
            models.UniqueConstraint(
                fields=["ticket", "other", "kind"], condition=Q(ended_at__isnull=True), name="linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind} {self.other_id}"


#: The kinds that staff choose; the others are made by what they are named after.
CHOSEN_BY_STAFF = (Link.Kind.DUPLICATE, Link.Kind.PART_OF, Link.Kind.CAUSED_BY)
