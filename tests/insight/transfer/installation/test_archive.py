"""The file of a backup: what was written is read, and anything else is refused before anything is believed."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vaxel.insight.transfer.installation.archive import (
    DATABASE,
    SECRET_KEY,
    BackupFileError,
    new_archive,
    opened,
    verified,
)
from vaxel.insight.transfer.installation.manifest import Manifest

KEYS = ("0a/" + "1" * 40, "ff/" + "2" * 40)
Change = Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "some.vaxel"
    with new_archive(path) as archive:
        database = archive.add(DATABASE, [b"dump " * 100, b"more"])
        secret_key = archive.add(SECRET_KEY, [b"key"])
        for key in KEYS:
            archive.add_file(key, [b"bytes of ", key.encode()])
        archive.finish(
            Manifest(
                format=1,
                made_at=datetime(2026, 11, 20, tzinfo=UTC),
                server=18,
                pg_dump=18,
                steps=("tickets.0001_initial",),
                counts={"tickets_ticket": 3},
                database=database,
                files=archive.files,
                lost=(),
                secret_key=secret_key,
                key_mark="mark",
            )
        )
    return path


def rewritten(backup: Path, change: Change) -> Path:
    """The same with each member changed."""
    to = backup.with_name("other.vaxel")
    with tarfile.open(backup) as old, tarfile.open(to, "w") as new:
        for member in old:
            source = old.extractfile(member)
            changed, content = change(member, b"" if source is None else source.read())
            changed.size = len(content)
            new.addfile(changed, io.BytesIO(content))
    return to


def with_member(backup: Path, member: tarfile.TarInfo, *, at_end: bool = False) -> Path:
    """The same with one member more."""
    to = backup.with_name("other.vaxel")
    with tarfile.open(backup) as old, tarfile.open(to, "w") as new:
        for each in [*old, member] if at_end else [member, *old]:
            new.addfile(each, None if each is member else old.extractfile(each))
    return to


def member(name: str, **fields: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def test_what_was_written_is_read_in_order(backup: Path) -> None:
    with opened(backup) as members:
        read = {name: b"".join(pieces) for name, pieces in members}
    manifest = verified(backup)
    assert list(read) == [DATABASE, SECRET_KEY, *(f"files/{key}" for key in KEYS), "manifest.json"]
    assert (read[DATABASE], read[f"files/{KEYS[1]}"]) == (b"dump " * 100 + b"more", b"bytes of " + KEYS[1].encode())
    assert (manifest.database.size, manifest.files.count, manifest.files.bytes) == (504, 2, 2 * (9 + 43))
    assert backup.stat().st_mode & 0o777 == 0o600


def test_backup_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"dump"
        raise RuntimeError

    with pytest.raises(RuntimeError), new_archive(tmp_path / "some.vaxel") as archive:
        archive.add(DATABASE, pieces())
    assert list(tmp_path.iterdir()) == []


def test_backup_is_never_written_over(backup: Path) -> None:
    with pytest.raises(FileExistsError), new_archive(backup):
        pass
    late = backup.with_name("late.vaxel")
    with pytest.raises(FileExistsError), new_archive(late):
        late.write_text("somebody was quicker")
    assert late.read_text() == "somebody was quicker"


@pytest.mark.parametrize(
    "evil",
    [
        member("../outside"),
        member("/tmp/outside"),  # noqa: S108  # refused
        member("files/ab/../../../outside"),
        member("files/" + KEYS[0] + ".part"),
        member("files/" + KEYS[0], type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        member("files/" + KEYS[0], type=tarfile.LNKTYPE, linkname=SECRET_KEY),
        member("files/ab", type=tarfile.DIRTYPE),
        member(SECRET_KEY, type=tarfile.FIFOTYPE),
        member(SECRET_KEY, type=tarfile.CHRTYPE),
        member("x" * 300),
    ],
    ids=lambda each: f"{each.name[:30]}-{each.type.decode()}",
)
def test_t40_foreign_member_refuses_the_whole(evil: tarfile.TarInfo, backup: Path) -> None:
    with pytest.raises(BackupFileError) as refused:
        verified(with_member(backup, evil))
    assert str(refused.value) == f"This is no backup: it has a member {evil.name!r}."


@pytest.mark.parametrize("name", [DATABASE, f"files/{KEYS[0]}", f"files/{KEYS[1]}"])
def test_t40_member_that_comes_twice_refuses_the_whole(name: str, backup: Path) -> None:
    with pytest.raises(BackupFileError, match="stands where nothing should"):
        verified(with_member(backup, member(name)))


def test_t40_member_after_the_end_refuses_the_whole(backup: Path) -> None:
    with pytest.raises(BackupFileError, match="comes after its end"):
        verified(with_member(backup, member(SECRET_KEY), at_end=True))


@pytest.mark.parametrize("damaged", [DATABASE, SECRET_KEY, f"files/{KEYS[0]}"])
def test_t79_one_wrong_byte_is_found(damaged: str, backup: Path) -> None:
    def damage(each: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        return each, content[:-1] + b"!" if each.name == damaged else content

    with pytest.raises(BackupFileError, match="its contents do not fit its manifest"):
        verified(rewritten(backup, damage))


@pytest.mark.parametrize("length", [100, 700, 5000])
def test_t79_part_of_a_backup_is_none(length: int, backup: Path) -> None:
    part = backup.with_name("part.vaxel")
    part.write_bytes(backup.read_bytes()[:length])
    with pytest.raises(BackupFileError, match=r"cannot be read as a backup|has no manifest|does not fit|no backup"):
        verified(part)


def test_manifest_of_a_later_format_asks_for_a_newer_version(backup: Path) -> None:
    def change(each: tarfile.TarInfo, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if each.name != "manifest.json":
            return each, content
        return each, json.dumps(json.loads(content) | {"something": "new"}).encode()

    with pytest.raises(BackupFileError, match="Restore it with a newer Växel"):
        verified(rewritten(backup, change))
