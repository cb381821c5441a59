"""What is not loaded: every library takes its memory in each process of the web server and in each worker."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.programs import environment

_WEB = """
from vaxel.cli.serving import load_pages
load_pages()
"""
_WORKER = """
from vaxel.cli import worker_program
worker_program.load()
"""
_NEITHER = [
    "charset_normalizer",
    "cryptography",
    "imapclient",
    "rich",
    "selectolax.lexbor",
    "sqlparse",
    "typer",
    "xlsxwriter",
]
_WHICH = "import sys; print(*sorted(set(sys.argv[1:]) & set(sys.modules)))"


@pytest.mark.parametrize(
    ("loads", "without"),
    [(_WEB, [*_NEITHER, "fido2", "rapidfuzz", "typst"]), (_WORKER, [*_NEITHER, "anymail"])],
    ids=["web", "worker"],
)
def test_program_starts_without_the_libraries_that_few_need(loads: str, without: list[str], tmp_path: Path) -> None:
    told = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", f"{loads}\n{_WHICH}", *without],
        env=environment(tmp_path / "var", DJANGO_SETTINGS_MODULE="vaxel.project.settings"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )

    assert told.stdout.split() == []
