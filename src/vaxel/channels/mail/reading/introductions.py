"""Lines that introduce an earlier mail, in the words of `phrases.py`: attributions, dividers, quoted headers."""

import re
from typing import Final

from vaxel.channels.mail.reading.markup_text import QUOTE_BEGINS, QUOTE_ENDS
from vaxel.channels.mail.reading.phrases import DIVIDERS, LABELS, LONG_LABELS, WROTE, WROTE_PHRASES
from vaxel.channels.mail.reading.texts import words

#: An attribution is at most so long, and broken into at most so many lines.
_LONGEST_ATTRIBUTION: Final = 400
_MOST_LINES: Final = 5
#: A quoted header block is looked for in so many lines.
_BLOCK_LINES: Final = 14

_KIND_OF: Final = {word: kind for kind, listed in LABELS.items() for word in listed.split()} | LONG_LABELS
_MARKS: Final = " \t\u00a0\u202f*_|>"
_BLANK: Final = f" \t\u00a0{QUOTE_BEGINS}{QUOTE_ENDS}"
_RULE: Final = re.compile(r"^[ \t>]{0,4}[-_=*—–‐]{5,}[ \t]*$")
_DASHES: Final = " \t\u00a0-_=*—–‐>:|"
_LONGEST_DIVIDER: Final = 160
_LONGEST_PHRASE: Final = 60
#: GroupWise draws its arrows around who and when, and quotes without marks after it.
_GROUPWISE: Final = re.compile(r"^>>> ?\S.{0,120}\d.{0,30} ?>>>[ \t]*$")
#: What help desks write above their mails.
_REPLY_ABOVE: Final = re.compile(
    r"\s*[-#=*_~]{2,}.{0,40}(?:reply|svar\w*|skriv\w*|antwort\w*|répon\w*|respon\w*|rispo\w*)\b.{0,40}"
    r"(?:above|ovanför|ovenfor|over|über|yläpuolelle|au-dessus|boven|encima|acima|sopra)\b.{0,40}"
    r"(?:line|linje\w*|rad\w*|zeile|ligne|regel|línea|linha|riga)"
    r"|\s*(?:please )?(?:type your )?reply above this line\b",
    re.IGNORECASE,
)

#: The longest first, for one word is the beginning of another.
_VERBS: Final = "|".join(re.escape(word) for word in sorted((*WROTE, *WROTE_PHRASES), key=len, reverse=True))
_WROTE: Final = re.compile(
    r"(?:^|[\s>\])\d.,:])(?:" + _VERBS + r")(?=[\s:：,\-—(]|$)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[^\s<>@]@[^\s<>@]")
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)")
_DATE: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{1,2}\s?(?:月|日)|\d{1,2}\.?\s+[^\W\d_]{3,10}"
    r"|[^\W\d_]{3,10}\.?\s+\d{1,2}\b"
)
#: What may stand between the verb and the date.
_BEFORE_DATE: Final = words("den on am at kl kl. klo kello le il el op em w dnia")
#: An address in brackets, or after a word that says whose the mail was; and everything up to the last address.
_BY: Final = re.compile(r"(?:[<(\[]|\b(?:by|von|av|från|от|de|par|da|door|af)\s)[^\s<>@]{0,80}@", re.IGNORECASE)
_AFTER_ADDRESS: Final = re.compile(r"^.*@[^\s<>@]+", re.DOTALL)
_WORD: Final = re.compile(r"[a-zà-ÿ]{2}")
#: First words of attributions; without a date or an address only such a line is one.
_OPENS: Final = re.compile(r"^(?:on|den|am|le|el|op|em|il|w|dnia|dne|в|ср|на)\b", re.IGNORECASE)


def attribution_length(lines: list[str], place: int) -> int:
    """How many lines from here are one attribution; 0 where there is none."""
    first = lines[place].strip(_MARKS)
    if not first.strip(_BLANK) or first.endswith((".", "!", "?")) or len(first) > _LONGEST_ATTRIBUTION:
        return 0
    return _joined_length(lines, place, most=_MOST_LINES if _may_begin(first) else 1)


def _joined_length(lines: list[str], place: int, *, most: int) -> int:
    """How many lines have to be put together to be an attribution; 0 where that never happens."""
    depth = _depth(lines[place])
    joined = ""
    for count in range(1, most + 1):
        at = place + count - 1
        if at >= len(lines) or not lines[at].strip(_BLANK) or _depth(lines[at]) != depth:
            return 0
        joined = f"{joined} {lines[at].strip(_MARKS)}".strip()
        if len(joined) > _LONGEST_ATTRIBUTION:
            return 0
        if _has_end(joined):
            return count if _is_attribution(joined) else 0
        if _ends_without_colon(joined):
            return count
    return 0


