"""The file of a backup: a plain tar, written and read piece by piece.

Not compressed as a whole: the dump is by itself, and attachments are mostly pictures. Reading believes nothing: a
member is one of four names or the key of a file of ours, and a plain file; anything else refuses the whole (trust 40).
"""

import hashlib
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Final

from pydantic import ValidationError

from vaxel.insight.transfer.installation.manifest import FORMAT, Digest, Files, Manifest

DATABASE: Final = "database.dump"
SECRET_KEY: Final = "secret-key"  # noqa: S105  # the name of a member
MANIFEST: Final = "manifest.json"
#: Before the key of each attachment (`vaxel.domain.tickets.attachments`).
FILES: Final = "files/"

_FILE_NAME: Final = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{40}")
_PIECE: Final = 1024 * 1024
_BLOCK: Final = 512
#: A manifest names tables and steps, no contents: more pieces than these are none.
_MOST_PIECES: Final = 16


class BackupFileError(RuntimeError):
    """The file is no backup that can be used; the message says why."""


class ArchiveWriter:
    """Writes members whose size is known only at their end; nothing of them is kept in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._keys = hashlib.sha256()
        self._count = self._bytes = 0

    def add(self, name: str, pieces: Iterable[bytes]) -> Digest:
        """Write one member, and afterwards its size into the header before it."""
        begin = self._file.tell()
        self._file.write(_header(name, 0))
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            self._file.write(piece)
            digest.update(piece)
            size += len(piece)
        self._file.write(bytes(-size % _BLOCK))
        end = self._file.tell()
        self._file.seek(begin)
        self._file.write(_header(name, size))
        self._file.seek(end)
        return Digest(size=size, sha256=digest.hexdigest())

    def add_file(self, key: str, pieces: Iterable[bytes]) -> Digest:
        """Write an attachment; call it in the order of the keys."""
        written = self.add(FILES + key, pieces)
        self._keys.update(_line(key, written))
        self._count += 1
        self._bytes += written.size
        return written

    @property
    def files(self) -> Files:
        """What the attachments so far come to."""
        return Files(count=self._count, bytes=self._bytes, sha256=self._keys.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """The last member, and the end of the tar; on the disk when this returns."""
        self.add(MANIFEST, [manifest.model_dump_json(indent=1).encode()])
        self._file.write(bytes(2 * _BLOCK))
        self._file.flush()
        os.fsync(self._file.fileno())


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def _line(key: str, digest: Digest) -> bytes:
    return f"{digest.sha256} {digest.size} {key}\n".encode()


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """A file at `path` that is there when it is whole, and not before; only its owner may read it.

    Raises FileExistsError: no backup is ever written over.
    """
    if path.exists():
        raise FileExistsError(path)
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "w+b", buffering=_PIECE) as file:
            yield ArchiveWriter(file)
        _name_it(part, path)
    finally:
        part.unlink(missing_ok=True)


def verified(path: Path) -> Manifest:
    """Read the whole file once and compare everything with its manifest. Raises `BackupFileError`."""
    contents = _Contents()
    manifest: Manifest | None = None
    with opened(path) as members:
        for name, pieces in members:
            if manifest is not None:
                raise BackupFileError(f"{path} is no backup: {name} comes after its end.")
            if name == MANIFEST:
                manifest = _manifest(pieces, path)
            else:
                contents.note(name, _digest(pieces))
    if manifest is None:
        raise BackupFileError(f"{path} is not whole: it has no manifest. Take an earlier backup.")
    if not contents.fit(manifest):
        raise BackupFileError(f"{path} is damaged: its contents do not fit its manifest. Take an earlier backup.")
    return manifest


class _Contents:
    """What a backup was found to hold; each name once, attachments in the order of their keys."""

    def __init__(self) -> None:
        self._single: dict[str, Digest] = {}
        self._keys = hashlib.sha256()
        self._count = self._bytes = 0
        self._last = ""

    def note(self, name: str, digest: Digest) -> None:
        if name in self._single or (name.startswith(FILES) and name <= self._last):
            raise BackupFileError(f"This is no backup: {name} stands where nothing should.")
        if not name.startswith(FILES):
            self._single[name] = digest
            return
        self._last = name
        self._keys.update(_line(name.removeprefix(FILES), digest))
        self._count += 1
        self._bytes += digest.size

    def fit(self, manifest: Manifest) -> bool:
        files = Files(count=self._count, bytes=self._bytes, sha256=self._keys.hexdigest())
        single = (self._single.get(DATABASE), self._single.get(SECRET_KEY))
        return (*single, files) == (manifest.database, manifest.secret_key, manifest.files)


def _name_it(part: Path, path: Path) -> None:
    """A link fails where something has come meanwhile, and a rename would replace it; not every disk has links."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        part.rename(path)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:", format=tarfile.GNU_FORMAT) as tar:
            yield tar
    except tarfile.TarError as error:
        raise BackupFileError(f"{path} cannot be read as a backup ({error}). Take an earlier one.") from error
    except OSError as error:
        raise BackupFileError(f"{path} cannot be read: {error.strerror or error}.") from error


@contextmanager
def opened(path: Path) -> Iterator[Iterator[tuple[str, Iterator[bytes]]]]:
    """The members in order: a name, and its bytes, which are read before the next member is asked for."""
    with _opened(path) as tar:
        yield ((member.name, _pieces(tar, member)) for member in _members(tar))


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Each member, checked; the library would keep all of them in memory."""
    for member in tar:
        if not member.isreg() or member.issparse() or not _is_ours(member.name):
            raise BackupFileError(f"This is no backup: it has a member {member.name!r}.")
        yield member
        tar.members.clear()  # type: ignore[attr-defined]  # the stubs lack it


def _is_ours(name: str) -> bool:
    return name in {DATABASE, SECRET_KEY, MANIFEST} or _FILE_NAME.fullmatch(name) is not None


def _pieces(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    """A member's bytes, a megabyte at a time."""
    source = tar.extractfile(member)
    if source is not None:
        yield from iter(lambda: source.read(_PIECE), b"")


def _digest(pieces: Iterable[bytes]) -> Digest:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return Digest(size=size, sha256=digest.hexdigest())


def _manifest(pieces: Iterator[bytes], path: Path) -> Manifest:
    text = b"".join(islice(pieces, _MOST_PIECES))
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise BackupFileError(
            f"{path} has a manifest that this version (format {FORMAT}) cannot read. Restore it with a newer Växel."
        ) from error
