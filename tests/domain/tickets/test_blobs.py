"""Bytes on the disk and their rows: nothing in use goes, nothing unused stays, whoever does what at the same moment."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from pytest_django import Settings

from tests import factories as world
from vaxel.domain.people.models import Person
from vaxel.domain.tickets import blobs
from vaxel.domain.tickets.attachments import AttachmentError, Incoming, remove_from_draft, store_for_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Attachment, Blob, Draft

pytestmark = pytest.mark.django_db(transaction=True)

LATER = world.NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir()


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


def draft_of(person: Person) -> Draft:
    return new_draft(
        desk_id=person.desk_id, organisation_id=person.organisation_id, person_id=person.pk, data={}, now=world.NOW
    )


def attach(person: Person, content: bytes = b"bytes") -> Attachment:
    file = Incoming(name="fel.png", content_type="", size=len(content), chunks=[content])
    stored = store_for_draft(file, draft=draft_of(person), organisation_id=person.organisation_id, now=world.NOW)
    _make_old(blobs.blob_path(stored.blob.key))
    return stored


def _make_old(path: Path) -> None:
    before = (world.NOW - timedelta(minutes=1)).timestamp()
    os.utime(path, (before, before))


def on_disk(settings: Settings) -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.glob("*/*")}


def in_thread(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connections.close_all()


def wait_for_a_lock() -> None:
    """Until somebody waits for a row that another transaction holds."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    pytest.fail("nobody waits")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def test_same_bytes_stored_by_many_at_once_are_there_once(
    person: Person, pool: ThreadPoolExecutor, settings: Settings
) -> None:
    together = threading.Barrier(8)

    def store() -> object:
        together.wait(10)
        return attach(person)

    for stored in [pool.submit(in_thread, store) for _ in range(8)]:
        stored.result(20)

    blob = Blob.unscoped.get()
    assert (Attachment.unscoped.filter(blob=blob).count(), on_disk(settings)) == (8, {blob.key})


def test_bytes_that_are_attached_while_they_are_removed_stay(
    person: Person, pool: ThreadPoolExecutor, settings: Settings
) -> None:
    first = attach(person)
    written = blobs.write_bytes([b"bytes"])
    with transaction.atomic():
        held = blobs.held_blob(written, desk_id=person.desk_id)
        draft = draft_of(person)
        removing = pool.submit(
            in_thread, partial(remove_from_draft, draft=first.draft or draft, public_id=first.public_id)
        )
        wait_for_a_lock()
        Attachment.objects.create(
            desk_id=person.desk_id,
            organisation_id=person.organisation_id,
            draft=draft,
            blob=held,
            name="fel.png",
            content_type="image/png",
            created_at=world.NOW,
        )
    removing.result(20)

    assert Attachment.unscoped.get().blob == Blob.unscoped.get()
    assert on_disk(settings) == {first.blob.key}


def test_bytes_that_are_removed_while_they_are_attached_are_stored_anew(
    person: Person, pool: ThreadPoolExecutor, settings: Settings
) -> None:
    first = attach(person)
    with transaction.atomic():
        Attachment.unscoped.filter(pk=first.pk).delete()
        blobs.remove_blobs(Blob.unscoped.filter(pk=first.blob_id))
        storing = pool.submit(in_thread, partial(attach, person))
        wait_for_a_lock()
    storing.result(20)

    blob = Blob.unscoped.get()
    assert blob.key != first.blob.key
    assert on_disk(settings) == {blob.key}


def test_bytes_that_the_disk_has_lost_come_back_with_the_same_file(person: Person) -> None:
    path = blobs.blob_path(attach(person).blob.key)
    path.unlink()
    attach(person)
    assert (path.read_bytes(), Blob.unscoped.count()) == (b"bytes", 1)


def test_clearing_away_removes_what_nothing_uses_and_only_when_it_is_old(person: Person, settings: Settings) -> None:
    used = attach(person, b"used").blob
    unused = attach(person, b"unused")
    Attachment.unscoped.filter(pk=unused.pk).delete()
    unknown, young = blobs.write_bytes([b"unknown"]), blobs.write_bytes([b"young"])
    _make_old(unknown.path)
    os.utime(young.path, (LATER.timestamp(), LATER.timestamp()))
    broken_off = Path(settings.FILE_UPLOAD_TEMP_DIR) / "x.upload"
    broken_off.touch()
    _make_old(broken_off)

    assert blobs.clear_away(now=world.NOW) == 0
    assert blobs.clear_away(now=LATER) == 2

    assert list(Blob.unscoped.all()) == [used]
    assert on_disk(settings) == {used.key, young.key}
    assert broken_off.exists() is False


def test_t79_nothing_leaves_the_disk_while_a_backup_is_written(
    person: Person, pool: ThreadPoolExecutor, settings: Settings
) -> None:
    stored = attach(person)
    with blobs.keep_bytes() as alone:
        remove = partial(remove_from_draft, draft=stored.draft or draft_of(person), public_id=stored.public_id)
        pool.submit(in_thread, remove).result(20)
        assert (
            alone,
            Blob.unscoped.count(),
            pool.submit(in_thread, partial(blobs.clear_away, now=LATER)).result(20),
        ) == (
            True,
            0,
            0,
        )
        assert on_disk(settings) == {stored.blob.key}
    assert blobs.clear_away(now=LATER) == 1
    assert on_disk(settings) == set()


def test_t73_file_that_finds_no_room_leaves_nothing(person: Person, settings: Settings) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"first"
        raise OSError(28, "No space left on device")

    file = Incoming(name="stor.png", content_type="", size=10, chunks=chunks())
    with pytest.raises(AttachmentError) as refused:
        store_for_draft(file, draft=draft_of(person), organisation_id=person.organisation_id, now=world.NOW)
    assert (refused.value.code, on_disk(settings), Blob.unscoped.count()) == ("no-room", set(), 0)
