"""What the standard reader of TOML finds wrong, in our words."""

import re
from typing import Final

from vaxel.rules.sentences import Sentence, say

#: The reader's message, and the code of our words for it. A group becomes `found`.
_MESSAGES: Final = (
    (r"An object other than list found behind this key", "toml.behind-value"),
    (r"Cannot declare (.+) twice", "toml.declared-twice"),
    (r"Cannot mutate immutable namespace (.+)", "toml.closed-table"),
    (r"Cannot overwrite a value", "toml.value-twice"),
    (r"Cannot redefine namespace (.+)", "toml.table-twice"),
    (r"Duplicate inline table key (.+)", "toml.key-twice"),
    (r"Escaped character is not a Unicode scalar value", "toml.no-letter"),
    (r"Expected '=' after a key in a key/value pair", "toml.no-equals"),
    (r"Expected '\]' at the end of a table declaration", "toml.open-header"),
    (r"Expected '\]\]' at the end of an array declaration", "toml.open-list-header"),
    (r"Expected newline or end of document after a statement", "toml.more-on-the-line"),
    (r"Expected (.+)", "toml.lacking"),
    (r"Found invalid character (.+)", "toml.forbidden-character"),
    # A line may end anywhere but within text: its quotation mark is missing.
    (r"Illegal character '\\n'", "toml.open-text"),
    (r"Illegal character (.+)", "toml.control-character"),
    (r"Invalid date or datetime", "toml.no-date"),
    (r"Invalid hex value", "toml.no-hex"),
    (r"Invalid initial character for a key part", "toml.no-key"),
    (r"Invalid statement", "toml.no-statement"),
    (r"Invalid value", "toml.no-value"),
    (r"There is no nest behind this key", "toml.no-nest"),
    (r"Unclosed array", "toml.open-list"),
    (r"Unclosed inline table", "toml.open-table"),
    (r"Unescaped '\\' in a string", "toml.backslash"),
    (r"Unterminated string", "toml.open-text"),
)


def toml_fault(message: str) -> Sentence:
    """The reader's message without its place, as a part of a sentence."""
    for pattern, code in _MESSAGES:
        if found := re.fullmatch(pattern, message):
            return say(code, found=_key(found[1])) if found.groups() else say(code)
    return say("toml.other", found=f"{message[:1].lower()}{message[1:]}")


def _key(found: str) -> str:
    """("plans", "basic") as `plans.basic`."""
    parts = re.findall(r"'([^']*)'", found)
    return ".".join(parts) if found.startswith("(") else found
