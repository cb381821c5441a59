"""Policies on their way: drafts, and what trying them on proof and history has shown."""

from typing import ClassVar

from django.db import models

from vaxel.kit.tenancy import ScopedManager


class PolicyDraft(models.Model):
    """A policy file as somebody has written it, faults and all. It stays when it is published, with its trials."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    #: What it is for, in a sentence: becomes the note of the version.
    purpose = models.CharField(max_length=400)
    source = models.TextField()
    #: Grows with every change of the words: what a trial has shown holds for one revision.
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by_name = models.CharField(max_length=200)
    #: The version that it became.
    published = models.ForeignKey(
        "desks.PolicyVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager["PolicyDraft"](organisation="")
    unscoped = models.Manager["PolicyDraft"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["desk", "-written_at"], name="policy_draft_newest")]

    def __str__(self) -> str:
        return f"{self.desk_id}: {self.purpose}"


class PolicyTrial(models.Model):
    """One revision of a draft, proven, compared with a published version, and replayed over what has been asked.

    `proof`, `differences` and `replay` hold what `publishing.findings` describes; None while not known yet.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        #: A fault of ours: what was found is not to be trusted.
        FAILED = "failed"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(PolicyDraft, on_delete=models.CASCADE, related_name="trials")
    revision = models.PositiveIntegerField()
    #: The version that was published then.
    against = models.ForeignKey("desks.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    #: Earlier questions to decide again, and how many have been.
    total = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    proof = models.JSONField(null=True, blank=True)
    differences = models.JSONField(null=True, blank=True)
    replay = models.JSONField(null=True, blank=True)

    objects = ScopedManager["PolicyTrial"](organisation="")
    unscoped = models.Manager["PolicyTrial"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "revision", "against"], name="policy_trial_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}, revision {self.revision}: {self.state}"
