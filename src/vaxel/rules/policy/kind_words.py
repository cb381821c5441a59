"""What a policy says of its kinds in words, and how words are told apart: the ground of all suggestions."""

import re
import unicodedata
from typing import Final

from vaxel.rules.policy.compiled import Policy

#: How much each source tells of a kind.
NAME, TEXT, EXAMPLE = 2.0, 1.0, 1.5
#: Characters that are looked at: what a question is about stands in its beginning, and a book costs no more (trust 26).
LOOKED_AT: Final = 5_000
_WORD: Final = re.compile(r"[^\W\d_]+")
#: The letters of Latin alphabets without their accents; å, ä and ö are letters of their own.
_PLAIN: Final = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code) not in "åäö"
}


def texts_of_kinds(policy: Policy, language: str) -> dict[str, list[tuple[float, str]]]:
    """Everything that the policy says of each kind, with how much it tells."""
    texts: dict[str, list[tuple[float, str]]] = {}
    for name, kind in policy.file.kinds.items():
        texts[name] = [(NAME, kind.name.in_(language))]
        if kind.text is not None:
            texts[name].append((TEXT, kind.text.in_(language)))
        texts[name] += [(EXAMPLE, each) for lang, given in kind.examples.items() if lang == language for each in given]
    for example in policy.file.examples:
        said = {str(lang): words for lang, words in example.text.items()}.get(language)
        asked = example.facts.get("kind")
        if said and asked in texts:
            texts[asked].append((EXAMPLE, said))
    return texts


def words_in(text: str) -> list[str]:
    """The words as they were written, in their order."""
    return _WORD.findall(text)


def folded(word: str) -> str:
    """Lower case, composed; å, ä and ö stay letters of their own, other accents go."""
    return unicodedata.normalize("NFC", word.casefold()).translate(_PLAIN)
