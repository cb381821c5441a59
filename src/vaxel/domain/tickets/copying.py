"""Words and files that stand in one ticket and shall stand in another too: written again, with whoever wrote them."""

from collections.abc import Iterable
from typing import Any, TypeVar

from vaxel.domain.tickets.models import Attachment, Draft, Message, Note, Ticket
from vaxel.kit.compiled import columns_of
from vaxel.kit.ids import new_public_id

Words = TypeVar("Words", Message, Note)


def copy_message(message: Message, *, to: Ticket, text: str | None = None) -> Message:
    """The message with its files in another ticket; with `text` that passage of it and nothing else.

    The mail that it came by stays where it was: an answer to it belongs to the first ticket.
    """
    copied = _copy(message, to=to, header_id="")
    if text is not None:
        copied.text, copied.html, copied.quoted = text, "", ""
    copied.save(force_insert=True)
    copy_files(Attachment.unscoped.filter(message_id=message.pk), message=copied)
    return copied


def copy_note(note: Note, *, to: Ticket) -> Note:
    """The note with its files in another ticket."""
    copied = _copy(note, to=to)
    copied.save(force_insert=True)
    copy_files(Attachment.unscoped.filter(note_id=note.pk), note=copied)
    return copied


def copy_files(
    files: Iterable[Attachment],
    *,
    message: Message | None = None,
    note: Note | None = None,
    draft: Draft | None = None,
) -> None:
    """The files again under new names, with a message, a note or a draft; their bytes are stored once."""
    Attachment.objects.bulk_create(
        Attachment(
            **{**_values(file), "public_id": new_public_id()}, message=message, note=note, draft=draft, reply_draft=None
        )
        for file in files
    )


def _values(file: Attachment) -> dict[str, Any]:
    owners = {"id", "public_id", "message_id", "note_id", "draft_id", "reply_draft_id"}
    return {name: getattr(file, name) for name in columns_of(Attachment) if name not in owners}


def _copy(words: Words, *, to: Ticket, **changed: Any) -> Words:
    values = {name: getattr(words, name) for name in columns_of(type(words)) if name != "id"}
    return type(words)(**{**values, "ticket_id": to.pk, **changed})
