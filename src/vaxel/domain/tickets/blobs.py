"""The bytes of files: on the disk under random names, once per desk and content; rows tell which are in use.

Whoever refers to a blob first locks its row (`held_blob`), and whoever removes one locks it as well: nothing is taken
away under somebody's hands. The disk is written before the row and cleared after it, so a death in between leaves
bytes that nobody knows, never a row without bytes; `clear_away` removes such bytes a day later.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, ProtectedError, QuerySet

from vaxel.domain.tickets.models import Blob

T = TypeVar("T")

#: Younger bytes may belong to an upload that has not been committed yet.
_YOUNG: Final = timedelta(days=1)
#: Any number that nobody else takes: the lock under which bytes may only be added.
_LOCK: Final = 861_203_542
#: For how long a backup waits for those who are just removing something.
_PATIENCE: Final = "30s"
_TRIES: Final = 5
_BATCH: Final = 500
_KEY: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{40}(\.part)?")


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes on the disk that no row refers to yet."""

    key: str
    path: Path
    sha256: str
    size: int

    def discard(self) -> None:
        """Take them away again."""
        self.path.unlink(missing_ok=True)


def blob_path(key: str) -> Path:
    """Where a blob's bytes lie; the key is ours, never a name that somebody wrote."""
    return Path(settings.MEDIA_ROOT) / key


def write_bytes(chunks: Iterable[bytes]) -> Written:
    """Stream to a new file; it is on the disk, not only in a cache, before anything refers to it.

    Whatever is raised, by `chunks` or by a full disk, nothing is left.
    """
    key = f"{secrets.token_hex(1)}/{secrets.token_hex(20)}"
    path = blob_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Written(key=key, path=path, sha256=digest.hexdigest(), size=size)


def _sync_folder(folder: Path) -> None:
    """A file whose name is not on the disk is lost in a power cut, however much of it is there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def held_blob(written: Written, *, desk_id: int) -> Blob:
    """The blob with these bytes, which nobody removes before the caller's transaction ends.

    When the desk has the bytes already, the new copy goes, or takes the place of one that the disk has lost.
    """
    for _ in range(_TRIES):
        try:
            blob, made = Blob.unscoped.get_or_create(
                desk_id=desk_id, sha256=written.sha256, defaults={"size": written.size, "key": written.key}
            )
        except IntegrityError:
            # Somebody stored the same bytes at this moment, and somebody removed them at the next.
            continue
        if made:
            return blob
        held = Blob.unscoped.select_for_update(no_key=True).filter(pk=blob.pk).first()
        if held is not None:
            _keep_one(written, blob_path(held.key))
            return held
    raise IntegrityError("the blob is made and removed again and again")


def held_blobs(written: Sequence[Written], *, desk_id: int) -> list[Blob]:
    """The same for many at once, in two queries; in the order in which they were given."""
    rows = [Blob(desk_id=desk_id, sha256=each.sha256, size=each.size, key=each.key) for each in written]
    Blob.objects.bulk_create(sorted(rows, key=lambda row: row.sha256), ignore_conflicts=True)
    wanted = Blob.unscoped.filter(desk_id=desk_id, sha256__in={each.sha256 for each in written})
    held = {blob.sha256: blob for blob in wanted.order_by("pk").select_for_update(no_key=True)}
    for each in written:
        if each.sha256 not in held:
            # Somebody removed it between the two queries.
            held[each.sha256] = held_blob(each, desk_id=desk_id)
        elif held[each.sha256].key != each.key:
            _keep_one(each, blob_path(held[each.sha256].key))
    return [held[each.sha256] for each in written]


def _keep_one(written: Written, known: Path) -> None:
    if known.exists():
        written.discard()
    else:
        known.parent.mkdir(parents=True, exist_ok=True)
        written.path.replace(known)


def remove_blobs(blobs: QuerySet[Blob]) -> None:
    """Remove those of these that nothing refers to; call it in a transaction, after what referred to them is gone."""
    for blob in blobs.order_by("pk").select_for_update():
        try:
            blob.delete()
        except ProtectedError:
            continue
        if _may_remove_bytes():
            transaction.on_commit(partial(blob_path(blob.key).unlink, missing_ok=True))


def _may_remove_bytes() -> bool:
    """Not while a backup is written; until the end of the transaction none begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


@contextmanager
def keep_bytes() -> Iterator[bool]:
    """For as long as the block lasts no bytes leave the disk; false when somebody else has asked for that."""
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    except OperationalError:
        yield False
        return
    try:
        yield True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def clear_away(*, now: datetime) -> int:
    """Remove what nothing has used for a day: rows without use, bytes without rows, uploads that were broken off.

    Gives the number of files that went. While a backup is written nothing is removed.
    """
    before = (now - _YOUNG).timestamp()
    _remove_unused_rows(before=before)
    return _remove_unknown_bytes(before=before) + _remove_broken_uploads(before=before)


def _remove_unused_rows(*, before: float) -> None:
    unused = Blob.unscoped.order_by("pk")
    for relation in Blob._meta.get_fields(include_hidden=True):  # noqa: SLF001  # Django's documented Model._meta API
        if isinstance(relation, ManyToOneRel):
            users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # noqa: SLF001  # the same
            unused = unused.filter(~Exists(users))
    old = [blob.pk for blob in unused.iterator() if _is_old(blob_path(blob.key), before=before)]
    for pks in _batches(iter(old)):
        with transaction.atomic(durable=True):
            remove_blobs(Blob.unscoped.filter(pk__in=pks))


def _remove_unknown_bytes(*, before: float) -> int:
    root = Path(settings.MEDIA_ROOT)
    paths = (path for path in root.glob("??/*") if _KEY.fullmatch(str(path.relative_to(root))))
    removed = 0
    for batch in _batches(path for path in paths if _is_old(path, before=before)):
        with transaction.atomic(durable=True):
            if not _may_remove_bytes():
                return removed
            keys = {str(path.relative_to(root)): path for path in batch}
            for known in Blob.unscoped.filter(key__in=keys).values_list("key", flat=True):
                del keys[known]
            for path in keys.values():
                path.unlink(missing_ok=True)
            removed += len(keys)
    return removed


def _remove_broken_uploads(*, before: float) -> int:
    """What a killed process was taking in."""
    old = [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*") if _is_old(path, before=before)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_old(path: Path, *, before: float) -> bool:
    """Whether nobody has written there since; what is not there is as old as can be."""
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return True


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, _BATCH)):
        yield batch
