"""What the tests of faults share: one installation that is made once, and copies of it to break."""

from pathlib import Path

import pytest

from tests.faults.installation import copy_installation, make_installation


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a desk that works; only copied, never run."""
    data = tmp_path_factory.mktemp("made") / "var"
    make_installation(data)
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of this test's own."""
    return copy_installation(made, tmp_path / "var")
