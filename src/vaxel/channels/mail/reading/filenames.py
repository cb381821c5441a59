"""Names of files that are fit for any disk and any page (trust 36): normalised first, then checked."""

import mimetypes
import re
import unicodedata
from typing import Final

from vaxel.channels.mail.reading.words import one_line

#: Separators of paths, and what Windows forbids.
_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|\u2044\u2215\uff0f\uff3c]')
#: Names of Windows' devices, with any ending.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST: Final = 255
#: Left free for what keeps two files of one name apart.
_ROOM: Final = 8
_LONGEST_ENDING: Final = 24
#: Characters of a given name that are looked at; its ending is among them in any name that people write.
_LONGEST_GIVEN: Final = 2_000
#: Python's own table alone: what a machine has installed must not change names.
_TYPES: Final = mimetypes.MimeTypes()
_ENDINGS: Final = {
    "message/rfc822": ".eml",
    "text/rfc822-headers": ".txt",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/calendar": ".ics",
    "application/ics": ".ics",
    "text/x-vcard": ".vcf",
    "text/directory": ".vcf",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "text/plain": ".txt",
}
_STEMS: Final = {
    "text/calendar": "invite",
    "application/ms-tnef": "winmail",
    "application/pkcs7-mime": "smime",
    "application/x-pkcs7-mime": "smime",
    "application/pkcs7-signature": "smime",
    "application/x-pkcs7-signature": "smime",
    "application/pgp-signature": "signature",
}


def file_name(given: str, *, content_type: str) -> str:
    """The name that the mail gives, made safe; one made from the type where it gives none."""
    clean = _safe(given)
    return _fitting(clean or _made_up(content_type), _LONGEST - _ROOM)


def unique(name: str, taken: set[str]) -> str:
    """The name, with a number where another file has it already; `taken` holds what is taken, without case."""
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        stem, ending = _parts(name)
        candidate = f"{stem} ({number}){ending}"
    taken.add(candidate.casefold())
    return candidate


def _safe(given: str) -> str:
    # Marks on one letter are put in order when it is normalised, which is quadratic.
    text = one_line(unicodedata.normalize("NFC", given[:_LONGEST_GIVEN]))
    text = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    text = _FORBIDDEN.sub("_", text).strip(". ")
    if not text.strip("_ "):
        return ""
    return f"_{text}" if _DEVICES.match(text) else text


def _made_up(content_type: str) -> str:
    ending = _ENDINGS.get(content_type) or _TYPES.guess_extension(content_type) or ".bin"
    main = content_type.partition("/")[0]
    return _STEMS.get(content_type, {"image": "image", "message": "message"}.get(main, "attachment")) + ending


def _fitting(name: str, most: int) -> str:
    """At most so many bytes; the ending stays, for it says what the file is."""
    if len(name.encode()) <= most:
        return name
    stem, ending = _parts(name)
    room = most - len(ending.encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return (cut or "_") + ending


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending.encode()) > _LONGEST_ENDING:
        return name, ""
    return stem, f".{ending}"
