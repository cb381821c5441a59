"""Write a backup while everything runs.

One snapshot of the database tells the dump, the counts and the list of attachments. Bytes of attachments are only
ever added while a backup runs (`blobs.keep_bytes` sees to that), so what the snapshot names is on the disk.
"""

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Collate
from django.utils.crypto import salted_hmac

from vaxel.domain.tickets.blobs import blob_path, keep_bytes
from vaxel.domain.tickets.models import Blob
from vaxel.insight.transfer.installation.archive import DATABASE, SECRET_KEY, ArchiveWriter, new_archive
from vaxel.insight.transfer.installation.manifest import FORMAT, Digest, Manifest
from vaxel.insight.transfer.installation.programs import Programs, programs_for, surroundings

#: Who is signed in, and what is counted for a few minutes: of no use later, and a risk in a file that lies around.
_LEFT_OUT: Final = ("django_session", "shared_cache")
_PIECE: Final = 1024 * 1024
#: Bytes beside what is counted: headers, and a few for the database to go on with.
_SPARE: Final = 50 * 1024 * 1024

#: Told what is done: attachments so far, and all.
Progress = Callable[[int, int], None]


class BackupError(RuntimeError):
    """No backup was made; the message says why and what to do."""


def back_up(path: Path, *, now: datetime, progress: Progress) -> Manifest:
    """Write the installation to a new file. Raises BackupError, ProgramsError and OSError; nothing is left then."""
    programs = programs_for(server_version())
    with _only_backup(), transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
        _require_room(path)
        with new_archive(path) as archive:
            database = archive.add(DATABASE, _dump(programs, snapshot))
            secret_key = _add_secret_key(archive)
            lost = tuple(_add_files(archive, progress))
            manifest = Manifest(
                format=FORMAT,
                made_at=now,
                server=server_version(),
                pg_dump=programs.major,
                steps=tuple(recorded_steps()),
                counts=counts(),
                database=database,
                files=archive.files,
                lost=lost,
                secret_key=secret_key,
                key_mark=key_mark(settings.SECRET_KEY),
            )
            archive.finish(manifest)
    return manifest


def server_version() -> int:
    """The server's major version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def recorded_steps() -> list[str]:
    """The database's steps as `app.name`."""
    rows = MigrationRecorder.Migration.objects.order_by("app", "name")
    return [f"{app}.{name}" for app, name in rows.values_list("app", "name")]


def counts() -> dict[str, int]:
    """Rows by table, for each table that a backup holds."""
    tables = {model._meta.db_table for model in apps.get_models()} - set(_LEFT_OUT)  # noqa: SLF001  # Django's documented Model._meta API
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
        for table in sorted(tables & known):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a table's own name
            found[table] = int(cursor.fetchone()[0])
    return found


def key_mark(key: str) -> str:
    """Tells one key from another, and nothing about either."""
    return salted_hmac("vaxel.backup", "which key", secret=key, algorithm="sha256").hexdigest()[:32]


@contextmanager
def _only_backup() -> Iterator[None]:
    with keep_bytes() as alone:
        if not alone:
            raise BackupError("Another backup or restore runs. Wait for it.")
        yield


def _require_room(path: Path) -> None:
    """A dump is smaller than its tables; raises BackupError when even that might not find room."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(pg_table_size(oid)), 0) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        needed = int(cursor.fetchone()[0]) + _SPARE
        cursor.execute("SELECT coalesce(sum(size), 0) FROM tickets_blob")
        needed += int(cursor.fetchone()[0])
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise BackupError(
            f"The backup may need {needed // _PIECE} MB, and {free // _PIECE} MB are free in {path.parent}. "
            "Make room, or write it to another disk."
        )


def _dump(programs: Programs, snapshot: str) -> Iterator[bytes]:
    """The database as pg_dump writes it: compressed, and without what belongs to one server."""
    left_out = [f"--exclude-table-data=public.{table}" for table in _LEFT_OUT]
    command = programs.command(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *left_out
    )
    process = subprocess.Popen(  # noqa: S603  # our own command line
        command,
        env=surroundings(connection.get_connection_params()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        if process.stdout is None or process.stderr is None:
            raise BackupError("pg_dump cannot be read from.")
        yield from iter(lambda: process.stdout.read(_PIECE), b"")  # type: ignore[union-attr]  # it is, see above
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode != 0:
        raise BackupError(f"The database could not be dumped: {said.splitlines()[-1] if said else 'no reason given'}")


def _add_secret_key(archive: ArchiveWriter) -> Digest | None:
    """The key that signs links; one that VAXEL_SECRET_KEY gives is kept where that is."""
    path = settings.DATA / "secret-key"
    if not path.is_file() or path.read_text().strip() != settings.SECRET_KEY:
        return None
    return archive.add(SECRET_KEY, [settings.SECRET_KEY.encode()])


def _add_files(archive: ArchiveWriter, progress: Progress) -> Iterator[str]:
    """Write all attachments; gives the keys of those that are lost, which the rest must not suffer from."""
    blobs = Blob.unscoped.order_by(Collate("key", "C"))
    total = blobs.count()
    for done, blob in enumerate(blobs.iterator(chunk_size=500), start=1):
        path = blob_path(blob.key)
        if not _holds(path, blob):
            yield blob.key
        else:
            archive.add_file(blob.key, _pieces(path))
        progress(done, total)


def _holds(path: Path, blob: Blob) -> bool:
    """Whether the disk still has the bytes that were stored."""
    if not path.is_file() or path.stat().st_size != blob.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == blob.sha256


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_PIECE), b"")
