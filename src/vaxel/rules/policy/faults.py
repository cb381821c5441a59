"""What is wrong with a policy file, told so that its writer can mend it: place, cause, what is allowed there."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

Path = tuple[str | int, ...]
"""Where in the file: the keys and indexes that lead there, as ("routes", 3, "when", "plan")."""

_LISTED_AT_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `line` counts from 1; None when the place is the file as a whole."""

    path: Path
    problem: str
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    line: int | None = None
    rule: str | None = None

    def told(self, source: str) -> str:
        """The fault as one line of text: `source:line: place: problem Allowed: …`."""
        where = source if self.line is None else f"{source}:{self.line}"
        place = place_of(self.path, self.rule)
        parts = [f"{where}: {place}: {self.problem}" if place else f"{where}: {self.problem}"]
        if self.nearest:
            parts.append(f'Did you mean "{self.nearest}"?')
        if self.allowed:
            parts.append(f"Allowed: {_listed(self.allowed)}.")
        return " ".join(parts)


class PolicyFaultsError(ValueError):
    """The file is no policy. `faults` holds every fault found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault], source: str) -> None:
        self.faults = tuple(faults)
        self.source = source
        super().__init__("\n".join(fault.told(source) for fault in self.faults))


class FaultList:
    """Collects faults, so that one reading tells them all."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, path: Path, problem: str, *, allowed: Iterable[str] = ()) -> None:
        self._faults.append(Fault(path, problem, tuple(allowed)))

    def add_unknown(self, path: Path, value: str, what: str, *, allowed: Iterable[str]) -> None:
        """`value` stands where only the names in `allowed` mean something."""
        known = tuple(allowed)
        self._faults.append(Fault(path, f'"{value}" is not {what}.', known, nearest(value, known)))

    def __bool__(self) -> bool:
        return bool(self._faults)

    def all(self) -> tuple[Fault, ...]:
        """Every fault once: several rules of the reader may meet the same one."""
        return tuple(dict.fromkeys(self._faults))


def nearest(value: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The known name whose spelling is close enough to be what was meant; `likeness` is from 0 to 1."""
    close = get_close_matches(value.lower(), list(known), n=1, cutoff=likeness)
    return close[0] if close else None


def sentence(message: str) -> str:
    """A message of a library or a validator as one sentence: a capital first, an end last."""
    message = message.removeprefix("Value error, ").strip()
    end = "" if message.endswith((".", "?")) else "."
    return f"{message[:1].upper()}{message[1:]}{end}"


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


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_LISTED_AT_MOST])
    return shown if len(names) <= _LISTED_AT_MOST else f"{shown} and {len(names) - _LISTED_AT_MOST} more"
