"""What stands around the words of a mail without being meant: banners above, signatures and disclaimers below."""

import re
from typing import Final

from vaxel.channels.mail.reading.phrases import SENT, SENT_FROM, VALEDICTIONS

_DELIMITERS: Final = {"--", "-- ", "--\u00a0", "- -"}
#: A signature is at most so long; after more than that the dashes were a drawn line.
_SIGNATURE_LINES: Final = 25
#: What follows a valediction is a signature when it is shorter still.
_CLOSING_LINES: Final = 12
_LONGEST_SIGNATURE_LINE: Final = 90
_LONGEST_CLOSING: Final = 50
_BEFORE_NAME: Final = ("mvh ", "mvh/", "mvh,", "med vänlig hälsning ", "vänliga hälsningar ")
_POSTSCRIPT: Final = re.compile(r"p\.? ?s\b", re.IGNORECASE)
_LONGEST_PHONE_LINE: Final = 110

_WARNS: Final = re.compile(
    r"varning|caution|warning|advarsel|achtung|vorsicht|attention|let op|waarschuwing|precaución|varoitus"
    r"|\bobs\b|external email|externt? (?:mejl|mail|e-post|meddelande)|extern (?:avsändare|e-mail)|\[extern\w*\]",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(
    r"extern|utanför|outside|außerhalb|ekstern|udenfor|utenfor|ulkopuol|buiten|fuera|extérieur", re.IGNORECASE
)
_CAREFUL: Final = re.compile(
    r"klicka (?:inte|aldrig)|öppna inte|försiktig|(?:do not|don't|never) click|avsändare|sender|avsender|afsender"
    r"|organisation|organization|länkar|links|bilagor|attachments|absender|anhänge|expéditeur|lähettäjä",
    re.IGNORECASE,
)
#: What only warnings say: the first where the sender is told to be outside, the second by itself.
_BEWARE: Final = re.compile(
    r"klicka (?:inte|aldrig)|öppna inte|var försiktig|(?:do not|don't|never) click|be (?:careful|cautious)|use caution"
    r"|vorsicht|klik(?:k|ker)? ikke|klik niet|ne cliquez pas|no haga clic|non fare clic|älä (?:avaa|klikkaa)",
    re.IGNORECASE,
)
_KNOWN_BANNERS: Final = re.compile(
    r"don't often get e-?mail from|får inte ofta (?:e-post|mejl) från|får ikke ofte (?:e-?mails?|e-post|mails) fra"
    r"|erhalten nicht (?:oft|häufig) e-?mails? von|pas souvent (?:d'|de )?e-?mails? |niet vaak e-mail van"
    r"|usein sähköpostia osoitteesta|suele recibir correo|costuma receber e-?mails?|otrzymujesz często wiadomości"
    r"|message is from an? (?:external|untrusted|unknown|unfamiliar) sender|BannerStart\b",
    re.IGNORECASE,
)
_LONGEST_BANNER: Final = 700

_DISCLAIMS: Final = re.compile(
    r"tänk på miljön|consider the environment|think before you print|skriv bara ut"
    r"|\b(?:behandlar|hanterar|process(?:es)?)\b.{0,60}(?:personuppgifter|personal data)"
    r"|inte är (?:rätt|avsedd|den avsedda) mottagare|not the intended recipient"
    r"|fått (?:detta|det här) .{0,40}av misstag"
    r"|received this .{0,40}in error|irrtümlich erhalten|reçu ce message par erreur"
    r"|(?:mejl|mail|meddelande\w*|e-post\w*|message|e-?mail|nachricht)\b.{0,120}"
    r"(?:konfidentiell|sekretess|confidential|vertraulich|fortrolig|confidentiel)",
    re.IGNORECASE,
)
_LIST_FOOTER: Final = re.compile(
    r"mailing list|unsubscribe|avregistrera|avsluta prenumeration|e-postlista|listinfo"
    r"|you (?:received|are receiving) this",
    re.IGNORECASE,
)
_LONGEST_DISCLAIMER: Final = 3_000


def mark_banner(lines: list[str], old: list[bool]) -> None:
    """A gateway's warning above everything."""
    for start, end in _paragraphs(lines, old)[:2]:
        text = " ".join(lines[start:end])
        if len(text) > _LONGEST_BANNER:
            return
        is_warning = _OUTSIDE.search(text) is not None and (
            _BEWARE.search(text) is not None or (_WARNS.search(text) is not None and _CAREFUL.search(text) is not None)
        )
        if is_warning or _KNOWN_BANNERS.search(text):
            old[start:end] = [True] * (end - start)


def mark_closings(lines: list[str], old: list[bool]) -> None:
    """Disclaimers from the end upwards, then the signature, then the line of a phone."""
    _mark_disclaimers(lines, old)
    has_text = False
    for place, line in enumerate(lines):
        if old[place]:
            continue
        is_signature = line in _DELIMITERS or _is_list_footer(lines, place)
        is_signature = (is_signature and _is_short(lines, old, place)) or _is_valediction(lines, old, place)
        if has_text and is_signature:
            _fold_to_quotation(lines, old, place)
        elif is_phone_line(line):
            old[place] = True
        has_text = has_text or bool(line.strip())


def is_phone_line(line: str) -> bool:
    """The line that a phone adds, in any language: short, and no sentence of its own."""
    bare = line.strip(" \t\u00a0\u200b\u2063*_<>[]()-–—")
    if not bare or len(bare) > _LONGEST_PHONE_LINE:
        return False
    bare = bare.split("<")[0].split("http")[0].rstrip(" (")
    if bare.endswith((".", "!", "?")) or "," in bare or len(bare.split()) > 8:  # noqa: PLR2004  # a sentence
        return False
    words = bare.lower().split()
    return len(words) > 1 and words[0] in SENT and any(word in SENT_FROM for word in words[1:3])


def _is_list_footer(lines: list[str], place: int) -> bool:
    """A drawn line, and under it where a mailing list tells how to leave."""
    line = lines[place].strip()
    if len(line) < 2 or line.strip("_"):  # noqa: PLR2004  # one underscore is no line
        return False
    return _LIST_FOOTER.search(" ".join(lines[place + 1 : place + 4])) is not None


def _is_valediction(lines: list[str], old: list[bool], place: int) -> bool:
    """A letter's close, and until the end or the quotation only what signatures hold: short lines, no question."""
    words = lines[place].strip(" \t\u00a0,.!*_-–").lower()
    if words not in VALEDICTIONS and not (words.startswith(_BEFORE_NAME) and len(words) < _LONGEST_CLOSING):
        return False
    count = 0
    for at in range(place + 1, len(lines)):
        if old[at] and lines[at].strip():
            break
        line = lines[at].strip()
        count += bool(line)
        if "?" in line or len(line) > _LONGEST_SIGNATURE_LINE or count > _CLOSING_LINES or _POSTSCRIPT.match(line):
            return False
    return True


def _is_short(lines: list[str], old: list[bool], place: int) -> bool:
    """What follows is short."""
    count = 0
    for after in range(place + 1, len(lines)):
        count += bool(lines[after].strip()) and not old[after]
        if count > _SIGNATURE_LINES:
            return False
    return True


def _fold_to_quotation(lines: list[str], old: list[bool], place: int) -> None:
    for at in range(place, len(lines)):
        if old[at] and lines[at].strip():
            return
        old[at] = True


def _mark_disclaimers(lines: list[str], old: list[bool]) -> None:
    for start, end in reversed(_paragraphs(lines, old)[1:]):
        text = " ".join(lines[start:end])
        if "?" in text or len(text) > _LONGEST_DISCLAIMER or not _DISCLAIMS.search(text):
            return
        old[start:end] = [True] * (end - start)


def _paragraphs(lines: list[str], old: list[bool]) -> list[tuple[int, int]]:
    """Runs of new lines with something in them."""
    found: list[tuple[int, int]] = []
    start = -1
    for place, line in enumerate([*lines, ""]):
        is_inside = place < len(lines) and bool(line.strip()) and not old[place]
        if is_inside and start < 0:
            start = place
        elif not is_inside and start >= 0:
            found.append((start, place))
            start = -1
    return found
