"""The files of a mail with the message that it became; call it in the transaction that makes the message.

Bytes are written before the rows that name them, and once per desk and content. Programs stay in the raw mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vaxel.domain.tickets.attachments import clean_name, content_type_of, is_forbidden
from vaxel.domain.tickets.blobs import held_blob, write_bytes
from vaxel.domain.tickets.models import Attachment, Message, Note
from vaxel.kit.mail import MailAttachment

#: More files than anybody sends on purpose; the others stay in the raw mail.
MOST_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class Left:
    """Files that stay in the raw mail: staff are told."""

    programs: tuple[str, ...]
    too_many: int


def attach(files: Sequence[MailAttachment], *, to: Message | Note, now: datetime) -> Left:
    """Keep the files with the message or note."""
    programs = [file for file in files if is_forbidden(file.name)]
    kept = [file for file in files if not is_forbidden(file.name)]
    Attachment.objects.bulk_create([_row(file, to=to, now=now) for file in kept[:MOST_FILES]])
    return Left(programs=tuple(clean_name(file.name) for file in programs), too_many=len(kept[MOST_FILES:]))


def _row(file: MailAttachment, *, to: Message | Note, now: datetime) -> Attachment:
    name = clean_name(file.name)
    return Attachment(
        desk_id=to.desk_id,
        organisation_id=to.organisation_id,
        message=to if isinstance(to, Message) else None,
        note=to if isinstance(to, Note) else None,
        blob=held_blob(write_bytes([file.content]), desk_id=to.desk_id),
        name=name,
        content_type=content_type_of(name, file.content),
        content_id=file.content_id[:998],
        is_decoration=file.is_decoration,
        created_at=now,
    )


def pictures_among(files: Sequence[MailAttachment]) -> int:
    """How many are pictures that somebody meant to show."""
    return sum(
        content_type_of(file.name, file.content).startswith("image/") and not file.is_decoration for file in files
    )
