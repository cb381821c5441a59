"""How often the suggestions are right about questions that no policy knows."""

import pytest

from tests.factories import policy_source
from tests.rules.policy.asked import ASKED
from vaxel.rules.policy.reader import read_policy
from vaxel.rules.policy.suggest import Suggestion, suggest
from vaxel.rules.policy.wrong import sounds_wrong


def found(desk: str) -> list[tuple[str, tuple[Suggestion, ...]]]:
    """The right kind of each question, and what is suggested."""
    policy = read_policy(policy_source(desk))
    return [(kind, suggest(words, policy=policy, language="sv")) for words, kind in ASKED[desk].items()]


@pytest.mark.parametrize(("desk", "first", "among"), [("kompass", 0.62, 0.82), ("baver", 0.85, 0.90)])
def test_suggest_is_mostly_right_about_questions_that_it_has_not_read(desk: str, first: float, among: float) -> None:
    answers = found(desk)

    assert sum(kind in {one.kind for one in given} for kind, given in answers) >= among * len(answers)
    assert sum(kind == given[0].kind for kind, given in answers if given) >= first * len(answers)


def test_suggest_is_seldom_sure_and_wrong() -> None:
    sure = [(kind, given[0]) for desk in ASKED for kind, given in found(desk) if given and given[0].sure]

    assert len(sure) >= 20
    assert sum(kind != one.kind for kind, one in sure) <= 2


def test_something_wrong_with_a_report_is_no_wish_for_a_new_one() -> None:
    words = "Rapporten över måluppfyllelse visar fel siffror sedan i går, och i listan saknas nämnden"

    best = suggest(words, policy=read_policy(policy_source("kompass")), language="sv")

    assert best[0].kind == "function-broken"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Det går inte att öppna filen", True),
        ("Siffrorna saknas sedan i går", True),
        ("Listan visar inte alla längre", True),
        ("Exporten har slutat fungera", True),
        ("The chart does not open since yesterday", True),
        ("Hur lägger jag till en användare?", False),
        ("Vi vill ha en rapport till nämnden", False),
        ("Feliks undrar vad avtalet kostar", False),
    ],
)
def test_what_is_wrong_is_heard(words: str, *, wrong: bool) -> None:
    assert sounds_wrong(words) == wrong
