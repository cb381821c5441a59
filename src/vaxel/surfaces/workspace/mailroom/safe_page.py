"""The HTML of a stranger's mail as a page that can do nothing (trust 29 to 34).

It was cleaned when it was read. Here it is cleaned once more, by an allow-list of its own, and shown in a frame with
an origin of nobody's: no script, no form, no style of its own, and nothing is fetched from anywhere. Pictures that
came with the mail are written into the page; pictures that lie elsewhere are not shown at all, for whoever sent the
mail would see who looks at it and when.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

import nh3
from django.http import HttpResponse
from markupsafe import Markup, escape

from vaxel.domain.mailroom.bodies import Picture

_TAGS: Final = frozenset(
    {
        *("a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del"),
        *("div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li"),
        *("ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "wbr"),
    }
)
_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "ol": {"start"},
    "*": {"dir", "lang"},
}
_SWALLOWED: Final = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"}
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x20]", re.ASCII | re.IGNORECASE)
#: A picture that the mail brings inside its HTML; SVG is none, for it is a document.
_DRAWN: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*\Z", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,4}")
#: The only style that the page has; the policy names it by its digest.
_STYLE: Final = (
    "html{color-scheme:light}"
    "body{margin:.75rem;background:#fff;color:#1b1f22;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "img{max-width:100%;height:auto}table{max-width:100%;border-spacing:0}td,th{padding:.125rem .375rem;"
    "vertical-align:top}blockquote{margin:.5rem 0;padding-left:.75rem;border-left:3px solid #c9ced2}"
    "pre{white-space:pre-wrap}a{color:#0b5a6b}"
)
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; img-src data:; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
#: What the frame itself may do: open a link that somebody presses, in a window of its own. No script, no origin.
SANDBOX: Final = "allow-popups allow-popups-to-escape-sandbox"


def safe_page(html: str, *, pictures: Mapping[str, Picture], own_host: str, title: str) -> HttpResponse:
    """The whole answer, with its headers. `own_host` is where we are: a mail leads to none of our addresses."""
    body = Markup(clean_mail(html, pictures=pictures, own_host=own_host))  # noqa: S704  # cleaned in the line itself
    page = Markup(
        '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
        '<body dir="auto">{body}</body></html>'
    ).format(title=title, style=Markup(_STYLE), body=body)  # noqa: S704  # our own style
    return HttpResponse(
        page,
        headers={
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "private, no-store",
        },
    )


def clean_mail(html: str, *, pictures: Mapping[str, Picture], own_host: str) -> str:
    """The HTML that is left; doing it twice changes nothing (trust 31)."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=_SWALLOWED,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter(pictures, own_host),
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _filter(pictures: Mapping[str, Picture], own_host: str) -> Callable[[str, str, str], str | None]:
    def allowed(element: str, name: str, value: str) -> str | None:
        if name == "href":
            return value if _leads_elsewhere(value, own_host) else None
        if name == "src":
            return value if _DRAWN.match(value) else _written_out(pictures.get(unquote(value.removeprefix("cid:"))))
        if name in {"width", "height", "colspan", "rowspan", "start"}:
            return value if _NUMBER.fullmatch(value) else None
        return value

    return allowed


def _leads_elsewhere(address: str, own_host: str) -> bool:
    """A whole address of another place (trust 34), without an odd space that hides what it is (trust 29)."""
    if not _LINK.match(address):
        return False
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.lower() != own_host.partition(":")[0].lower()


def _written_out(picture: Picture | None) -> str | None:
    if picture is None:
        return None
    return f"data:{picture.content_type};base64,{base64.b64encode(picture.content).decode()}"


def words_page(text: str) -> str:
    """Plain words as HTML, for the same frame."""
    return str(Markup("<pre>{}</pre>").format(escape(text)))
