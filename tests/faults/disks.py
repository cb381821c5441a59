"""A disk of a few megabytes for one folder, which can be filled and cleared: a tmpfs.

Mounting needs root, as CI has it; elsewhere the tests that need it fail with mount's own words.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_FILLING: Final = "filling"
_MEGABYTE: Final = 1024 * 1024


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """Put `folder`, with all that it holds, on a disk of its own for as long as the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f"{folder.name}-before")
    folder.rename(aside)
    folder.mkdir()
    _must("/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder))
    try:
        _must("/bin/cp", "-a", f"{aside}/.", str(folder))
        yield folder
    finally:
        _must("/bin/umount", "--lazy", str(folder))


def fill(folder: Path, *, but: int = 0) -> None:
    """Leave at most `but` bytes free."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    with (folder / _FILLING).open("ab") as file:
        for _ in range(max(0, free - but) // _MEGABYTE + 1):
            left = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize - but
            if left <= 0:
                return
            file.write(bytes(min(left, _MEGABYTE)))
            file.flush()


def clear(folder: Path) -> None:
    """Somebody has made room."""
    (folder / _FILLING).unlink()


def _must(*command: str) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    assert ended.returncode == 0, f"{' '.join(command)}: {ended.stderr}"
