"""Tickets: the question, the conversation, the promises, and the events that tell what happened.

Rows change only through the doors in `intake`, `conversation` and `lifecycle`. What customers may read
(`Message`) and what only staff may read (`Note`) are two tables, so that no forgotten filter can leak a note
(trust 44).
"""

from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from vaxel.domain.tickets.canned_reply import CannedReply  # noqa: F401  as with Link
from vaxel.domain.tickets.contacts_note import ContactsNote  # noqa: F401  as with Link
from vaxel.domain.tickets.link import Link  # noqa: F401  Django finds an area's tables by its `models`
from vaxel.domain.tickets.read_mark import ReadMark  # noqa: F401  as with Link
from vaxel.domain.tickets.status import OPEN_STATUSES, Status
from vaxel.kit.ids import new_public_id
from vaxel.kit.tenancy import ScopedManager

_IS_OPEN = Q(status__in=[status.value for status in OPEN_STATUSES])
#: What the vendor's lists and counts look at. Questions to local contacts stay open long and would be walked past.
_IS_OPEN_AT_VENDOR = _IS_OPEN & Q(is_first_line=False)
#: When the next promise falls due, as lists are ordered by it: what nothing is promised of comes last.
NOTHING_PROMISED: Final = datetime(3000, 1, 1, tzinfo=UTC)
DUE_FIRST: Final = Coalesce("next_deadline_at", Value(NOTHING_PROMISED))


