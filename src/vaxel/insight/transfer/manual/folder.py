"""A folder of a manual, read and checked as a whole: every fault with its file and line, before anything is written.

The folders are the tree: `rapporter/index.sv.md` is the section `rapporter`, `rapporter/skapa-mall.sv.md` stands in
it. Nothing outside of the folder is read, and no link is followed (trust 40).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from vaxel.domain.manual.body import LONGEST, BodyTooLongError, references, slug_of
from vaxel.domain.manual.links import headings_missing
from vaxel.domain.manual.pictures import LARGEST, PictureError, content_type_of
from vaxel.domain.manual.tree import DEEPEST, LONGEST_SLUG, RESERVED_SLUGS, SLUG, is_in_order
from vaxel.domain.manual.unnamed import marks_in
from vaxel.insight.transfer.manual.article_file import (
    FILE_NAME,
    SHARED,
    ArticleFileFaultsError,
    Front,
    read_article_file,
)
from vaxel.rules.policy.faults import Fault, nearest

SETTINGS_FILE: Final = "manual.yaml"
#: Bytes of one Markdown file; an article has at most 200,000 characters.
_LARGEST_FILE: Final = 1_000_000
_MOST_FILES: Final = 50_000


@dataclass(frozen=True, slots=True)
class FileFault:
    """A fault and the file that it is in; the path is relative to the folder."""

    path: str
    fault: Fault

    def __str__(self) -> str:
        return self.fault.told(self.path)


class FolderFaultsError(ValueError):
    """The folder cannot be imported, and nothing was written."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file: an article in one language. `pictures` gives each picture's bytes by the path that names it."""

    path: str
    slug: str
    parent: str
    language: str
    front: Front
    markdown: str
    pictures: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """`manual.yaml`; None where it says nothing."""

    is_public: bool | None = None
    synonyms: dict[str, list[list[str]]] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Everything of the folder, sections before what stands in them."""

    texts: tuple[SourceText, ...]
    settings: SourceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the desk knows: its languages, the main one first, its products, and the articles it has already."""

    languages: tuple[str, ...]
    products: frozenset[str]
    slugs: frozenset[str] = frozenset()


def read_folder(root: Path, expected: Expected) -> Source:
    """Read and check all of it. Raises FolderFaultsError with every fault found."""
    reader = _Reader(root.resolve(), expected)
    source = reader.read()
    if reader.faults:
        raise FolderFaultsError(sorted(reader.faults, key=lambda one: (one.path, one.fault.line or 0)))
    return source


