"""Wishes on the manual and the product: what somebody missed, who wants it too, and what the desk says of it.

A wish in the wisher's own words is read by the wisher and the staff. Others see it once staff have given it a title
of theirs, in every language of the desk; the wisher's words are never shown to them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vaxel.kit.tenancy import ScopedManager


class Wish(models.Model):
    """Something that is missing."""

    class State(models.TextChoices):
        NEW = "new"
        CONSIDERED = "considered"
        PLANNED = "planned"
        DONE = "done"
        DECLINED = "declined"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    #: The wisher's own words, in their language.
    text = models.TextField()
    language = models.CharField(max_length=5)
    #: Where it was missed: on an article, or by a search that found nothing.
    article = models.ForeignKey("manual.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    searched = models.CharField(max_length=200, blank=True)
    #: Both None when it came without an account, or from one of the staff.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: Empty for whoever wished without an account.
    by_name = models.CharField(max_length=200, blank=True)
    #: By language; empty until staff let others see and want it.
    title = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    #: The same thing as another wish: read, wanted and answered there.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Wish"]()
    unscoped = models.Manager["Wish"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "number"], name="wish_number_once"),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="wish_not_merged_into_itself"),
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "state", "-updated_at"], name="wish_newest")]

    def __str__(self) -> str:
        return f"wish {self.number}"


class Vote(models.Model):
    """An organisation wants it too, once; who said so is for the organisation's own people."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Vote"]()
    unscoped = models.Manager["Vote"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wish", "organisation"], name="one_vote_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} for {self.wish_id}"


class WishAnswer(models.Model):
    """What the desk said of a wish, and when: only ever added, so that the newest is how it stands."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="answers")
    state = models.CharField(max_length=10, choices=Wish.State.choices)
    #: A sentence or two, by language.
    text = models.JSONField()
    #: What answered it: an article of the manual, or a version of the product.
    article = models.ForeignKey("manual.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    release = models.CharField(max_length=60, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    #: When its mails were written; a second time adds none.
    told_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["WishAnswer"](organisation="")
    unscoped = models.Manager["WishAnswer"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"{self.wish_id}: {self.state}"
