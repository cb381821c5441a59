"""Two steps when signing in, asked of everybody who works at a desk."""

import time

from tests.surfaces.workspace.settings.conftest import Board
from vaxel.domain.audit.models import AuditEntry

PAGE = "staff/second-factor/"


def take_second_step(board: Board) -> None:
    """As if the board's administrator had signed in with an app."""
    session = board.client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(board.administrator.account.pk)
    session.save()


def test_administrator_asks_two_steps_of_everybody(board: Board) -> None:
    colleague = board.another()
    take_second_step(board)
    page = board.send(PAGE, {"wanted": "yes"})
    assert page.one("#second-factor").text == "Två steg när man loggar in"
    assert "Låt ett steg räcka" in page.text
    assert board.last_change("second-factor-required") == {"staff_need_second_factor": [False, True]}
    assert colleague.client.get(colleague.url()).headers["Location"].partition("?")[0] == "/signin/second-factor/"


def test_whoever_has_taken_one_step_asks_two_of_nobody(board: Board) -> None:
    assert "Lägg till ett andra steg i ditt konto" in board.get("staff/").text
    page = board.send(PAGE, {"wanted": "yes"})
    assert "Lägg först till ett andra steg i ditt eget konto." in page.text
    board.desk.refresh_from_db()
    assert board.desk.staff_need_second_factor is False


def test_one_step_is_enough_again_and_that_is_told_once(board: Board) -> None:
    take_second_step(board)
    board.send(PAGE, {"wanted": "yes"})
    for _ in range(2):
        board.send(PAGE, {"wanted": "no"})
    colleague = board.another()
    assert colleague.client.get(colleague.url()).status_code == 200
    assert AuditEntry.unscoped.filter(kind="second-factor-required").count() == 2
    assert "Två steg för alla" in board.get("history/").text
