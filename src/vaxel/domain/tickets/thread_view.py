"""All that was said and done on a ticket, in one query: words, files, events and promises as staff see them.

Read at one instant, so that an event never stands on a page without the words that belong to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from vaxel.domain.tickets.models import Attachment, Clock, Event, Message, Note, Ticket
from vaxel.kit.compiled import Compiled, Row, compiled, from_json
from vaxel.kit.together import Asked, Found
from vaxel.kit.values import value


@value
class NoteSeen:
    """Words among staff. `html` is empty when they came as plain text."""

    id: int
    text: str
    html: str
    by_kind: str
    by_name: str
    at: datetime


@value
class MessageSeen(NoteSeen):
    """Words between customer and vendor; `language` is empty when it is not known, `quoted` but for mails.

    `written_down_by` names whoever of the staff noted what was said, None for words that their author wrote.
    """

    channel: str
    language: str
    quoted: str
    written_down_by: str | None


@value
class FileSeen:
    """A file of a message or of a note; `size` in bytes. A decoration is a picture of a signature or letterhead."""

    message_id: int | None
    note_id: int | None
    public_id: str
    name: str
    content_type: str
    is_decoration: bool
    size: int


@value
class EventSeen:
    """Something that happened; `data` as its kind has it (see `domain.tickets.events`)."""

    id: int
    kind: str
    at: datetime
    by_kind: str
    by_id: int | None
    by_name: str
    data: Mapping[str, Any]


@value
class ClockSeen:
    """A promise: `due_at` is None while it stands still, `ended_at` when it was met or given up."""

    name: str
    target: Mapping[str, Any]
    state: str
    due_at: datetime | None
    ended_at: datetime | None


@value
class ThreadView:
    """Each in the order of time; files of messages before those of notes."""

    messages: tuple[MessageSeen, ...]
    notes: tuple[NoteSeen, ...]
    files: tuple[FileSeen, ...]
    events: tuple[EventSeen, ...]
    clocks: tuple[ClockSeen, ...]


def thread_view(*, ticket_id: int | Found) -> Asked[ThreadView]:
    """What stands on a ticket that the reader has been allowed to see."""
    return Asked(_reading(), {_A_TICKET_ID: ticket_id}, _thread_in)


def _thread_in(rows: Sequence[Row]) -> ThreadView:
    if not rows:
        return ThreadView(messages=(), notes=(), files=(), events=(), clocks=())
    ((messages, notes, files, files_of_notes, events, clocks),) = rows
    return ThreadView(
        messages=tuple(MessageSeen(**_dated(row, "at")) for row in from_json(messages)),
        notes=tuple(NoteSeen(**_dated(row, "at")) for row in from_json(notes)),
        files=tuple(FileSeen(**row) for row in [*from_json(files), *from_json(files_of_notes)]),
        events=tuple(EventSeen(**_dated(row, "at")) for row in from_json(events)),
        clocks=tuple(ClockSeen(**_dated(row, "due_at", "ended_at")) for row in from_json(clocks)),
    )


#: The mark in the compiled query where each run puts the ticket's id (see `kit.compiled`).
_A_TICKET_ID: Final = -1


@cache
def _reading() -> Compiled:
    """Files of messages and of notes apart: with either of them in one condition, all files of all desks are read."""
    here = {"ticket": OuterRef("pk")}
    files = Attachment.unscoped.order_by("id")
    parts = {
        "seen_messages": _rows(
            Message.unscoped.filter(**here).order_by("at", "id"), MessageSeen, written_down_by="written_down_by__name"
        ),
        "seen_notes": _rows(Note.unscoped.filter(**here).order_by("at", "id"), NoteSeen),
        "seen_files": _rows(files.filter(message__ticket=OuterRef("pk")), FileSeen, size="blob__size"),
        "seen_note_files": _rows(files.filter(note__ticket=OuterRef("pk")), FileSeen, size="blob__size"),
        "seen_events": _rows(Event.unscoped.filter(**here).order_by("at", "id"), EventSeen),
        "seen_clocks": _rows(Clock.unscoped.filter(**here).order_by("started_at", "id"), ClockSeen),
    }
    rows = Ticket.unscoped.filter(pk=_A_TICKET_ID).annotate(**parts)
    return compiled(rows.values_list(*parts), _A_TICKET_ID)


def _rows(rows: QuerySet[Any], seen: Any, **elsewhere: str) -> ArraySubquery:
    """The rows as an array of JSON objects with the fields of `seen`; some of them stand in a column `elsewhere`."""
    columns = {field.name: field.name for field in fields(seen)} | elsewhere
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _dated(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """JSON has no instants."""
    for name in names:
        row[name] = None if row[name] is None else datetime.fromisoformat(row[name])
    return row
