"""Header texts: encoded words (RFC 2047) with the mistakes that programs make, unfolded and free of controls."""

import binascii
import re
from typing import Final

from vaxel.channels.mail.reading.charsets import codec_of, decoded

#: Also what the standard forbids but programs write: spaces and single question marks inside, no space outside.
_WORD: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,3})\?=")
#: A word whose end was cut off.
_TORN: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?\s]*)\??$")
#: More of a header's value is not told to people.
_LONGEST: Final = 50_000
_FOLDS: Final = re.compile(r"[\r\n]+[ \t]*")
_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
#: Letters that nobody sees and that turn names round: zero width, bidirectional marks, controls.
_UNSEEN: Final = re.compile("[\x80-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def header_text(value: str) -> str:
    """One line as people read it."""
    return one_line(decode_words(value[:_LONGEST]))


def one_line(text: str) -> str:
    """Without controls, without unseen letters, white space collapsed."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def decode_words(value: str) -> str:
    """Encoded words decoded; letters that were cut between two words of one set are put together first."""
    value = _FOLDS.sub(" ", value)
    if "=?" not in value:
        return value
    pieces: list[str] = []
    held = _Held()
    at = 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        if between.strip() or not held:
            pieces += held.told()
            pieces.append(between)
        pieces += held.add(match[1], _content(match[2], match[3], match[1]))
        at = match.end()
    rest = value[at:]
    torn = _TORN.search(rest) if "=?" in rest else None
    if torn is not None:
        pieces += [*held.told(), rest[: torn.start()], decoded(_content(torn[2], torn[3], torn[1]), torn[1])]
    else:
        pieces += [*held.told(), rest]
    return "".join(pieces)


class _Held:
    """Words that follow each other in one charset, not decoded yet."""

    def __init__(self) -> None:
        self._charset = ""
        self._data: list[bytes] = []

    def __bool__(self) -> bool:
        return bool(self._data)

    def add(self, charset: str, data: bytes) -> list[str]:
        """Hold one more; what was held in another charset is told."""
        told = [] if codec_of(charset) == codec_of(self._charset) else self.told()
        self._charset = charset
        self._data.append(data)
        return told

    def told(self) -> list[str]:
        """What is held, as text; then nothing is."""
        if not self._data:
            return []
        told = self._decoded()
        self._data = []
        return [told]

    def _decoded(self) -> str:
        """Together; but escape sequences of stateful sets begin anew in each word."""
        if codec_of(self._charset).startswith(("iso2022", "utf-7", "hz")):
            return "".join(decoded(data, self._charset) for data in self._data)
        return decoded(b"".join(self._data), self._charset)


def _content(how: str, text: str, charset: str) -> bytes:
    """The bytes of a word; letters beyond ASCII, which it must not hold, are put back into its own charset."""
    data = text.encode("ascii" if text.isascii() else codec_of(charset) or "utf-8", "replace")
    if how in "qQ":
        return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return from_base64(data)


def from_base64(data: bytes) -> bytes:
    """Base64 with whatever is wrong about its padding."""
    padding = data.find(b"=")
    if padding >= 0 and data[padding:].strip(b"= \t\r\n") and data.count(b"=") <= _MOST_PADDING:
        # Several texts, encoded one by one.
        return b"".join(_piece_from_base64(piece) for piece in data.split(b"="))
    return _piece_from_base64(data)


def _piece_from_base64(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        letters = data.translate(None, _NOT_BASE64)
        whole = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


#: In one text: more of it is no padding.
_MOST_PADDING: Final = 1_000
_NOT_BASE64: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
