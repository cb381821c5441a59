"""Put a backup in place: everything is checked before anything is touched, and the database comes in one transaction.

An interrupted restore leaves the installation as it was, and perhaps bytes that no row knows; the next one finds them
there, and `blobs.clear_away` removes them otherwise.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import Reason
from vaxel.domain.tickets.blobs import blob_path, keep_bytes
from vaxel.domain.tickets.models import Blob
from vaxel.insight.transfer.installation.archive import DATABASE, FILES, SECRET_KEY, opened
from vaxel.insight.transfer.installation.backup import Progress, key_mark, server_version
from vaxel.insight.transfer.installation.manifest import FORMAT, Manifest
from vaxel.insight.transfer.installation.programs import Programs, programs_for, surroundings

_MEGABYTE: Final = 1024 * 1024
#: A dump is compressed; its tables and indexes take this many times its size, seldom more.
_GROWTH: Final = 8
#: The schema goes and comes within the transaction of all that follows.
_BEFORE: Final = b"BEGIN;\nDROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n"
#: Nobody knows what happened to the mails since: none is sent before staff say so. Jobs of dead workers begin anew.
_AFTER: Final = b"""
SET search_path = public;
UPDATE notices_outgoingmail SET state = 'held', reason = 'restored'
    WHERE state = 'queued' OR (state = 'sending' AND handed_over_at IS NULL);
UPDATE notices_outgoingmail SET state = 'uncertain', reason = 'restored' WHERE state = 'sending';
DELETE FROM procrastinate_jobs WHERE task_name = 'send_mail' AND status IN ('todo', 'doing');
UPDATE procrastinate_jobs SET task_name = 'tell_and_hold' WHERE task_name = 'tell_about_event';
UPDATE procrastinate_jobs SET task_name = 'tell_problem_update_and_hold'
    WHERE task_name = 'tell_about_problem_update';
UPDATE procrastinate_jobs SET args = args || '{"hold": true}'
    WHERE task_name IN ('tell_organisation', 'tell_about_wish');
UPDATE procrastinate_jobs SET status = 'todo', abort_requested = false WHERE status = 'doing';
DELETE FROM procrastinate_workers;
COMMIT;
"""


class RestoreError(RuntimeError):
    """Nothing was restored; the message says why and what to do."""


def require_fitting(manifest: Manifest) -> Programs:
    """The programs to restore it with. Raises RestoreError for a backup that this installation is too old for."""
    if manifest.format > FORMAT:
        raise RestoreError("The backup was made by a newer Växel. Install that version first, then restore.")
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = [step for step in manifest.steps if step not in ours]
    if newer:
        raise RestoreError(
            f"The backup was made by a newer Växel ({newer[-1]} is not known here). "
            "Install that version first, then restore."
        )
    server = server_version()
    if server < manifest.server:
        raise RestoreError(
            f"The backup is from PostgreSQL {manifest.server}, and the database here is PostgreSQL {server}. "
            "Upgrade it, or name another one with VAXEL_DATABASE_URL."
        )
    return programs_for(server, at_least=manifest.pg_dump)


def holds_something() -> bool:
    """Whether there is a desk or an account: then a restore would take something away."""
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
        for table in {"desks_desk", "people_account"} & known:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608  # one of the two
            if cursor.fetchone()[0]:
                return True
    return False


def require_nobody_else() -> None:
    """Raise RestoreError while somebody works with the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        others = int(cursor.fetchone()[0])
    if others:
        raise RestoreError(f"{others} connections to the database are open. Stop Växel on every machine, then restore.")


def restore(path: Path, manifest: Manifest, *, progress: Progress) -> None:
    """Put a verified backup in place of what is here. Raises RestoreError, BackupFileError, ProgramsError."""
    programs = require_fitting(manifest)
    with keep_bytes() as alone:
        if not alone:
            raise RestoreError("A backup runs. Wait for it.")
        require_nobody_else()
        _require_room(manifest)
        with opened(path) as members:
            _put_in_place(members, manifest, programs, progress)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def lost_files() -> int:
    """How many attachments the database knows and the disk does not have."""
    blobs = Blob.unscoped.only("key", "size").iterator(chunk_size=2000)
    return sum(not _has_size(blob_path(blob.key), blob.size) for blob in blobs)


def held_mails() -> int:
    """How many mails wait for staff because nobody knows whether they were sent after the backup."""
    return OutgoingMail.unscoped.filter(reason=Reason.RESTORED).count()


def keeps_other_key(manifest: Manifest) -> bool:
    """Whether the links that were sent before the backup do not hold here: another VAXEL_SECRET_KEY signs."""
    return manifest.secret_key is None and key_mark(settings.SECRET_KEY) != manifest.key_mark


def _require_room(manifest: Manifest) -> None:
    needed = manifest.files.bytes + manifest.database.size * _GROWTH
    free = shutil.disk_usage(settings.MEDIA_ROOT).free
    if free < needed:
        raise RestoreError(
            f"The restore may need {needed // _MEGABYTE} MB, and {free // _MEGABYTE} MB are free in "
            f"{settings.DATA}. Make room, or name another folder with VAXEL_DATA."
        )


def _put_in_place(
    members: Iterable[tuple[str, Iterator[bytes]]], manifest: Manifest, programs: Programs, progress: Progress
) -> None:
    """Attachments first, which nobody sees before the database names them; the database; the key."""
    done = 0
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as dump:
        secret_key = b""
        for name, pieces in members:
            if name == DATABASE:
                dump.writelines(pieces)
            elif name == SECRET_KEY:
                secret_key = b"".join(pieces)
            elif name.startswith(FILES):
                _put_file(blob_path(name.removeprefix(FILES)), pieces)
                done += 1
                progress(done, manifest.files.count)
        dump.seek(0)
        _load_database(programs, dump)
    if secret_key:
        _put_secret_key(secret_key)


def _put_file(path: Path, pieces: Iterator[bytes]) -> None:
    """Under its name when it is whole; one that an interrupted restore has put there is written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _put_secret_key(key: bytes) -> None:
    path = settings.DATA / "secret-key"
    part = path.with_name("secret-key.part")
    part.touch(mode=0o600)
    part.write_bytes(key)
    part.replace(path)


def _load_database(programs: Programs, dump: IO[bytes]) -> None:
    """Everything in one transaction: what breaks off before its last word has changed nothing."""
    where = surroundings(connection.get_connection_params())
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as answered:
        reading = subprocess.Popen(  # noqa: S603  # our own command line
            [str(programs.folder / "pg_restore"), "--no-owner", "--no-privileges", "--file=-"],
            stdin=dump,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        loading = subprocess.Popen(  # noqa: S603  # our own command line
            programs.command("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"),
            env=where,
            stdin=subprocess.PIPE,
            stdout=answered,
            stderr=said,
        )
        with reading, loading:
            _hand_on(reading, loading)
        if (reading.returncode, loading.returncode) != (0, 0):
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise RestoreError(f"The database refused the backup: {lines[0] if lines else 'no reason given'}")


def _hand_on(reading: "subprocess.Popen[bytes]", loading: "subprocess.Popen[bytes]") -> None:
    """What pg_restore says goes to psql, and COMMIT only after pg_restore has said everything."""
    if reading.stdout is None or loading.stdin is None:
        raise RestoreError("pg_restore and psql cannot be joined.")
    with suppress(BrokenPipeError):
        loading.stdin.write(_BEFORE)
        shutil.copyfileobj(reading.stdout, loading.stdin, _MEGABYTE)
        if reading.wait() == 0:
            loading.stdin.write(_AFTER)
        loading.stdin.close()


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False
