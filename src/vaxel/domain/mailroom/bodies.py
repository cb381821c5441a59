"""Reads for showing a mail as its sender sees it: the HTML, and the pictures that it shows in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, Func, IntegerField, Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.models import Reading
from vaxel.domain.audit.reading import note_reading
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.tickets.blobs import blob_path
from vaxel.domain.tickets.models import Attachment
from vaxel.kit.compiled import Compiled, Row, compiled
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, Found

#: Pictures of one mail that are shown in place; what is more stands among the files only.
_MOST_BYTES: Final = 8_000_000
_DRAWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class Picture:
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailBody:
    """What a mail looks like. `html` is empty for a mail of plain words; then `text` is all that there is."""

    html: str
    text: str
    #: By the id that the HTML calls them, for a mail that stands in a ticket.
    pictures: Mapping[str, Picture]


def mail_body(scope: Scope, *, public_id: str) -> MailBody | None:
    """The body of one mail of the desk; None for any other. Two queries.

    What a customer's people ask each other is not the staff's to read, by whatever channel it came.
    """
    mail = ReceivedMail.objects.within(scope).exclude(ticket__is_first_line=True).filter(public_id=public_id).first()
    if mail is None:
        return None
    return MailBody(html=mail.html, text=mail.text, pictures=_pictures(mail) if mail.html else {})


def _pictures(mail: ReceivedMail) -> dict[str, Picture]:
    """The mail's own pictures, in the order in which they came, as far as there is room."""
    if mail.message_id is None and mail.note_id is None:
        return {}
    of_it = Q(message=mail.message_id) if mail.message_id is not None else Q(note=mail.note_id)
    files = Attachment.unscoped.filter(of_it, content_type__in=_DRAWN).exclude(content_id="")
    found: dict[str, Picture] = {}
    room = _MOST_BYTES
    for file in files.select_related("blob").order_by("id"):
        path = blob_path(file.blob.key)
        room -= file.blob.size
        if room >= 0 and path.is_file():
            found[file.content_id] = Picture(file.content_type, path.read_bytes())
    return found


def original_bytes(scope: Scope, *, public_id: str, by: Actor, now: datetime) -> bytes | None:
    """The mail as it came, for a download, and who took it (trust 84); None where there is none, or for a mail that
    staff may not read.
    """
    mails = ReceivedMail.objects.within(scope).exclude(ticket__is_first_line=True).select_related("raw", "ticket")
    mail = mails.filter(public_id=public_id).first()
    path = None if mail is None or mail.raw is None else blob_path(mail.raw.key)
    if mail is None or path is None or not path.is_file():
        return None
    note_reading(
        Reading.What.ORIGINAL,
        desk_id=mail.desk_id,
        what_id=mail.pk,
        ticket_id=mail.ticket_id,
        organisation_id=None if mail.ticket is None else mail.ticket.organisation_id,
        by=by,
        now=now,
    )
    return path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailShown:
    """The mail behind words in a conversation."""

    public_id: str
    has_html: bool
    #: Pictures that lie elsewhere, and are not shown.
    remote_images: int


def mails_behind(scope: Scope, *, ticket_id: int | Found) -> Asked[dict[tuple[str, int], MailShown]]:
    """The mails that a ticket's words came by, by ("message" or "note", id)."""
    return Asked(_reading_behind(), {_A_SCOPE.desk_id: scope.desk_id, _A_TICKET_ID: ticket_id}, _shown_in)


def _shown_in(rows: Sequence[Row]) -> dict[tuple[str, int], MailShown]:
    return {
        ("note", note_id) if note_id is not None else ("message", message_id): MailShown(
            public_id=public_id, has_html=has_html, remote_images=remote_images
        )
        for public_id, message_id, note_id, has_html, remote_images in rows
    }


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_SCOPE: Final = Scope(desk_id=-1)
_A_TICKET_ID: Final = -2


@cache
def _reading_behind() -> Compiled:
    """Of messages and of notes apart: with either in one condition, all mails of the desk would be read."""
    mails = (
        ReceivedMail.objects.within(_A_SCOPE)
        .exclude(ticket__is_first_line=True)
        .annotate(
            has_html=ExpressionWrapper(~Q(html=""), output_field=BooleanField()),
            elsewhere=Func("remote_images", function="jsonb_array_length", output_field=IntegerField()),
        )
    )
    columns = ("public_id", "message_id", "note_id", "has_html", "elsewhere")
    of_messages = mails.filter(message__ticket=_A_TICKET_ID).values_list(*columns)
    of_notes = mails.filter(note__ticket=_A_TICKET_ID).values_list(*columns)
    return compiled(of_messages.union(of_notes, all=True), _A_SCOPE.desk_id, _A_TICKET_ID)
