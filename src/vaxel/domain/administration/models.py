"""What a customer's own administrators plan and send in: changes of contacts, wishes for seats, proofs of training,
and the organisation's own sign-in.
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from vaxel.kit.tenancy import ScopedManager


class SeatChange(models.Model):
    """Somebody else takes a contact's seat from a day: a deputy until `ends_on`, a successor for good (None).

    A deputy has the seat instead of its holder, who is a user on these days. A successor may share it until
    `overlap_ends_on`, as the policy allows.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        #: The deputy has the seat, or holder and successor share it.
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey("people.Agreement", on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    successor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    overlap_ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    #: When there is something to do next: the day that it begins, or the first day after it.
    due_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    objects = ScopedManager["SeatChange"]()
    unscoped = models.Manager["SeatChange"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(holder=F("successor")), name="change_between_two"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="change_ends_after_start"
            ),
            # One row of plans per seat: two deputies on the same day would leave it open who has the seat.
            ExclusionConstraint(
                name="one_change_at_a_time",
                expressions=[
                    (Func("agreement_id", "agreement_id", Value("[]"), function="int8range"), "&&"),
                    (Func("holder_id", "holder_id", Value("[]"), function="int8range"), "&&"),
                    (Func("starts_on", "ends_on", Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(state__in=["planned", "running"]),
            ),
            ExclusionConstraint(
                name="one_successor_at_a_time",
                expressions=[
                    (Func("agreement_id", "agreement_id", Value("[]"), function="int8range"), "&&"),
                    (Func("successor_id", "successor_id", Value("[]"), function="int8range"), "&&"),
                    (Func("starts_on", "ends_on", Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(state__in=["planned", "running"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state__in=["planned", "running"]), name="change_due")
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} to {self.successor_id} from {self.starts_on}"


class SeatWish(models.Model):
    """Somebody who waits for a seat of an agreement; the longest waiting gets the next that is free."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey("people.Agreement", on_delete=models.CASCADE, related_name="seat_wishes")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="seat_wishes")
    since = models.DateTimeField()

    objects = ScopedManager["SeatWish"]()
    unscoped = models.Manager["SeatWish"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["agreement", "person"], name="one_wish_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} waits for {self.agreement_id}"


class CertificateClaim(models.Model):
    """A training that an organisation says somebody has passed, with its proof. It counts once the desk has said so:
    what is then true stands in `people.Certificate`.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        DECLINED = "declined"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="certificate_claims")
    #: Empty means every product.
    product = models.CharField(max_length=60, blank=True)
    passed_on = models.DateField()
    #: Course, place or number, in the organisation's words.
    told = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    #: Lies in the database: few, small, and part of what was decided.
    content = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    why_not = models.CharField(max_length=500, blank=True)
    certificate = models.OneToOneField(
        "people.Certificate", on_delete=models.SET_NULL, null=True, blank=True, related_name="claim"
    )

    objects = ScopedManager["CertificateClaim"]()
    unscoped = models.Manager["CertificateClaim"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "product", "passed_on"], condition=~Q(state="declined"), name="training_claimed_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk", "sent_at"], condition=Q(state="waiting"), name="claim_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.passed_on}"


class OrganisationSignIn(models.Model):
    """An organisation's own sign-in (OpenID Connect). It speaks for the organisation's people and for nobody else.

    Whoever is another issuer or another client is another row with another `key`: subjects are linked to the key,
    and what one issuer calls "17" is not what the next one does (trust 54).
    """

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="sign_ins")
    #: Names it in addresses.
    key = models.SlugField(max_length=40, unique=True)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    #: Encrypted: see `kit.sealing`.
    sealed_secret = models.TextField()
    #: Lets people in whom the organisation's sign-in knows and we do not: as users.
    admits = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    objects = ScopedManager["OrganisationSignIn"]()
    unscoped = models.Manager["OrganisationSignIn"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_active=True), name="one_sign_in_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.issuer


class Told(models.Model):
    """Something that an organisation's people have been told, or need not be told any more: once each (trust 72)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    #: What exactly: "certificate:17:60" for the reminder sixty days before certificate 17 expires.
    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()

    objects = ScopedManager["Told"](organisation="")
    unscoped = models.Manager["Told"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return self.key
