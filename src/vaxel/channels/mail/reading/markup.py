"""HTML of mails made safe (trust 25, 29, 31 to 34): an allow-list, bounded before it is cleaned, idempotent.

No style, class, id or name survives, no form, no SVG. Links go to other sites, by mail or by phone. Pictures are parts
of the mail (`cid:`) or data; one that lies elsewhere becomes `cid:vaxel-remote-N`, the N-th of the list beside the
HTML, so that whoever shows the mail can offer to fetch it.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import Final

import nh3

from vaxel.channels.mail.reading.limits import DEEPEST_TAG, LONGEST_HTML, MOST_MARKS, MOST_TAGS
from vaxel.channels.mail.reading.texts import words

REMOTE: Final = "cid:vaxel-remote-"

_TAGS: Final = words(
    "a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div"
    " dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s"
    " samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "ol": {"start", "type"},
    "col": {"span"},
    "colgroup": {"span"},
    "*": {"dir", "lang"},
}
#: Their content is no text for people either.
_SWALLOWED: Final = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"}
_LINK: Final = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)", re.IGNORECASE)
_OWN_PICTURE: Final = re.compile(r"cid:|data:image/(?:png|jpe?g|gif|webp|bmp);", re.IGNORECASE)
_FAR_PICTURE: Final = re.compile(r"(?:https?:)?//[^/\s]", re.IGNORECASE)
#: Anything that browsers skip at the start of an address, and that would hide what it is.
_SKIPPED: Final = re.compile(r"^[\s\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")
_INSIDE: Final = re.compile(r"[\t\r\n\x00]+")

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
#: Tags that are never closed, or that HTML closes by itself.
_UNCOUNTED: Final = words(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option tbody thead tfoot"
    " html head body colgroup"
)
#: Formatting that stays open is opened anew in each block that follows, so that every tag counts for all of them.
_FORMATTING: Final = words("a b big code em font i nobr s small strike strong tt u")
#: A value longer than any address; a picture in it is heavy and rare, and cleaning it takes seconds.
_LONG_VALUE: Final = re.compile(r'"[^"<>]{100000,}"|\'[^\'<>]{100000,}\'')
_LINE_END: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]{0,100}>", re.IGNORECASE)
_LOOSE_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Clean:
    """Safe HTML, and the addresses of pictures that lie elsewhere."""

    html: str
    remote_images: tuple[str, ...] = ()


def clean(html: str) -> Clean:
    """The HTML that may be shown. Call `is_too_much` before: this is quadratic in depth."""
    remote: list[str] = []

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return _link(value)
        if attribute == "src":
            return _picture(value, remote)
        return value

    cleaned = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=_SWALLOWED,
        attributes=_ATTRIBUTES,
        attribute_filter=allowed,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    return Clean(cleaned.strip(), tuple(remote))


def bounded(html: str) -> str:
    """Without values that are too long for the cleaner."""
    return _LONG_VALUE.sub('""', html)


def is_too_much(html: str) -> bool:
    """True for HTML that is too long or too deep to be cleaned in time; then only its text is read."""
    if len(html) > LONGEST_HTML or html.count("&") > MOST_MARKS or html.count("=") > MOST_MARKS:
        return True
    opened: Counter[str] = Counter()
    depth = formatting = elements = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        # An end without a beginning ends nothing, neither here nor in the cleaner.
        step = 1 if not match[1] else -1 if opened[name] else 0
        opened[name] += step
        depth += 0 if name in _UNCOUNTED else step
        formatting += step if name in _FORMATTING else 0
        elements += 1 + formatting
        if depth > DEEPEST_TAG or elements > MOST_TAGS:
            return True
    return False


def without_tags(html: str) -> str:
    """The words of HTML that is too much, without knowing what its tags mean."""
    for tag in ("style", "script"):
        html = _without_content(html, tag)
    lines = unescape(_LOOSE_TAG.sub(" ", _LINE_END.sub("\n", html))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _without_content(html: str, tag: str) -> str:
    """Everything but what stands in elements of this name; one that never ends is left as it is."""
    kept: list[str] = []
    lower, at = html.lower(), 0
    while (begin := lower.find(f"<{tag}", at)) >= 0 and (end := lower.find(f"</{tag}", begin)) >= 0:
        kept.append(html[at:begin])
        at = end
    return "".join((*kept, html[at:]))


def _link(value: str) -> str | None:
    address = _INSIDE.sub("", _SKIPPED.sub("", value))
    return address if _LINK.match(address) else None


def _picture(value: str, remote: list[str]) -> str | None:
    address = _INSIDE.sub("", _SKIPPED.sub("", value))
    if _OWN_PICTURE.match(address):
        return address
    if not _FAR_PICTURE.match(address):
        return None
    remote.append(address if address.startswith("h") else f"https:{address}")
    return f"{REMOTE}{len(remote) - 1}"
