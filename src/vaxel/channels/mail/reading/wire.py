"""A `Mail` as data, between the child process that read it and the process that asked.

JSON, and after it the bytes of the attachments. Not pickle, and checked strictly when it arrives: the child has read
what strangers sent, and whoever breaks it must get no more than a strange mail out of it.
"""

import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pydantic import TypeAdapter, ValidationError

from vaxel.kit.mail import Mail

#: A length before whatever follows: eight bytes, big-endian.
LENGTH: Final = struct.Struct(">Q")
#: No honest answer is longer than this: texts and HTML are capped, and attachments are parts of the mail.
LONGEST_HEAD: Final = 24 * 1024 * 1024

_MAIL: Final = TypeAdapter(Mail)
_SIZES: Final = TypeAdapter(tuple[int, ...])


class WireError(ValueError):
    """What came over the wire is not a mail."""


def frames(mail: Mail) -> list[bytes]:
    """The mail as what goes over the wire, piece by piece: an attachment's bytes are not copied."""
    contents = [attachment.content for attachment in mail.attachments]
    bare = tuple(replace(attachment, content=b"") for attachment in mail.attachments)
    head = _MAIL.dump_json(replace(mail, attachments=bare))
    sizes = _SIZES.dump_json(tuple(len(content) for content in contents))
    return [LENGTH.pack(len(head)), head, LENGTH.pack(len(sizes)), sizes, *contents]


def mail_from(receive: Callable[[int], bytes], *, most: int) -> Mail:
    """Take a mail off the wire; `receive(n)` gives exactly n bytes.

    `most` bounds the attachments together, in bytes. Raises `WireError` for anything that is not a mail.
    """
    try:
        bare = _MAIL.validate_json(_piece(receive), strict=True)
        sizes = _SIZES.validate_json(_piece(receive), strict=True)
    except ValidationError as error:
        raise WireError("the answer is no mail") from error
    if len(sizes) != len(bare.attachments) or min(sizes, default=0) < 0 or sum(sizes) > most:
        raise WireError("the attachments do not fit the mail")
    pairs = zip(bare.attachments, sizes, strict=True)
    attachments = tuple(replace(attachment, content=receive(size)) for attachment, size in pairs)
    return replace(bare, attachments=attachments)


def _piece(receive: Callable[[int], bytes]) -> bytes:
    (length,) = LENGTH.unpack(receive(LENGTH.size))
    if length > LONGEST_HEAD:
        raise WireError("the answer is too long")
    return receive(length)
