"""trust 79: dump, wipe, restore, compare; and what must never be restored."""

import hashlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.channels.smtp_stub import SmtpStub, smtp_stub
from tests.cli.programs import Run, environment, vaxel, wait_until
from tests.faults.installation import CONTACT, PASSWORD, copy_installation, forget_installation
from tests.faults.visitors import Visitor
from vaxel.insight.transfer.installation.archive import verified
from vaxel.insight.transfer.installation.manifest import Manifest

FILES = (("skärm.png", b"\x89PNG" + os.urandom(200_000)), ("logg.txt", b"rad\n" * 5000))


@pytest.fixture
def stub() -> Iterator[SmtpStub]:
    with smtp_stub() as server:
        yield server


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(data: Path, **more: str) -> Run:
        run = Run(data, **more)
        runs.append(run)
        run.wait_until_ready()
        return run

    yield begin
    for run in runs:
        run.clean_up()


def signed_in(run: Run) -> Visitor:
    visitor = Visitor(run.port)
    visitor.sign_in(CONTACT, PASSWORD)
    return visitor


def ask(visitor: Visitor, words: str, *files: tuple[str, bytes]) -> str:
    draft = visitor.begin(words)
    visitor.fill_in(draft, *files, words=words)
    return visitor.send(draft)


def rows(manifest: Manifest) -> dict[str, int]:
    """All but the queue, which is in motion, and the note that a restore leaves."""
    moving = ("procrastinate_", "audit_")
    return {table: count for table, count in manifest.counts.items() if not table.startswith(moving)}


