"""Line numbers of a TOML file's keys. The standard reader gives none, and a fault without its line is half a fault.

This is no second TOML reader: it sees headers and the keys that start a line. A key inside an inline table gets
the line of the key that holds the table, which is where the eye must go anyway.
"""

import re
from typing import Final

from vaxel.rules.policy.faults import Path

_KEY: Final = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_DOTTED: Final = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE: Final = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]\s*(?:#.*)?$")
_ARRAY: Final = re.compile(rf"\s*\[\[\s*({_DOTTED})\s*\]\]\s*(?:#.*)?$")
_ASSIGNMENT: Final = re.compile(rf"\s*({_DOTTED})\s*=")
_STRING_OR_COMMENT: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_LONG_QUOTE: Final = re.compile(r"\"\"\"|'''")


class Places:
    """Knows on which line each path of one file starts."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._table: Path = ()
        self._depth = 0
        self._inside: str | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            self._see(number, line)

    def line_of(self, path: Path) -> int | None:
        """The line of the path, or of the nearest thing around it; None if only the file holds it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return None

    def _see(self, number: int, line: str) -> None:
        if self._inside is not None or _LONG_QUOTE.search(line):
            if self._inside is None and self._depth == 0:
                self._see_assignment(number, line)
            self._see_long_string(line)
            return
        if self._depth == 0:
            if header := _ARRAY.match(line):
                self._open_array(number, self._under_arrays(_keys(header[1])))
                return
            if header := _TABLE.match(line):
                self._table = self._under_arrays(_keys(header[1]))
                self._lines.setdefault(self._table, number)
                return
            self._see_assignment(number, line)
        bare = _STRING_OR_COMMENT.sub("", line)
        self._depth += sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")

    def _see_assignment(self, number: int, line: str) -> None:
        if found := _ASSIGNMENT.match(line):
            self._lines.setdefault(self._table + _keys(found[1]), number)

    def _see_long_string(self, line: str) -> None:
        """Walk over the triple quotes of a line; after it we are inside a long string or not."""
        for mark in _LONG_QUOTE.findall(line):
            if self._inside is None:
                self._inside = mark
            elif self._inside == mark:
                self._inside = None

    def _open_array(self, number: int, path: Path) -> None:
        index = self._counts.get(path, 0)
        self._counts[path] = index + 1
        self._table = (*path, index)
        self._lines.setdefault(path, number)
        self._lines[self._table] = number

    def _under_arrays(self, keys: Path) -> Path:
        """A header under an array of tables means the newest table of that array."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if path in self._counts and position < len(keys) - 1:
                path = (*path, self._counts[path] - 1)
        return path


def _keys(dotted: str) -> Path:
    return tuple(key.strip().strip("\"'") for key in re.findall(_KEY, dotted))
