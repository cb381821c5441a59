"""Files: streamed to disk under random names, stored once per desk and content (trust 28, 35 to 37)."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from vaxel.domain.tickets.models import Attachment, Blob, Draft, Message, Note, ReplyDraft

#: Programs, and files that start programs.
_FORBIDDEN_ENDINGS: Final = frozenset(
    {
        *(".bat", ".cmd", ".com", ".cpl", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi"),
        *(".msp", ".pif", ".ps1", ".reg", ".scr", ".vbe", ".vbs", ".wsf", ".wsh"),
    }
)
_NAME_BYTES: Final = 200


class AttachmentError(ValueError):
    """The file cannot be taken.

    `code` says why: `too-large`, `empty`, `forbidden-type`, `too-many` for one question, `too-much-today`.
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
    if Path(name).suffix.lower() in _FORBIDDEN_ENDINGS:
        raise AttachmentError("forbidden-type", name=name)
    if incoming.size > settings.UPLOAD_LIMIT_BYTES:
        raise AttachmentError("too-large", name=name)
    if _given_today(organisation_id, now=now) + incoming.size > settings.UPLOAD_LIMIT_BYTES * _LARGEST_A_DAY:
        raise AttachmentError("too-much-today", name=name)
    written = _write(incoming.chunks, name=name)
    with transaction.atomic(durable=True):
        if Attachment.unscoped.filter(_of(draft)).count() >= MOST_FILES:
            written.path.unlink(missing_ok=True)
            raise AttachmentError("too-many", name=name)
        blob = _blob(written, desk_id=draft.desk_id)
        return Attachment.objects.create(
            desk_id=draft.desk_id,
            organisation_id=organisation_id,
            draft=draft if isinstance(draft, Draft) else None,
            reply_draft=draft if isinstance(draft, ReplyDraft) else None,
            blob=blob,
            name=name,
            content_type=content_type_of(name),
            created_at=now,
        )


def _given_today(organisation_id: int, *, now: datetime) -> int:
    """Bytes of all files with the organisation's questions since this time yesterday."""
    since = Attachment.unscoped.filter(organisation=organisation_id, created_at__gt=now - _DAY)
    total: int | None = since.aggregate(bytes=Sum("blob__size"))["bytes"]
    return total or 0


@dataclass(frozen=True, slots=True)
class _Written:
    key: str
    path: Path
    sha256: str
    size: int


def _write(chunks: Iterable[bytes], *, name: str) -> _Written:
    """Stream to a new file; it is on the disk, not only in a cache, before anything refers to it."""
    key = f"{secrets.token_hex(1)}/{secrets.token_hex(20)}"
    path = blob_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        digest, size = _stream(chunks, path=path, name=name)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return _Written(key=key, path=path, sha256=digest, size=size)


def _stream(chunks: Iterable[bytes], *, path: Path, name: str) -> tuple[str, int]:
    """The digest and the size of what was written; what the sender says of the size is not believed."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.UPLOAD_LIMIT_BYTES:
                raise AttachmentError("too-large", name=name)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise AttachmentError("empty", name=name)
    return digest.hexdigest(), size


def _blob(written: _Written, *, desk_id: int) -> Blob:
    """The blob with this content; when the desk has it already, the new copy goes."""
    blob, made = Blob.unscoped.get_or_create(
        desk_id=desk_id, sha256=written.sha256, defaults={"size": written.size, "key": written.key}
    )
    if not made:
        written.path.unlink(missing_ok=True)
    return blob


def blob_path(key: str) -> Path:
    """Where a blob's bytes lie; the key is ours, never a name that somebody wrote."""
    return Path(settings.MEDIA_ROOT) / key


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


def content_type_of(name: str) -> str:
    """By the name's ending, from a closed list; what the sender claims is not believed."""
    return _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def move_attachments(*, draft_id: int, message_id: int) -> None:
    """The draft's files belong to the message that it became."""
    Attachment.unscoped.filter(draft_id=draft_id).update(draft=None, message_id=message_id)


def move_reply_attachments(*, reply_draft_id: int, message: Message | None, note: Note | None) -> None:
    """The files of an answer's draft belong to the message or the note that it became."""
    Attachment.unscoped.filter(reply_draft_id=reply_draft_id).update(reply_draft=None, message=message, note=note)


@transaction.atomic
def remove_from_draft(*, draft: Draft | ReplyDraft, public_id: str) -> None:
    """Take a file out of a draft."""
    remove_files(Attachment.unscoped.filter(_of(draft), public_id=public_id))


def remove_files(attachments: QuerySet[Attachment]) -> None:
    """Remove these, and the bytes that nothing else of the desk holds; call it in a transaction."""
    blobs = list(attachments.values_list("blob_id", flat=True))
    attachments.delete()
    held = Attachment.unscoped.filter(blob=OuterRef("pk"))
    for blob in Blob.unscoped.filter(~Exists(held), pk__in=blobs):
        _remove_unless_taken(blob)


def _remove_unless_taken(blob: Blob) -> None:
    """Somebody may be attaching the same bytes at this moment: the database knows, and then they stay."""
    path = blob_path(blob.key)
    try:
        with transaction.atomic():
            blob.delete()
    except IntegrityError:
        return
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _of(draft: Draft | ReplyDraft) -> Q:
    return Q(draft=draft) if isinstance(draft, Draft) else Q(reply_draft=draft)
