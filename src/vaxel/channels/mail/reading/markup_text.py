"""HTML as plain text, and what its structure says about quotations.

Each quotation that the structure names is put between two marks, so that the one reader of replies (`replies.py`) folds
plain mails and HTML mails alike.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from vaxel.channels.mail.reading.limits import LONGEST_TEXT
from vaxel.channels.mail.reading.texts import words
from vaxel.kit.later import later

if TYPE_CHECKING:
    from selectolax import lexbor
else:
    # Mails are read in child processes: their parents name this module and read nothing.
    lexbor = later("selectolax.lexbor")

#: Private letters that `texts.py` takes out of everything that mails bring.
QUOTE_BEGINS: Final = "\ue000"
QUOTE_ENDS: Final = "\ue001"

_BLOCKS: Final = words(
    "address article aside blockquote body caption center dd details div dl dt fieldset figure footer form h1 h2 h3 h4"
    " h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_PARAGRAPHS: Final = words("p h1 h2 h3 h4 h5 h6")
_UNTOLD: Final = words("head script style title template noscript iframe object svg math select textarea")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_RULE: Final = "________________________________"
_MAY_QUOTE: Final = frozenset({"blockquote", "div", "section", "table", "p"})
_NO_BORDER: Final = re.compile(r"border\s*:\s*none", re.IGNORECASE)
#: Outlook draws a line above the headers of what it quotes, and no other border.
_LINE_ABOVE: Final = re.compile(r"border\s*:\s*none\s*;\s*border-top\s*:\s*solid", re.IGNORECASE)
#: Classes and ids by which mail programs mark what they quote. Not Gmail's own container: answers between the
#: quoted lines are written inside of it.
_QUOTES: Final = re.compile(
    r"\b(?:x_)?(?:gmail_attr|yahoo_quoted|moz-cite-prefix|moz-forward-container|zmail_extra|protonmail_quote"
    r"|tutanota_quote|mail-quote-collapse|mail_android_quote|history_container|ms-outlook-mobile-reference-message|mail-editor-reference-message-container)\b",
    re.IGNORECASE,
)
#: From these on everything is quoted, for the original stands beside them and not inside.
_QUOTES_REST: Final = re.compile(
    r"^(?:x_)?(?:divRplyFwdMsg|appendonsend|OutlookMessageHeader|stopSpelling|replySplit|zwchr)$"
)


def text_of(html: str) -> str:
    """The words, line by line; quotations between `QUOTE_BEGINS` and `QUOTE_ENDS`, each on a line of its own."""
    writer = _Writer()
    root = lexbor.LexborHTMLParser(html).root
    if root is not None:
        _tell(root, writer)
    return writer.text()


class _Writer:
    """Collects lines; white space is collapsed as browsers do."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._pre = 0
        self._length = 0

    def words(self, text: str) -> None:
        """Text that flows."""
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            return
        if self._pre:
            first, *more = text.split("\n")
            self._line.append(first)
            for line in more:
                self.end_line(force=True)
                self._line.append(line)
        else:
            self._line.append(_SPACE.sub(" ", text))

    def end_line(self, *, force: bool = False) -> None:
        """What follows stands on a new line; an empty line only where one is asked for."""
        line = "".join(self._line)
        line = line.rstrip() if self._pre else _SPACE.sub(" ", line).strip()
        if line or force:
            self._lines.append(line)
        self._line = []

    def blank(self) -> None:
        """A paragraph's space, never two."""
        self.end_line()
        if self._lines and self._lines[-1] not in {"", QUOTE_BEGINS}:
            self._lines.append("")

    def alone(self, line: str) -> None:
        """A line of its own."""
        self.end_line()
        self._lines.append(line)

    def pre(self, step: int) -> None:
        """White space counts from here, or no longer."""
        self.end_line()
        self._pre += step

    def text(self) -> str:
        """Everything."""
        self.end_line()
        return "\n".join(self._lines)


def _tell(root: "lexbor.LexborNode", writer: _Writer) -> None:
    """Walk without recursion: a mail's depth is no reason to fail."""
    node = root
    while True:
        if _enter(node, writer) and (child := node.first_child) is not None:
            node = child
            continue
        while True:
            _leave(node, writer)
            following = None if node.mem_id == root.mem_id else node.next or node.parent
            if following is None:
                return
            if node.next is not None:
                break
            node = following
        node = following


def _enter(node: "lexbor.LexborNode", writer: _Writer) -> bool:
    """What stands before its children; False to pass over them."""
    if node.is_text_node:
        writer.words(node.text_content or "")
        return False
    tag = node.tag or ""
    if tag in _UNTOLD or node.is_comment_node:
        return False
    if tag == "br":
        writer.end_line(force=True)
    elif tag == "hr":
        _enter_rule(node, writer)
    elif tag in {"td", "th"}:
        writer.words(" ")
    elif tag in _BLOCKS and not _fills_cell(node):
        _enter_block(node, tag, writer)
    return True


def _fills_cell(node: "lexbor.LexborNode") -> bool:
    """True for the one block in a cell of a table: a row stays one line."""
    parent = node.parent
    return parent is not None and parent.tag in {"td", "th"} and node.next is None and node.prev is None


def _enter_rule(node: "lexbor.LexborNode", writer: _Writer) -> None:
    if _QUOTES_REST.match(node.attributes.get("id") or ""):
        writer.alone(QUOTE_BEGINS)
    writer.alone(_RULE)


def _enter_block(node: "lexbor.LexborNode", tag: str, writer: _Writer) -> None:
    if tag in _PARAGRAPHS:
        writer.blank()
    else:
        writer.end_line()
    if tag in _MAY_QUOTE:
        if _quotes_rest(node) or _quotes(node, tag):
            writer.alone(QUOTE_BEGINS)
    elif tag == "pre":
        writer.pre(1)
    elif tag == "li":
        writer.words("- ")


def _leave(node: "lexbor.LexborNode", writer: _Writer) -> None:
    if not node.is_element_node:
        return
    tag = node.tag or ""
    if tag not in _BLOCKS or _fills_cell(node):
        return
    if tag in _PARAGRAPHS:
        writer.blank()
    else:
        writer.end_line()
    if tag == "pre":
        writer.pre(-1)
    elif tag in _MAY_QUOTE and not _quotes_rest(node) and _quotes(node, tag):
        writer.alone(QUOTE_ENDS)


def _quotes(node: "lexbor.LexborNode", tag: str) -> bool:
    """True where the element holds words of an earlier mail."""
    attributes = node.attributes
    if tag == "blockquote":
        # Compose windows indent with a quotation that has no line at its side.
        return not _NO_BORDER.search(attributes.get("style") or "")
    return _QUOTES.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}") is not None


def _quotes_rest(node: "lexbor.LexborNode") -> bool:
    attributes = node.attributes
    words = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".split()
    if any(_QUOTES_REST.match(word) for word in words):
        return True
    return _LINE_ABOVE.search(attributes.get("style") or "") is not None and _holds_headers(node)


def _holds_headers(node: "lexbor.LexborNode") -> bool:
    """True for the box in which Outlook writes who, when and what, in any language: each in bold, with a colon."""
    paragraph = next((child for child in islice(node.iter(), 3) if child.tag == "p"), None)
    if paragraph is None:
        return False
    bold = [child for child in islice(paragraph.iter(), 20) if child.tag == "b"]
    return len([child for child in bold if child.text().strip().endswith(":")]) > 2  # noqa: PLR2004  # who, when, what
