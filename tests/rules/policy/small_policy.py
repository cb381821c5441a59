"""The smallest policy worth deciding by, and ways to change it, for tests."""

from pathlib import Path
from typing import Final

from vaxel.rules.policy import PolicyFaultsError, check, read_policy

SMALL: Final = (Path(__file__).parent / "small.toml").read_text("utf-8")
DESKS: Final = Path(__file__).parents[3] / "examples" / "desks"


def changed(*replacements: tuple[str, str], added: str = "") -> str:
    """The small policy with words replaced, each of which must be there, and more TOML at its end."""
    text = SMALL
    for old, new in replacements:
        assert old in text, f"{old!r} is not in the small policy"
        text = text.replace(old, new, 1)
    return f"{text}\n{added}"


def faults_of(text: str | bytes) -> list[str]:
    """What the reader, or else the checker, says about the file, without the lines' numbers."""
    try:
        policy = read_policy(text, source="p.toml")
    except PolicyFaultsError as error:
        return [fault.told("p.toml") for fault in error.faults]
    return [fault.told("p.toml") for fault in check(policy, text=str(text), source="p.toml").faults]
