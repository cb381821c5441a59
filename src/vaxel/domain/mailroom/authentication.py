"""What the receiving server found out about a sender (RFC 8601); pure.

Anybody can write an Authentication-Results header. Only the topmost one that carries the configured server's name
counts: the server put it above everything that came with the mail (trust 9). Within it, only DMARC says something
about the address that people see.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

#: `unknown`: nobody whose word counts has said anything. `none`: the domain has no DMARC policy.
Authentication = Literal["pass", "fail", "none", "unknown"]

#: For servers that write no name of their own before the results, as Microsoft 365 does.
NAMELESS: Final = "-"
_LONGEST: Final = 10_000
#: A quoted string, a comment's bracket, a separator, or a run of anything else; each is read once, so this is linear.
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[()]|[;=]|[^\s"();=]+|"')
_SAID: Final[dict[str, Authentication]] = {
    "pass": "pass",
    "bestguesspass": "none",
    "none": "none",
    "fail": "fail",
    "permerror": "fail",
    "temperror": "unknown",
}


def authentication(headers: Sequence[str], *, authserv_id: str, domain: str) -> Authentication:
    """The verdict on a mail whose From is at `domain`.

    A pass for another domain is none for this one. Where no server is configured nothing passes; a failure is
    believed from the topmost header even so, since nobody gains by forging one.
    """
    wanted = authserv_id.strip().lower()
    if not wanted:
        verdict = _dmarc(headers[0], domain=domain) if headers else "unknown"
        return "fail" if verdict == "fail" else "unknown"
    ours = next((header for header in headers if _server(header) == wanted), None)
    return "unknown" if ours is None else _dmarc(ours, domain=domain)


def _server(header: str) -> str:
    """The name before the first semicolon, without a version after it; a result in its place means no name."""
    first = next(_statements(header), [])
    return NAMELESS if not first or "=" in first else first[0].lower()


def _dmarc(header: str, *, domain: str) -> Authentication:
    """The worst that is said of DMARC: somebody who smuggles a pass into the header does not unsay a failure."""
    said = {_verdict(words, domain=domain) for words in _statements(header) if words[:2] == ["dmarc", "="]}
    order: tuple[Authentication, ...] = ("fail", "unknown", "none", "pass")
    return next((verdict for verdict in order if verdict in said), "unknown")


def _verdict(words: list[str], *, domain: str) -> Authentication:
    verdict = _SAID.get("".join(words[2:3]).lower(), "unknown")
    about = _value(words, "header.from")
    return "fail" if verdict == "pass" and about not in {"", domain.lower()} else verdict


def _value(words: list[str], name: str) -> str:
    """What stands after `name=`."""
    at = next((number for number, word in enumerate(words) if word.lower() == name), len(words))
    return words[at + 2].lower().rstrip(".") if words[at + 1 : at + 2] == ["="] and len(words) > at + 2 else ""


def _statements(header: str) -> Iterator[list[str]]:
    """The parts between semicolons as lists of words, comments left out. Method names are lower-cased."""
    words: list[str] = []
    depth = 0
    for piece in _TOKEN.findall(header[:_LONGEST]):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif piece == ";":
            yield words
            words = []
        else:
            word = piece.strip('"') if len(piece) > 1 else piece
            words.append(word if words else word.lower())
    if words:
        yield words
