"""PostgreSQL's own programs for dumping and restoring: those that came along, or the system's.

A program dumps servers of its own version and older ones. What a newer program writes, an older server may not
understand, so the oldest that is new enough is taken.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from vaxel.kit.embedded import PROGRAM_FOLDERS

#: Where Debian and the packages of postgresql.org put each version.
_DEBIAN: Final = Path("/usr/lib/postgresql")
#: libpq's variables by the names of connection parameters. A password never stands on a command line.
_VARIABLES: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


class ProgramsError(RuntimeError):
    """No program here fits the server; the message says which to install."""


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with pg_dump, pg_restore and psql of one major version."""

    folder: Path
    major: int

    def command(self, name: str, *arguments: str) -> list[str]:
        """A command line; never asks for a password, and reads nobody's .psqlrc."""
        return [str(self.folder / name), "--no-password", *arguments]


def programs_for(server: int, *, at_least: int = 0) -> Programs:
    """Those to talk to a server of this major version with; `at_least` is what wrote the dump. Raises ProgramsError."""
    found = sorted(_installed(), key=lambda each: each.major)
    fitting = [each for each in found if each.major >= max(server, at_least)]
    if not fitting:
        raise ProgramsError(
            f"pg_dump, pg_restore and psql of PostgreSQL {max(server, at_least)} are needed here. "
            f"Install them: postgresql-client-{max(server, at_least)}"
        )
    return fitting[0]


def _installed() -> Iterator[Programs]:
    on_path = shutil.which("pg_dump")
    folders = [*PROGRAM_FOLDERS, *_DEBIAN.glob("*/bin"), *([Path(on_path).parent] if on_path else [])]
    for folder in dict.fromkeys(folders):
        major = _major(folder)
        if major:
            yield Programs(folder, major)


def _major(folder: Path) -> int:
    """The version of a folder's programs; 0 when they are not all there."""
    if not all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
        return 0
    told = subprocess.run(  # noqa: S603  # found above
        [folder / "pg_dump", "--version"], capture_output=True, text=True, check=False, timeout=20
    )
    number = re.search(r"\(PostgreSQL\)\D*(\d+)", told.stdout)
    return int(number[1]) if number else 0


def surroundings(parameters: dict[str, Any]) -> dict[str, str]:
    """The environment in which these programs find our database: `parameters` are those that psycopg gets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    named = {_VARIABLES[name]: str(value) for name, value in parameters.items() if name in _VARIABLES and value}
    return {**kept, **named, "LC_ALL": "C.UTF-8"}
