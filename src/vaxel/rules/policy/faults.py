"""What is wrong with a policy file, told so that its writer can mend it: place, cause, what is allowed there."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, overload

from vaxel.rules.sentences import Sentence, finished, say

#: Where in the file: the keys and indexes that lead there, as ("routes", 3, "when", "plan").
Path = tuple[str | int, ...]

_LISTED_AT_MOST: Final = 30


#: What is said of a fault. Plain text is the same in every language: names of the file, words of English commands.
Words = Sentence | str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `line` counts from 1; None when the place is the file as a whole."""

    path: Path
    problem: Words
    allowed: tuple[Words, ...] = ()
    nearest: str | None = None
    line: int | None = None
    rule: str | None = None

    def told(self, source: str, language: str = "en") -> str:
        """The fault as one line of text: `source:line: place: problem Allowed: …`."""
        where = source if self.line is None else f"{source}:{self.line}"
        place = place_of(self.path, self.rule)
        what = in_language(with_allowed(self.problem, nearest=self.nearest, allowed=self.allowed), language)
        return f"{where}: {place}: {what}" if place else f"{where}: {what}"


class PolicyFaultsError(ValueError):
    """The file is no policy. `faults` holds every fault found, in the order of the file.

    Each step of reading needs the one before it to be whole: `ahead` tells what has not been looked at yet.
    """

    def __init__(self, faults: Iterable[Fault], source: str, *, ahead: Sentence) -> None:
        self.faults = tuple(faults)
        self.source = source
        self.ahead = ahead
        super().__init__("\n".join(fault.told(source) for fault in self.faults))


class FaultList:
    """Collects faults, so that one reading tells them all."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, path: Path, problem: Words, *, allowed: Iterable[Words] = (), nearest: str | None = None) -> None:
        self._faults.append(Fault(path, problem, tuple(allowed), nearest))

    def add_unknown(self, path: Path, value: str, what: Words, *, allowed: Iterable[str]) -> None:
        """`value` stands where only the names in `allowed` mean something."""
        known = tuple(allowed)
        self._faults.append(Fault(path, say("unknown", value=value, what=what), known, nearest(value, known)))

    def __bool__(self) -> bool:
        return bool(self._faults)

    def all(self) -> tuple[Fault, ...]:
        """Every fault once: several rules of the reader may meet the same one."""
        return tuple(dict.fromkeys(self._faults))


def nearest(value: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The known name whose spelling is close enough to be what was meant; `likeness` is from 0 to 1."""
    close = get_close_matches(value.lower(), list(known), n=1, cutoff=likeness)
    return close[0] if close else None


@overload
def with_allowed(problem: Sentence, *, nearest: str | None, allowed: tuple[Words, ...]) -> Sentence: ...
@overload
def with_allowed(problem: Words, *, nearest: str | None, allowed: tuple[Words, ...]) -> Words: ...
def with_allowed(problem: Words, *, nearest: str | None, allowed: tuple[Words, ...]) -> Words:
    """What is wrong, what was perhaps meant, and what is allowed instead: `problem Did you mean "…"? Allowed: ….`"""
    if nearest:
        problem = say("fault.both", one=problem, other=say("fault.nearest", near=nearest))
    if allowed:
        problem = say("fault.both", one=problem, other=say("fault.allowed", names=_listed(allowed)))
    return problem


def in_language(words: Words, language: str) -> str:
    return words if isinstance(words, str) else words.in_(language)


def sentence(message: str) -> str:
    """A message of a library or a validator as one sentence: a capital first, an end last."""
    return finished(message.removeprefix("Value error, "))


def place_of(path: Path, rule: str | None = None) -> str:
    """("routes", 3, "when", "plan") as `routes 4 › when › plan`, with the rule's name when it has one."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1] if words else ''} {step + 1}".strip()]
            if rule is not None and len(words) == 1:
                words[0] = f'{words[0]} "{rule}"'
        else:
            words.append(step)
    return " › ".join(words)


def _listed(names: tuple[Words, ...]) -> Sentence | tuple[Words, ...]:
    if len(names) <= _LISTED_AT_MOST:
        return names
    return say("fault.and-more", names=names[:_LISTED_AT_MOST], more=len(names) - _LISTED_AT_MOST)
