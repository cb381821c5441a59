"""The fixed sentences of all pages are easy to read: the readability index LIX of each area is at most 40.

Labels are left out: one long word alone ("Supportkontakter") says nothing of how a page reads.
"""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.domain.notices.test_plain_language import lix
from tools.messages import AREAS, load

_MOST: Final = 40
#: A text with a full stop or a question mark, and so many words, is read as a sentence.
_FEWEST_WORDS: Final = 4
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def sentences(area: str, language: str) -> Iterator[str]:
    """What stands in the area's catalogue in this language; values that are put in count as a short word."""
    for message in load(area):
        texts = message.string if language == "sv" else message.id
        for text in [texts] if isinstance(texts, str) else list(texts or ()):
            words = _PLACEHOLDER.sub("Eva", text)
            if re.search(r"[.?!]", words) and len(words.split()) >= _FEWEST_WORDS:
                yield words


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("area", AREAS)
def test_fixed_texts_are_easy_to_read(area: str, language: str) -> None:
    assert lix("\n".join(sentences(area, language))) <= _MOST


@pytest.mark.parametrize("language", ["sv", "en"])
def test_pages_have_sentences_to_read(language: str) -> None:
    """The test above could not fail if nothing was found."""
    assert all(list(sentences(area, language)) for area in AREAS)
