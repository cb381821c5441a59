"""Sentences with choices, and that everything written for the demonstration can be said."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from vaxel.insight.transfer.demo import files
from vaxel.insight.transfer.demo.cast import make_cast
from vaxel.insight.transfer.demo.files import Conversation, Variants, words_of
from vaxel.insight.transfer.demo.word_lists import words_for
from vaxel.insight.transfer.demo.wording import Phrase, WordingError, Words, read_phrase

NOW = datetime(2026, 11, 19, 13, 20, tzinfo=UTC)


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # chooses words


def _words(seed: int = 1, **kept: str) -> Words:
    return Words(lists={}, makers={}, varying=frozenset(), random=_random(seed), kept=kept)


def test_phrase_takes_each_of_its_alternatives() -> None:
    phrase = read_phrase("Hej {där|på {who}|}!")
    said = {phrase.say(_words(seed, who="er")) for seed in range(30)}
    assert said == {"Hej där!", "Hej på er!", "Hej !"}


@pytest.mark.parametrize("text", ["{a|b", "a}b|c}", "{{a|b}}"])
def test_phrase_with_wrong_braces_is_refused(text: str) -> None:
    with pytest.raises(WordingError):
        read_phrase(text).say(_words())


def test_unknown_word_is_named() -> None:
    with pytest.raises(WordingError, match=r"nobody knows the word \{hejsan\}"):
        read_phrase("{hejsan}").say(_words())


def test_word_stays_the_same_unless_it_varies() -> None:
    numbers = iter("12345678")
    words = Words(
        lists={"unit": [read_phrase("skolan")]},
        makers={"case": lambda _: next(numbers), "count": lambda _: next(numbers)},
        varying=frozenset({"count"}),
        random=_random(1),
        kept={},
    )
    assert read_phrase("{case} {case} {count} {count} {unit}").say(words) == "1 1 2 3 skolan"


@pytest.mark.parametrize("slug", files.DESKS)
@pytest.mark.parametrize("seed", range(6))
def test_every_text_of_a_desk_can_be_said(slug: str, seed: int) -> None:
    cast = make_cast(files.desk_file(slug), files.name_file(), seed=seed, today=NOW.date())
    organisation = cast.organisations[seed]
    asker, colleague = organisation.people[0], organisation.people[1]
    for conversation in files.conversation_file(slug).conversation:
        words = words_for(
            conversation.language,
            random=_random(seed),
            at=NOW,
            asker=asker,
            colleague=colleague,
            organisation=organisation,
            agents=cast.staff,
        )
        words.keep(agent="Karin")
        said = [phrase.say(words) for phrase in _texts(conversation)]
        assert [text for text in said if "{" in text or "|" in text or not text.strip()] == []


def _texts(conversation: Conversation) -> Iterator[Phrase]:
    own: list[Variants] = [conversation.subject]
    own += [said for turn in conversation.turn for said in (turn.asks, turn.answers, turn.notes)]
    for variants in (*own, *words_of(conversation.language).turns.values()):
        yield from variants
