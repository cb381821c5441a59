"""What the tests of faults share: one installation that is made once, and copies of it to break."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import stop_server
from tests.faults.installation import copy_installation, made_installation
from tests.settings import RUN


@pytest.fixture(scope="session")
def made() -> Path:
    """The data folder of a desk that works; only copied, never run."""
    return made_installation(Path(os.environ[RUN]))


@pytest.fixture
def data(made: Path, empty: Path) -> Path:
    """A copy of this test's own."""
    return copy_installation(made, empty)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """Where this test's data folder may be. The server of a program that was killed goes with it."""
    yield tmp_path / "var"
    stop_server(tmp_path / "var")
