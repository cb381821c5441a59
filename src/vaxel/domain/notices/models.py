"""What people are told outside the pages: mails, and the state of each."""

from typing import ClassVar

from django.db import models

from vaxel.kit.tenancy import ScopedManager


class OutgoingMail(models.Model):
    """One mail to one recipient. The row is made in the transaction of the change that causes it."""

    class State(models.TextChoices):
        QUEUED = "queued"
        #: A worker has begun to hand it over; if that worker dies, nobody knows whether it was taken.
        SENDING = "sending"
        SENT = "sent"
        #: Perhaps sent: never tried again by itself (trust 67).
        UNCERTAIN = "uncertain"
        FAILED = "failed"
        BOUNCED = "bounced"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    message = models.ForeignKey(
        "tickets.Message", on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    #: What it is about: "received", "answer", "solved", "handed-over" and so on.
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    sender_name = models.CharField(max_length=200)
    sender = models.EmailField(max_length=254)
    recipient_name = models.CharField(max_length=200, blank=True)
    recipient = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    #: Same at every try, so that a second copy can be recognised.
    header_id = models.CharField(max_length=200, unique=True)
    references = models.TextField(blank=True)
    is_automatic = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: In words for the staff: why it failed or is uncertain.
    reason = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["OutgoingMail"]()
    unscoped = models.Manager["OutgoingMail"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [
            models.Index(fields=["desk", "-created_at"], name="mail_newest"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="mail_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"
