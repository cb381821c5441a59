"""Which parts are the words of a mail, and which are files with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vaxel.channels.mail.reading.charsets import decoded
from vaxel.channels.mail.reading.embedded import Embedded, without_pictures
from vaxel.channels.mail.reading.limits import LONGEST_TEXT
from vaxel.channels.mail.reading.parts import Part
from vaxel.channels.mail.reading.texts import kept_text, unflowed

_WORDS: Final = {"text/plain", "text/html", "application/xhtml+xml"}
#: Plain text with a little markup, of before HTML mail.
_ENRICHED: Final = {"text/enriched", "text/richtext"}
_ENRICHED_TAG: Final = re.compile(r"<[^<>\n]{0,80}>")
_META_CHARSET: Final = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_LOOKS_LIKE_HTML: Final = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<p[ >]|<table)", re.IGNORECASE)
#: Four bytes a letter, at most.
_MOST_BYTES: Final = LONGEST_TEXT * 4


@dataclass(slots=True)
class Contents:
    """A mail's parts, sorted; `embedded` are pictures that stood in the HTML itself."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)


def sorted_parts(mail: Part) -> Contents:
    """Every leaf is in exactly one place."""
    contents = Contents()
    for part in mail.leaves():
        if not is_words(part):
            contents.files.append(part)
        elif part.content_type == "text/plain":
            _take_plain(part_text(part), part, contents)
        elif part.content_type in _ENRICHED:
            contents.plain.append(_ENRICHED_TAG.sub("", part_text(part)))
        else:
            _take_html(part, contents)
    if not contents.plain and not contents.html:
        _read_first_file(contents)
    return contents


def is_words(part: Part) -> bool:
    """True for a part that is meant to be read in place."""
    if part.content_type not in _WORDS | _ENRICHED:
        return False
    return part.disposition.value != "attachment" and not given_name(part)


def given_name(part: Part) -> str:
    """The file name that the mail gives, in either of the two places."""
    return part.disposition.get("filename") or part.type.get("name") or part.disposition.get("name")


def part_text(part: Part) -> str:
    """A plain part as text."""
    text = kept_text(decoded(part.content[:_MOST_BYTES], part.type.get("charset")))
    if part.type.get("format").lower() == "flowed":
        text = unflowed(text, delete_space=part.type.get("delsp").lower() == "yes")
    return text


def _take_html(part: Part, contents: Contents) -> None:
    """HTML may say its own charset, and holds pictures that are longer than its words."""
    data = part.content
    charset = part.type.get("charset")
    if not charset and (meta := _META_CHARSET.search(data[:4096])):
        charset = meta[1].decode("ascii")
    html, embedded = without_pictures(decoded(data, charset), before=len(contents.embedded))
    contents.html.append(kept_text(html))
    contents.embedded += embedded


def _take_plain(text: str, part: Part, contents: Contents) -> None:
    """Some programs send HTML and say that it is plain."""
    is_html = not part.type.get("charset") and part.parent_type != "multipart/alternative"
    if is_html and _LOOKS_LIKE_HTML.match(text) and "</" in text:
        contents.html.append(text)
    else:
        contents.plain.append(text)


def _read_first_file(contents: Contents) -> None:
    """A mail without words whose first text was sent as a file: it stays a file, and is read too."""
    for part in _readable_files(contents.files):
        if part.content_type == "text/html":
            _take_html(part, contents)
        else:
            contents.plain.append(part_text(part))
        return


def _readable_files(files: list[Part]) -> Iterator[Part]:
    return (
        part
        for part in files
        if part.content_type in {"text/plain", "text/html"} and part.disposition.value != "attachment"
    )