def digests(folder: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*/*")}


def mails(stub: SmtpStub) -> dict[str, str]:
    return {"VAXEL_SMTP_HOST": "127.0.0.1", "VAXEL_SMTP_PORT": str(stub.port)}


def test_t79_what_was_backed_up_while_running_is_there_after_wipe_and_restore(
    data: Path, tmp_path: Path, stub: SmtpStub, start: Callable[..., Run]
) -> None:
    backup = tmp_path / "nightly.vaxel"
    run = start(data, **mails(stub))
    visitor = signed_in(run)
    name = ask(visitor, "Det blir fel när jag sparar", *FILES)
    wait_until(lambda: len(stub.taken) > 0)
    stub.plan = {"connect": "drop"}
    ask(visitor, "Och en gång till")

    made = vaxel("backup", str(backup), data=data)

    assert (made.returncode, made.stderr) == (0, "")
    assert re.search(r": 1 desk, 2 organisations, 3 people, 2 tickets, 2 messages, 2 attachments; 1 MB\.", made.stdout)
    assert backup.stat().st_mode & 0o777 == 0o600
    kept = digests(data / "files")
    run.end()
    forget_installation(data)

    restored = vaxel("restore", str(backup), data=data)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.splitlines()[0].endswith("2 tickets, 2 messages, 2 attachments.")
    again = tmp_path / "again.vaxel"
    assert vaxel("backup", str(again), data=data).returncode == 0
    before, after = verified(backup), verified(again)
    assert (rows(after), after.files, after.steps) == (rows(before), before.files, before.steps)
    assert digests(data / "files") == kept

    stub.plan = {}
    run = start(data, **mails(stub))
    page = signed_in(run).get(f"/kompass/tickets/{name}/")
    assert "Det blir fel när jag sparar" in page
    address = re.search(r'href="(/kompass/files/[^"]+logg\.txt)"', page)
    assert address is not None
    assert signed_in(run).get(address[1]).encode() == FILES[1][1]
    wait_until(lambda: run.get("/health/")[0] == 200)
    checked = vaxel("check", data=data, **mails(stub))
    assert (checked.returncode, "held" in checked.stdout) == (0, True)
    run.end()


def test_t79_mails_that_waited_are_held_and_said_so(
    data: Path, tmp_path: Path, stub: SmtpStub, start: Callable[..., Run]
) -> None:
    backup = tmp_path / "nightly.vaxel"
    stub.plan = {"connect": "drop"}
    run = start(data, **mails(stub))
    ask(signed_in(run), "Det blir fel när jag sparar")
    wait_until(lambda: _queued(data) > 0)
    assert vaxel("backup", str(backup), data=data).returncode == 0
    run.end()
    forget_installation(data)

    told = vaxel("restore", str(backup), data=data).stdout
    assert re.search(
        r"^[1-9] mails waited when the backup was made and may have been sent since: they are held\.",
        told,
        re.MULTILINE,
    )

    stub.plan = {}
    run = start(data, **mails(stub))
    ask(signed_in(run), "Helt nytt efter återställningen")
    wait_until(lambda: len(stub.taken) > 0)
    run.end()
    assert _states(data) == {"held", "sent"}


def _sql(data: Path, query: str) -> list[str]:
    """What the embedded database says, through the command's own way to it."""
    words = (
        "from vaxel.cli.installation import start_django, usable_database; start_django();"
        "from django.db import connection\n"
        f"with usable_database(), connection.cursor() as cursor:\n cursor.execute({query!r});"
        " print(*[row[0] for row in cursor.fetchall()], sep='\\n')"
    )
    ended = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", words], env=environment(data), capture_output=True, text=True, check=True, timeout=180
    )
    return ended.stdout.split()


def _queued(data: Path) -> int:
    return int(_sql(data, "SELECT count(*) FROM notices_outgoingmail WHERE state = 'queued'")[0])


def _states(data: Path) -> set[str]:
    return set(_sql(data, "SELECT DISTINCT state FROM notices_outgoingmail"))


@pytest.fixture(scope="module")
def backup(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the installation as it was made."""
    folder = tmp_path_factory.mktemp("backup")
    file = folder / "made.vaxel"
    assert vaxel("backup", str(file), data=copy_installation(made, folder / "var")).returncode == 0
    return file


def test_backup_is_never_written_over(data: Path, backup: Path) -> None:
    before = backup.read_bytes()
    ended = vaxel("backup", str(backup), data=data)
    assert (ended.returncode, ended.stderr) == (
        1,
        f"vaxel: {backup} is there already, and a backup is never written over. Choose another name.\n",
    )
    assert (backup.read_bytes(), list(backup.parent.glob("*.part"))) == (before, [])


def test_restore_replaces_nothing_unless_it_is_told_to(data: Path, backup: Path) -> None:
    refused = vaxel("restore", str(backup), data=data)
    assert (refused.returncode, refused.stderr.split(".")[0]) == (1, "vaxel: This installation holds something already")
    asked = vaxel("restore", str(backup), "--replace", data=data, typed="n\n")
    assert (asked.returncode, asked.stderr) == (1, "vaxel: Nothing was changed.\n")
    replaced = vaxel("restore", str(backup), "--replace", data=data, typed="y\n")
    assert (replaced.returncode, replaced.stderr) == (0, "")


def test_restore_waits_for_nobody_who_works(data: Path, backup: Path, start: Callable[..., Run]) -> None:
    run = start(data)
    refused = vaxel("restore", str(backup), "--replace", "--yes", data=data)
    assert (refused.returncode, refused.stderr[:42]) == (1, "vaxel: Växel runs already with the data fo")
    run.end()


@pytest.mark.parametrize("program", ["psql", "vaxel"])
def test_t78_restore_that_is_killed_changes_nothing_and_works_the_next_time(
    program: str, data: Path, backup: Path
) -> None:
    process = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "vaxel.cli.main", "restore", str(backup), "--replace", "--yes"],
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    own = psutil.Process(process.pid)
    wait_until(lambda: any(child.name() == "psql" for child in own.children(recursive=True)))
    for one in [own, *own.children(recursive=True)]:
        if one.name() == program or (program == "vaxel" and one == own):
            one.send_signal(signal.SIGKILL)
    process.wait(60)

    assert process.returncode != 0
    assert _sql(data, "SELECT count(*) FROM desks_desk") == ["1"]
    again = vaxel("restore", str(backup), "--replace", "--yes", data=data)
    assert (again.returncode, again.stderr) == (0, "")


def test_t78_killed_upgrade_goes_on_where_it_was(empty: Path) -> None:
    process = subprocess.Popen(  # our own command
        [sys.executable, "-m", "vaxel.cli.main", "setup"], env=environment(empty), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.stdout.close()
    process.wait(60)

    assert vaxel("setup", data=empty).stdout.startswith("Bringing the database up to date: ")
    assert vaxel("setup", data=empty).stdout == "The database is up to date.\n"
