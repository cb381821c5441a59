"""Parts that are kept as files, each with a safe name, its type, and whether it is shown in place."""

import hashlib
import re
import struct
from typing import Final

from vaxel.channels.mail.reading.bodies import Contents, given_name
from vaxel.channels.mail.reading.embedded import Embedded
from vaxel.channels.mail.reading.filenames import file_name, unique
from vaxel.channels.mail.reading.headers import read_headers
from vaxel.channels.mail.reading.parts import Part
from vaxel.channels.mail.reading.words import one_line
from vaxel.kit.mail import MailAttachment

_CID: Final = re.compile(r"cid:([^\s\"'<>)\]]{1,200})", re.IGNORECASE)
#: A picture of at most so many bytes and pixels, shown in place, is part of a signature or a letterhead.
_DECORATION_BYTES: Final = 12_000
_DECORATION_HEIGHT: Final = 120
_DECORATION_WIDTH: Final = 400
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_GIF: Final = (b"GIF87a", b"GIF89a")


def attachments(contents: Contents, *, html: str) -> tuple[MailAttachment, ...]:
    """The files in the mail's order; the HTML and the plain texts tell which of them are shown in place."""
    shown = {match[1].lower() for text in (html, *contents.plain) for match in _CID.finditer(text)}
    taken: set[str] = set()
    sent = [_attachment(part, shown, taken) for part in contents.files]
    return (*sent, *(_embedded(picture, taken) for picture in contents.embedded))


def _embedded(picture: Embedded, taken: set[str]) -> MailAttachment:
    return MailAttachment(
        name=unique(file_name("", content_type=picture.content_type), taken),
        content_type=picture.content_type,
        content=picture.content,
        sha256=hashlib.sha256(picture.content).hexdigest(),
        content_id=picture.content_id,
        is_inline=True,
    )


def _attachment(part: Part, shown: set[str], taken: set[str]) -> MailAttachment:
    content = part.content
    name = unique(file_name(given_name(part) or _inner_subject(part, content), content_type=part.content_type), taken)
    cid = one_line(part.headers.first("content-id")).strip("<> ")[:200]
    is_inline = bool(cid and cid.lower() in shown) or _is_meant_inline(part, cid)
    return MailAttachment(
        name=name,
        content_type=part.content_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        content_id=cid if is_inline else "",
        is_inline=is_inline,
        is_decoration=is_inline and _is_decoration(part, content),
    )


def _is_meant_inline(part: Part, cid: str) -> bool:
    """A picture that belongs to the HTML beside it."""
    is_picture = part.content_type.startswith("image/")
    return (
        is_picture and part.disposition.value != "attachment" and bool(cid) and part.parent_type == "multipart/related"
    )


def _inner_subject(part: Part, content: bytes) -> str:
    """An attached mail is called as its subject."""
    if part.content_type != "message/rfc822":
        return ""
    headers, _ = read_headers(content, 0, min(len(content), 100_000))
    subject = headers.text("subject")
    return f"{subject[:120]}.eml" if subject else ""


def _is_decoration(part: Part, content: bytes) -> bool:
    if not part.content_type.startswith("image/") or len(content) > _DECORATION_BYTES:
        return False
    width, height = _pixels(content)
    return width <= _DECORATION_WIDTH and height <= _DECORATION_HEIGHT


def _pixels(content: bytes) -> tuple[int, int]:
    """Width and height where the first bytes tell them, else 0."""
    if content.startswith(_PNG) and len(content) >= 24:  # noqa: PLR2004  # the first chunk's two numbers
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(_GIF) and len(content) >= 10:  # noqa: PLR2004  # the screen's two numbers
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    return 0, 0
