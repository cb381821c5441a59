"""What a desk owes those whose data it keeps: proofs of erasing (trust 81), files with all that is theirs (83), and for
how long it keeps what (82).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vaxel.kit.ids import new_public_id
from vaxel.kit.tenancy import ScopedManager


class Erasure(models.Model):
    """That a customer's person is to be erased, and later the proof that they were. It says nothing about them: they
    are a number in it, as everywhere afterwards.
    """

    class State(models.TextChoices):
        #: The customer's administrators ask for it.
        WISHED = "wished"
        #: The desk has said yes; the worker does it.
        ORDERED = "ordered"
        DONE = "done"
        DECLINED = "declined"

    #: What the customer is told as a reference.
    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="erasures")
    state = models.CharField(max_length=10, choices=State.choices)
    #: Erase also all that they wrote, not only who they were.
    with_words = models.BooleanField(default=False)
    #: Erase also the files that they sent.
    with_files = models.BooleanField(default=True)
    wished_at = models.DateTimeField(null=True, blank=True)
    #: The desk's yes or no.
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    #: What was changed or removed, as numbers: {"rows": 12, "files": 2, …}.
    counts = models.JSONField(default=dict, blank=True)

    objects = ScopedManager["Erasure"]()
    unscoped = models.Manager["Erasure"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=~Q(state="declined"), name="erased_once"),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_at__isnull=False), name="done_has_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "-id"], name="erasure_newest")]

    def __str__(self) -> str:
        return f"erasure of person {self.person_id}: {self.state}"


class CustomerExport(models.Model):
    """Everything of one customer as a file, made by the worker and kept for some days (trust 83)."""

    class State(models.TextChoices):
        ASKED = "asked"
        READY = "ready"
        #: Removed, by the clock or by hand.
        GONE = "gone"

    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=200)
    ready_at = models.DateTimeField(null=True, blank=True)
    #: When the file goes.
    expires_at = models.DateTimeField(null=True, blank=True)
    #: The file's name below the folder of exports: random, and ours.
    key = models.CharField(max_length=60, blank=True)
    size = models.BigIntegerField(default=0)
    #: Lines by part: {"tickets": 12, "messages": 80, …}.
    counts = models.JSONField(default=dict, blank=True)

    objects = ScopedManager["CustomerExport"](organisation="")
    unscoped = models.Manager["CustomerExport"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(state="asked"), name="one_export_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(expires_at__isnull=False), name="ready_export_expires"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "-id"], name="export_newest")]

    def __str__(self) -> str:
        return f"export of {self.organisation_id}: {self.state}"


class Kept(models.TextChoices):
    """What a desk keeps, each for a time of its own (trust 82)."""

    #: What was written in finished tickets, with their files and mails; figures and history stay.
    TICKET = "ticket"
    #: Files of finished tickets alone.
    ATTACHMENT = "attachment"
    #: Mails as they came, once they became something.
    ORIGINAL = "original"
    #: Mails that nobody has let in or put aside.
    HELD = "held"
    #: Who did what to the settings, and who read what.
    LOG = "log"


class RetentionRule(models.Model):
    """For how many days one kind of thing is kept; without a row it is kept for good."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kept.choices)
    days = models.PositiveIntegerField()

    objects = ScopedManager["RetentionRule"](organisation="")
    unscoped = models.Manager["RetentionRule"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "kind"], name="one_rule_per_kind"),
            models.CheckConstraint(condition=Q(days__gte=30), name="kept_for_a_month_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} days"


class LegalHold(models.Model):
    """Nothing of a ticket, or of a whole customer, goes as long as this lasts, for this reason; there may be others for
    the same thing. Rows stay: what is over has an end.
    """

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    objects = ScopedManager["LegalHold"](organisation="")
    unscoped = models.Manager["LegalHold"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(ticket__isnull=True), name="hold_of_one_thing"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["desk"], condition=Q(ended_at=None), name="hold_in_force")]

    def __str__(self) -> str:
        return f"hold {self.pk}"
