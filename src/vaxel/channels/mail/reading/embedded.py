"""Pictures that are written into HTML as data become files of the mail, as they would be in any other mail."""

import re
from dataclasses import dataclass
from typing import Final

from vaxel.channels.mail.reading.words import from_base64

_PICTURE: Final = re.compile(r"data:(image/(?:png|jpe?g|gif|webp|bmp));base64,([A-Za-z0-9+/=\s]{2000,})", re.IGNORECASE)
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Embedded:
    """One picture, and the id by which the HTML shows it now."""

    content_id: str
    content_type: str
    content: bytes


def without_pictures(html: str, *, before: int) -> tuple[str, list[Embedded]]:
    """The HTML with `cid:` in place of all but the smallest pictures, and the pictures.

    `before` is how many the mail's earlier HTML had: ids and the most are the whole mail's.

    Before the HTML is bounded: a picture of the screen is longer than all the words beside it.
    """
    found: list[Embedded] = []

    def lift(match: re.Match[str]) -> str:
        number = before + len(found)
        if number >= _MOST:
            return match[0]
        content_id = f"vaxel-embedded-{number}"
        found.append(
            Embedded(content_id, match[1].lower().replace("jpg", "jpeg"), from_base64(match[2].encode("ascii")))
        )
        return f"cid:{content_id}"

    return _PICTURE.sub(lift, html), found
