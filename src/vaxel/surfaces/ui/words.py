"""People's words as HTML that cannot do anything: the one place where text becomes markup (trust 29 to 32).

Plain text becomes paragraphs with links. HTML from the editor keeps a short list of elements and loses every
attribute but addresses of links; no class, id, name or style survives, and an address is http, https, mailto or tel.
"""

import re
from typing import Final

import nh3
from markupsafe import Markup, escape

_TAGS: Final = {
    *("p", "br", "strong", "b", "em", "i", "u", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"),
    *("h2", "h3", "h4"),
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}
#: Larger or deeper than people write: such HTML is shown as text instead (trust 25).
_MOST_BYTES: Final = 200_000
_DEEPEST: Final = 60
_TAG: Final = re.compile(r"(<[^>]*>)")
#: Where an address is a link already, or shall be read letter by letter.
_UNLINKED: Final = re.compile(r"<(/?)(?:a|code|pre)[ >]")
_OPENING: Final = re.compile(r"<[a-zA-Z]")
#: An address in running text ends before punctuation that belongs to the sentence.
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{1,2000}", re.ASCII | re.IGNORECASE)
_WHOLE: Final = re.compile(r"(https?://|mailto:|tel:)[^\s]", re.ASCII | re.IGNORECASE)
#: Cleaned elements that begin or end a line, in the order in which they are replaced.
_BREAKS: Final = (
    (re.compile(r"<li>(<p>)?"), "- "),
    (re.compile(r"(</p>)?</li>|<br>"), "\n"),
    (re.compile(r"</(p|h2|h3|h4|pre|blockquote|ul|ol)>|<hr>"), "\n\n"),
)
_PARAGRAPH_ENDS: Final = re.compile(r"\n[ \t]*\n\s*")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_SENTENCE_END: Final = ".,;:!?)]"


def plain(text: str) -> str:
    """What a form or an address sent, as it can be stored: no NUL, and lines end in one way (trust 24)."""
    return text.replace("\x00", "").replace("\r\n", "\n")


def safe_html(html: str, *, text: str) -> Markup:
    """Cleaned HTML of a message; its plain text when there is none, or when it is no normal HTML."""
    if not html or not is_normal(html):
        return paragraphs(text)
    return Markup(clean_html(html))  # noqa: S704  # cleaned in the line itself


def is_normal(html: str) -> bool:
    """Whether people may have written it: cleaning what is deeper takes minutes (trust 25)."""
    return len(html) <= _MOST_BYTES and len(_OPENING.findall(html)) <= _DEEPEST * 100


def clean_html(html: str) -> str:
    """Only what the editor makes; doing it twice changes nothing (trust 31)."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style", "svg", "math", "template", "iframe", "object", "noscript", "title"},
        # The cleaner lets two attributes through everywhere unless it is told otherwise.
        attributes={"a": {"href"}, "*": set()},
        attribute_filter=_only_addresses,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _only_addresses(_element: str, name: str, value: str) -> str | None:
    """Whole addresses of a known scheme; never one of our own pages (trust 34), nor one behind an odd space (29)."""
    return value if name != "href" or _WHOLE.match(value) else None


def linked_html(html: str) -> str:
    """Cleaned HTML in which web addresses that stand in running text are links, as they are in plain text.

    What is put in is cleaned like the rest, so a text that parts in odd places does no harm.
    """
    if "://" not in html:
        return html
    depth, parts = 0, []
    for part in _TAG.split(html):
        if inside := _UNLINKED.match(part):
            depth += -1 if inside[1] else 1
        is_text = depth <= 0 and "://" in part and not part.startswith("<")
        parts.append(_with_links(Markup(part).unescape()) if is_text else part)  # noqa: S704  # turned into text
    return clean_html("".join(parts))


def text_of_html(html: str) -> str:
    """The words without the markup, for mails and search: items begin with a dash, an empty line parts paragraphs."""
    broken = clean_html(html)
    for tags, instead in _BREAKS:
        broken = tags.sub(instead, broken)
    words = Markup(nh3.clean(broken, tags=set())).unescape()  # noqa: S704  # turned into text, not shown as markup
    lines = "\n".join(line.rstrip() for line in words.replace("\xa0", " ").split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip()


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: empty lines part them, lines break, web addresses become links."""
    blocks = _PARAGRAPH_ENDS.split(text.replace("\r\n", "\n").strip())
    return Markup("".join(f"<p>{_lines(block)}</p>" for block in blocks if block))  # noqa: S704  # escaped in `_lines`


def _lines(block: str) -> str:
    if "://" not in block:  # as nearly all are: nothing to look for
        return escape(block).replace("\n", Markup("<br>"))
    return Markup("<br>").join(_with_links(line) for line in block.split("\n"))


def fold_quoted(text: str) -> tuple[str, str]:
    """Plain text in two: what was written now, and the earlier text quoted below it with ">", which pages fold away.

    A line just above that introduces it ("… skrev:") goes with it. Text that is all quote is left whole.
    """
    lines = text.replace("\r\n", "\n").rstrip().split("\n")
    first = len(lines)
    while first > 0 and (lines[first - 1].startswith(">") or not lines[first - 1].strip()):
        first -= 1
    if not any(line.startswith(">") for line in lines[first:]):
        return text, ""
    if first > 0 and lines[first - 1].rstrip().endswith(":"):
        first -= 1
    said = "\n".join(lines[:first]).strip()
    return (said, "\n".join(lines[first:]).strip()) if said else (text, "")


def _with_links(line: str) -> Markup:
    done, parts = 0, []
    for found in _ADDRESS.finditer(line):
        address = found.group().rstrip(_SENTENCE_END)
        parts.append(escape(line[done : found.start()]))
        parts.append(Markup('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>').format(address))
        done = found.start() + len(address)
    return Markup("").join([*parts, escape(line[done:])])
