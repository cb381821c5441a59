"""An answer that staff use again, as a row."""

from typing import ClassVar

from django.db import models

from vaxel.kit.tenancy import ScopedManager


class CannedReply(models.Model):
    """An answer that staff use again; placeholders are a closed list (trust 49)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=5)
    text = models.TextField()

    objects = ScopedManager["CannedReply"](organisation="")
    unscoped = models.Manager["CannedReply"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "title", "language"], name="canned_reply_once")
        ]

    def __str__(self) -> str:
        return self.title
