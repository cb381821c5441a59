"""Words taken from texts and taken apart; no database."""

import pytest

from vaxel.insight.search.articles import excerpt
from vaxel.insight.search.words import HEADS, Splitter, is_identifier, pieces, plain_words, relatives, root, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skapa en mall!", ["skapa", "en", "mall"]),
        ("BYGG.2022.194, version 8.9.0.", ["bygg.2022.194", "version", "8.9.0"]),
        ("KOM-1042 e-post", ["kom-1042", "e-post"]),
        ("A\u030arsplan", ["årsplan"]),
        ("x" * 200, []),
        ("🙈 …", []),
    ],
)
def test_tokens_are_words_and_identifiers(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_identifiers_have_a_digit() -> None:
    assert [is_identifier(one) for one in ("8.9.0", "kom-1042", "e-post", "mall")] == [True, True, False, False]


def test_plain_words_leave_identifiers_out() -> None:
    assert plain_words("E-post om 8.9.0 i BYGG.2022.194") == ["e", "post", "om", "i", "bygg"]


@pytest.mark.parametrize(
    ("stem", "common"),
    [("protokollet", "protokoll"), ("kontot", "konto"), ("möten", "möt"), ("mall", "mall"), ("det", "det")],
)
def test_root_joins_forms_that_the_stemmer_keeps_apart(stem: str, common: str) -> None:
    assert root(stem, language="sv") == common
    assert root(stem, language="en") == stem
    assert stem in relatives(common) or stem == common


WORDS = (
    "rapport",
    "mall",
    "lösenord",
    "byte",
    "support",
    "kontakt",
    "plan",
    "utbildning",
    "intyg",
    "fel",
    "meddelande",
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rapportmall", ("rapport", "mall")),
        ("lösenordsbyte", ("lösenord", "byte")),
        ("utbildningsintyg", ("utbildning", "intyg")),
        ("felmeddelande", ("fel", "meddelande")),
        ("årsplan", ("år", "plan")),
        ("supportkontaktmall", ("support", "kontakt", "mall")),
        ("rapport", ()),
        ("rapporter", ()),
        ("planering", ()),
        ("xyzmall", ()),
    ],
)
def test_splitter_takes_compounds_apart_by_known_words(word: str, parts: tuple[str, ...]) -> None:
    splitter = Splitter.of({one: one for one in (*WORDS, *HEADS, "år")})
    assert splitter.split(word, word) == parts


def test_t26_splitter_is_quick_with_whatever_is_a_word() -> None:
    splitter = Splitter.of({one: one for one in (*WORDS, "aaa", "aaaa")})
    assert splitter.split("a" * 79 + "x", "a" * 79 + "x") == ()


def test_pieces_know_where_a_word_begins_and_ends() -> None:
    assert pieces("mål") == ["^må", "mål", "ål$"]


def test_excerpt_marks_what_was_found() -> None:
    assert excerpt("Skapa \x02mallen\x03 och\n\x02spara\x03").parts == (
        ("Skapa ", False),
        ("mallen", True),
        (" och ", False),
        ("spara", True),
    )
