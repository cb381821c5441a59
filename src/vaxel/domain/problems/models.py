"""Known problems and operating notices: what the desk tells everybody at once.

Texts are kept per language of the desk, {"sv": "…", "en": "…"}. A problem has no internal words: what staff say among
themselves stands in notes on the tickets.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vaxel.kit.tenancy import ScopedManager


class KnownProblem(models.Model):
    """A fault that many meet. The tickets about it hang on it, and one update tells everybody."""

    class State(models.TextChoices):
        OPEN = "open"
        #: Mended; its tickets can be solved together.
        FIXED = "fixed"
        #: It was none after all.
        WITHDRAWN = "withdrawn"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    #: Products of the policy; empty for all.
    products = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    title = models.JSONField()
    text = models.JSONField()
    #: What to do meanwhile; empty when there is nothing.
    workaround = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=200)
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["KnownProblem"](organisation="")
    unscoped = models.Manager["KnownProblem"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "number"], name="problem_number_once"),
            models.CheckConstraint(condition=Q(state="open") ^ Q(closed_at__isnull=False), name="closed_has_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "state", "-updated_at"], name="problem_newest")]

    def __str__(self) -> str:
        return f"problem {self.number}"


class ProblemUpdate(models.Model):
    """What was told about a problem, to everybody whom it affects."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    problem = models.ForeignKey(KnownProblem, on_delete=models.CASCADE, related_name="updates")
    text = models.JSONField()
    #: The problem's state from then on.
    state = models.CharField(max_length=10, choices=KnownProblem.State.choices)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = ScopedManager["ProblemUpdate"](organisation="")
    unscoped = models.Manager["ProblemUpdate"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"{self.problem_id} at {self.at:%Y-%m-%d %H:%M}"


class Affected(models.Model):
    """A ticket about the problem, or a person who said "me too" instead of asking."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    problem = models.ForeignKey(KnownProblem, on_delete=models.CASCADE, related_name="affected")
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, blank=True, related_name="problems"
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Affected"]()
    unscoped = models.Manager["Affected"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ticket__isnull=True) ^ Q(person__isnull=True), name="affected_ticket_or_person"
            ),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ticket__isnull=False), name="one_problem_per_ticket"
            ),
            models.UniqueConstraint(
                fields=["problem", "person"], condition=Q(person__isnull=False), name="affected_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.organisation_id}"


class OperatingNotice(models.Model):
    """Something that is planned, goes on or is over: planned work, a disturbance. Its instants say which."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    products = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    title = models.JSONField()
    text = models.JSONField()
    starts_at = models.DateTimeField()
    #: None while nobody knows.
    ends_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    objects = ScopedManager["OperatingNotice"](organisation="")
    unscoped = models.Manager["OperatingNotice"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")), name="notice_ends_after_its_start"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "-starts_at"], name="operating_notice_newest")]

    def __str__(self) -> str:
        return f"notice from {self.starts_at:%Y-%m-%d %H:%M}"
