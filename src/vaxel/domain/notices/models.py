"""What people are told outside the pages: mails, the state of each, and who wants which."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper

from vaxel.kit.tenancy import ScopedManager


class OutgoingMail(models.Model):
    """One mail to one recipient. The row is made in the transaction of the change that causes it."""

    class State(models.TextChoices):
        QUEUED = "queued"
        #: A worker has begun to hand it over; if that worker dies, `handed_over_at` tells what is known.
        SENDING = "sending"
        SENT = "sent"
        #: Perhaps sent: never tried again by itself (trust 67).
        UNCERTAIN = "uncertain"
        FAILED = "failed"
        BOUNCED = "bounced"
        #: Kept back by the brake on automatic mails (trust 15); staff may send it.
        HELD = "held"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    message = models.ForeignKey(
        "tickets.Message", on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    #: What happened; telling about it a second time adds nothing.
    event = models.ForeignKey("tickets.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    #: What was told about a known problem; again, a second time adds nothing.
    problem_update = models.ForeignKey(
        "problems.ProblemUpdate", on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    #: What it is about: "received", "answer", "solved", "handed-over" and so on (`audience.NoticeKind`).
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    sender_name = models.CharField(max_length=200)
    sender = models.EmailField(max_length=254)
    recipient_name = models.CharField(max_length=200, blank=True)
    recipient = models.EmailField(max_length=254)
    #: "person", "staff" or "colleague" (`audience.Recipient`), and the row: a Participant's for a colleague who was let
    #: in, none for the one that it was asked for.
    recipient_kind = models.CharField(max_length=10, blank=True, default="", db_default="")
    recipient_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    #: Same at every try, so that a second copy can be recognised.
    header_id = models.CharField(max_length=200, unique=True)
    #: What the delivery service that took it calls it; empty for mail servers.
    service_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    #: The ids of earlier mails about the ticket to the same recipient, oldest first, with spaces between.
    references = models.TextField(blank=True)
    #: False for the answers that staff write: those carry no marks of an automatic mail (trust 14).
    is_automatic = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: In words for the staff: why it waits, failed or is uncertain.
    reason = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    #: When a worker took it last.
    claimed_at = models.DateTimeField(null=True, blank=True)
    #: When the words left at that attempt. Before this the server cannot have taken the mail.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    #: No customer lists mails; those among a customer's own people are not the vendor's either.
    objects = ScopedManager["OutgoingMail"](organisation="", for_vendor=~Q(ticket__is_first_line=True))
    unscoped = models.Manager["OutgoingMail"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("event", Lower("recipient"), name="one_mail_per_event_and_address"),
            models.UniqueConstraint("problem_update", Lower("recipient"), name="one_mail_per_update_and_address"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk", "-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["created_at"], condition=Q(state__in=["queued", "sending"]), name="mail_waiting"),
            models.Index(fields=["service_id"], condition=~Q(service_id=""), name="mail_of_service"),
            models.Index(fields=["sent_at"], condition=Q(is_automatic=True), name="mail_automatic"),
            # Upper, since that is what `recipient__iexact` asks by.
            models.Index("desk", Upper("recipient"), F("created_at").desc(), name="mail_to_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"


class BouncingAddress(models.Model):
    """An address whose mails came back to this desk. While `blocked_at` is set, nothing is sent to it (trust 18)."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    #: In small letters.
    address = models.EmailField(max_length=254)
    #: Mails in one row that came back for now (a full mailbox, a server that was away), and when the first of them did.
    soft_bounces = models.PositiveIntegerField(default=0)
    soft_since = models.DateTimeField(null=True, blank=True)
    #: The newest report's enhanced status code, "5.1.1"; empty where it had none.
    status = models.CharField(max_length=20, blank=True)
    last_bounced_at = models.DateTimeField()
    blocked_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["BouncingAddress"](organisation="")
    unscoped = models.Manager["BouncingAddress"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "address"], name="bouncing_address_once")]

    def __str__(self) -> str:
        return self.address


