"""Notes about a customer: their doors, and who can read them at all."""

import pytest

from tests import factories as world
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.customers.models import CustomerNote
from vaxel.domain.customers.notes import NoteChangedError, NoteMissingError, rewrite_note, take_away_note, write_note
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Person, Staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


@pytest.fixture
def manager(desk: Desk) -> Staff:
    return world.make_staff(desk, name="Susanne Öhrn")


@pytest.fixture
def person(desk: Desk) -> Person:
    return world.make_person(world.make_organisation(desk))


def written(person: Person, manager: Staff, text: str = "Möte i maj") -> CustomerNote:
    return write_note(
        scope=world.desk_scope(manager.desk),
        organisation_id=person.organisation_id,
        text=text,
        by=world.actor(manager),
        now=world.NOW,
    )


def anew(note: CustomerNote, manager: Staff, text: str) -> CustomerNote:
    scope, by = world.desk_scope(manager.desk), world.actor(manager)
    return rewrite_note(scope=scope, note_id=note.pk, text=text, by=by, now=world.NOW)


def test_note_is_only_ever_added_to(desk: Desk, manager: Staff, person: Person) -> None:
    first = written(person, manager)

    second = anew(first, manager, "Möte i juni")
    scope, by = world.desk_scope(desk), world.actor(manager)
    third = take_away_note(scope=scope, note_id=second.pk, by=by, now=world.NOW)

    rows = CustomerNote.unscoped.order_by("pk").values_list("text", "replaces", "begins")
    assert list(rows) == [("Möte i maj", None, None), ("Möte i juni", first.pk, first.pk), ("", second.pk, first.pk)]
    kinds = list(
        AuditEntry.unscoped.filter(kind__startswith="customer-note").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["customer-note-written", "customer-note-rewritten", "customer-note-taken-away"]
    with pytest.raises(NoteChangedError):
        anew(third, manager, "Möte i juli")


def test_t75_second_of_two_who_change_a_note_is_told(manager: Staff, person: Person) -> None:
    note = written(person, manager)
    anew(note, manager, "Möte i juni")

    with pytest.raises(NoteChangedError):
        anew(note, manager, "Möte i juli")


def test_t44_note_is_out_of_every_customers_scope(manager: Staff, person: Person) -> None:
    written(person, manager)

    assert list(CustomerNote.objects.within(world.customer_scope(person))) == []


def test_note_of_another_desk_cannot_be_changed(manager: Staff, person: Person) -> None:
    note = written(person, manager)
    abroad = world.make_desk("baver")

    with pytest.raises(NoteMissingError):
        take_away_note(scope=world.desk_scope(abroad), note_id=note.pk, by=world.actor(manager), now=world.NOW)
    with pytest.raises(NoteMissingError):
        write_note(
            scope=world.desk_scope(abroad),
            organisation_id=person.organisation_id,
            text="Hej",
            by=world.actor(manager),
            now=world.NOW,
        )


def test_note_without_words_is_refused(manager: Staff, person: Person) -> None:
    with pytest.raises(ValueError, match="words"):
        written(person, manager, text="")
