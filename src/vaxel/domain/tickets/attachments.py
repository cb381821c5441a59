"""Files: streamed to disk under random names, stored once per desk and content (trust 28, 35 to 37)."""

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from vaxel.domain.tickets.blobs import Written, held_blob, remove_blobs, write_bytes
from vaxel.domain.tickets.models import Attachment, Blob, Draft, Message, Note, ReplyDraft
from vaxel.kit.compiled import prepared_cursor

log = logging.getLogger("vaxel.files")

#: Programs, and files that start programs.
_FORBIDDEN_ENDINGS: Final = frozenset(
    {
        *(".application", ".appref-ms", ".appx", ".bat", ".chm", ".cmd", ".com", ".cpl", ".diagcab", ".dll", ".exe"),
        *(".gadget", ".hta", ".jar", ".jnlp", ".js", ".jse", ".library-ms", ".lnk", ".msc", ".msi", ".msix", ".msp"),
        *(".mst", ".pif", ".ps1", ".psm1", ".reg", ".scf", ".scr", ".sct", ".settingcontent-ms", ".shb", ".url"),
        *(".vb", ".vbe", ".vbs", ".website", ".ws", ".wsc", ".wsf", ".wsh", ".xll"),
    }
)
#: How programs of Windows, Linux and macOS begin, whatever they are called. A zero follows: words may begin with MZ.
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_NAME_BYTES: Final = 200


