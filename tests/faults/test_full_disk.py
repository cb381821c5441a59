"""trust 73, on disks that are really full: nothing is acknowledged, the words are kept, and it recovers by itself."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.programs import Run, vaxel, wait_until
from tests.faults.disks import clear, fill, small_disk
from tests.faults.installation import CONTACT, PASSWORD
from tests.faults.visitors import DETAILS, NotAcknowledgedError, Visitor
from vaxel.insight.transfer.installation.programs import programs_for, surroundings
from vaxel.kit.database import embedded_socket

PICTURE = ("skärm.png", b"\x89PNG" + os.urandom(900_000))


@pytest.fixture
def start() -> Iterator[Callable[[Path], Run]]:
    runs: list[Run] = []

    def begin(data: Path) -> Run:
        run = Run(data)
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


def parts(run: Run) -> dict[str, bool]:
    found: dict[str, bool] = json.loads(run.get("/health/")[1])["parts"]
    return found


@pytest.mark.parametrize("folder", ["files", "uploads"])
def test_t73_full_disk_for_files_costs_the_file_and_not_the_words(
    folder: str, data: Path, start: Callable[[Path], Run]
) -> None:
    with small_disk(data / folder, megabytes=4) as disk:
        run = start(data)
        visitor = signed_in(run)
        draft = visitor.begin("Det blir fel när jag sparar")
        visitor.post(f"/kompass/ask/{draft}/kind/", kind="unexpected-error", product="suite")
        fill(disk, but=100_000)

        small = ("liten.png", PICTURE[1][:200_000])
        answers = DETAILS | {"field-description": "Mina egna ord"}
        with pytest.raises(NotAcknowledgedError) as refused:
            visitor.post(f"/kompass/ask/{draft}/details/", (small,), **answers)
        page = str(refused.value)
        assert page.startswith("422 ")
        assert "Vi kan inte ta emot liten.png just nu: vår disk är full." in page
        assert "Mina egna ord" in page
        wait_until(lambda: parts(run)["disk"] is False)
        assert "NOT WELL\tdisk\t" in vaxel("check", data=data).stdout
        assert visitor.send(draft).startswith("KOM-")

        clear(disk)
        draft = visitor.begin("Nu med bild")
        visitor.fill_in(draft, PICTURE)
        name = visitor.send(draft)
        assert "skärm.png" in visitor.get(f"/kompass/tickets/{name}/")
        wait_until(lambda: parts(run)["disk"] is True)
        run.end()


def test_t73_body_that_finds_no_room_is_answered_in_words(data: Path, start: Callable[[Path], Run]) -> None:
    with small_disk(data / "uploads", megabytes=2) as disk:
        run = start(data)
        visitor = signed_in(run)
        draft = visitor.begin("Det blir fel när jag sparar")
        fill(disk)
        with pytest.raises(NotAcknowledgedError, match="503 Vår disk är full just nu, så filerna går inte att ta emot"):
            visitor.fill_in(draft, PICTURE)
        clear(disk)
        visitor.fill_in(draft, PICTURE)
        assert visitor.send(draft).startswith("KOM-")
        run.end()


@pytest.mark.parametrize(("folder", "megabytes"), [("postgres", 160), ("postgres/pg_wal", 90)])
def test_t73_full_disk_of_the_database_acknowledges_nothing_and_recovers(
    folder: str, megabytes: int, data: Path, start: Callable[[Path], Run]
) -> None:
    with small_disk(data / folder, megabytes=megabytes) as disk:
        run = start(data)
        visitor = signed_in(run)
        draft = visitor.begin("Det blir fel när jag sparar")
        visitor.fill_in(draft)
        name = visitor.send(draft)
        fill(disk)
        if folder.endswith("pg_wal"):
            use_up_log(data)

        acknowledged, page = reply_until_refused(visitor, name)
        assert page.startswith("503 ")
        assert "Vi kan inte spara något just nu" in page
        assert "Det du skrev finns kvar här på sidan." in page
        assert f"Svar {len(acknowledged)} " in page
        assert run.get("/health/")[0] == 503
        checked = vaxel("check", data=data).stdout
        assert [line.split("\t")[1] for line in checked.splitlines() if line.startswith("NOT WELL")][-1] == "disk"

        clear(disk)
        wait_until(run.answers)
        again = signed_in(run)
        assert again.post(f"/kompass/tickets/{name}/reply/", text="Nu finns det plats")[0].endswith(f"/{name}/")
        page = again.get(f"/kompass/tickets/{name}/")
        assert [words for words in [*acknowledged, "Nu finns det plats"] if page.count(words) != 1] == []
        run.end()


def use_up_log(data: Path) -> None:
    """Go through the files of the write-ahead log that were there before; the server falls over the next."""
    for _ in range(10):
        asked = subprocess.run(  # noqa: S603  # PostgreSQL's own program
            programs_for(18).command(
                "psql", "--command=SELECT pg_switch_wal(), pg_logical_emit_message(true, 'x', 'y')"
            ),
            env=surroundings({"host": str(embedded_socket(data)), "user": "postgres", "dbname": "vaxel"}),
            capture_output=True,
            check=False,
            timeout=90,
        )
        if asked.returncode != 0:
            return
    pytest.fail("the log never was full")


def reply_until_refused(visitor: Visitor, name: str) -> tuple[list[str], str]:
    """Answer with long words until the server has no room for them: what it took, and the page that says no."""
    taken: list[str] = []
    for number in range(200):
        words = f"Svar {number} {os.urandom(4000).hex()}"
        try:
            visitor.post(f"/kompass/tickets/{name}/reply/", text=words)
        except NotAcknowledgedError as refused:
            return taken, str(refused)
        taken.append(words)
    pytest.fail("the disk never was full")
