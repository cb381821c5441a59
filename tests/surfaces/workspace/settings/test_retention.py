"""How long things are kept, tried and saved, and legal holds (trust 82)."""

import pytest

from tests import factories as world
from tests.surfaces.workspace.reading import read
from tests.surfaces.workspace.settings.conftest import Board, shown_errors
from vaxel.domain.privacy.keeping import rules_of
from vaxel.domain.privacy.models import Kept, LegalHold

NONE = {f"days-{kind}": "" for kind in Kept}


def test_t82_rules_are_saved_and_told_in_the_history(board: Board) -> None:
    board.send("retention/", {**NONE, "days-ticket": "730", "action": "save"})

    assert rules_of(board.scope) == {Kept.TICKET: 730}
    assert board.form("retention/")["days-ticket"] == "730"
    told = " ".join(board.get("history/").one("ol .list__item .changes").text.split())
    assert told == "Avslutade ärenden sparas: var för gott är nu 730 dagar"


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


def test_what_is_held_has_a_reason(board: Board) -> None:
    page = board.send("retention/holds/", {"what": "", "reason": ""}, status=422)

    assert shown_errors(page) == ["Skriv kundens namn eller ärendets nummer", "Skriv varför det måste sparas"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (
            "Ingenstans",
            "Ingen kund hos den här supportdesken heter ”Ingenstans”. Kontrollera namnet under Organisationer",
        ),
        (
            "Norrby kommun",
            "Ingen kund hos den här supportdesken heter ”Norrby kommun”. Kontrollera namnet under Organisationer",
        ),
        ("Åsklinge", "Ingen kund heter exakt ”Åsklinge”. Skriv hela namnet: Åsklinge kommun"),
        (
            "kommun",
            "Flera kunder har ”kommun” i namnet. Skriv hela namnet, till exempel Berga kommun, Bo kommun, Dala kommun",
        ),
        ("KOM-4711", "Det finns inget ärende KOM-4711 hos den här supportdesken. Kontrollera numret"),
        ("4711", "Det finns inget ärende KOM-4711 hos den här supportdesken. Kontrollera numret"),
        ("abc-1001", "ABC-1001 är inget ärende hos den här supportdesken. Ärendena här börjar med KOM"),
    ],
)
def test_what_cannot_be_held_is_told_as_what_it_is(board: Board, what: str, told: str) -> None:
    for name in ("Berga kommun", "Bo kommun", "Dala kommun"):
        world.make_organisation(board.desk, name=name)
    world.make_organisation(world.make_desk("baver"), name="Norrby kommun", plan="support")

    page = board.send("retention/holds/", {"what": what, "reason": "Tvist"}, status=422)

    assert (shown_errors(page), LegalHold.unscoped.count()) == ([told], 0)


def test_a_reason_that_is_too_long_is_refused_whole(board: Board) -> None:
    page = board.send("retention/holds/", {"what": "Åsklinge kommun", "reason": "x" * 900}, status=422)

    assert shown_errors(page) == ["Skriv skälet med högst 300 tecken"]
    assert page.one("textarea").text == "x" * 900


def test_t82_each_reason_is_listed_and_ended_by_itself(board: Board) -> None:
    for reason in ("Tvist", "Granskning"):
        page = board.send("retention/holds/", {"what": "Åsklinge kommun", "reason": reason})
    assert [each.text for each in page.all(".list__text")] == ["Granskning", "Tvist"]

    told = []
    for _ in range(2):
        address = board.get("retention/").all(".list__item form")[0].attributes["action"]
        told.append(read(board.client.post(address, follow=True)).one(".toast__text").text)

    assert told == [
        "Spärren är hävd. Åsklinge kommun sparas ändå: det finns en spärr till.",
        "Spärren är hävd. Reglerna gäller igen från och med i natt.",
    ]


def test_t82_why_something_was_held_stands_in_the_history_when_it_is_over(board: Board) -> None:
    page = board.send("retention/holds/", {"what": "Åsklinge kommun", "reason": "Tvist"})
    board.client.post(page.one(".list__item form").attributes["action"])

    told = [each.all("p")[1].text for each in board.get("history/").all("main ol.list > li")[:2]]

    assert told == ["En spärr hävdes: Tvist", "En spärr lades: Tvist"]


def test_t75_a_second_tab_does_not_save_over_the_first(board: Board) -> None:
    first, second = board.form("retention/"), board.form("retention/")
    board.send("retention/", first | {"days-log": "400", "action": "save"})

    tried = board.send("retention/", second | {"days-held": "60", "action": "try"})
    page = board.send("retention/", tried.one("#settings-form").fields() | {"action": "save"}, status=422)

    assert rules_of(board.scope) == {Kept.LOG: 400}
    told = "Uppgifterna har ändrats sedan du öppnade sidan. Se vad som gäller nu och spara igen"
    assert shown_errors(page) == [told]
    assert page.one("#days-held").attributes["value"] == "60"
    assert page.all(".notice--info li")[-1].text == "Historik, och vem som har läst vad: 400 dagar"
    board.send("retention/", page.one("#settings-form").fields() | {"action": "save"})
    assert rules_of(board.scope) == {Kept.HELD: 60}
