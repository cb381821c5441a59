"""Numbers in what somebody sent: an id, a version, a page."""

from typing import Final

#: No row has a larger id, and PostgreSQL's `bigint` still takes it.
_LARGEST: Final = 10**18 - 1


def number_in(text: str, *, most: int = _LARGEST) -> int | None:
    """The whole number, 0 or more, that the text is in ASCII digits; None for anything else and beyond `most`."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None
