"""How long things are kept, tried and saved, and legal holds (trust 82)."""

import pytest

from tests import factories as world
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.privacy.keeping import rules_of
from vaxel.domain.privacy.models import Kept, LegalHold

NONE = {f"days-{kind}": "" for kind in Kept}


def test_t82_rules_are_saved_and_told_in_the_history(board: Board) -> None:
    board.send("retention/", {**NONE, "days-ticket": "730", "action": "save"})

    assert rules_of(board.scope) == {Kept.TICKET: 730}
    assert board.form("retention/")["days-ticket"] == "730"
    told = " ".join(board.get("history/").one("ol .list__item .changes").text.split())
    assert told == "Dagar för avslutade ärenden: var inget är nu 730"


def test_t82_trying_tells_what_would_go_and_saves_nothing(board: Board) -> None:
    page = board.send("retention/", {**NONE, "days-held": "60", "action": "try"})

    assert page.one("#settings-form .soft").text == "0 skulle försvinna i natt och 0 till inom 30 dagar."
    assert rules_of(board.scope) == {}


@pytest.mark.parametrize("typed", ["89", "0", "-1", "många", "99999"])
def test_a_number_that_makes_no_sense_is_told(board: Board, typed: str) -> None:
    page = board.send("retention/", {**NONE, "days-ticket": typed, "action": "save"}, status=422)

    told = "Avslutade ärenden: skriv antal dagar, minst 90, eller inget för att spara dem för gott"
    assert (shown_errors(page), rules_of(board.scope)) == ([told], {})


@pytest.mark.parametrize("what", ["åsklinge kommun", "kom-1001"])
def test_t82_a_customer_or_a_ticket_is_held_and_let_go(board: Board, what: str) -> None:
    world.ask(board.person)
    page = board.send("retention/holds/", {"what": what, "reason": "Tvist om avtalet"})
    assert page.one(".list__item strong").text.lower() == what
    address = page.one(".list__item form").attributes["action"]

    assert board.client.post(address).status_code == 303

    assert LegalHold.unscoped.get().ended_by_name == "Britt Sand"
    assert board.client.post(address).status_code == 404


def test_what_is_held_is_named_and_has_a_reason(board: Board) -> None:
    page = board.send("retention/holds/", {"what": "Ingenstans", "reason": ""}, status=422)

    assert shown_errors(page) == [
        "Skriv kundens namn eller ärendets nummer",
        "Skriv varför det måste sparas",
    ]
