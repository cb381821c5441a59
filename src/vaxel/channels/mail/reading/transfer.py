"""Transfer encodings: what the bytes of a part were before they were made fit for mail."""

import binascii
import re
from typing import Final

from vaxel.channels.mail.reading.words import from_base64

#: A soft line break with spaces after it, which a gateway added.
_SOFT_BREAK: Final = re.compile(rb"=[ \t]+(?=\r?\n)")
_BASE64: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t ")
_NOT_BASE64: Final = bytes(set(range(256)) - _BASE64)
#: Whole lines of Base64, until one that ends it.
_ENCODED_LINES: Final = re.compile(rb"\s*+(?:[A-Za-z0-9+/]{4,}+={0,2}[ \t]*+\r?(?:\n|\Z))++")
#: Two words beside each other, which Base64 never holds.
_WORDS: Final = re.compile(rb"[A-Za-z]{2} [A-Za-z]{2}")
_UU_BEGIN: Final = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ?([^\r\n]*)\r?\n", re.MULTILINE)
_UU_END: Final = re.compile(rb"^(?:end|====)[ \t]*\r?$", re.MULTILINE)


def transfer_decoded(body: bytes, encoding: str, *, is_text: bool = False) -> bytes:
    """The bytes that were meant. Without a known encoding they are what they are.

    `is_text` is for parts that people read: what a gateway wrote under the encoded text is kept.
    """
    name = encoding.split(";", maxsplit=1)[0].split("(", maxsplit=1)[0].strip().strip("\"'").lower()
    if name in {"base64", "base-64", "b"}:
        return _base64_text(body) if is_text else _base64(body)
    if name in {"quoted-printable", "quoted_printable", "qp", "q"}:
        return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", body))
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _uu(body)
    return body


def _base64(body: bytes) -> bytes:
    """Text that only claims to be Base64 stays as it is."""
    strange = len(body) - len(body.translate(None, _NOT_BASE64))
    if strange * 10 > len(body) or (body.count(b" ") * 8 > len(body) and strange):
        return body
    return from_base64(body)


def _base64_text(body: bytes) -> bytes:
    """A footer in plain words may stand under the encoded lines; words alone are no Base64."""
    lines = _ENCODED_LINES.match(body)
    if lines is None:
        return body if _WORDS.search(body[:10_000]) else _base64(body)
    rest = body[lines.end() :]
    return _base64(body) if not _WORDS.search(rest[:10_000]) else from_base64(lines[0]) + b"\n" + rest


def _uu(body: bytes) -> bytes:
    begin = _UU_BEGIN.search(body)
    if begin is None:
        return body
    end = _UU_END.search(body, begin.end())
    return uu_decoded(body[begin.end() : end.start() if end else len(body)])


def uu_decoded(lines: bytes) -> bytes:
    """The lines between `begin` and `end`."""
    data = bytearray()
    for line in lines.splitlines():
        try:
            data += binascii.a2b_uu(line)
        except binascii.Error:
            # Some programs count a line longer than it is: as many letters as its first one says are meant.
            most = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                data += binascii.a2b_uu(line[:most])
            except binascii.Error:
                continue
    return bytes(data)
