"""An embedded database that is up to date, made once for all runs of these migrations, and copied from then on.

Going through every migration takes ten seconds of a processor, and a run needs a dozen such databases. Those that test
the way there (`vaxel setup` on a new PostgreSQL, an upgrade that is killed) still go it themselves.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from filelock import FileLock

from tests.cli.programs import vaxel

ROOT: Final = Path(__file__).parents[1]
#: Beside what pytest itself keeps from run to run.
KEPT: Final = ROOT / ".pytest_cache" / "prepared"


def copy_prepared_database(data: Path) -> None:
    """Let the data folder have an embedded database that is up to date and empty; nothing of it runs."""
    data.mkdir(parents=True, exist_ok=True)
    copy_folder(_prepared() / "postgres", data / "postgres")


def copy_folder(folder: Path, to: Path) -> None:
    """With the owners that PostgreSQL insists on."""
    subprocess.run(["/bin/cp", "-a", folder, to], check=True)  # noqa: S603  # a shell's copy keeps them


def _prepared() -> Path:
    """The data folder to copy from; of others nothing is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / _mark()
    with FileLock(KEPT / "lock"):
        if not made.is_dir():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _make(made)
    return made


def _make(data: Path) -> None:
    """Whoever is stopped half-way leaves nothing that looks whole; nothing but files is in the checkout."""
    half = data.with_name("half")
    with TemporaryDirectory(prefix="vaxel-run-") as folder:
        made = Path(folder) / "var"
        # Whichever command comes first makes the database: of `vaxel setup` there are tests.
        ended = vaxel("desk", "list", data=made)
        said = ended.stdout.splitlines()
        assert said[-1:] == ["There is no desk yet: vaxel desk create POLICY.toml makes one."], ended.stderr
        assert said[0].startswith("Bringing the database up to date: "), said
        copy_folder(made, half)
    half.rename(data)


def _mark() -> str:
    """What the database follows from: our migrations, and those of the libraries by their versions."""
    mark = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted((ROOT / "src").rglob("migrations/*.py")):
        mark.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return mark.hexdigest()[:16]
