"""Identifiers that nobody can guess."""

import secrets

#: Lower-case letters and digits without the look-alikes i, l, o, 0 and 1.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
#: 27 characters of this alphabet carry 133 bits; a secret in an address needs 128 (trust 3, 55).
PUBLIC_ID_LENGTH = 27


def new_public_id() -> str:
    """A random identifier that may stand in an address."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
