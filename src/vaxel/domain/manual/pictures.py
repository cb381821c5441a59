"""Pictures and short films of the manual: checked by their bytes, stored once per desk and content (trust 35).

They lie in the database: they are few, they are published together with the text that shows them, and a backup or
another machine has them without further ado.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left
from django.utils.text import slugify

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.body import references
from vaxel.domain.manual.models import ArticleText, Picture

#: How each kind that browsers draw begins, from which byte on; nothing that can hold a script is among them.
_KINDS: Final = {
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",), 0),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",), 0),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",), 0),
    ".gif": ("image/gif", (b"GIF87a", b"GIF89a"), 0),
    ".webp": ("image/webp", (b"WEBP",), 8),
    ".mp4": ("video/mp4", (b"ftyp",), 4),
    ".webm": ("video/webm", (b"\x1a\x45\xdf\xa3",), 0),
}
#: Bytes. A film of a minute fits; a longer one belongs with somebody who streams it.
LARGEST: Final = 10_000_000
#: Characters of the digest in an uploaded picture's name.
_NAMED_BY: Final = 16
_UPLOADED: Final = re.compile(rf"-([0-9a-f]{{{_NAMED_BY}}})\.\w+$")


class PictureError(ValueError):
    """The file cannot be a picture of the manual; the message says why."""


def content_type_of(name: str, content: bytes) -> str:
    """What browsers are told the file is. Raises PictureError when the bytes are not what the name says."""
    kind = _KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise PictureError(f"{name} is not a picture that browsers show: use {', '.join(sorted(_KINDS))}")
    content_type, beginnings, skipped = kind
    if not content[skipped:].startswith(beginnings):
        raise PictureError(f"{name} does not hold what its name says ({content_type})")
    if len(content) > LARGEST:
        raise PictureError(f"{name} has {len(content)} bytes; a picture or film has at most {LARGEST}")
    return content_type


def keep_picture(*, desk_id: int, name: str, content: bytes, now: datetime) -> str:
    """Store the bytes, unless the desk has them, and give their digest. Raises PictureError."""
    content_type = content_type_of(name, content)
    digest = hashlib.sha256(content).hexdigest()
    Picture.unscoped.get_or_create(
        desk_id=desk_id,
        sha256=digest,
        defaults={"content": content, "content_type": content_type, "created_at": now},
    )
    return digest


def path_of(name: str, digest: str) -> str:
    """What the Markdown calls a picture that was uploaded: unlike any other's, and told apart by its content.

    `Ny mall.PNG` is `bilder/ny-mall-0123456789abcdef.png`.
    """
    file = PurePath(name)
    return f"bilder/{slugify(file.stem)[:60] or 'bild'}-{digest[:_NAMED_BY]}{file.suffix.lower()}"


def pictures_in(markdown: str, *, desk_id: int, known: Mapping[str, str]) -> dict[str, str]:
    """The pictures that the Markdown names: digest by path, from `known` or by what `path_of` made of an upload.

    A path that means no picture of the desk is left out. At most one query. Raises BodyTooLongError.
    """
    paths = {one.path for one in references(markdown) if one.is_picture}
    named = {path: match[1] for path in paths - known.keys() if (match := _UPLOADED.search(path))}
    stored = Picture.unscoped.filter(desk=desk_id).annotate(beginning=Left("sha256", _NAMED_BY))
    found = dict(stored.filter(beginning__in=named.values()).values_list("beginning", "sha256")) if named else {}
    return {
        **{path: known[path] for path in paths & known.keys()},
        **{path: found[beginning] for path, beginning in named.items() if beginning in found},
    }


def content_of(*, desk_id: int, digest: str) -> bytes | None:
    """The bytes of a picture of the desk."""
    content = Picture.unscoped.filter(desk=desk_id, sha256=digest).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def readable_picture(reader: ManualReader, *, digest: str) -> Picture | None:
    """A picture that some article shows which this reader may read; staff see those of drafts too."""
    pictures = Picture.unscoped.filter(desk=reader.desk_id, sha256=digest)
    if not reader.is_staff:
        shows = ArticleText.readable.by(reader).filter(live__shows__contains=[digest])
        pictures = pictures.filter(Exists(shows.filter(desk=OuterRef("desk"))))
    return pictures.first()
