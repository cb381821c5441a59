"""A small installation to break: the example desk Kompass with its first people, who sign in by password."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.cli.programs import vaxel

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
#: One of the customer's contacts in examples/first-desk.toml.
CONTACT: Final = "ronja.ask@norrvik.example"
PASSWORD: Final = "fyra gula ballonger"


def make_installation(data: Path, **environment: str) -> None:
    """Make it below `data`; nothing of it runs afterwards."""
    policy, people = EXAMPLES / "desks" / "kompass.toml", EXAMPLES / "first-desk.toml"
    _must("desk", "create", str(policy), "--admin-name", "Alva Sund", "--admin-mail", "alva.sund@kompass.example",
          data=data, **environment)  # fmt: skip
    _must("desk", "load", str(people), data=data, **environment)
    _must("desk", "password", CONTACT, "--password-stdin", data=data, typed=f"{PASSWORD}\n", **environment)


def copy_installation(data: Path, to: Path) -> Path:
    """A copy to break, with the owners that PostgreSQL insists on."""
    subprocess.run(["/bin/cp", "-a", data, to], check=True)  # noqa: S603  # keeps owners
    return to


def forget_installation(data: Path) -> None:
    """Wipe it."""
    shutil.rmtree(data)


def _must(*arguments: str, data: Path, typed: str = "", **environment: str) -> None:
    ended = vaxel(*arguments, data=data, typed=typed, **environment)
    assert ended.returncode == 0, ended.stderr
