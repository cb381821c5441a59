"""A list of people as spreadsheets export it, read line by line: what each line says, and what is wrong with it. Pure.

Separators are told from the first line, columns from their headings in Swedish or English, in any order.
"""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

#: Lines of one list; a larger organisation sends several, or signs in by its own sign-in.
MOST_LINES: Final = 2000
#: Bytes of a file.
LARGEST: Final = 1_000_000
_HEADINGS: Final[Mapping[str, str]] = {
    "name": "name",
    "namn": "name",
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "mejl": "email",
    "e-post": "email",
    "epost": "email",
    "phone": "phone",
    "telephone": "phone",
    "telefon": "phone",
    "title": "title",
    "titel": "title",
    "language": "language",
    "språk": "language",
}
#: Letters that a person's name may have.
LONGEST_NAME: Final = 200
_LONGEST: Final[Mapping[str, int]] = {"name": LONGEST_NAME, "email": 254, "phone": 40, "title": 120}
_LANGUAGES: Final[Mapping[str, str]] = {"": "", "sv": "sv", "svenska": "sv", "en": "en", "engelska": "en"} | {
    "swedish": "sv",
    "english": "en",
}


#: What a mail program would make a link of, and HTML: no name holds it, and names greet people who asked for nothing.
_LINK: Final = re.compile(r"[/@\\<>]|www\.|[^\W_]{2,}\.[^\W\d_]{2,}", re.IGNORECASE)


class NameFault(StrEnum):
    """Why nobody is called so."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    #: Holds an address, or signs of one.
    ADDRESS = "address"


def fault_of_name(words: str, *, known: str = "") -> NameFault | None:
    """None for what somebody may be called; "Anna T. Ek" may be, an address may not (trust 19). What they are called
    already, `known`, they may go on being called.
    """
    if not words:
        return NameFault.MISSING
    if words == known:
        return None
    if len(words) > LONGEST_NAME:
        return NameFault.TOO_LONG
    return None if _LINK.search(words) is None else NameFault.ADDRESS


class LineFault(StrEnum):
    """What is wrong with a line."""

    NO_NAME = "no-name"
    #: The name holds an address, or signs of one.
    NOT_A_NAME = "not-a-name"
    LONG_NAME = "long-name"
    NO_ADDRESS = "no-address"
    TWICE = "twice"
    TOO_LONG = "too-long"
    UNKNOWN_LANGUAGE = "unknown-language"


class ListFault(StrEnum):
    """What is wrong with the list as a whole."""

    EMPTY = "empty"
    NO_HEADINGS = "no-headings"
    #: Headings and nothing below them.
    NOBODY = "nobody"
    TOO_LONG = "too-long"
    NOT_TEXT = "not-text"


class ListRefusedError(ValueError):
    """The list cannot be read at all."""

    def __init__(self, why: ListFault) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line: somebody to be let in."""

    #: As the spreadsheet counts, the headings being line 1.
    line: int
    name: str = ""
    email: str = ""
    phone: str = ""
    title: str = ""
    language: str = ""
    #: None when the line can be taken in.
    fault: LineFault | None = None
    #: Is there already, and stays as they are.
    known: bool = False


def text_of(content: bytes) -> str:
    """The file's text, as spreadsheets write it. Raises ListRefusedError for what is no text or too large."""
    if len(content) > LARGEST:
        raise ListRefusedError(ListFault.TOO_LONG)
    # "Unicode text" of a spreadsheet says by its first bytes what it is.
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListRefusedError(ListFault.NOT_TEXT)


def read_list(text: str, *, known: Collection[str]) -> Sequence[Listed]:
    """Everybody in the list; `known` are the addresses, in small letters, of those who are there already.

    Raises ListRefusedError when there is nothing to read.
    """
    lines = text.lstrip("\ufeff").strip("\r\n").splitlines()
    if not any(line.strip() for line in lines):
        raise ListRefusedError(ListFault.EMPTY)
    if len(lines) > MOST_LINES + 1:
        raise ListRefusedError(ListFault.TOO_LONG)
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=_separator(lines[0]))
    try:
        columns = [_HEADINGS.get(heading.strip().lower(), "") for heading in next(rows)]
        if not {"name", "email"} <= set(columns):
            raise ListRefusedError(ListFault.NO_HEADINGS)
        found = tuple(_people(rows, columns, known=known))
    except csv.Error as error:  # a quotation mark that never ends makes one cell of all that follows
        raise ListRefusedError(ListFault.NOT_TEXT) from error
    if not found:
        raise ListRefusedError(ListFault.NOBODY)
    return found


def _separator(first_line: str) -> str:
    return max(";\t,", key=first_line.count)


def _people(rows: Iterator[list[str]], columns: Sequence[str], *, known: Collection[str]) -> Iterator[Listed]:
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        said = {name: one_line(cell) for name, cell in zip(columns, row, strict=False) if name}
        said["email"] = said.get("email", "").lower()
        fault = _fault(said, seen=seen)
        seen.add(said["email"])
        said["language"] = _LANGUAGES.get(said.get("language", "").lower(), "")
        yield Listed(line=line, fault=fault, known=fault is None and said["email"] in known, **said)


def one_line(cell: str) -> str:
    """Without signs that nobody sees: one that turns the direction would turn every sentence that names the person."""
    seen = (letter for letter in cell if category(letter) != "Cf")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in seen).split())


def _fault(said: Mapping[str, str], *, seen: Collection[str]) -> LineFault | None:
    try:
        validate_email(said["email"])
    except ValidationError:
        return LineFault.NO_ADDRESS
    of_name = fault_of_name(said.get("name", ""))
    faults = {
        LineFault.NO_NAME: of_name is NameFault.MISSING,
        LineFault.NOT_A_NAME: of_name is NameFault.ADDRESS,
        LineFault.LONG_NAME: of_name is NameFault.TOO_LONG,
        LineFault.TWICE: said["email"] in seen,
        LineFault.TOO_LONG: any(len(said.get(name, "")) > most for name, most in _LONGEST.items()),
        LineFault.UNKNOWN_LANGUAGE: said.get("language", "").lower() not in _LANGUAGES,
    }
    return next((fault for fault, is_so in faults.items() if is_so), None)
