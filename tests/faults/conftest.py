"""What the tests of faults share: one installation that is made once, and copies of it to break."""

import os
from pathlib import Path

import pytest

from tests.faults.installation import copy_installation, made_installation
from tests.settings import RUN


@pytest.fixture(scope="session")
def made() -> Path:
    """The data folder of a desk that works; only copied, never run."""
    return made_installation(Path(os.environ[RUN]))


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of this test's own."""
    return copy_installation(made, tmp_path / "var")
