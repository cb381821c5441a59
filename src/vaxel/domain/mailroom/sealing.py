"""Passwords and tokens of mailboxes at rest (`kit.sealing`)."""

from collections.abc import Mapping
from typing import Final

from vaxel.kit import sealing
from vaxel.kit.sealing import SealBrokenError

__all__ = ["SealBrokenError", "seal", "unseal"]

_PURPOSE: Final = b"vaxel mailbox secrets"


def seal(values: Mapping[str, str]) -> str:
    """Text that tells nothing without our key."""
    return sealing.seal(values, purpose=_PURPOSE)


def unseal(sealed: str) -> dict[str, str]:
    """What was sealed; nothing for an empty text. Raises SealBrokenError."""
    return sealing.unseal(sealed, purpose=_PURPOSE)
