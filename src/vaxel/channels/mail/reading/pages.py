"""The words of a mail in their two forms: safe HTML to be shown, and plain text to be folded, searched and answered."""

import re
from dataclasses import dataclass
from typing import Final

from vaxel.channels.mail.reading.bodies import Contents
from vaxel.channels.mail.reading.markup import bounded, clean, is_too_much, without_tags
from vaxel.channels.mail.reading.markup_text import text_of

#: What programs write instead of words where they send only HTML, and the places of pictures.
_PICTURE_PLACE: Final = re.compile(r"\[cid:[^\]\n]{0,300}\]", re.IGNORECASE)
_IMAGE_PLACE: Final = re.compile(r"\[image:[^\]\n]{0,300}\]", re.IGNORECASE)
_STUB: Final = re.compile(
    r"(?:html|mime)\b.{0,60}(?:e-?mail|mail|message|client|format|viewer|läsa|visa)", re.IGNORECASE
)
_LONGEST_STUB: Final = 300


@dataclass(frozen=True, slots=True)
class Page:
    """What the words of a mail became."""

    text: str
    html: str | None = None
    remote_images: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_page(contents: Contents) -> Page:
    """Both forms; the plain one is made from HTML where the mail brings none that is of use."""
    html = bounded("\n".join(contents.html))
    plain = _PICTURE_PLACE.sub("", "\n".join(contents.plain))
    if not html.strip():
        return Page(plain)
    if is_too_much(html):
        text = plain if _is_useful(plain) else without_tags(html)
        return Page(text, warnings=("Its HTML is too long or too deep to be shown.",))
    cleaned = clean(html)
    if _is_useful(plain):
        return Page(plain, cleaned.html, cleaned.remote_images)
    text = text_of(html)
    return Page(text if text.strip() else plain, cleaned.html, cleaned.remote_images)


def _is_useful(plain: str) -> bool:
    """True where the plain part says something of its own."""
    words = _IMAGE_PLACE.sub("", plain).strip()
    return bool(words) and not (len(words) < _LONGEST_STUB and _STUB.search(words))
