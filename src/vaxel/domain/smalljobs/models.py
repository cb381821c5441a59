"""Small jobs outside support (A14): what they cost, what was agreed, and the time that they took.

Money and minutes are only ever added: what was wrong is put right by a new row that names the old one.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vaxel.kit.tenancy import ScopedManager


class RateCard(models.Model):
    """What an hour of work costs, in one currency. A desk has one for everybody, and may have others by agreement."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    #: ISO 4217.
    currency = models.CharField(max_length=3)
    #: The one that holds for organisations without a card of their own.
    is_usual = models.BooleanField(default=False)

    objects = ScopedManager["RateCard"](organisation="")
    unscoped = models.Manager["RateCard"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "name"], name="rate_card_name_once"),
            models.UniqueConstraint(fields=["desk"], condition=Q(is_usual=True), name="one_usual_rate_card"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.currency})"


class Rate(models.Model):
    """The price of an hour from a day on, until the next one of the card begins."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="rates")
    #: In the card's currency, without value added tax.
    per_hour = models.DecimalField(max_digits=9, decimal_places=2)
    starts_on = models.DateField()

    objects = ScopedManager["Rate"](organisation="")
    unscoped = models.Manager["Rate"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card", "starts_on"], name="one_rate_per_card_and_day"),
            models.CheckConstraint(condition=Q(per_hour__gte=0), name="rate_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.per_hour} from {self.starts_on}"


class AgreedCard(models.Model):
    """An organisation has a rate card of its own."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.CASCADE, related_name="agreed_rate_card"
    )
    card = models.ForeignKey(RateCard, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["AgreedCard"]()
    unscoped = models.Manager["AgreedCard"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.card_id}"


class Offer(models.Model):
    """Work on a ticket that waits for a yes, has got one, or never will."""

    class State(models.TextChoices):
        #: Waits for an answer until `valid_until`.
        MADE = "made"
        #: Work may begin.
        ACCEPTED = "accepted"
        DECLINED = "declined"
        #: Taken back by staff before it was answered, or replaced by another one.
        WITHDRAWN = "withdrawn"
        DONE = "done"

    class PaidBy(models.TextChoices):
        INVOICE = "invoice"
        #: Hours that the organisation has bought ahead.
        PREPAID = "prepaid"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.MADE)
    #: What will be done, in the words of whoever made the offer.
    what = models.TextField()
    #: At most so many minutes are charged.
    minutes = models.PositiveIntegerField()
    paid_by = models.CharField(max_length=8, choices=PaidBy.choices, default=PaidBy.INVOICE)
    #: Price and currency as they were when the offer was made; they never change afterwards.
    per_hour = models.DecimalField(max_digits=9, decimal_places=2)
    currency = models.CharField(max_length=3)
    valid_until = models.DateTimeField()
    made_by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    #: Who at the customer said yes or no.
    answered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    #: Why not, in the words of whoever declined.
    why_not = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Offer"](for_vendor=Q(ticket__is_first_line=False))
    unscoped = models.Manager["Offer"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(state="made"), name="one_open_offer_per_ticket"),
            models.UniqueConstraint(fields=["ticket"], condition=Q(state="accepted"), name="one_job_per_ticket"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="offer_of_some_time"),
            #: No yes without somebody who said it (A14): not even by hand.
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "done"]) | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="no_job_without_a_yes",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-made_at"], name="offers_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.minutes} min, {self.state}"


class WorkEntry(models.Model):
    """Time on an accepted offer: a clock that runs, minutes that were worked, or a correction of an earlier row."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="entries")
    staff = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    staff_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    #: None while the clock runs.
    ended_at = models.DateTimeField(null=True, blank=True)
    #: What is charged; 0 while the clock runs, below 0 in a correction that takes time back.
    minutes = models.IntegerField(default=0)
    #: Worked beyond what was agreed, and not charged.
    beyond = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    written_at = models.DateTimeField()
    #: Set once, when the period is closed; from then on the row stands.
    period = models.ForeignKey(
        "smalljobs.InvoicePeriod", on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )

    objects = ScopedManager["WorkEntry"]()
    unscoped = models.Manager["WorkEntry"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff"], condition=Q(ended_at=None), name="one_running_clock_per_staff"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | Q(minutes__gte=0), name="only_corrections_take_back"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk"], condition=Q(period=None), name="work_not_invoiced"),
            models.Index(fields=["started_at"], condition=Q(ended_at=None), name="work_running"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.minutes} min"


class HourEntry(models.Model):
    """Bought hours coming in and going out; an organisation's balance is their sum, in minutes."""

    class Kind(models.TextChoices):
        BOUGHT = "bought"
        #: Set aside when an offer was accepted.
        RESERVED = "reserved"
        #: What a finished job did not need.
        RETURNED = "returned"
        CORRECTED = "corrected"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    minutes = models.IntegerField()
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="hours")
    note = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = ScopedManager["HourEntry"]()
    unscoped = models.Manager["HourEntry"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "kind"], condition=Q(offer__isnull=False), name="hours_move_once_per_offer"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"], name="hours_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.minutes} min {self.kind}"


class InvoicePeriod(models.Model):
    """Work that has been handed to invoicing together. What comes later, corrections too, is in a later one."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    #: Rows written before this instant belong to it, unless an earlier period has them.
    until = models.DateTimeField()
    closed_at = models.DateTimeField()
    closed_by_name = models.CharField(max_length=200)

    objects = ScopedManager["InvoicePeriod"](organisation="")
    unscoped = models.Manager["InvoicePeriod"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "until"], name="one_period_per_end")]

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d}"
