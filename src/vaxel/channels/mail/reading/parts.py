"""A mail's bytes as a tree of parts. Splits by position, so that nothing is copied, and decodes nothing.

Python's own parser is not used: it is quadratic or recursive on the bombs of trust 21, and gives up parts of mails that
gateways have bent. Here the outermost boundary wins, a missing end is the end of what is around it, and the number and
depth of parts are bounded while splitting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from vaxel.channels.mail.reading.headers import Headers, read_headers
from vaxel.channels.mail.reading.limits import DEEPEST_PART, MOST_PARTS, TooMuchError
from vaxel.channels.mail.reading.params import Parameters, parameters
from vaxel.channels.mail.reading.transfer import transfer_decoded

_LONGEST_BOUNDARY: Final = 500


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, where its body lies, and its parts where it is a multipart that could be split."""

    raw: bytes
    start: int
    end: int
    headers: Headers
    type: Parameters
    #: `text/plain`, lower-cased; what is meant where the mail does not say.
    content_type: str
    children: tuple["Part", ...] = ()
    #: The type that the parent is of, which says what this part is for.
    parent_type: str = ""

    @property
    def body(self) -> bytes:
        """The bytes as they stand."""
        return self.raw[self.start : self.end]

    @property
    def content(self) -> bytes:
        """The bytes that were meant: the transfer encoding is undone."""
        encoding = self.headers.first("content-transfer-encoding")
        return transfer_decoded(self.body, encoding, is_text=self.content_type.startswith("text/"))

    @property
    def disposition(self) -> Parameters:
        """`attachment` or `inline`, and the file name."""
        return self.headers.parameters("content-disposition")

    def leaves(self) -> Iterator["Part"]:
        """Every part that has no parts, in order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def split(raw: bytes) -> Part:
    """The whole mail as a part. Raises `TooMuchError` for one that has more parts than anybody sends."""
    return _Splitter(raw).part(0, len(raw), parent_type="", depth=0)


class _Splitter:
    """Counts the parts of one mail while it splits them."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = 0

    def part(self, start: int, end: int, *, parent_type: str, depth: int) -> Part:
        """The part between two positions."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooMuchError(f"It has more than {MOST_PARTS} parts.")
        if depth > DEEPEST_PART:
            raise TooMuchError(f"Its parts lie more than {DEEPEST_PART} deep in each other.")
        headers, body = read_headers(self._raw, start, end)
        kind = headers.parameters("content-type")
        content_type = kind.content_type or _meant_type(headers, parent_type)
        part = Part(self._raw, body, end, headers, kind, content_type, parent_type=parent_type)
        return self._with_children(part, depth) if content_type.startswith("multipart/") else part

    def _with_children(self, part: Part, depth: int) -> Part:
        ranges = _ranges(self._raw, part.start, part.end, part.type.get("boundary"))
        children = tuple(self.part(start, end, parent_type=part.content_type, depth=depth + 1) for start, end in ranges)
        if not children:
            # No boundary was found: whatever is there is a text for people.
            return Part(part.raw, part.start, part.end, part.headers, part.type, "text/plain", (), part.parent_type)
        first = _before_first(part, ranges[0][0])
        return Part(
            part.raw, part.start, part.end, part.headers, part.type, part.content_type,
            (*first, *children), part.parent_type,
        )  # fmt: skip


def _meant_type(headers: Headers, parent_type: str) -> str:
    if parent_type == "multipart/digest":
        return "message/rfc822"
    said = headers.first("content-type").strip(" ;").partition(";")[0].strip().lower()
    if said in {"html", "text/html;"}:
        return "text/html"
    # What is no type at all is plain text (RFC 2045, 5.2), and so is half of one.
    return "application/octet-stream" if said and said not in {"text", "text/", "plain"} else "text/plain"


def _before_first(part: Part, start: int) -> tuple[Part, ...]:
    """A part whose own boundary line is missing: its headers stand behind the multipart's."""
    types = part.headers.every("content-type")
    if len(types) < 2:  # noqa: PLR2004  # its own type and another one
        return ()
    inner = Headers(tuple(item for item in part.headers.items if item[1] != types[0]))
    kind = parameters(types[1])
    end = part.raw.rfind(b"--", part.start, max(start - 1, part.start))
    return (Part(part.raw, part.start, max(end, part.start), inner, kind, kind.content_type, (), part.content_type),)


def _ranges(raw: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    """Where each part between boundary lines begins and ends."""
    name = boundary.strip().encode("utf-8", "replace")[:_LONGEST_BOUNDARY]
    if not name:
        return []
    marks = _marked(raw, start, end, name, exact=True) or _marked(raw, start, end, name, exact=False)
    ranges = []
    for place, (_, after, is_last) in enumerate(marks):
        if is_last:
            continue
        until = marks[place + 1][0] if place + 1 < len(marks) else end
        ranges.append((min(after, until), until))
    return ranges


def _marked(raw: bytes, start: int, end: int, name: bytes, *, exact: bool) -> list[tuple[int, int, bool]]:
    marks = list(islice(_marks(raw, start, end, name, exact=exact), MOST_PARTS + 2))
    if len(marks) > MOST_PARTS + 1:
        raise TooMuchError(f"It has more than {MOST_PARTS} parts.")
    return marks


def _marks(raw: bytes, start: int, end: int, name: bytes, *, exact: bool) -> Iterator[tuple[int, int, bool]]:
    """Each boundary line: where the text before it ends, where the text after it begins, and if it is the last."""
    needle = b"--" + name
    at = raw.find(needle, start, end)
    while at >= 0:
        stop = raw.find(b"\n", at, end)
        stop = end if stop < 0 else stop
        rest = raw[at + len(needle) : min(stop, at + len(needle) + 1000)].strip()
        begins_line = at == start or raw[at - 1 : at] in {b"\n", b"\r"}
        if begins_line and (not exact or rest in {b"", b"--"}):
            yield _before_line_end(raw, start, at), min(stop + 1, end), rest.startswith(b"--")
        at = raw.find(needle, max(stop, at + 1), end)


def _before_line_end(raw: bytes, start: int, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if at > start and raw[at - 1 : at] == b"\n":
        at -= 1
    if at > start and raw[at - 1 : at] == b"\r":
        at -= 1
    return at