class AttachmentError(ValueError):
    """The file cannot be taken.

    `code` says why: `too-large`, `empty`, `forbidden-type`, `too-many` for one question, `sent` already,
    `too-much-today`, and `no-room` when the disk cannot take it now.
    """

    def __init__(self, code: str, *, name: str) -> None:
        super().__init__(f"{name}: {code}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that somebody gives us: its name as they wrote it, and its bytes piece by piece."""

    name: str
    content_type: str
    size: int
    chunks: Iterable[bytes]


MOST_FILES: Final = 20
#: Files of the largest size that one organisation and those who answer it may give us in a day (trust 73).
_LARGEST_A_DAY: Final = 40
_DAY: Final = timedelta(days=1)


def store_for_draft(
    incoming: Incoming, *, draft: Draft | ReplyDraft, organisation_id: int, now: datetime
) -> Attachment:
    """Write the file to disk and attach it to the draft of a question or of an answer.

    Raises AttachmentError; nothing is kept then.
    """
    name = clean_name(incoming.name)
    if is_forbidden(name):
        raise AttachmentError("forbidden-type", name=name)
    if incoming.size > settings.UPLOAD_LIMIT_BYTES:
        raise AttachmentError("too-large", name=name)
    if _given_today(organisation_id, now=now) + incoming.size > settings.UPLOAD_LIMIT_BYTES * _LARGEST_A_DAY:
        raise AttachmentError("too-much-today", name=name)
    written = _write(incoming.chunks, name=name)
    beginning = beginning_of(written.path)
    if is_program(beginning):
        written.discard()
        raise AttachmentError("forbidden-type", name=name)
    with transaction.atomic(durable=True):
        if not _is_being_written(draft):
            written.discard()
            raise AttachmentError("sent", name=name)
        if Attachment.unscoped.filter(_of(draft)).count() >= MOST_FILES:
            written.discard()
            raise AttachmentError("too-many", name=name)
        content_type = content_type_of(name, beginning)
        blob = held_blob(written, desk_id=draft.desk_id)
        return Attachment.objects.create(
            desk_id=draft.desk_id,
            organisation_id=organisation_id,
            draft=draft if isinstance(draft, Draft) else None,
            reply_draft=draft if isinstance(draft, ReplyDraft) else None,
            blob=blob,
            name=name,
            content_type=content_type,
            created_at=now,
        )


def _is_being_written(draft: Draft | ReplyDraft) -> bool:
    """Whether it still is a draft: another tab may have sent it meanwhile. It is held, so that none does so now."""
    if isinstance(draft, Draft):
        return Draft.unscoped.select_for_update().filter(pk=draft.pk, sent=None).exists()
    return ReplyDraft.unscoped.select_for_update().filter(pk=draft.pk).exists()


def is_program(content: bytes) -> bool:
    """Whether the file, of which this is the beginning, is a program by its bytes."""
    return content.startswith(_PROGRAMS) and b"\0" in content


def is_forbidden(name: str) -> bool:
    """Whether it is named like a program; such files are not taken out of a mail either."""
    return Path(clean_name(name)).suffix.lower() in _FORBIDDEN_ENDINGS


def _given_today(organisation_id: int, *, now: datetime) -> int:
    """Bytes of all files with the organisation's questions since this time yesterday."""
    since = Attachment.unscoped.filter(organisation=organisation_id, created_at__gt=now - _DAY)
    total: int | None = since.aggregate(bytes=Sum("blob__size"))["bytes"]
    return total or 0


def _write(chunks: Iterable[bytes], *, name: str) -> Written:
    """The bytes on the disk; what the sender says of their size is not believed."""
    try:
        written = write_bytes(_within_limit(chunks, name=name))
    except OSError as error:
        log.exception("file not stored")
        raise AttachmentError("no-room", name=name) from error
    if written.size == 0:
        written.discard()
        raise AttachmentError("empty", name=name)
    return written


def _within_limit(chunks: Iterable[bytes], *, name: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            raise AttachmentError("too-large", name=name)
        yield chunk


def clean_name(name: str) -> str:
    """The name as data: the last part of a path, without control and direction characters or leading dots.

    Normalised before anything is checked, so that no character can hide an ending (trust 36).
    """
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(
        letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    text = " ".join(text.split()).strip(". ")
    ending = PurePath(text).suffix
    stem = text.removesuffix(ending)
    while len((stem + ending).encode()) > _NAME_BYTES:
        stem, ending = (stem[:-1], ending) if len(stem) > 1 else (stem, ending[:-1])
    return (stem + ending) or "fil"


#: The only types that a browser is ever told; everything else is bytes to be saved (trust 35).
_TYPES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}
#: How pictures begin, from which byte on. What begins otherwise is none, and a browser would draw a broken one.
_PICTURES: Final = {
    "image/png": (b"\x89PNG\r\n\x1a\n", 0),
    "image/jpeg": (b"\xff\xd8\xff", 0),
    "image/gif": (b"GIF8", 0),
    "image/webp": (b"WEBP", 8),
}
_BEGINNING: Final = 12
_UNKNOWN: Final = "application/octet-stream"


def content_type_of(name: str, content: bytes) -> str:
    """By the name's ending, from a closed list; what the sender claims is not believed.

    `content` is the file or its beginning: a picture is one by its bytes too.
    """
    told = _TYPES.get(Path(name).suffix.lower(), _UNKNOWN)
    beginning, skipped = _PICTURES.get(told, (b"", 0))
    return told if content[skipped:_BEGINNING].startswith(beginning) else _UNKNOWN


def beginning_of(path: Path) -> bytes:
    """As many bytes as `content_type_of` looks at."""
    with path.open("rb") as file:
        return file.read(_BEGINNING)


def move_attachments(*, draft_id: int, message_id: int) -> None:
    """The draft's files belong to the message that it became; one query, of each question that is sent."""
    with prepared_cursor() as cursor:
        cursor.execute(
            "UPDATE tickets_attachment SET draft_id = NULL, message_id = %s WHERE draft_id = %s", [message_id, draft_id]
        )


def move_reply_attachments(*, reply_draft_id: int, message: Message | None, note: Note | None) -> None:
    """The files of an answer's draft belong to the message or the note that it became."""
    Attachment.unscoped.filter(reply_draft_id=reply_draft_id).update(reply_draft=None, message=message, note=note)


def move_to_question(*, reply_draft: ReplyDraft, draft: Draft) -> None:
    """The files of an answer that no ticket took go along with the question that it becomes."""
    Attachment.unscoped.filter(reply_draft=reply_draft).update(reply_draft=None, draft=draft)


@transaction.atomic
def remove_from_draft(*, draft: Draft | ReplyDraft, public_id: str) -> None:
    """Take a file out of a draft."""
    remove_files(Attachment.unscoped.filter(_of(draft), public_id=public_id))


def remove_files(attachments: QuerySet[Attachment]) -> None:
    """Remove these, and the bytes that nothing else of the desk holds; call it in a transaction."""
    blobs = list(attachments.values_list("blob_id", flat=True))
    attachments.delete()
    remove_blobs(Blob.unscoped.filter(pk__in=blobs))


def _of(draft: Draft | ReplyDraft) -> Q:
    return Q(draft=draft) if isinstance(draft, Draft) else Q(reply_draft=draft)
