"""What can be wrong before anything runs: one sentence that says what to do, exit code 1, no traceback."""

import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from tests.cli.programs import kill, lives, vaxel, wait_until
from tests.prepared import copy_prepared_database
from vaxel.cli import faults
from vaxel.cli.start_error import StartError
from vaxel.kit import database
from vaxel.kit.database import DatabaseAddressError, embedded_socket, require_usable
from vaxel.kit.embedded import EmbeddedDatabaseError, start_embedded


class Usage(NamedTuple):
    """What Python tells about a disk."""

    total: int
    used: int
    free: int


def said_by(*arguments: str, data: Path, **environment: str) -> str:
    """The one line that a start with this environment ends with."""
    ended = vaxel(*arguments, data=data, **environment)
    lines = ended.stderr.splitlines()
    assert (ended.returncode, len(lines)) == (1, 1), ended.stderr
    return lines[0]


@pytest.mark.parametrize("command", ["run", "web"])
def test_port_in_use_names_who_and_another_port(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = said_by(command, "--port", str(port), data=tmp_path)
    who = f"{Path('/proc/self/comm').read_text().strip()} (process {os.getpid()})"
    assert said == (
        f"vaxel: Port {port} is in use by {who}. Stop that, or choose another one: vaxel {command} --port {port + 1}"
    )


def test_start_tells_of_a_misspelt_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = vaxel("run", "--port", port, data=tmp_path, VAXEL_DATABSE_URL="postgresql://db.example/vaxel")
    assert ended.stderr.splitlines()[0] == (
        "vaxel: VAXEL_DATABSE_URL is not a setting, so nothing is done with it: did you mean VAXEL_DATABASE_URL?"
    )


@pytest.mark.parametrize("command", ["run", "web"])
def test_port_that_no_machine_has_is_refused(tmp_path: Path, command: str) -> None:
    ended = vaxel(command, "--port", "99999", data=tmp_path)
    assert (ended.returncode, "65535" in ended.stderr, "Traceback" in ended.stderr) == (2, True, False)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "Växel does not run with this data folder. Start it: vaxel run"),
        ("postgresql://me@127.0.0.1:1/vaxel", "No PostgreSQL answers at 127.0.0.1:1. Start it"),
    ],
)
def test_check_says_why_no_database_answers(tmp_path: Path, url: str, said: str) -> None:
    checked = vaxel("check", data=tmp_path / "var", VAXEL_DATABASE_URL=url)
    told = checked.stdout.splitlines()[0].split("\t")
    assert (checked.returncode, told[:2], told[2][: len(said)]) == (1, ["NOT WELL", "database"], said)


@pytest.mark.parametrize(
    ("command", "option"), [("worker", "--concurrency"), ("web", "--processes"), ("run", "--processes")]
)
def test_nobody_at_work_is_refused(tmp_path: Path, command: str, option: str) -> None:
    ended = vaxel(command, option, "0", data=tmp_path)
    assert (ended.returncode, option in ended.stderr, "Traceback" in ended.stderr) == (2, True, False)


def test_port_in_use_is_told_in_makes_words_to_whoever_used_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTED_BY_MAKE", "yes")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"choose another one: make run PORT={port + 1}$"):
            faults.require_free_port("127.0.0.1", port)


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(StartError, match=r"^This machine has no address 192\.0\.2\.1\. Use --host 127\.0\.0\.1"):
        faults.require_free_port("192.0.2.1", 8000)


def test_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "file"
    data.write_text("")
    assert said_by("run", data=data) == (
        f"vaxel: The data folder {data} cannot be written (File exists). "
        "Correct its owner and rights, or name another folder with VAXEL_DATA."
    )


def test_t73_full_disk_is_told_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 3 * 1024**2))
    with pytest.raises(StartError) as refused:
        faults.require_data_folder(tmp_path)
    assert str(refused.value) == (
        f"Only 3 MB are free where the data folder {tmp_path} is; Växel needs 500. "
        "Make room, or name another folder with VAXEL_DATA."
    )


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VAXEL_UPLOAD_LIMIT_MB", "many", "VAXEL_UPLOAD_LIMIT_MB is wrong: Input should be a valid integer"),
        ("VAXEL_BASE_URL", "support.example.org", "VAXEL_BASE_URL is wrong: It is not a web address. Write it as"),
        ("VAXEL_SMTP_TLS", "yes", "VAXEL_SMTP_TLS is wrong: Input should be 'none', 'starttls' or 'tls'"),
        ("VAXEL_DATABASE_URL", "localhost/vaxel", "VAXEL_DATABASE_URL is not an address of a PostgreSQL database"),
        ("VAXEL_DATABASE_URL", "mysql://root@host/x", "VAXEL_DATABASE_URL is not an address of a PostgreSQL database"),
        ("VAXEL_DATABASE_URL", "postgresql://host", "VAXEL_DATABASE_URL must name a PostgreSQL database"),
        ("VAXEL_DATABASE_URL", "postgresql://me@127.0.0.1:1/vaxel", "No PostgreSQL answers at 127.0.0.1:1. Start it"),
        ("VAXEL_DATABASE_URL", "postgresql://me@nowhere.invalid/x", "No machine is called nowhere.invalid. Check the"),
        (
            "VAXEL_DATABASE_URL",
            "postgresql://me:se@cret@127.0.0.1/x",
            "The password in VAXEL_DATABASE_URL holds a sign",
        ),
    ],
)
def test_wrong_setting_is_told_by_its_name(tmp_path: Path, variable: str, value: str, said: str) -> None:
    line = said_by("run", "--port", "8199", data=tmp_path, **{variable: value})
    assert line[: len(said) + 7] == f"vaxel: {said}"


