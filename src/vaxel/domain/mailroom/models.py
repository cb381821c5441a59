"""Mail that comes in: the mailboxes that it comes to, each mail as it came, and what became of it.

A mail is stored with its raw bytes before anybody reads it, and stays until somebody removes it on purpose. What was
not simply accepted lies in a queue that staff see, with its reason.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from vaxel.kit.ids import new_public_id
from vaxel.kit.tenancy import ScopedManager


class Mailbox(models.Model):
    """An address that a desk's customers write to, and how its mails reach us."""

    class Way(models.TextChoices):
        #: We fetch them.
        IMAP = "imap"
        #: A mail server hands them to `vaxel mail listen`.
        SMTP = "smtp"
        #: A delivery service posts them.
        SERVICE = "service"
        #: Somebody pipes them into `vaxel mail ingest`.
        PIPE = "pipe"

    class SignIn(models.TextChoices):
        PASSWORD = "password"  # noqa: S105  # the name of a way
        MICROSOFT = "microsoft"
        GOOGLE = "google"

    class Tls(models.TextChoices):
        TLS = "tls"
        STARTTLS = "starttls"
        NONE = "none"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="mailboxes")
    #: In small letters, as all addresses here.
    address = models.EmailField(max_length=254)
    aliases = ArrayField(models.EmailField(max_length=254), default=list, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=993)
    tls = models.CharField(max_length=10, choices=Tls.choices, default=Tls.TLS)
    folder = models.CharField(max_length=200, default="INBOX")
    username = models.CharField(max_length=254, blank=True)
    sign_in = models.CharField(max_length=10, choices=SignIn.choices, default=SignIn.PASSWORD)
    #: Password or tokens, encrypted: see `sealing`.
    secret = models.TextField(blank=True)
    #: What a question is about when its words do not tell; empty leaves it to the policy.
    default_product = models.CharField(max_length=60, blank=True)
    default_kind = models.CharField(max_length=60, blank=True)
    #: Whose word in Authentication-Results counts: the name of the server that receives the mails. Empty: nobody's.
    authserv_id = models.CharField(max_length=253, blank=True)
    is_on = models.BooleanField(default=True)
    #: How far we have read: UIDs mean something only together with the UIDVALIDITY that they came with.
    uid_validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    #: When we last could look, and when a mail last came.
    looked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    #: Hours without a mail after which something must be wrong; None where it may be quiet for long.
    silent_hours = models.PositiveIntegerField(null=True, blank=True)
    #: The fault that it has now (`faults.MailboxFault`), since when, and the server's own words.
    fault = models.CharField(max_length=40, blank=True)
    fault_detail = models.CharField(max_length=400, blank=True)
    faulty_since = models.DateTimeField(null=True, blank=True)
    #: When the desk's administrators were told of this fault or silence.
    alarmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = ScopedManager["Mailbox"](organisation="")
    unscoped = models.Manager["Mailbox"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(Lower("address"), name="mailbox_address_once")]

    def __str__(self) -> str:
        return self.address

    @property
    def addresses(self) -> frozenset[str]:
        """Everything that it is called."""
        return frozenset({self.address, *self.aliases})


class ReceivedMail(models.Model):
    """One mail, once per desk, however often and by whatever mailboxes it was delivered."""

    class State(models.TextChoices):
        #: Nobody has read it yet.
        WAITING = "waiting"
        TICKET = "ticket"
        REPLY = "reply"
        #: Waits for a human.
        QUARANTINE = "quarantine"
        #: Needs nobody: our own mail, an automatic answer to nothing, a sender whom staff have blocked.
        IGNORED = "ignored"
        BOUNCE = "bounce"
        #: Taking it in broke three times (trust 23).
        FAILED = "failed"

    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="mails")
    #: What makes it this mail: Message-ID and contents, or all its bytes where it has no Message-ID.
    identity = models.CharField(max_length=64)
    #: None when it was too large to be fetched: it is still where it came to.
    raw = models.ForeignKey("tickets.Blob", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    size = models.BigIntegerField()
    #: Its Message-ID without angle brackets, as the bytes say; empty where they do not.
    header_id = models.CharField(max_length=998, blank=True)
    #: What the sending server said, where we spoke with it ourselves.
    envelope_sender = models.CharField(max_length=320, blank=True)
    envelope_recipients = ArrayField(models.CharField(max_length=320), default=list, blank=True)
    #: Orders everything; the Date header orders nothing.
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    #: Why it is where it is (`reasons.Reason`), and what may be added to that in the reader's or server's words.
    reason = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=400, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Not before this; None once it is settled.
    try_at = models.DateTimeField(null=True, blank=True)
    #: What it says of itself, for lists; filled in once it has been read.
    subject = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    #: Its words while they stand in no ticket; its HTML, sanitised, also afterwards.
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    #: Addresses of pictures elsewhere that the HTML lost.
    remote_images = models.JSONField(default=list, blank=True)
    #: The receiving server's DMARC verdict: pass, fail, none, or unknown.
    authentication = models.CharField(max_length=10, blank=True)
    #: What it became, or seems to belong to while it waits for a human.
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.ForeignKey("tickets.Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.ForeignKey("tickets.Note", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: Copies of it that came later.
    copies = models.PositiveIntegerField(default=0)
    #: Where somebody has released it to; the worker then takes it in again.
    release_ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    release_person = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    #: Who released or put it aside; empty when the program did.
    settled_by = models.CharField(max_length=200, blank=True)
    #: When the sender was told in a kind mail why nothing came of it.
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["ReceivedMail"](organisation="")
    unscoped = models.Manager["ReceivedMail"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "identity"], name="mail_once_per_desk")]
        indexes: ClassVar = [
            models.Index(fields=["mailbox", "id"], condition=Q(state="waiting"), name="mail_to_take_in"),
            models.Index(fields=["desk", "state", "-received_at", "-id"], name="mail_in_state"),
            models.Index(fields=["desk", "header_id"], condition=~Q(header_id=""), name="mail_by_header_id"),
            models.Index(fields=["ticket"], condition=Q(ticket__isnull=False), name="mail_of_ticket"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Delivery(models.Model):
    """One time that a mail lay in a mailbox: what has a row here is not fetched again (trust 68)."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="deliveries")
    mail = models.ForeignKey(ReceivedMail, on_delete=models.CASCADE, related_name="deliveries")
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.mailbox_id}/{self.uid_validity}/{self.uid}"


class BlockedSender(models.Model):
    """An address that staff want no more mail from, or a whole domain ("@example.org")."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=320)
    since = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    objects = ScopedManager["BlockedSender"](organisation="")
    unscoped = models.Manager["BlockedSender"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "address"], name="blocked_sender_once")]

    def __str__(self) -> str:
        return self.address
