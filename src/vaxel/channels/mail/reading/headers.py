"""A block of headers: where it ends, and what its lines say. Tolerates what programs and gateways break."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vaxel.channels.mail.reading.charsets import decoded
from vaxel.channels.mail.reading.limits import LONGEST_HEADER, LONGEST_HEADERS, MOST_HEADERS, TooMuchError
from vaxel.channels.mail.reading.params import Parameters, parameters
from vaxel.channels.mail.reading.words import header_text

_NAME: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
#: The line that mailbox files put before each mail, also quoted.
_MAILBOX_LINE: Final = re.compile(rb">?From ")


@dataclass(frozen=True, slots=True)
class Headers:
    """Lower-cased names and values as they stand, in the mail's order."""

    items: tuple[tuple[str, str], ...] = ()

    def every(self, name: str) -> list[str]:
        """All values of a header."""
        return [value for key, value in self.items if key == name]

    def first(self, name: str) -> str:
        """The first value, or nothing."""
        return next((value for key, value in self.items if key == name), "")

    def has(self, *names: str) -> bool:
        """True when one of them is there, be it empty."""
        return any(key in names for key, _ in self.items)

    def text(self, name: str) -> str:
        """The first value as people read it."""
        return header_text(self.first(name))

    def parameters(self, name: str) -> Parameters:
        """The first value with its parameters."""
        return parameters(self.first(name))


def read_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins after them.

    Raises `TooMuchError` for a block that nobody writes.
    """
    found: list[tuple[bytes, list[bytes]]] = []
    at = start
    for line, next_at in _lines(raw, start, end):
        stripped = line.rstrip(b"\r\n")
        if not stripped.strip(b" \t\0"):
            if not (stripped and raw[next_at : next_at + 1] in {b" ", b"\t"}) and (found or start > 0):
                at = next_at
                break
        elif stripped[:1] in b" \t" and found:
            found[-1][1].append(stripped)
        elif match := _NAME.match(stripped) if not stripped.startswith(b"--") else None:
            found.append((match[1], [stripped[match.end() :]]))
        elif not _is_passed_over(stripped, found):
            break
        at = next_at
        if at - start > LONGEST_HEADERS or len(found) > MOST_HEADERS:
            raise TooMuchError("Its headers are longer than any that people send.")
    return Headers(tuple(_item(name, lines) for name, lines in found)), at


def _lines(raw: bytes, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Each line, and where the next one begins."""
    at = start
    while at < end:
        stop = raw.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        if stop - at > LONGEST_HEADERS:
            stop = at + LONGEST_HEADERS
        yield raw[at:stop], stop
        at = stop


def _is_passed_over(line: bytes, found: list[tuple[bytes, list[bytes]]]) -> bool:
    """A mailbox file's own line before the headers; any other line that is no header begins the body."""
    return not found and _MAILBOX_LINE.match(line) is not None


def _item(name: bytes, lines: list[bytes]) -> tuple[str, str]:
    if sum(map(len, lines)) > LONGEST_HEADER:
        raise TooMuchError("One of its headers is longer than any that people send.")
    value = b"\n".join(lines).strip()
    return name.decode("ascii").lower(), decoded(value) if not value.isascii() else _ascii(value)


def _ascii(value: bytes) -> str:
    return decoded(value) if b"\x1b" in value else value.decode("ascii")