@dataclass(slots=True)
class _Reader:
    root: Path
    expected: Expected
    faults: list[FileFault] = field(default_factory=list)

    def read(self) -> Source:
        texts = [text for path in self._files() if (text := self._text(path)) is not None]
        self._check_together(texts)
        texts.sort(key=lambda one: (_depth(one), one.path))
        return Source(texts=tuple(texts), settings=self._settings())

    def _files(self) -> Iterator[PurePosixPath]:
        """The Markdown files; hidden folders (`.git`) and README files are somebody else's."""
        count = 0
        for folder, folders, names in os.walk(self.root, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = PurePosixPath(Path(folder, name).relative_to(self.root))
                if name.startswith(".") or path.suffix != ".md" or name == "README.md":
                    continue
                count += 1
                if count > _MOST_FILES:
                    self._add(path, "The folder holds more files than a manual has.")
                    return
                yield path

    def _text(self, path: PurePosixPath) -> SourceText | None:
        named = FILE_NAME.fullmatch(path.name)
        if named is None:
            self._add(path, "The name says which article and language it is: as skapa-mall.sv.md.")
            return None
        said = self._read(path, most=_LARGEST_FILE)
        if said is None:
            return None
        try:
            front, markdown, first_line = read_article_file(said.decode())
        except UnicodeDecodeError:
            self._add(path, "The file is no UTF-8 text.")
            return None
        except ArticleFileFaultsError as error:
            self.faults += [FileFault(str(path), fault) for fault in error.faults]
            return None
        slug, parent = _place(path, stem=named["stem"])
        text = SourceText(str(path), slug, parent, named["language"], front, markdown, {})
        self._check(text, path)
        return replace(text, pictures=self._pictures(text, path, first_line=first_line))

    def _check(self, text: SourceText, path: PurePosixPath) -> None:
        """What one file says."""
        main = self.expected.languages[0]
        if not SLUG.fullmatch(text.slug) or len(text.slug) > LONGEST_SLUG or text.slug in RESERVED_SLUGS:
            self._add(path, f'"{text.slug}" cannot be an address: use other small letters a to z, digits and hyphens.')
        if len(path.parts) > DEEPEST:
            self._add(path, f"The article stands deeper than {DEEPEST} levels.")
        if text.language not in self.expected.languages:
            self._add(path, f'"{text.language}" is no language of the desk.', allowed=self.expected.languages)
        if text.front.product and text.front.product not in self.expected.products:
            known = sorted(self.expected.products)
            said = f'"{text.front.product}" is no product of the desk.'
            self._add(path, said, key="product", allowed=known, near=nearest(text.front.product, known))
        since, until = text.front.since, text.front.until
        if not is_in_order(since=since, until=until):
            self._add(path, f"The last version comes before {since}, the first one.", key="until")
        if text.language != main:
            for key in (key for key in SHARED if key in text.front.model_fields_set):
                self._add(path, f"This is the same in all languages: it stands in the {main} file alone.", key=key)

    def _pictures(self, text: SourceText, path: PurePosixPath, *, first_line: int) -> dict[str, bytes]:
        pictures: dict[str, bytes] = {}
        try:
            named = references(text.markdown)
        except BodyTooLongError as error:
            self._add(path, str(error))
            return {}
        for one in (one for one in named if one.is_picture and one.path not in pictures):
            content = self._picture(path, one.path, line=first_line + one.line - 1)
            if content is not None:
                pictures[one.path] = content
        return pictures

    def _picture(self, path: PurePosixPath, picture: str, *, line: int) -> bytes | None:
        place = within(path.parent, picture)
        if place is None:
            self._add(path, f"The picture {picture} lies outside of the folder.", line=line)
            return None
        content = self._read(place, most=LARGEST, named_by=path, line=line)
        if content is None:
            return None
        try:
            content_type_of(place.name, content)
        except PictureError as error:
            self._add(path, f"{error}.", line=line)
            return None
        return content

    def _read(
        self, path: PurePosixPath, *, most: int, named_by: PurePosixPath | None = None, line: int | None = None
    ) -> bytes | None:
        """The bytes of a plain file below the folder; a link anywhere on the way is a fault."""
        place, told = self.root / path, named_by or path
        if not place.is_file():
            self._add(told, f"There is no file {path}.", line=line)
        elif place.resolve() != place:
            self._add(told, f"{path} is a link to another place: links are not followed.", line=line)
        elif place.stat().st_size > most:
            self._add(told, f"{path} is larger than {most} bytes.", line=line)
        else:
            return place.read_bytes()
        return None

    def _check_together(self, texts: list[SourceText]) -> None:
        """What the files say of each other."""
        by_slug: dict[str, dict[str, SourceText]] = {}
        for text in texts:
            others = by_slug.setdefault(text.slug, {})
            if text.language in others:
                self._add(text.path, f"{others[text.language].path} is the same article: give one another name.")
            others.setdefault(text.language, text)
        known = by_slug.keys() | self.expected.slugs
        for text in texts:
            if text.parent and text.parent not in known:
                main = self.expected.languages[0]
                self._add(text.path, f"Its folder needs the section's own file: {text.parent}/index.{main}.md.")
            self._check_links(text, known)
            self._check_headings(text)
            self._check_marks(text)
        for slug, languages in by_slug.items():
            main = self.expected.languages[0]
            if main not in languages and slug not in self.expected.slugs:
                first = next(iter(languages.values()))
                self._add(first.path, f"The article is missing in {main}, the desk's main language.")

    def _check_links(self, text: SourceText, known: Iterable[str]) -> None:
        for one in references(text.markdown) if len(text.markdown) <= LONGEST else ():
            if not one.is_picture and slug_of(one.path.split("#")[0]) not in known:
                near = nearest(slug_of(one.path), known)
                self._add(text.path, f"The link {one.path} leads to no article.", near=near)

    def _check_headings(self, text: SourceText) -> None:
        """Links to headings of the text itself; those of others may be changed after it was published."""
        if _waits(text.front) or len(text.markdown) > LONGEST:
            return
        for link in headings_missing(text.markdown):
            self._add(text.path, f"The link {link} leads to no heading of the text.")

    def _check_marks(self, text: SourceText) -> None:
        """What stands for somebody's name may wait in a draft, and reaches no reader."""
        front = text.front
        if _waits(front):
            return
        for mark in dict.fromkeys(marks_in(f"{front.title}\n{front.summary}\n{text.markdown}")):
            self._add(text.path, f"Write something else where {mark} stands, or let the text be a draft.")

    def _settings(self) -> SourceSettings:
        path = PurePosixPath(SETTINGS_FILE)
        said = self._read(path, most=_LARGEST_FILE) if (self.root / path).exists() else None
        if said is None:
            return SourceSettings()
        try:
            return _settings(yaml.load(said.decode(), Loader=yaml.BaseLoader))  # noqa: S506  # makes texts and lists only
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
            self._add(path, f"The file says public: true or false, and synonyms: groups of words by language. {error}")
            return SourceSettings()

    def _add(
        self,
        path: PurePosixPath | str,
        problem: str,
        *,
        key: str = "",
        line: int | None = None,
        allowed: Iterable[str] = (),
        near: str | None = None,
    ) -> None:
        place = (key,) if key else ()
        self.faults.append(FileFault(str(path), Fault(place, problem, tuple(allowed), nearest=near, line=line)))


def within(folder: PurePosixPath, path: str) -> PurePosixPath | None:
    """The place that a relative path names, seen from a folder below the root; None when it leads out of the root."""
    parts: list[str] = []
    for part in (folder / path).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part == "/" or "\\" in part or "\x00" in part:
            return None
        else:
            parts.append(part)
    return PurePosixPath(*parts) if parts else None


def _place(path: PurePosixPath, *, stem: str) -> tuple[str, str]:
    """The slug and the parent's: a section's own file is `index` in its folder."""
    folders = path.parent.parts
    if stem == "index" and folders:
        return folders[-1], folders[-2] if len(folders) > 1 else ""
    return stem, folders[-1] if folders else ""


def _depth(text: SourceText) -> int:
    """The article's level in the tree: a section's own file lies one folder deeper than the section stands."""
    path = PurePosixPath(text.path)
    return len(path.parts) - (path.name == f"index.{text.language}.md")


def _waits(front: Front) -> bool:
    """No reader sees the text until somebody publishes it."""
    return front.state == "draft" and front.publish_at is None


def _settings(said: object) -> SourceSettings:
    if not isinstance(said, dict) or not said.keys() <= {"public", "synonyms"}:
        raise ValueError("It has the keys public and synonyms.")
    public = said.get("public")
    if public not in {"true", "false", None}:
        raise ValueError(f"{public} is neither true nor false.")
    synonyms = None if said.get("synonyms") is None else _synonyms(said["synonyms"])
    return SourceSettings(is_public=None if public is None else public == "true", synonyms=synonyms)


def _synonyms(said: object) -> dict[str, list[list[str]]]:
    """Groups of words by language, as {"sv": [["lösenord", "passord"]]}."""
    if not isinstance(said, dict):
        raise ValueError("Synonyms are groups of words by language.")  # noqa: TRY004  # told as a fault of the file
    for language, groups in said.items():
        words = [word for group in groups for word in group] if isinstance(groups, list) else [None]
        if not all(isinstance(word, str) for word in words):
            raise ValueError(f"The synonyms of {language} are groups of words, as - [lösenord, passord].")
    return said
