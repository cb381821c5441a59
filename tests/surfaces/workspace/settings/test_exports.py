"""Everything of a customer as a file, from the settings (trust 83)."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests.jobs_run import run_jobs
from tests.surfaces.workspace.settings.conftest import Board


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)


def _ask(board: Board) -> None:
    page = board.send(f"organisations/{board.organisation.pk}/export/", {})
    assert page.one(".list__item .badge").text == "görs"


def test_t83_a_file_is_asked_for_made_and_taken(board: Board) -> None:
    _ask(board)
    run_jobs()
    page = board.get("exports/")
    assert page.one(".list__item .badge").text == "klar"

    answer = board.client.get(page.one(".list__item a.button").attributes["href"])

    assert zipfile.ZipFile(io.BytesIO(answer.getvalue())).testzip() is None
    assert [cell.text for cell in board.get("readings/").all("tbody tr > *")][1:] == [
        "Britt Sand",
        "Hämtade en export",
        "",
        "Åsklinge kommun",
    ]


def test_t83_a_file_is_removed_by_hand(board: Board) -> None:
    _ask(board)
    run_jobs()
    address = board.get("exports/").one(".list__item form").attributes["action"]

    board.client.post(address)

    assert board.get("exports/").one(".list__item .badge").text == "borttagen"
    assert board.client.post(address).status_code == 404
