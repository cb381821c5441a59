"""Words as search sees them: taken from a text, taken apart, compared. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

#: A word, or something that has a number in it: "rapportmall", "8.9.0", "BYGG.2022.194", "KOM-1042".
_TOKEN: Final = re.compile(r"\w+(?:[.\-_/:]\w+)*")
_DIGIT: Final = re.compile(r"\d")
LONGEST: Final = 80
#: More than this nobody types into a search field; the rest is left unread (trust 26).
MOST_WORDS: Final = 24


def tokens(text: str) -> list[str]:
    """The words and identifiers in a text, in their order; small letters, composed."""
    return [found for found in _TOKEN.findall(unicodedata.normalize("NFC", text).lower()) if len(found) <= LONGEST]


def is_identifier(token: str) -> bool:
    """Whether it is looked for letter by letter: versions, case numbers, ticket numbers."""
    return _DIGIT.search(token) is not None


def plain_words(text: str) -> list[str]:
    """The words alone; a hyphenated one is its parts."""
    return [word for token in tokens(text) for word in re.split(r"[.\-_/:]", token) if word.isalpha()]


def pieces(word: str) -> list[str]:
    """Overlapping pieces of three letters, the word's beginning and end marked."""
    marked = f"^{word}$"
    return sorted({marked[at : at + 3] for at in range(len(marked) - 2)})


#: Endings of definite forms that PostgreSQL's Swedish stemmer leaves on: protokoll-et, konto-t, möt-en(a).
_ENDINGS: Final = (("et", 2), ("ot", 1), ("en", 2))
_SHORTEST_ENDED: Final = 5


def root(stem: str, *, language: str) -> str:
    """What a word's forms have in common: the stemmer keeps "protokollet" apart from "protokoll"."""
    if language == "sv" and len(stem) >= _SHORTEST_ENDED:
        for ending, cut in _ENDINGS:
            if stem.endswith(ending):
                return stem[:-cut]
    return stem


def relatives(stem: str) -> list[str]:
    """Every stem that a form of the same Swedish word may have, for texts whose words nobody has learnt."""
    base = root(stem, language="sv")
    return list(dict.fromkeys([stem, base, f"{base}et", f"{base}t", f"{base}en"]))


#: Endings that look like words and are none, within a compound.
_NO_PARTS: Final = frozenset(
    """
    aktig ande are arna bar dom een eller ende ens erna for het igt ing inga ingen isk lig liga lighet ligt lös
    man med mot ning ningar ningen och off ord oss sam skap som til till tion tionen två ung upp ute var vara vid åt
    från över under efter före mellan ling rna nas nas ras tas des des ter ten ser ser des lar rar mer tar bara
    """.split()  # noqa: SIM905  # eighty quoted endings are harder to read
)
#: Words that stand last in many compounds of our field and not always alone in a manual.
HEADS: Final = frozenset(
    """
    adress avtal behörighet bild bilaga blankett byte datum del dokument enhet export fel fil filter flik format
    formulär fråga fält förslag grupp guide historik import info inloggning inställning kalender kod konto kontroll
    kort kostnad kurs läge länk lista listan logg lösen mall meddelande mapp märke mål möte namn nivå nummer objekt
    ord ordning period plan post process program punkt rapport rad regel register roll ruta rättighet schema server
    sida signatur sökning status steg stöd summa support system tabell tal text tid tjänst typ uppgift utbildning
    utskick utskrift val version vy värde vyer yta ärende åtgärd översikt
    """.split()  # noqa: SIM905  # as above
)
_SHORTEST_FIRST: Final = 3
#: Shorter ones that begin compounds.
_SHORT_FIRST: Final = frozenset({"it", "år"})
_SHORTEST_LAST: Final = 4
_SHORTEST_COMPOUND: Final = 6
_MOST_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Splitter:
    """Takes Swedish compounds apart by the words that are known.

    `roots` gives the root of each known word: a part is a known word, the last one in any of its forms. Of several
    ways the one with the shortest first part wins, because what is left says more of what the thing is.
    """

    roots: Mapping[str, str]
    _last: AbstractSet[str]

    @classmethod
    def of(cls, roots: Mapping[str, str]) -> "Splitter":
        """A splitter that knows these words; short ones and endings are not parts."""
        known = {word: root for word, root in roots.items() if _may_be_part(word)}
        return cls(known, {root for word, root in known.items() if _may_be_last(word)})

    def split(self, word: str, root: str) -> tuple[str, ...]:
        """The roots of the word's parts; nothing for a word that is not made of known ones."""
        parts = self._split(word, root, _MOST_PARTS)
        return parts if len(parts) > 1 else ()

    def _split(self, word: str, root: str, most: int) -> tuple[str, ...]:
        if most == 0 or len(word) < _SHORTEST_COMPOUND:
            return ()
        for at in range(2, len(word) - _SHORTEST_FIRST + 1):
            first = self._first(word[:at])
            if not first:
                continue
            last = root[at:]
            if last and last in self._last and len(word) - at >= _SHORTEST_FIRST:
                return (*first, last)
            inner = self._split(word[at:], last, most - 1) if last else ()
            if inner:
                return (*first, *inner)
        return ()

    def _first(self, part: str) -> tuple[str, ...]:
        """A part that is not the last: a known word, perhaps with the s that joins ("lösenord-s-byte")."""
        for form in (part, part.removesuffix("s")):
            if form in self.roots:
                return (self.roots[form],)
        return ()


def _may_be_part(word: str) -> bool:
    return word in _SHORT_FIRST or (len(word) >= _SHORTEST_FIRST and word not in _NO_PARTS)


def _may_be_last(word: str) -> bool:
    return len(word) >= _SHORTEST_LAST or word in HEADS


def known_words(corpus: Iterable[str]) -> set[str]:
    """The words that compounds are taken apart by: the corpus's own, and the heads that everybody knows."""
    return {word for word in corpus if len(word) >= _SHORTEST_FIRST} | HEADS | _SHORT_FIRST
