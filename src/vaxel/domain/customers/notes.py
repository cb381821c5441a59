"""The doors of notes about a customer: written, written anew, taken away. What was written before stays to be read."""

from datetime import datetime

from django.db import IntegrityError, transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.customers.models import CustomerNote
from vaxel.domain.people.models import Organisation
from vaxel.kit.tenancy import Scope


class NoteMissingError(LookupError):
    """There is no such note, or no such organisation, at the desk."""


class NoteChangedError(RuntimeError):
    """Somebody else has written the note anew, or taken it away, since it was read (trust 75)."""


@transaction.atomic(durable=True)
def write_note(*, scope: Scope, organisation_id: int, text: str, by: Actor, now: datetime) -> CustomerNote:
    """Keep a note. Raises NoteMissingError for an organisation of another desk, ValueError for no words."""
    if not text:
        raise ValueError("a note has words")
    if not Organisation.objects.within(scope).filter(pk=organisation_id).exists():
        raise NoteMissingError(organisation_id)
    note = CustomerNote.objects.create(
        desk_id=scope.desk_id, organisation_id=organisation_id, text=text, by_id=by.id, by_name=by.name, at=now
    )
    _record("customer-note-written", note, by=by, now=now)
    return note


@transaction.atomic(durable=True)
def rewrite_note(*, scope: Scope, note_id: int, text: str, by: Actor, now: datetime) -> CustomerNote:
    """Other words instead of those of the row `note_id`. Raises NoteMissingError, NoteChangedError when it is not the
    newest any more, and ValueError for no words.
    """
    if not text:
        raise ValueError("a note has words; see take_away_note")
    return _replace(scope=scope, note_id=note_id, text=text, kind="customer-note-rewritten", by=by, now=now)


@transaction.atomic(durable=True)
def take_away_note(*, scope: Scope, note_id: int, by: Actor, now: datetime) -> CustomerNote:
    """The note stands no longer; the history keeps its words. Raises as `rewrite_note`."""
    return _replace(scope=scope, note_id=note_id, text="", kind="customer-note-taken-away", by=by, now=now)


def _replace(*, scope: Scope, note_id: int, text: str, kind: str, by: Actor, now: datetime) -> CustomerNote:
    former = CustomerNote.objects.within(scope).filter(pk=note_id).first()
    if former is None:
        raise NoteMissingError(note_id)
    if not former.text:
        raise NoteChangedError(note_id)
    try:
        with transaction.atomic():
            note = CustomerNote.objects.create(
                desk_id=former.desk_id,
                organisation_id=former.organisation_id,
                text=text,
                replaces=former,
                begins_id=former.begins_id or former.pk,
                by_id=by.id,
                by_name=by.name,
                at=now,
            )
    except IntegrityError:
        raise NoteChangedError(note_id) from None
    _record(kind, note, by=by, now=now)
    return note


def _record(kind: str, note: CustomerNote, *, by: Actor, now: datetime) -> None:
    record(kind=kind, by=by, now=now, desk_id=note.desk_id, organisation_id=note.organisation_id, note_id=note.pk)
