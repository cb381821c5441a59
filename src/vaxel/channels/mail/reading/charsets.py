"""Bytes to text, whatever the mail says they are. Nothing here raises, and no byte is lost silently."""

import codecs
import re
from functools import lru_cache
from typing import Final

#: Names that mail programs write, and the larger sets that they mean by them.
_MEANT: Final = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-8-i": "iso8859-8",
    "iso8859-8-e": "iso8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "iso2022_jp": "iso2022_jp_ext",
}
#: Spellings that Python does not know.
_SPELT: Final = {
    "8bit": "utf-8",
    "7bit": "utf-8",
    "unknown-8bit": "utf-8",
    "x-unknown": "utf-8",
    "default": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "cp-850": "cp850",
    "ansi": "cp1252",
    "x-sjis": "shift_jis",
    "x-gbk": "gbk",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "ks_c_5601-1987": "cp949",
    "windows-874": "cp874",
    "x-windows-949": "cp949",
}
#: Codecs of Python that read programs or addresses and not people's texts.
_NO_CHARSETS: Final = {"unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "undefined", "idna", "punycode"}
_WINDOWS: Final = re.compile(r"^(?:x-|ms-|ms)?(?:windows|win|cp|ansi)[-_ ]?(\d{3,4})$")
_ISO: Final = re.compile(r"^(?:x-)?iso[-_ ]?8859[-_ ](\d{1,2})(?:[-_:].*)?$")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
#: What UTF-8 looks like when it was read as Windows-1252: a lead byte of two or three and what may follow it.
_TWICE: Final = re.compile("[ÂÃâ][\u0080-¿‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]")
_JAPANESE: Final = re.compile(rb"\x1b(?:\$[@B]|\([JI])")


def decoded(data: bytes, charset: str = "") -> str:
    """The text of bytes; `charset` as the mail names it, or nothing where it does not."""
    codec = codec_of(charset)
    text = _strict(data, codec) if codec else None
    if text is None:
        text = _guessed(data)
    return _SURROGATES.sub("\ufffd", _read_once(text))


@lru_cache(maxsize=500)
def codec_of(charset: str) -> str:
    """The codec that reads what mails call this; empty where nobody knows."""
    name = charset.strip().strip("'\"").lower()
    name = _SPELT.get(name, name)
    if match := _WINDOWS.match(name):
        name = f"cp{match[1]}"
    elif match := _ISO.match(name):
        name = f"iso8859-{match[1]}"
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if not info._is_text_encoding or info.name in _NO_CHARSETS:  # noqa: SLF001  # there is no public name for it
        return ""
    return _MEANT.get(info.name, info.name)


def _strict(data: bytes, codec: str) -> str | None:
    """What the codec makes of it, bytes that it lacks read one by one; None where it is plainly another set."""
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError, LookupError):
        pass
    if codec == "utf-8" and not _is_mostly_utf8(data):
        return None
    if codec.startswith(("utf-8", "cp125", "iso8859", "mac", "koi8")):
        return data.decode(codec, _ONE_BY_ONE)
    return _other(data, codec)


def _other(data: bytes, codec: str) -> str | None:
    """Sets of several bytes: another one that fits whole is likelier than holes in this one."""
    for guess in ("utf-8", "utf-16-le") if codec.startswith("utf-16") else ("utf-8",):
        try:
            return data.decode(guess)
        except UnicodeError:
            continue
    try:
        return data.decode(codec, "replace")
    except (UnicodeError, ValueError, LookupError):
        return None


def _guessed(data: bytes) -> str:
    """No name, or a wrong one: what it reads as, Western European at last."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if _JAPANESE.search(data):
        return data.decode("iso2022_jp_ext", "replace")
    if _is_mostly_utf8(data):
        return data.decode("utf-8", _ONE_BY_ONE)
    return data.decode("cp1252", _ONE_BY_ONE)


def _is_mostly_utf8(data: bytes) -> bool:
    """True where at most one in ten of the bytes beyond ASCII does not fit."""
    beyond = len(data) - len(data.translate(None, bytes(range(128, 256))))
    broken = data.decode("utf-8", "replace").count("\ufffd") - data.count(b"\xef\xbf\xbd")
    return broken * 10 <= beyond


def _read_once(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 and written as UTF-8 once more, where the whole text was."""
    if len(_TWICE.findall(text[:20_000])) < 2:  # noqa: PLR2004  # one alone may be meant
        return text
    try:
        return text.encode("cp1252", _TO_BYTES).decode("utf-8")
    except UnicodeError:
        return text


def _byte_by_byte(error: UnicodeError) -> tuple[str, int]:
    """A byte that the codec lacks is read as Windows-1252, and as Latin-1 where that lacks it too."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeError:
        return byte.decode("latin-1"), error.start + 1


def _to_byte(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows-1252 leaves empty are controls of Latin-1."""
    if isinstance(error, UnicodeEncodeError) and 0x80 <= ord(error.object[error.start]) <= 0x9F:  # noqa: PLR2004
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


_ONE_BY_ONE: Final = "vaxel-byte-by-byte"
_TO_BYTES: Final = "vaxel-to-byte"
codecs.register_error(_ONE_BY_ONE, _byte_by_byte)
codecs.register_error(_TO_BYTES, _to_byte)
