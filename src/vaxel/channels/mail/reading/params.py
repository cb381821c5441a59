"""Headers with parameters: `Content-Type`, `Content-Disposition`. RFC 2231 included, linear in their length."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from vaxel.channels.mail.reading.charsets import decoded
from vaxel.channels.mail.reading.limits import MOST_PARAMETERS
from vaxel.channels.mail.reading.words import decode_words

_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)', re.DOTALL)
_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
#: Only a quote or itself is escaped: programs write Windows paths without escaping their backslashes.
_ESCAPED: Final = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Parameters:
    """The value before the first semicolon, lower-cased, and the parameters by lower-cased name."""

    value: str = ""
    named: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A parameter, or nothing."""
        return self.named.get(name, "")

    @property
    def content_type(self) -> str:
        """`text/plain`; empty where there is no type."""
        match = _TYPE.match(self.value)
        return match[0] if match else ""


def parameters(header: str) -> Parameters:
    """Read one header's value."""
    head = re.split(r"[;\s]", header.strip(), maxsplit=1)[0] if header else ""
    value = "" if "=" in head else head.lower()
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, given in _pairs(header):
        key, number, is_percent = _piece_name(name)
        pieces.setdefault(key, []).append((number, is_percent, given))
    return Parameters(value, {key: _joined(found) for key, found in pieces.items()})


def _pairs(header: str) -> list[tuple[str, str]]:
    """Names and raw values, left to right; semicolons may be missing and quotes open."""
    pairs: list[tuple[str, str]] = []
    at = header.find(";") + 1
    while len(pairs) < MOST_PARAMETERS:
        equals = header.find("=", at)
        if equals < 0:
            break
        name = re.split(r"[;\s]+", header[at:equals].strip())[-1].lower()
        value, at = _value(header, equals + 1)
        if name:
            pairs.append((name, value))
    return pairs


def _value(header: str, at: int) -> tuple[str, int]:
    """The value that begins here, and where the next parameter may begin."""
    while at < len(header) and header[at].isspace():
        at += 1
    quoted = _QUOTED.match(header, at)
    if quoted is None:
        end = _end(header, at)
        return header[at:end].strip(), end
    end = _end(header, quoted.end())
    left_over = header[quoted.end() : end].strip()
    if left_over.endswith('"'):
        # A quote inside that was not escaped: "Avtal "nya" 2026.pdf".
        return header[at + 1 : end].rstrip()[:-1], end
    return _ESCAPED.sub(r"\1", quoted[1]), quoted.end()


def _end(header: str, at: int) -> int:
    end = header.find(";", at)
    return len(header) if end < 0 else end


def _piece_name(name: str) -> tuple[str, int, bool]:
    """`filename*1*` is piece 1 of `filename`, percent-encoded; a name alone comes after its pieces."""
    bare = name.removesuffix("*")
    key, star, number = bare.partition("*")
    if star and number.isdecimal() and len(number) < 6:  # noqa: PLR2004  # more pieces than are looked at
        return key, int(number), bare != name
    return key, -1, bare != name


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """The pieces in order, as one text: percent-encoded bytes are put together before they are decoded."""
    numbered = sorted(piece for piece in pieces if piece[0] >= 0)
    chosen = numbered or [next((piece for piece in pieces if piece[1]), pieces[0])]
    if not any(is_percent for _, is_percent, _ in chosen):
        return decode_words("".join(text for _, _, text in chosen))
    charset, data = "", bytearray()
    for place, (_, is_percent, text) in enumerate(chosen):
        rest = text
        if place == 0 and is_percent and text.count("'") > 1:
            charset, _, rest = text.split("'", 2)
        data += unquote_to_bytes(rest) if is_percent else rest.encode("utf-8", "replace")
    return decoded(bytes(data), charset)
