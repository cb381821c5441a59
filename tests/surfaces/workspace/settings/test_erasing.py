"""Erasing a person from the settings: shown first, ticked, carried out, and proven (trust 81)."""

import pytest

from tests import factories as world
from tests.jobs_run import run_jobs
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Person
from vaxel.domain.privacy.erasures import wish_erasure
from vaxel.domain.privacy.keeping import end_hold, hold
from vaxel.domain.privacy.models import Erasure


def _page(board: Board, rest: str = "") -> str:
    return f"organisations/{board.organisation.pk}/people/{board.person.pk}/{rest}"


def test_t81_a_person_is_erased_from_their_page(board: Board) -> None:
    assert board.get(_page(board)).one(f'a[href$="{_page(board, "erasing/")}"]').text == "Radera personen"

    listed = board.send(_page(board, "erasing/"), {"sure": "yes", "files": "yes"})
    assert listed.one(".list__item .badge").text == "raderas"
    run_jobs()

    listed = board.get("erasures/")
    assert (listed.one(".list__item strong").text, listed.one(".list__item .badge").text) == (
        f"Person {board.person.pk}",
        "raderad",
    )
    assert "Maj Ekdahl" not in listed.one("main").text
    page = board.get(_page(board))
    assert (page.one("h1").text, page.all("main form")) == (f"Person {board.person.pk}", [])


def test_without_the_tick_nothing_happens(board: Board) -> None:
    page = board.send(_page(board, "erasing/"), {"words": "yes"}, status=422)

    assert shown_errors(page) == ["Kryssa i rutan om personen ska raderas"]
    assert not Erasure.unscoped.exists()


def test_open_tickets_are_named_and_come_first(board: Board) -> None:
    ticket = world.ask(board.person)

    page = board.send(_page(board, "erasing/"), {"sure": "yes"}, status=422)

    assert shown_errors(page) == ["Avsluta personens öppna ärenden först"]
    assert page.one(".notice--warning a").text == f"KOM-{ticket.number}"


def test_t82_a_legal_hold_is_told_before_anything_is_pressed(board: Board) -> None:
    by = world.actor(board.administrator)
    hold(board.scope, organisation=board.organisation, reason="Tvist om avtalet", by=by, now=world.NOW)
    hold(board.scope, ticket=world.ask(board.person), reason="Granskning", by=by, now=world.NOW)

    page = board.get(_page(board, "erasing/"))

    told = [" ".join(each.text.split()) for each in page.all("#holds li")]
    assert [each.partition(". ")[0].partition(", ")[0] for each in told] == [
        "Åsklinge kommun : Tvist om avtalet Lagd av Britt Sand",
        "KOM-1001 : Granskning Lagd av Britt Sand",
    ]
    assert page.one("#holds p > a").attributes["href"] == f"{board.url('retention/')}#holds"
    assert page.all("main form[method=post] [type=submit]") == []


def test_t82_a_hold_that_comes_meanwhile_stops_the_press(board: Board) -> None:
    hold(board.scope, organisation=board.organisation, reason="Tvist", by=SYSTEM, now=world.NOW)

    page = board.send(_page(board, "erasing/"), {"sure": "yes"}, status=422)

    assert shown_errors(page) == ["Det finns en spärr: inget av det här får försvinna"]
    assert page.one(".error-summary__link").attributes["href"] == "#holds"


def test_t82_a_hold_that_comes_after_the_yes_puts_it_back_before_the_desk(board: Board) -> None:
    board.send(_page(board, "erasing/"), {"sure": "yes"})
    held = hold(board.scope, organisation=board.organisation, reason="Tvist", by=SYSTEM, now=world.NOW)
    run_jobs()

    assert board.get("erasures/").one(".list__item .badge").text == "väntar på ert svar"
    assert Person.unscoped.get(pk=board.person.pk).name == "Maj Ekdahl"
    end_hold(board.scope, hold_id=held.pk, by=SYSTEM, now=world.NOW)
    board.send(_page(board, "erasing/"), {"sure": "yes"})
    run_jobs()
    assert Person.unscoped.get(pk=board.person.pk).name == f"Person {board.person.pk}"


@pytest.mark.parametrize("rest", ["", "seat/", "training/", "leaving/"])
def test_t81_nothing_is_written_about_somebody_erased(board: Board, rest: str) -> None:
    board.send(_page(board, "erasing/"), {"sure": "yes"})
    run_jobs()

    board.send(_page(board, rest), {"name": "Maj Ekdahl", "back": "yes"}, status=404)

    assert Person.unscoped.get(pk=board.person.pk).name == f"Person {board.person.pk}"


def test_a_customers_wish_is_declined(board: Board) -> None:
    Person.unscoped.filter(pk=board.person.pk).update(is_active=False)
    wish = wish_erasure(board.person, by=SYSTEM, now=world.NOW)
    assert board.get("erasures/").one(".list__item .badge").text == "väntar på ert svar"

    page = board.send(f"erasures/{wish.pk}/refusal/", {})

    assert page.one(".list__item .badge").text == "nekad"
