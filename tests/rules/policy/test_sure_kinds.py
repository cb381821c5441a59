"""A kind is chosen for the asker only when their words tell it beyond doubt: right or nothing, never wrong."""

from typing import Final

import pytest

from tests.factories import policy_source
from vaxel.rules.policy.reader import read_policy
from vaxel.rules.policy.suggest import suggest

#: (desk, language, words, the right kind; several with a bar between; empty where the words do not tell).
SAID: Final = [
    # The eight questions that the terms of the first desk answer themselves, in other words.
    ("kompass", "sv", "Vi är nyfikna på modulen för risker, vad kan den?", "product-interest"),
    ("kompass", "sv", "Vad ingår egentligen i vårt avtal med er?", "agreement"),
    ("kompass", "sv", "Vi skulle vilja utvärdera hur höstens uppföljning gick", "evaluation-help"),
    ("kompass", "sv", "Vi behöver hjälp att sätta upp en ny rapport till nämnden", "report-setup"),
    ("kompass", "sv", "Jag har lagt till en ny användare men personen kan inte logga in", "login-problem"),
    ("kompass", "sv", "Perioden låses inte trots att vi gjort som det står i manualen", "not-as-documented"),
    ("kompass", "sv", "Vi får Oväntat fel när vi öppnar rapporten för kvartal 3 sedan i morse.", "unexpected-error"),
    ("kompass", "sv", "Flödet saknar steget som vi kom överens om i projektet", "setup-not-as-agreed"),
    # What went wrong once.
    ("kompass", "sv", "När kommer fakturan?", ""),
    ("kompass", "sv", "Jag vill byta filter i vyn för nämnden", "change-request"),
    ("kompass", "sv", "Hjälp", ""),
    ("kompass", "en", "Help", ""),
    # One sign, contested signs, and none at all.
    ("kompass", "sv", "Hej! Det fungerar inte.", "function-broken"),
    ("kompass", "sv", "Rapporten är tom", "function-broken|unexpected-error"),
    ("kompass", "sv", "Avtalsmodulen kraschar när jag sparar", "unexpected-error|function-broken"),
    ("kompass", "sv", "Vi kan inte skriva ut planen", "function-broken"),
    ("kompass", "sv", "Menyn har försvunnit", "function-broken"),
    ("kompass", "sv", "Utbildningsfliken ger ett felmeddelande", "unexpected-error"),
    ("kompass", "sv", "Kursen syns inte i kalendern", "function-broken"),
    ("kompass", "sv", "Jag hittar inte manualen", ""),
    ("kompass", "sv", "Kan ni ringa mig?", ""),
    ("kompass", "sv", "Det tar lång tid att öppna översikten", "function-broken"),
    ("kompass", "sv", "Min chef vill se allt på en sida", "change-request|report-setup"),
    ("kompass", "sv", "Var hittar jag målen för förra året?", ""),
    ("kompass", "en", "The report for the board is blank", "function-broken|unexpected-error"),
    ("kompass", "en", "Can somebody call me?", ""),
    ("kompass", "en", "The training page is slow", "function-broken"),
    ("kompass", "en", "Our agreement on goals was deleted by mistake", "data-repair"),
    ("kompass", "en", "When is the invoice due?", ""),
    # What tells.
    ("kompass", "sv", "Ett oväntat fel visas när jag öppnar planen", "unexpected-error"),
    ("kompass", "sv", "Kollegan som jag lade upp i går kommer inte in", "login-problem"),
    ("kompass", "sv", "Ingen hos oss kan logga in, inloggningen bara snurrar", "login-problem"),
    ("kompass", "sv", "När löper avtalet ut och hur säger vi upp det?", "agreement"),
    ("kompass", "sv", "Kan ni återställa planen som jag råkade ta bort?", "data-repair"),
    ("kompass", "sv", "Ge Bo läsrättighet till budgeten, tack", "permissions"),
    ("kompass", "sv", "Vi vill boka en kurs för våra chefer", "training"),
    ("kompass", "sv", "Exporten till kalkylark ger ingenting längre", "function-broken"),
    ("kompass", "sv", "Kan kolumnerna i översikten byta ordning?", "change-request"),
    ("kompass", "sv", "Summan räknas inte ihop som manualen säger", "not-as-documented"),
    ("kompass", "sv", "Ett behörighetsfel: användare kan inte logga in", "login-problem"),
    ("kompass", "en", "An unexpected error comes up when I save the plan", "unexpected-error"),
    ("kompass", "en", "My new colleague cannot sign in", "login-problem"),
    ("kompass", "en", "I added a user but she cannot get in", "login-problem"),
    ("kompass", "en", "What does the agreement include and when does it end?", "agreement"),
    ("kompass", "en", "Please restore the filters that we overwrote", "data-repair"),
    ("kompass", "en", "Could you give a course for new managers?", "training"),
    ("kompass", "en", "The period does not lock as the manual says", "not-as-documented"),
    ("kompass", "en", "We would like to set up a new report for the board", "report-setup"),
    ("kompass", "en", "Exporting to a spreadsheet has stopped working", "function-broken"),
    ("kompass", "en", "Change the order of the menu, please", "change-request"),
    ("kompass", "en", "We are curious about the module for risks", "product-interest"),
    ("baver", "sv", "Fakturan har fel beställarreferens", "invoice"),
    ("baver", "sv", "Fakturan är fel", "invoice"),
    ("baver", "sv", "Faktura 4711 är fel ställd", "invoice"),
    ("baver", "sv", "Avtalet är fel", "agreement"),
    ("baver", "sv", "Vi har fått samma faktura två gånger", "invoice"),
    ("baver", "sv", "Hur gör jag för att lägga till en mall?", "how-to"),
    ("baver", "sv", "Protokollet går inte att skriva ut", "fault"),
    ("baver", "sv", "När måste vi säga upp avtalet?", "agreement"),
    ("baver", "sv", "Fakturaobjektet går inte att spara", "fault"),
    ("baver", "sv", "Kan fler användare få se ärendet?", "how-to|agreement"),
    ("baver", "en", "The invoice lacks our reference", "invoice"),
    ("baver", "en", "How do I merge two objects?", "how-to"),
    ("baver", "en", "Something is wrong with the minutes, they cannot be printed", "fault"),
]


def sure(desk: str, language: str, words: str) -> str:
    return next(
        (one.kind for one in suggest(words, policy=read_policy(policy_source(desk)), language=language) if one.sure), ""
    )


@pytest.mark.parametrize(("desk", "language", "words", "right"), SAID)
def test_suggest_is_sure_of_the_right_kind_or_of_none(desk: str, language: str, words: str, right: str) -> None:
    assert sure(desk, language, words) in {"", *right.split("|")}


def test_suggest_is_sure_of_most_questions_that_tell() -> None:
    telling = SAID[:8] + SAID[29:]

    found = [sure(desk, language, words) != "" for desk, language, words, _right in telling]

    assert sum(found) / len(found) >= 0.75


def test_suggest_puts_the_sure_kind_first() -> None:
    words = "Jag har lagt till en ny användare men personen kan inte logga in"

    best = suggest(words, policy=read_policy(policy_source("kompass")), language="sv")[0]

    assert (best.kind, best.sure) == ("login-problem", True)
