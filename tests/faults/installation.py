"""A small installation to break: the example desk Kompass with its first people, who sign in by password."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from filelock import FileLock

from tests.cli.programs import environment, vaxel
from tests.prepared import copy_folder, copy_prepared_database

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
#: One of the customer's contacts in examples/first-desk.toml.
CONTACT: Final = "ronja.ask@norrvik.example"
PASSWORD: Final = "fyra gula ballonger"


def made_installation(run: Path) -> Path:
    """Its data folder, made by whichever worker of the run asks first; only copied, never run."""
    made = run / "made"
    with FileLock(run / "made.lock"):
        if not made.is_dir():
            half = run / "half-made"
            copy_prepared_database(half)
            make_installation(half)
            half.rename(made)
    return made


def make_installation(data: Path, **environment: str) -> None:
    """Make it below `data`; nothing of it runs afterwards."""
    policy, people = EXAMPLES / "desks" / "kompass.toml", EXAMPLES / "first-desk.toml"
    _must("desk", "create", str(policy), "--admin-name", "Alva Sund", "--admin-mail", "alva.sund@kompass.example",
          data=data, **environment)  # fmt: skip
    _must("desk", "load", str(people), data=data, **environment)
    _must("desk", "password", CONTACT, "--password-stdin", data=data, typed=f"{PASSWORD}\n", **environment)


def copy_installation(data: Path, to: Path) -> Path:
    """A copy to break."""
    copy_folder(data, to)
    return to


def forget_installation(data: Path) -> None:
    """Wipe it."""
    shutil.rmtree(data)


def run_inside(data: Path, module: str, *arguments: str, **more: str) -> str:
    """Run a module of the tests' as the installation's own program, with its database; what it has written."""
    words = (
        "from vaxel.cli.installation import start_django, usable_database; start_django(); import runpy\n"
        f"with usable_database(): runpy.run_module('{module}', run_name='__main__')"
    )
    ended = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", words, *arguments],
        env=environment(data, DJANGO_SETTINGS_MODULE="vaxel.project.settings", **more),
        cwd=EXAMPLES.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=360,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def _must(*arguments: str, data: Path, typed: str = "", **environment: str) -> None:
    ended = vaxel(*arguments, data=data, typed=typed, **environment)
    assert ended.returncode == 0, ended.stderr
