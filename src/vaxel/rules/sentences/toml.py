"""What keeps a file from being read at all: its bytes, and where it is no TOML."""

from collections.abc import Mapping
from typing import Final

TOML: Final[Mapping[str, Mapping[str, str]]] = {
    "file.too-large": {
        "sv": "Filen är {size} byte stor. En policy får vara högst {most}.",
        "en": "The file has {size} bytes; a policy has at most {most}.",
    },
    "file.not-utf8": {
        "sv": "Byte {byte} är inte UTF-8. Spara filen som text i UTF-8.",
        "en": "Byte {byte} is not UTF-8: save the file as UTF-8 text.",
    },
    "file.not-toml": {"sv": "Det här är inte TOML: {problem}.", "en": "This is not TOML: {problem}."},
    "file.hidden-character": {
        "sv": "Texten har ett tecken som ingen ser (U+{code}). Ta bort det.",
        "en": "The text has a character that nobody sees (U+{code}): remove it.",
    },
    "file.out-of-bounds": {
        "sv": "Det här är inte TOML som går att läsa. Ett värde är för stort, eller för djupt inne i andra.",
        "en": "This is not TOML that can be read: a value is out of bounds.",
    },
    "toml.behind-value": {
        "sv": "nyckeln står redan för ett värde, så inget kan stå under den",
        "en": "an object other than list found behind this key",
    },
    "toml.declared-twice": {"sv": "{found} står två gånger", "en": "cannot declare {found} twice"},
    "toml.closed-table": {
        "sv": "tabellen {found} är redan skriven färdig på en rad",
        "en": "cannot mutate immutable namespace {found}",
    },
    "toml.value-twice": {"sv": "nyckeln har redan ett värde", "en": "cannot overwrite a value"},
    "toml.table-twice": {"sv": "tabellen {found} finns redan", "en": "cannot redefine namespace {found}"},
    "toml.key-twice": {
        "sv": "nyckeln {found} står två gånger i samma tabell",
        "en": "duplicate inline table key {found}",
    },
    "toml.no-letter": {
        "sv": r"tecknet efter \u eller \U finns inte",
        "en": "escaped character is not a Unicode scalar value",
    },
    "toml.no-equals": {
        "sv": "det saknas ett = efter nyckeln",
        "en": "expected '=' after a key in a key/value pair",
    },
    "toml.open-header": {
        "sv": "rubriken på en tabell slutar med ]",
        "en": "expected ']' at the end of a table declaration",
    },
    "toml.open-list-header": {
        "sv": "rubriken på en lista av tabeller slutar med ]]",
        "en": "expected ']]' at the end of an array declaration",
    },
    "toml.more-on-the-line": {
        "sv": "raden borde ta slut här, men det står mer på den",
        "en": "expected newline or end of document after a statement",
    },
    "toml.lacking": {"sv": "{found} saknas här", "en": "expected {found}"},
    "toml.forbidden-character": {
        "sv": "tecknet {found} får inte stå här",
        "en": "found invalid character {found}",
    },
    "toml.control-character": {"sv": "tecknet {found} får inte finnas i filen", "en": "illegal character {found}"},
    "toml.no-date": {
        "sv": "datumet eller tiden finns inte i almanackan",
        "en": "invalid date or datetime",
    },
    "toml.no-hex": {
        "sv": r"efter \u står fyra tecken, 0–9 och a–f, och efter \U åtta",
        "en": "invalid hex value",
    },
    "toml.no-key": {
        "sv": "en nyckel kan inte börja så. Sätt den inom citattecken",
        "en": "invalid initial character for a key part",
    },
    "toml.no-statement": {
        "sv": "raden är varken en nyckel med sitt värde eller en rubrik inom [ ]",
        "en": "invalid statement",
    },
    "toml.no-value": {
        "sv": "värdet går inte att läsa. Text ska stå inom citattecken",
        "en": "invalid value",
    },
    "toml.no-nest": {
        "sv": "det finns ingen tabell under den nyckeln",
        "en": "there is no nest behind this key",
    },
    "toml.open-list": {"sv": "listan slutar inte med ]", "en": "unclosed array"},
    "toml.open-table": {"sv": "tabellen slutar inte med }}", "en": "unclosed inline table"},
    "toml.backslash": {
        "sv": r"ett \ i text inom citattecken skrivs \\",
        "en": r"unescaped '\' in a string",
    },
    "toml.open-text": {
        "sv": "texten slutar inte med citattecken",
        "en": "unterminated string",
    },
    "toml.other": {"sv": "raden går inte att läsa ({found})", "en": "{found}"},
}
