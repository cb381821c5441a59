"""Secrets at rest: encrypted under keys derived from SECRET_KEY, other keys for each purpose.

What a former key (SECRET_KEY_FALLBACKS) has sealed is still opened; what is sealed anew is under the present one.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from django.conf import settings

from vaxel.kit.later import later

if TYPE_CHECKING:
    from cryptography import fernet
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    # 9 MB in a worker, whose mailboxes may have no secrets at all.
    fernet = later("cryptography.fernet")
    hashes = later("cryptography.hazmat.primitives.hashes")
    hkdf = later("cryptography.hazmat.primitives.kdf.hkdf")

_KEY_BYTES: Final = 32


class SealBrokenError(RuntimeError):
    """No key of ours opens it: SECRET_KEY was changed without keeping the old one, so it must be typed anew."""


def seal(values: Mapping[str, str], *, purpose: bytes) -> str:
    """Text that tells nothing without our key."""
    return fernet.MultiFernet(list(_keys(purpose))).encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(sealed: str, *, purpose: bytes) -> dict[str, str]:
    """What was sealed for this purpose; nothing for an empty text. Raises SealBrokenError."""
    if not sealed:
        return {}
    try:
        values: dict[str, str] = json.loads(fernet.MultiFernet(list(_keys(purpose))).decrypt(sealed.encode()))
    except fernet.InvalidToken as error:
        raise SealBrokenError from error
    return values


def _keys(purpose: bytes) -> "Iterator[fernet.Fernet]":
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        kdf = hkdf.HKDF(algorithm=hashes.SHA256(), length=_KEY_BYTES, salt=None, info=purpose)
        derived = kdf.derive(str(secret).encode())
        yield fernet.Fernet(base64.urlsafe_b64encode(derived))
