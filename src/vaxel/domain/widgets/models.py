"""Help inside a vendor's product: each product that shows it, and the tokens that have been used to enter."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from vaxel.kit.ids import new_public_id
from vaxel.kit.tenancy import ScopedManager


class Widget(models.Model):
    """A product in which a desk's help is shown. Its id stands in the pages of the product and is no secret."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="widgets")
    public_id = models.CharField(max_length=27, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=80)
    #: The policy's product that questions are about unless the page says otherwise; empty leaves it to the asker.
    product = models.CharField(max_length=60, blank=True)
    #: Where its pages come from, such as "https://app.vendor.example": nobody else's pages are answered.
    origins = ArrayField(models.CharField(max_length=300), default=list)
    #: The key that the product signs with, encrypted.
    key = models.TextField()
    #: How many keys there have been: sessions that an earlier one opened are over.
    key_number = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = ScopedManager["Widget"](organisation="")
    unscoped = models.Manager["Widget"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.name


class UsedToken(models.Model):
    """A token that somebody has entered by. It is kept until it would have expired, so that nobody uses it again."""

    widget = models.ForeignKey(Widget, on_delete=models.CASCADE, related_name="+")
    #: SHA-256 of the token's `jti`, in hexadecimal.
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["widget", "digest"], name="token_used_once")]

    def __str__(self) -> str:
        return f"{self.widget_id}: {self.digest[:8]}"
