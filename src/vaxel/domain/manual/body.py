"""Markdown as an article shows it: rendered once, when it is saved.

The Markdown is GitHub's, so that a manual kept in git looks right there too: tables, `> [!NOTE]` for callouts,
`<kbd>` for keys. Raw HTML is cleaned to the same short list that rendering makes. Links and pictures name other files
of the manual (`../rapporter/skapa-mall.sv.md`, `bilder/dialog.png`); in the HTML they become addresses that begin
with `manual:`, which `addressed` turns into those of a desk's help centre.
"""

import html as html_text
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

import nh3
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typing_extensions import override

#: What stands before every address within the manual in stored HTML.
_WITHIN: Final = "manual:"
_SCHEMES: Final = {"http", "https", "mailto", "tel", "manual"}
_TAGS: Final = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "kbd", "a", "img", "video"),
    *("strong", "em", "s", "sub", "sup", "table", "thead", "tbody", "tr", "th", "td", "div", "details", "summary"),
}
_ATTRIBUTES: Final = {
    **{tag: {"id"} for tag in ("h2", "h3", "h4")},
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "video": {"src", "controls", "preload", "aria-label"},
    "ol": {"start"},
    "th": {"scope"},
    "pre": {"tabindex"},
    "div": {"tabindex", "role", "aria-label"},
    "*": set(),
}
_CALLOUTS: Final = ("note", "tip", "important", "warning", "caution")
_CLASSES: Final = {
    "div": {"callout", "table-scroll", *(f"callout--{kind}" for kind in _CALLOUTS)},
    "p": {"callout__title"},
}
_TITLES: Final = {
    "sv": {"note": "Bra att veta", "tip": "Tips", "important": "Viktigt", "warning": "Varning", "caution": "Se upp"},
    "en": {"note": "Good to know", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"},
}
_TABLE: Final = {"sv": "Tabell", "en": "Table"}
FILMS: Final = frozenset({".mp4", ".webm"})
#: Ids that the page around an article has: a heading of that name gets a number.
_TAKEN: Final = frozenset({"main", "live", "alarm", "toasts", "account-menu", "main-menu", "q", "results", "words"})
_LEVELS: Final = {"h2": 2, "h3": 3}
#: Between the steps of a path, as browsers read it; the word before the first one is `manual`.
_STEP: Final = re.compile(r"[:/\\?#]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
#: Markdown that people write; longer is refused before it is parsed (trust 26).
LONGEST: Final = 200_000


class BodyTooLongError(ValueError):
    """The text is longer than an article may be."""


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text, ready to show and to search."""

    html: str
    #: (level, anchor, words) of the headings that a list of contents names.
    contents: tuple[tuple[int, str, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Something of the manual that the Markdown names: another article, or a picture. `line` counts from 1."""

    path: str
    line: int
    is_picture: bool


def render(markdown: str, *, language: str, pictures: Mapping[str, str]) -> Body:
    """The body in a language; `pictures` gives the digest of each picture's content by the path that names it.

    A link to another article stays in the language. Raises BodyTooLongError.
    """
    tokens = _parse(markdown)
    rendering = _Rendering(language, pictures)
    rendering.adapt(tokens)
    clean = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=_TAGS,
        clean_content_tags={"script", "style", "svg", "math", "template", "iframe", "object", "noscript", "title"},
        attributes=_ATTRIBUTES,
        attribute_filter=rendering.only_ours,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )
    return Body(html=clean, contents=tuple(rendering.contents), text=_text(clean))


def callout_titles(language: str) -> Mapping[str, str]:
    """What each kind of callout is called in an article of the language."""
    return _TITLES.get(language, _TITLES["en"])


def tidy(markdown: str) -> str:
    """The Markdown as it is kept: lines end in one way, nothing empty stands around it, no NUL (trust 24)."""
    lines = markdown.replace("\x00", "").replace("\r\n", "\n").split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return "\n".join(lines[first:]).rstrip()


def one_line(words: str) -> str:
    """A title or a summary: no line breaks and no control characters in it."""
    return " ".join(_CONTROL.sub(" ", words).split())


def references(markdown: str) -> list[Reference]:
    """The other files that the Markdown names, in its order. Raises BodyTooLongError."""
    return list(_references(_parse(markdown), line=1))


def links(markdown: str) -> list[str]:
    """The address of every link, in the order of the text, also of those that no reader is led to: `javascript:…`.

    Raises BodyTooLongError.
    """
    return list(_links(_parse(markdown, _ALL_LINKS)))


def anchors(markdown: str) -> frozenset[str]:
    """What the headings of the text are called in addresses, as `render` names them. Raises BodyTooLongError."""
    rendering = _Rendering("", {})
    rendering.adapt(_parse(markdown))
    return frozenset(rendering.anchors)


def addressed(html: str, *, base: str) -> str:
    """Stored HTML with addresses below `base`, the help centre of a desk ("/kompass/help/")."""
    return html.replace(f'="{_WITHIN}', f'="{base}')


def slug_of(path: str) -> str:
    """The article that a path of the manual names, by its file alone: it may have moved to another folder since.

    `rapporter/skapa-mall.sv.md` is `skapa-mall`; `rapporter/index.sv.md` is `rapporter`.
    """
    file = PurePosixPath(path)
    stem = file.name.removesuffix(".md").split(".")[0]
    return file.parent.name if stem == "index" else stem


def is_within(path: str) -> bool:
    """Whether a link or a picture is a file of the manual rather than an address elsewhere."""
    parts = _parts(path)
    return parts is not None and not parts.scheme and not parts.netloc and bool(parts.path)


def is_address(link: str) -> bool:
    """Whether a link of an article is kept: to a heading, to a file of the manual, or to an address elsewhere."""
    parts = _parts(link)
    return link.startswith("#") or is_within(link) or (parts is not None and parts.scheme in _SCHEMES)


def _parts(address: str) -> SplitResult | None:
    """None for what no browser takes as an address either: "http://["."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _climbs(address: str) -> bool:
    """Whether a browser would walk out of the manual with it, however the dots are written (trust 34)."""
    return ".." in _STEP.split(_CONTROL.sub("", unquote(address)))


_MARKDOWN: Final = MarkdownIt("commonmark", {"html": True, "alerts": True}).enable(["table", "strikethrough"])


class _EveryLink(MarkdownIt):
    """Reads what would be no safe link as a link too, to say so; nothing is rendered with it."""

    @override
    def validateLink(self, url: str) -> bool:
        return True


_ALL_LINKS: Final = _EveryLink("commonmark", {"html": True, "alerts": True}).enable(["table", "strikethrough"])


def _parse(markdown: str, parser: MarkdownIt = _MARKDOWN) -> list[Token]:
    if len(markdown) > LONGEST:
        raise BodyTooLongError(f"The text has {len(markdown)} characters; an article has at most {LONGEST}.")
    return parser.parse(markdown)


def _references(tokens: list[Token], *, line: int) -> Iterator[Reference]:
    for token in tokens:
        at = token.map[0] + 1 if token.map else line
        path = unquote(str(token.attrs.get("href" if token.type == "link_open" else "src", "")))
        if token.type in {"link_open", "image"} and is_within(path):
            yield Reference(path, at, is_picture=token.type == "image")
        yield from _references(token.children or [], line=at)


def _links(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "link_open":
            yield unquote(str(token.attrs.get("href", "")))
        yield from _links(token.children or [])


def _leads(address: str) -> bool:
    """To a heading, to another article, or to a whole address elsewhere; never to another page of ours."""
    parts = _parts(address)
    if parts is None or not (address.startswith("#") or parts.scheme):
        return False
    return not (address.startswith(_WITHIN) and _climbs(address))


@dataclass(slots=True)
class _Rendering:
    """The tokens of one body on their way to HTML."""

    language: str
    pictures: Mapping[str, str]
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    anchors: set[str] = field(default_factory=set)

    def adapt(self, tokens: list[Token]) -> None:
        """Make of plain Markdown's tokens those of an article: anchors, callouts, films, tables that scroll."""
        for at, token in enumerate(tokens):
            if token.type == "heading_open":
                self._heading(token, tokens[at + 1], tokens[at + 2])
            elif token.type == "alert_open":
                token.attrSet("class", f"callout callout--{str(token.meta['kind']).lower()}")
            elif token.type == "alert_title_open":
                self._callout_title(token, tokens[at + 1])
            elif token.type == "fence":
                token.info = ""
            for child in token.children or []:
                self._adapt_inline(child)
        self._wrap_tables(tokens)

    def _adapt_inline(self, token: Token) -> None:
        if token.type == "link_open":
            self._link(token)
        elif token.type == "image":
            self._image(token)

    def only_ours(self, _tag: str, name: str, value: str) -> str | None:
        """Attributes of raw HTML that pass the list by their name and must not by their value (trust 32, 34)."""
        if name == "id":
            return value if value in self.anchors else None
        if name == "src":
            return value if value.startswith(f"{_WITHIN}pictures/") and not _climbs(value) else None
        if name == "href":
            return value if _leads(value) else None
        return value

    def _heading(self, opens: Token, words: Token, closes: Token) -> None:
        """The page's title is its only h1, so headings begin at the second level."""
        tag = f"h{min(max(int(opens.tag[1]), 2), 4)}"
        opens.tag = closes.tag = tag
        said = _words_of(words)
        anchor = self._anchor(said)
        opens.attrSet("id", anchor)
        if tag in _LEVELS:
            self.contents.append((_LEVELS[tag], anchor, said))

    def _anchor(self, words: str) -> str:
        name = slugify(words)[:80] or "avsnitt"
        self._seen[name] += 1
        again = self._seen[name] > 1 or name in _TAKEN
        anchor = f"{name}-{self._seen[name]}" if again else name
        self.anchors.add(anchor)
        return anchor

    def _link(self, token: Token) -> None:
        address = unquote(str(token.attrs.get("href", "")))
        if is_within(address):
            parts = urlsplit(address)
            anchor = f"#{parts.fragment}" if parts.fragment else ""
            token.attrSet("href", f"{_WITHIN}{self.language}/{slug_of(parts.path)}/{anchor}")

    def _image(self, token: Token) -> None:
        path = unquote(str(token.attrs.get("src", "")))
        digest = self.pictures.get(path)
        if digest is None:
            token.attrs.pop("src", None)
            return
        name = PurePosixPath(path)
        token.attrSet("src", f"{_WITHIN}pictures/{digest}/{name.name}")
        if name.suffix.lower() in FILMS:
            token.type, token.tag, token.nesting = "html_inline", "", 0
            token.content = (
                f'<video controls preload="none" src="{html_text.escape(str(token.attrs["src"]))}" '
                f'aria-label="{html_text.escape(token.content)}"></video>'
            )
        else:
            token.attrSet("loading", "lazy")

    def _callout_title(self, opens: Token, words: Token) -> None:
        """The word that says what kind of callout it is, in the article's language."""
        opens.attrSet("class", "callout__title")
        words.content = callout_titles(self.language)[words.content.lower()]
        words.children = [Token("text", "", 0, content=words.content)]

    def _wrap_tables(self, tokens: list[Token]) -> None:
        """A wide table scrolls by itself, also by keyboard."""
        label = _TABLE.get(self.language, _TABLE["en"])
        box = f'<div class="table-scroll" tabindex="0" role="group" aria-label="{label}">\n'
        for at in range(len(tokens) - 1, -1, -1):
            if tokens[at].type == "table_open":
                tokens.insert(at, Token("html_block", "", 0, content=box))
            elif tokens[at].type == "table_close":
                tokens.insert(at + 1, Token("html_block", "", 0, content="</div>\n"))
            elif tokens[at].type == "th_open":
                tokens[at].attrs = {"scope": "col"}


def _words_of(token: Token) -> str:
    """A heading's words without their marks."""
    said = "".join(child.content for child in token.children or [] if child.type in {"text", "code_inline"})
    return " ".join(said.split())


_BLOCK_END: Final = re.compile(r"</(?:p|h[2-4]|li|tr|pre|blockquote|div|t[dh]|summary)>|<br>|<hr>")


def _text(clean: str) -> str:
    """The words alone, a line for each block, for search and excerpts."""
    broken = _BLOCK_END.sub(" \n", clean)
    words = html_text.unescape(nh3.clean(broken, tags=set()))
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)
