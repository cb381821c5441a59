"""The title is the first sentence that says something."""

import pytest

from vaxel.surfaces.asking.titles import title_of


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Hej!", "Hej!"),
        ("Hej!\nListan är tom.", "Listan är tom."),
        ("Hej på er, jag får ett fel när jag sparar. Sedan står allt still.", "Jag får ett fel när jag sparar."),
        ("God morgon! Hoppas ni mår bra! En fråga: var är rapporten?", "En fråga: var är rapporten?"),
        ("Hello there, the list is blank.", "The list is blank."),
        ("Good morning support team!\n\nQuick question.\nHow do I print?", "How do I print?"),
        ("Hej Kompass\nMenyn är borta", "Menyn är borta"),
        ("Tack på förhand! Menyn är borta", "Menyn är borta"),
        ("Hejdå-knappen syns inte", "Hejdå-knappen syns inte"),
        ("Vi ser t.ex. fel summa kl. 10 varje dag. Varför?", "Vi ser t.ex. fel summa kl. 10 varje dag."),
        ("... ! Listan är tom", "Listan är tom"),
        ("1. Kalendern visar fel vecka. 2. Kallelsen går inte att skriva ut.", "Kalendern visar fel vecka."),
        ("Hej!\n1) Kalendern visar fel vecka", "Kalendern visar fel vecka"),
        ("8.9.0 startar inte", "8.9.0 startar inte"),
        ("1.", "1."),
        ("", ""),
        ("Ett ord " * 20, "Ett ord " * 11 + "Ett ord…"),
    ],
)
def test_title_is_the_first_sentence_that_says_something(words: str, title: str) -> None:
    assert title_of(words) == title