class Ticket(models.Model):
    """One question with its decision."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="tickets")
    requester = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="tickets")
    subject = models.CharField(max_length=200)
    product = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60)
    topic = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=30)
    #: What the asker wished, when the vendor has set something else (B9).
    wished_priority = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NEW)
    destination = models.CharField(max_length=60)
    #: Where staff have handed it over to, whatever the routes say; empty until they do (A13).
    handed_to = models.CharField(max_length=60, blank=True, default="", db_default="")
    #: With the organisation's own local contacts: the vendor's staff do not see it (A12).
    is_first_line = models.BooleanField(default=False)
    assignee = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="assigned"
    )
    #: Answers to the form's fields by name: version, page, case reference and so on.
    fields = models.JSONField(default=dict, blank=True)
    #: What a question by mail has not told yet: "kind", "product", "topic", "field-NAME", "fact-NAME", "checklist".
    details_missing = models.JSONField(default=list, db_default=[], blank=True)
    #: The product's own case number, normalised, for exact search (B4).
    case_reference = models.CharField(max_length=60, blank=True)
    #: A colleague without an account: {"name", "phone", "email", "copy"} (B10).
    on_behalf_of = models.JSONField(null=True, blank=True)
    #: The Decision and the Facts behind it, as they were.
    decision = models.JSONField()
    facts = models.JSONField()
    policy = models.ForeignKey("desks.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    #: True when the newest message is from the customer.
    customer_spoke_last = models.BooleanField(default=True)
    #: The earliest running promise; None while none runs.
    next_deadline_at = models.DateTimeField(null=True, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Grows with each change, so that two writers notice each other (trust 75).
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Ticket"](for_vendor=Q(is_first_line=False))
    unscoped = models.Manager["Ticket"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "number"], name="ticket_number_once_per_desk"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk", "-last_message_at", "-id"], name="ticket_all"),
            models.Index(fields=["desk", "-last_message_at", "-id"], condition=_IS_OPEN, name="ticket_open"),
            models.Index(
                fields=["desk", "destination", "-last_message_at", "-id"], condition=_IS_OPEN, name="ticket_open_at"
            ),
            models.Index(
                fields=["desk", "assignee", "-last_message_at", "-id"],
                condition=_IS_OPEN_AT_VENDOR,
                name="ticket_open_of",
            ),
            models.Index(
                fields=["desk", "status", "-last_message_at", "-id"], condition=_IS_OPEN, name="ticket_open_in"
            ),
            models.Index(
                fields=["desk", "next_deadline_at", "id"],
                condition=Q(next_deadline_at__isnull=False),
                name="ticket_due",
            ),
            models.Index(F("desk"), DUE_FIRST, F("id"), condition=_IS_OPEN_AT_VENDOR, name="ticket_due_first"),
            models.Index(
                F("desk"),
                F("destination"),
                DUE_FIRST,
                F("id"),
                condition=_IS_OPEN_AT_VENDOR,
                name="ticket_due_first_at",
            ),
            models.Index(fields=["organisation", "-last_message_at", "-id"], name="ticket_of_organisation"),
            models.Index(fields=["requester", "-last_message_at", "-id"], name="ticket_of_requester"),
            models.Index(fields=["desk", "case_reference"], condition=~Q(case_reference=""), name="ticket_case"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class _Words(models.Model):
    """What messages and notes have in common."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    #: Sanitised; empty when the words came as plain text.
    html = models.TextField(blank=True)
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Message(_Words):
    """Words between customer and vendor."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=5, blank=True)
    #: The Message-ID of the mail that it came by, without angle brackets; empty for other channels.
    header_id = models.CharField(max_length=998, blank=True, default="", db_default="")
    #: What the mail repeats of earlier ones: folded under the words, never thrown away.
    quoted = models.TextField(blank=True, default="", db_default="")
    #: Who of the staff wrote down what somebody said on the phone (A10); the words are the one's who said them.
    written_down_by = models.ForeignKey(
        "people.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ScopedManager["Message"](for_vendor=Q(ticket__is_first_line=False))
    unscoped = models.Manager["Message"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["ticket", "at", "id"], name="message_in_order")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Note(_Words):
    """Words among staff. No customer's query touches this table."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")

    objects = ScopedManager["Note"](organisation="")
    unscoped = models.Manager["Note"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["ticket", "at", "id"], name="note_in_order")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Event(models.Model):
    """One change of a ticket: timeline, history and reports read these. Only ever added."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)

    objects = ScopedManager["Event"](for_vendor=Q(ticket__is_first_line=False))
    unscoped = models.Manager["Event"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["ticket", "at", "id"], name="event_in_order")]

    def __str__(self) -> str:
        return self.kind


class Clock(models.Model):
    """One promise of a ticket: first answer, next answer, solved."""

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        MET = "met"
        CANCELLED = "cancelled"

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=20)
    #: The promise as the decision gave it: form, length, calendar, goal or guarantee.
    target = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices)
    #: The instant that the customer sees; None while the clock is paused.
    due_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    #: When the promise was met or given up.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Clock"](organisation="ticket__organisation_id", for_vendor=Q(ticket__is_first_line=False))
    unscoped = models.Manager["Clock"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ticket", "name"],
                condition=Q(state__in=["running", "paused"]),
                name="one_live_clock_per_promise",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class ClockInterval(models.Model):
    """A stretch of time in which a clock ran or stood still, under one policy version's calendar."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="intervals")
    state = models.CharField(max_length=10, choices=[("running", "running"), ("paused", "paused")])
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    #: Whose calendars apply; `calendar` names one of them.
    policy = models.ForeignKey("desks.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    calendar = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(ended_at__isnull=True), name="one_open_interval_per_clock"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} from {self.started_at:%Y-%m-%d %H:%M}"


class Draft(models.Model):
    """A question that is being written: kept on the server so that nothing typed is lost.

    `sent` makes a second press on Send lead to the first one's ticket.
    """

    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="drafts")
    data = models.JSONField(default=dict)
    sent = models.OneToOneField(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = ScopedManager["Draft"](for_vendor=Q(pk=None))
    unscoped = models.Manager["Draft"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes: ClassVar = [models.Index(fields=["person", "-updated_at"], name="draft_of_person")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class ReplyDraft(models.Model):
    """An answer or a note that somebody is writing; colleagues see that an answer is being written."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="reply_drafts")
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField()
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    #: For colleagues alone: it must never come back as an answer. The database's own default serves older programs.
    is_note = models.BooleanField(default=False, db_default=False)
    updated_at = models.DateTimeField()

    objects = ScopedManager["ReplyDraft"](organisation="ticket__organisation_id")
    unscoped = models.Manager["ReplyDraft"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "by_kind", "by_id"], name="one_reply_draft_each")
        ]

    def __str__(self) -> str:
        return f"reply draft {self.pk}"


class Blob(models.Model):
    """The bytes of a file, stored once per desk and content under a random name."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    key = models.CharField(max_length=60, unique=True)

    objects = ScopedManager["Blob"](organisation="")
    unscoped = models.Manager["Blob"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "sha256"], name="blob_once_per_desk")]

    def __str__(self) -> str:
        return self.key


_OWNERS = ("message", "note", "draft", "reply_draft")


def _only(owner: str) -> Q:
    return Q(**{f"{name}__isnull": name != owner for name in _OWNERS})


class Attachment(models.Model):
    """A file with a message, a note, a question's draft or an answer's draft; it belongs to exactly one of them."""

    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    reply_draft = models.ForeignKey(
        ReplyDraft, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    #: What a mail's HTML calls the picture that it shows in place (`cid:…`); empty for ordinary files.
    content_id = models.CharField(max_length=998, blank=True, default="", db_default="")
    #: A letterhead's or signature's picture: kept, and shown apart from what was meant.
    is_decoration = models.BooleanField(default=False, db_default=False)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = ScopedManager["Attachment"](for_vendor=Q(draft=None) & ~Q(message__ticket__is_first_line=True))
    unscoped = models.Manager["Attachment"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=reduce(or_, (_only(owner) for owner in _OWNERS)),
                name="attachment_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.name
