"""The embedded database as it is started."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from vaxel.kit.database import EMBEDDED_USER, embedded_folder, embedded_socket
from vaxel.kit.embedded import embedded_server


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_settings_of_an_earlier_version_are_brought_up_to_date(data: Path) -> None:
    def asked(name: str) -> str:
        with embedded_server(data), psycopg.connect(host=str(embedded_socket(data)), user=EMBEDDED_USER) as connection:
            ((value,),) = connection.execute(f"SHOW {name}".encode()).fetchall()
        return str(value)

    assert asked("max_parallel_workers_per_gather") == "0"
    (embedded_folder(data) / "vaxel.conf").write_text("work_mem = 3MB\n")

    assert (asked("max_parallel_workers_per_gather"), asked("work_mem")) == ("0", "16MB")
