"""What looks like several questions, and what does not."""

import pytest

from vaxel.surfaces.asking.several import questions_in

FIRST, SECOND, THIRD = (
    "Målet går inte att spara.",
    "Hur byter jag färg på diagrammet?",
    "Var ser jag förra årets siffror?",
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"1. {FIRST}?\n2. {SECOND}", (f"{FIRST}?", SECOND)),
        (f"Hej! Jag har tre frågor:\n1) {FIRST}\n2) {SECOND}\n3) {THIRD}", (FIRST, SECOND, THIRD)),
        (f"1. {FIRST} 2. {SECOND} 3. {THIRD}", (FIRST, SECOND, THIRD)),
        (
            f"1. {FIRST} 2. {SECOND} 3. Dessutom vill jag ha en kolumn till.",
            (FIRST, SECOND, "Dessutom vill jag ha en kolumn till."),
        ),
        (f"Två frågor: 1) {FIRST} 2) {SECOND}", (FIRST, SECOND)),
        (f"1. {FIRST} 2. {SECOND} 3. Dessutom: {THIRD}", (FIRST, SECOND, f"Dessutom: {THIRD}")),
        (f"{FIRST} Dessutom undrar jag: {SECOND}", (FIRST, f"Dessutom undrar jag: {SECOND}")),
        (f"{FIRST}\n\nEn annan sak: {SECOND}", (FIRST, f"En annan sak: {SECOND}")),
        (
            "The goal cannot be saved. Also, the chart is empty.",
            ("The goal cannot be saved.", "Also, the chart is empty."),
        ),
        (f"{SECOND}\n\n{THIRD}", (SECOND, THIRD)),
    ],
)
def test_several_questions_are_found(words: str, expected: tuple[str, ...]) -> None:
    assert questions_in(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        FIRST,
        SECOND,
        "Så här gör jag:\n1. Öppnar målet som jag vill ändra\n2. Trycker på Spara och väntar en stund",
        "Jag kan dessutom inte logga ut när det händer.",
        "It is also slow when I save a goal.",
        f"Hej!\n\n{FIRST}\n\nHälsningar\nMaj",
        "Jag gör så här: 1. Öppnar målet som jag vill ändra 2. Trycker på Spara. Varför händer inget?",
        "Det kostar 1. Eller 2. Vad gäller? Det är oklart. 12. Hur blir det?",
        "Det händer i version 8.9.0\n8.9.1 har jag inte provat.",
    ],
)
def test_one_question_is_left_alone(words: str) -> None:
    assert questions_in(words) == ()


def test_more_than_three_become_three() -> None:
    words = "\n".join(f"{number}. Hur gör jag sak nummer {number}?" for number in range(1, 6))
    found = questions_in(words)
    assert len(found) == 3
    assert found[2].count("?") == 3
