"""The same program on Debian's PostgreSQL 15, the oldest that is promised."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.programs import Run, free_port, vaxel, wait_until

BIN = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def address() -> Iterator[str]:
    """A new server of version 15 with an empty database; its address."""
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    # Not below pytest's folder, which only its own user may enter.
    folder = Path(tempfile.mkdtemp(prefix="vaxel-pg15-"))
    shutil.chown(folder, user)
    port = free_port()

    def as_owner(program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603  # Debian's programs
            [BIN / program, "-D", folder / "data", *arguments],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    as_owner("initdb", "-U", "vaxel", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    as_owner("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://vaxel@127.0.0.1:{port}/postgres"
    finally:
        as_owner("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_everything_runs_on_the_oldest_postgresql(address: str, tmp_path: Path) -> None:
    data = tmp_path / "var"
    made = vaxel("setup", data=data, VAXEL_DATABASE_URL=address)
    assert (made.returncode, made.stderr) == (0, "")
    assert vaxel("setup", data=data, VAXEL_DATABASE_URL=address).stdout == "The database is up to date.\n"

    run = Run(data, VAXEL_DATABASE_URL=address)
    try:
        run.wait_until_ready()
        wait_until(lambda: run.get("/health/")[0] == 200)
        assert set(json.loads(run.get("/health/")[1])["parts"].values()) == {True}
        assert vaxel("check", data=data, VAXEL_DATABASE_URL=address).stdout.startswith("ok\tdatabase\tPostgreSQL 15.")
        assert run.database() is None
        run.end()
    finally:
        run.clean_up()

    backup = tmp_path / "some.vaxel"
    assert vaxel("backup", str(backup), data=data, VAXEL_DATABASE_URL=address).returncode == 0
    restored = vaxel("restore", str(backup), data=data, VAXEL_DATABASE_URL=address)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert vaxel("setup", data=data, VAXEL_DATABASE_URL=address).stdout == "The database is up to date.\n"


def test_missing_database_is_told_with_the_way_to_make_it(address: str, tmp_path: Path) -> None:
    wrong = address.replace("/postgres", "/vaxel")
    ended = vaxel("setup", data=tmp_path, VAXEL_DATABASE_URL=wrong)
    port = address.rpartition(":")[2].partition("/")[0]
    assert (ended.returncode, ended.stderr) == (
        1,
        f'vaxel: There is no database "vaxel" at 127.0.0.1:{port}. Create it: createdb --host … --owner vaxel vaxel\n',
    )