@pytest.mark.parametrize("command", ["run", "web"])
def test_t48_demo_that_listens_to_other_machines_is_refused(tmp_path: Path, command: str) -> None:
    assert said_by(command, "--host", "0.0.0.0", data=tmp_path, VAXEL_DEMO="true") == (  # noqa: S104  # refused
        "vaxel: VAXEL_DEMO lets everybody sign in as anybody, and 0.0.0.0 can be reached from other machines. "
        "Unset VAXEL_DEMO, or use 127.0.0.1 in --host and VAXEL_BASE_URL."
    )


def test_t48_demo_with_a_public_address_is_refused(tmp_path: Path) -> None:
    line = said_by("run", data=tmp_path, VAXEL_DEMO="true", VAXEL_BASE_URL="https://support.kompass.example")
    assert line.split(",")[0] == "vaxel: VAXEL_DEMO lets everybody sign in as anybody"


def test_listening_everywhere_needs_the_address_that_people_use(tmp_path: Path) -> None:
    assert said_by("run", "--host", "0.0.0.0", data=tmp_path) == (  # noqa: S104  # refused
        "vaxel: 0.0.0.0 means every address of this machine. Say in VAXEL_BASE_URL which one people use, "
        "for example VAXEL_BASE_URL=http://192.0.2.7:8000"
    )


def test_second_run_in_the_same_folder_names_the_first(tmp_path: Path) -> None:
    holder = "import fcntl,sys,time; f=open(sys.argv[1],'w'); fcntl.flock(f,fcntl.LOCK_EX); "
    holder += "f.write('process 7, http://127.0.0.1:8000/'); f.flush(); print(flush=True); time.sleep(60)"
    first = subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-c", holder, str(tmp_path / "run.lock")], stdout=subprocess.PIPE
    )
    assert first.stdout is not None
    first.stdout.readline()
    try:
        line = said_by("run", "--port", "8199", data=tmp_path)
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
    assert line == (
        f"vaxel: Växel runs already with the data folder {tmp_path} (process 7, http://127.0.0.1:8000/). "
        "Stop it first, or name another folder with VAXEL_DATA."
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "me"', "The database at db.example:5432 refuses me. Check"),
        ('FATAL:  database "vaxel" does not exist', 'There is no database "vaxel" at db.example:5432. Create it:'),
        ('FATAL:  role "me" does not exist', "The database at db.example:5432 refuses me. Check the user"),
        ("connection timeout expired", "No PostgreSQL answers at db.example:5432. Start it, or correct host"),
        (
            "FATAL:  sorry, too many clients",
            "The database at db.example:5432 cannot be used (connection failed: FATAL:",
        ),
    ],
)
def test_what_the_server_says_becomes_what_to_do(said: str, told: str) -> None:
    given = {"host": "db.example", "dbname": "vaxel", "user": "me"}
    assert database._why_not(given, f"connection failed: {said}")[: len(told)] == told


def test_embedded_database_of_another_version_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("11\n")
    with pytest.raises(EmbeddedDatabaseError, match=r"^The embedded database does not start \(.*version 11"):
        start_embedded(tmp_path)


def test_t66_server_below_a_long_path_starts_again_after_a_kill(tmp_path: Path, run_server: Path) -> None:
    """Its socket lies elsewhere, and whose number the lock there names may be somebody else by now."""
    data = tmp_path / ("lång-stig-" * 9) / "var"
    copy_prepared_database(data)
    start_embedded(data)
    socket_folder = embedded_socket(data)
    assert socket_folder is not None
    assert not socket_folder.is_relative_to(data)
    # No password is asked for, and the folder is open to everybody on the machine.
    assert stat.S_IMODE((socket_folder / ".s.PGSQL.5432").stat().st_mode) == 0o700
    server = _server_of(data)
    kill(server, *server.children())
    wait_until(lambda: not lives(server))
    (socket_folder / ".s.PGSQL.5432.lock").write_text(f"{_server_of(run_server).pid}\n")

    start_embedded(data).stop()


def _server_of(data: Path) -> psutil.Process:
    return psutil.Process(int((data / "postgres" / "postmaster.pid").read_text().split()[0]))


def test_unusable_address_is_no_traceback() -> None:
    with pytest.raises(DatabaseAddressError, match=r"^No PostgreSQL answers at this machine:1\."):
        require_usable("postgresql://me@/vaxel?host=&port=1")
