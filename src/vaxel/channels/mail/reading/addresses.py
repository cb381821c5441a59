"""Address headers, read in one pass over their tokens: comments nest without recursion, and nothing is refused.

One reader for every header (trust 8): groups are flattened, obsolete routes dropped, names decoded after splitting, so
that a comma in an encoded name makes no second address. What holds no `@` is no address.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from vaxel.channels.mail.reading.limits import LONGEST_ADDRESSES, MOST_ADDRESSES
from vaxel.channels.mail.reading.words import decode_words, one_line
from vaxel.kit.mail import MailAddress

_TOKEN: Final = re.compile(
    r'(?P<quoted>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<word>=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=)"
    r"|(?P<mark>[()<>,;:])"
    r'|(?P<plain>[^"()<>,;:=]+|.)',
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"?', re.DOTALL)
_QUOTED_LOCAL: Final = re.compile(r'"(?:[^"\\]|\\.)*"\s*@\s*[^\s"]+', re.DOTALL)
#: White space around the dots of a domain, which an old standard allowed.
_DOT_IN_DOMAIN: Final = re.compile(r"(@[^\s@.]{1,80})(?:\s+\.\s*|\.\s+(?=[a-z0-9-]+\b))")
_AROUND_AT: Final = re.compile(r"\s*@\s*")
_LONGEST_ADDRESS: Final = 320
_LONGEST_NAME: Final = 300


def addresses(value: str) -> tuple[MailAddress, ...]:
    """Every address of a header's value, in order; the same one twice stays twice."""
    reader = _Reader()
    for match in _TOKEN.finditer(value[:LONGEST_ADDRESSES]):
        reader.take(match.lastgroup or "plain", match[0])
        if len(reader.found) >= MOST_ADDRESSES:
            break
    reader.finish()
    if not reader.found and "=?" in value and "@" not in value:
        # The whole of it was encoded, brackets included.
        again = decode_words(value)
        return addresses(again) if again != value else ()
    return tuple(reader.found)


def bare_address(value: str) -> str:
    """The one address in a value such as Return-Path or Final-Recipient; empty where there is none."""
    found = addresses(value)
    return found[0].address if found else ""


def canonical(address: str) -> str:
    """Lower-cased in the domain, no white space, no trailing dot; empty for what cannot be an address."""
    local, at, domain = _AROUND_AT.sub("@", one_line(address)).strip("<> \t,;").rpartition("@")
    domain = domain.rstrip(".").lower()
    if local.startswith("mailto:"):
        local = local.removeprefix("mailto:")
    whole = f"{local}@{domain}"
    if not at or not local or not domain or len(whole) > _LONGEST_ADDRESS or any(c.isspace() for c in domain):
        return ""
    return whole


@dataclass(slots=True)
class _Reader:
    """What has been read of the address that comes next."""

    found: list[MailAddress] = field(default_factory=list)
    _phrase: list[str] = field(default_factory=list)
    _comment: list[str] = field(default_factory=list)
    _angle: list[str] | None = None
    _is_closed: bool = False
    _depth: int = 0

    def take(self, kind: str, said: str) -> None:
        """One token more."""
        if self._depth or (kind == "mark" and said in "()"):
            self._take_comment(kind, said)
        elif self._angle is not None and not self._is_closed:
            self._take_angle(said)
        elif kind != "mark":
            self._phrase.append(said)
        else:
            self._take_mark(said)

    def finish(self) -> None:
        """The address that was being read is whole."""
        address = _routed("".join(self._angle)) if self._angle is not None else ""
        phrase = "".join(self._phrase)
        if not address and "@" in phrase:
            self._take_bare(phrase)
        elif address:
            self._add(address, phrase if phrase.strip() else " ".join(self._comment))
        self._phrase, self._comment, self._angle, self._is_closed, self._depth = [], [], None, False, 0

    def _take_comment(self, kind: str, said: str) -> None:
        if kind == "mark" and said in "()":
            self._depth += 1 if said == "(" else -(self._depth > 0)
        elif self._depth == 1:
            self._comment.append(said)

    def _take_angle(self, said: str) -> None:
        assert self._angle is not None  # noqa: S101  # the caller has looked
        if said == ">":
            self._is_closed = bool("".join(self._angle).strip())
        elif said == "," and "@" in "".join(self._angle).lstrip()[1:]:
            # The bracket was never closed.
            self.finish()
        elif said != "<":
            self._angle.append(said)

    def _take_mark(self, said: str) -> None:
        if said == "<":
            if self._is_closed:
                self.finish()
            self._angle = []
        elif said in ",;":
            self.finish()
        elif said == ":" and "@" not in "".join(self._phrase):
            # A group's name, or "mailto".
            self._phrase = []
        elif said == ":":
            self._phrase.append(said)

    def _take_bare(self, phrase: str) -> None:
        """No brackets: each word with an @ is an address, and the other words are its name."""
        comment = " ".join(self._comment)
        if quoted := _QUOTED_LOCAL.search(phrase):
            self._add(quoted[0], comment or phrase[: quoted.start()])
            return
        words = _DOT_IN_DOMAIN.sub(r"\1.", _AROUND_AT.sub("@", one_line(phrase.replace('"', " ")))).split()
        name = comment or " ".join(word for word in words if "@" not in word)
        for word in words:
            if "@" in word:
                self._add(word, name)

    def _add(self, address: str, name: str) -> None:
        if clean := canonical(decode_words(address) if "=?" in address else address):
            read = one_line(decode_words(_QUOTED.sub(_unquoted, name)))
            self.found.append(MailAddress(clean, read.strip("'\" ")[:_LONGEST_NAME]))


def _routed(angle: str) -> str:
    """`<@a,@b:joe@c>` is joe@c."""
    text = angle.strip()
    return text.rpartition(":")[2] if text.startswith("@") else text


def _unquoted(match: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", match[1])
