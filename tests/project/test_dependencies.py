"""What the product is made of, by its lock files."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Libraries that draw pages or pictures, or unpack what somebody sent: with one of them come cases 27 and 38.
DRAWING = {"pillow", "weasyprint", "reportlab", "xhtml2pdf", "pdfkit", "playwright", "cairosvg", "py7zr", "rarfile"}


def pinned(lock: str) -> list[str]:
    """The entries of a lock file, each with its hashes."""
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements/dev.lock"])
def test_t65_every_dependency_is_of_one_version_and_known_by_its_hash(lock: str) -> None:
    entries = pinned(lock)

    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert entries != []


def test_t27_t38_nothing_that_runs_draws_or_unpacks_what_somebody_sent() -> None:
    names = {re.split(r"[=\s]", entry)[0].lower() for entry in pinned("requirements.lock")}

    assert names & DRAWING == set()


def test_t65_bill_of_materials_names_all_that_runs(tmp_path: Path) -> None:
    file = tmp_path / "bill.json"
    subprocess.run([sys.executable, ROOT / "tools" / "bill_of_materials.py", file], check=True)  # noqa: S603  # ours

    bill = json.loads(file.read_text())
    named = {each["purl"]: each["hashes"] for each in bill["components"]}
    pypi = {f"pkg:pypi/{name.lower()}@{version}" for name, version in map(_named, pinned("requirements.lock"))}
    browser = json.loads((ROOT / "frontend" / "package.json").read_text())["dependencies"]
    npm = {f"pkg:npm/{name.replace('@', '%40')}@{version}" for name, version in browser.items()}
    assert {purl for purl in named if purl.startswith("pkg:pypi/")} == pypi
    assert npm - set(named) == set()
    assert [purl for purl, hashes in named.items() if hashes == []] == []


def _named(entry: str) -> tuple[str, str]:
    name, version = re.split(r"==|[\s;]", entry)[:2]
    return name, version