class Participant(models.Model):
    """Somebody without a right to the ticket whom a mail brought along (trust 2, 6): see `participants`."""

    class State(models.TextChoices):
        #: Nobody has decided: they get nothing.
        WAITING = "waiting"
        #: They get what the desk answers from then on.
        LET_IN = "let-in"
        LEFT_OUT = "left-out"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    #: In small letters.
    address = models.CharField(max_length=320)
    #: As the mail has it: anybody can write any name.
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    since = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)

    #: No customer lists them, and those of a question among a customer's own people are not the vendor's either.
    objects = ScopedManager["Participant"](organisation="", for_vendor=Q(ticket__is_first_line=False))
    unscoped = models.Manager["Participant"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "address"], name="participant_once")]

    def __str__(self) -> str:
        return self.address


class MailWords(models.Model):
    """A desk's own words for a kind of mail in a language, as somebody wrote them. Rows are only ever added: the newest
    counts, the others are the history. Without a row, or with an empty text, the standard words are used.
    """

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    objects = ScopedManager["MailWords"](organisation="")
    unscoped = models.Manager["MailWords"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["desk", "kind", "language", "-id"], name="mail_words_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class MailLogo(models.Model):
    """The picture above the words of a desk's mails; see `logo`. A desk has one or none."""

    desk = models.OneToOneField("desks.Desk", on_delete=models.PROTECT, related_name="mail_logo")
    #: The file as it was uploaded, `logo.LARGEST` bytes at most: it lies here so that a mail reads it with its desk.
    picture = models.BinaryField()
    #: "png" or "jpeg", by the bytes.
    form = models.CharField(max_length=4)
    #: The picture's own size in pixels; mails show it no larger than `logo.SHOWN`.
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    #: What is read where pictures are not shown.
    alt = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    objects = ScopedManager["MailLogo"](organisation="")
    unscoped = models.Manager["MailLogo"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.alt


class NoticeChoices(models.Model):
    """How one of the staff or a customer's person wants to hear of things; without a row `ways.DEFAULTS` hold."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    staff = models.OneToOneField("people.Staff", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    #: "each", "digest" or "off" by kind of mail; a kind that is missing has its default.
    ways = models.JSONField(default=dict, blank=True)
    #: The hour of the desk's day from which the day's digest is sent.
    digest_hour = models.PositiveSmallIntegerField(default=8)
    #: When the newest digest was written.
    digest_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["NoticeChoices"](organisation="person__organisation_id")
    unscoped = models.Manager["NoticeChoices"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(staff__isnull=True) ^ Q(person__isnull=True), name="notice_choices_of_one"
            ),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="digest_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"choices {self.pk}"


class DigestItem(models.Model):
    """Something that whoever made the choices hears of in the day's digest, and not by a mail of its own."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    choices = models.ForeignKey(NoticeChoices, on_delete=models.CASCADE, related_name="items")
    event = models.ForeignKey("tickets.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    problem_update = models.ForeignKey(
        "problems.ProblemUpdate", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    wish_answer = models.ForeignKey(
        "wishes.WishAnswer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    #: The digest that told of it; None while it waits.
    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects = ScopedManager["DigestItem"](organisation="")
    unscoped = models.Manager["DigestItem"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "choices"], name="one_item_per_event"),
            models.UniqueConstraint(fields=["problem_update", "choices"], name="one_item_per_update"),
            models.UniqueConstraint(fields=["wish_answer", "choices"], name="one_item_per_wish_answer"),
            models.CheckConstraint(
                condition=Q(event__isnull=False, problem_update=None, wish_answer=None)
                | Q(event=None, problem_update__isnull=False, wish_answer=None)
                | Q(event=None, problem_update=None, wish_answer__isnull=False),
                name="item_of_one_thing",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["choices", "id"], condition=Q(mail=None), name="digest_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
