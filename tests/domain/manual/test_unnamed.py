"""Names, addresses and numbers leave a reply before it becomes an article."""

import pytest

from vaxel.domain.manual.unnamed import Known, Removed, marks_in, without_names

KNOWN = Known(
    people=("Maj Ekdahl",),
    others=("Bo Stig", "Anna Lind"),
    organisations=("Åsklinge kommun",),
    cases=("BYGG.2022.194",),
    prefixes=("KOM",),
)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Hej Maj!", "Hej ⟦namn⟧!"),
        ("Majs rapport", "⟦namn⟧ rapport"),
        ("Maj Ekdahls rapport", "⟦namn⟧ rapport"),
        ("i maj månad", "i maj månad"),
        ("Fråga Anna Lind.", "Fråga ⟦namn⟧."),
        ("Gå på en stig, Bo.", "Gå på en stig, Bo."),
        ("För Åsklinge kommun gäller", "För ⟦organisation⟧ gäller"),
        ("Åsklinges mallar", "⟦organisation⟧ mallar"),
        ("er kommun", "er kommun"),
        ("Skriv till maj.ekdahl@asklinge.example idag", "Skriv till ⟦mejladress⟧ idag"),
        ("Öppna https://planering.asklinge.example/mål?x=1 och", "Öppna ⟦webbadress⟧ och"),
        ("Ring 08-465 004 12 eller +46 70 174 06 12", "Ring ⟦telefonnummer⟧ eller ⟦telefonnummer⟧"),
        ("Ärendet BYGG.2022.194 och KS 2023/1234", "Ärendet ⟦ärendenummer⟧ och ⟦ärendenummer⟧"),
        ("Se KOM-1042 och kom-7", "Se ⟦ärendenummer⟧ och ⟦ärendenummer⟧"),
        ("Personen 811228-9874", "Personen ⟦personnummer⟧"),
        (
            "Version 8.9.0 från 2026-11-20 klarar 250 rader i UTF-8",
            "Version 8.9.0 från 2026-11-20 klarar 250 rader i UTF-8",
        ),
    ],
)
def test_what_points_at_somebody_leaves_a_mark(said: str, left: str) -> None:
    assert without_names(said, KNOWN, language="sv").text == left


def test_what_was_removed_is_counted() -> None:
    found = without_names("Hej Maj, Maj på Åsklinge kommun", KNOWN, language="en")

    assert found.removed == {Removed.NAME: 2, Removed.ORGANISATION: 1}
    assert marks_in(found.text) == ("⟦name⟧", "⟦name⟧", "⟦organisation⟧")


def test_text_without_names_stays_as_it_is() -> None:
    said = "1. Välj **Rapporter**.\n2. Spara."

    assert without_names(said, Known(), language="sv").text == said
