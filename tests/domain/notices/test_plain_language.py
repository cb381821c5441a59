"""The standard words of mails are easy to read: the readability index LIX is at most 40 (easy prose, as in novels)."""

import re
from typing import Final

import pytest

from tests.domain.notices.test_compose import ALL, content
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.compose import compose
from vaxel.domain.notices.said import Said

_MOST: Final = 40
_LONG_WORD: Final = 7


def lix(text: str) -> float:
    """Words per sentence plus the share of words with more than six letters; a line without a full stop is one."""
    sentences = [each for line in text.splitlines() for each in re.split(r"[.!?:]", line) if re.search(r"\w", each)]
    words = re.findall(r"\w+", " ".join(sentences))
    long_words = [word for word in words if len(word) >= _LONG_WORD]
    return len(words) / len(sentences) + 100 * len(long_words) / len(words)


@pytest.mark.parametrize(("text", "index"), [("Du får ett svar.", 4), ("Organisationen. Du.", 51)])
def test_the_index_is_counted_as_it_is_defined(text: str, index: float) -> None:
    assert lix(text) == index


@pytest.mark.parametrize("can_reply", [False, True])
@pytest.mark.parametrize("for_colleague", [False, True])
@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_mail_is_easy_to_read(
    kind: NoticeKind,
    language: str,
    for_colleague: bool,  # noqa: FBT001  # a parameter of the table
    can_reply: bool,  # noqa: FBT001  # a parameter of the table
) -> None:
    """The words of ours: what people and policies wrote is left out, names are short."""
    mail = compose(
        kind,
        content(
            language,
            for_colleague=for_colleague,
            can_reply=can_reply,
            subject="Fel",
            organisation="Ås",
            answered_by="Eva",
            due="i dag",
            kind="Fel",
            priority="Hög",
            reasons=(),
            said=Said(text="Hej."),
            link="",
        ),
    )

    assert lix(mail.text) <= _MOST