def _has_end(line: str) -> bool:
    """A colon, or the dashes that one program draws around it."""
    return line.rstrip(" \t\u00a0*_").endswith((":", "：")) or line.rstrip(" -").endswith(" wrote")


def _may_begin(line: str) -> bool:
    """True for a line that begins an attribution of several lines: with when, or with who."""
    return any(pattern.search(line) for pattern in (_OPENS, _DATE, _ADDRESS))


def _ends_without_colon(line: str) -> bool:
    """Who, when and "wrote", and nothing after it."""
    end = line[-120:]
    is_last = any(match.end() == len(end) for match in _WROTE.finditer(end))
    return is_last and all(pattern.search(line) for pattern in (_ADDRESS, _DATE, _TIME))


def _is_attribution(line: str) -> bool:
    """Somebody, and when, and that he wrote; or who and when alone, as some programs say it."""
    has_date = _DATE.search(line) is not None
    has_time = _TIME.search(line) is not None
    has_address = _ADDRESS.search(line) is not None
    if _WROTE.search(line[-120:]):
        return has_date or has_time or has_address or _OPENS.match(line) is not None
    return has_address and has_date and has_time and line.count(":") <= 4  # noqa: PLR2004  # two times, a zone, the end


def is_sure(lines: list[str]) -> bool:
    """True for an attribution that needs no marks under it: only a name, an address and a date stand beside the verb.

    Programs write so. People write "Den 3 mars skrev vi till er:", too, and lines of logs end in a colon.
    """
    line = " ".join(one.strip(_MARKS) for one in lines).strip()
    end = line[-120:]
    wrote = list(_WROTE.finditer(end))
    if wrote:
        tail = end[wrote[-1].end() :].strip(f"{_MARKS}:：,-—(")
        return not tail[:1].islower() or _ADDRESS.search(tail) is not None or tail.split()[0] in _BEFORE_DATE
    return _BY.search(line) is not None and _WORD.search(_AFTER_ADDRESS.sub("", line)) is None


def is_told_before(lines: list[str], place: int) -> bool:
    """True for somebody's name and "wrote", where the next line is marked."""
    line = lines[place].strip(_MARKS)
    if len(line) > _LONGEST_PHRASE or not line.endswith(":") or place + 1 >= len(lines):
        return False
    is_verb_last = any(match.end() == len(line) - 1 for match in _WROTE.finditer(line))
    return is_verb_last and lines[place + 1].lstrip().startswith(">")


def is_divider(line: str) -> bool:
    """True for "-----Original Message-----" and "Begin forwarded message:" in any language."""
    if len(line) > _LONGEST_DIVIDER:
        return False
    if _GROUPWISE.match(line) or _REPLY_ABOVE.match(line):
        return True
    if line.lstrip().startswith(">"):
        return False
    bare = line.strip(_DASHES).lower()
    if not any(phrase in bare for phrase in DIVIDERS):
        return False
    has_dashes = line.strip(" \t>|").startswith(("--", "==", "__", "**", "—", "‐‐"))
    return has_dashes or (line.rstrip(" \t*_\u00a0").endswith((":", "：")) and len(bare) < _LONGEST_PHRASE)


def is_rule(line: str) -> bool:
    """True for a drawn line."""
    return _RULE.match(line) is not None


def header_block_length(lines: list[str], place: int) -> int:
    """How many lines from here are headers of an earlier mail; 0 where there are none."""
    if _label(lines[place]) not in {"from", "sent", "date", "subject"}:
        return 0
    kinds: set[str] = set()
    words = set()
    has_address = False
    last = place
    for at in range(place, min(place + _BLOCK_LINES, len(lines))):
        kind = _label(lines[at])
        if kind:
            kinds.add(kind)
            words.add(lines[at].strip(_MARKS).partition(":")[0].strip(_MARKS).lower())
            last = at
        elif not lines[at].strip(_MARKS) and at > last + 1:
            break
        has_address = has_address or (bool(kind) and _ADDRESS.search(lines[at]) is not None)
    return last - place + 1 if _is_block(kinds, has_address=has_address) else 0


def _is_block(kinds: set[str], *, has_address: bool) -> bool:
    """Who, and what else only a mail has: a form that people fill in may have "From", "To" and "Date" too."""
    if "from" not in kinds:
        return False
    if "sent" in kinds or {"subject", "date"} <= kinds or {"subject", "to"} <= kinds:
        return True
    return has_address and bool(kinds & {"date", "subject"})


def _label(line: str) -> str:
    """What kind of quoted header the line is; empty for any other line."""
    head, colon, _ = line[:200].replace("：", ":").strip(_MARKS).partition(":")
    if not colon:
        return ""
    return _KIND_OF.get(head.strip(_MARKS).lower(), "")


def _depth(line: str) -> int:
    """How often the line is quoted."""
    if line.strip() == ">:":
        return 0
    head = line[: len(line) - len(line.lstrip("> \t"))]
    return head.count(">")
