"""A desk's manual as a folder of Markdown: what is published, and drafts of texts that nobody has read yet.

What is written is what an import reads as the same. Files that are as they should be are not touched, and files of
articles that are gone stay unless asked. Nothing is written outside of the folder, nor through a link (trust 40).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion
from vaxel.domain.manual.pictures import content_of
from vaxel.domain.manual.queries import manual_of
from vaxel.insight.transfer.manual.article_file import FILE_NAME, Front, write_article_file
from vaxel.insight.transfer.manual.folder import SETTINGS_FILE, within


class ExportRefusedError(RuntimeError):
    """The folder cannot be written to; the message is one sentence."""


@dataclass(slots=True)
class Exported:
    """What an export did, by paths."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    #: Articles' files that the manual no longer has, and that were left.
    only_there: list[str] = field(default_factory=list)


def export_manual(root: Path, *, desk: Desk, prune: bool = False) -> Exported:
    """Bring the folder to what the manual says; `prune` removes articles' files that it no longer has.

    Raises ExportRefusedError.
    """
    exported = Exported()
    root.mkdir(parents=True, exist_ok=True)
    root = root.resolve()
    wanted = dict(manual_files(desk))
    for path, content in wanted.items():
        _write(root, path, content, exported=exported)
    for stale in _stale(root, wanted):
        if prune:
            (root / stale).unlink()
            exported.removed.append(str(stale))
        else:
            exported.only_there.append(str(stale))
    return exported


def manual_files(desk: Desk) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file of the manual with its path in the folder, settings and pictures too."""
    if (settings := _settings(desk)) is not None:
        yield PurePosixPath(SETTINGS_FILE), settings
    articles = {one.pk: one for one in Article.unscoped.filter(desk=desk, archived_at=None)}
    sections = {one.parent_id for one in articles.values()}
    texts = ArticleText.unscoped.filter(article__in=articles).select_related("live", "draft").order_by("pk")
    for text in texts:
        article, version = articles[text.article_id], text.live or text.draft
        if version is None:
            continue
        path = _path(article, articles, language=text.language, is_section=article.pk in sections)
        front = _front(article, text, version, is_main=text.language == desk.languages[0])
        yield path, write_article_file(front, version.markdown).encode()
        yield from _pictures(version, path.parent)


def _path(article: Article, articles: Mapping[int, Article], *, language: str, is_section: bool) -> PurePosixPath:
    folders = [articles[above].slug for above in article.lineage if above in articles]
    if is_section:
        return PurePosixPath(*folders, article.slug, f"index.{language}.md")
    return PurePosixPath(*folders, f"{article.slug}.{language}.md")


def _front(article: Article, text: ArticleText, version: ArticleVersion, *, is_main: bool) -> Front:
    shared = {
        "position": article.position,
        "product": article.product,
        "audience": article.own_audience,
        "since": article.since_version,
        "until": article.until_version,
    }
    return Front.model_validate(
        {
            "title": version.title,
            "summary": version.summary,
            "keywords": tuple(version.keywords),
            **(shared if is_main else {}),
            "state": "published" if text.live is not None else "draft",
            "publish_at": text.publish_at if text.live is None else None,
            "behind": True if text.is_behind else None,
        }
    )


def _pictures(version: ArticleVersion, folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    for named, digest in version.pictures.items():
        path = within(folder, named)
        content = None if path is None else content_of(desk_id=version.desk_id, digest=digest)
        if path is not None and content is not None:
            yield path, content


def _settings(desk: Desk) -> bytes | None:
    manual = manual_of(desk.pk)
    if manual is None:
        return None
    said: dict[str, object] = {"public": manual.is_public}
    if manual.synonyms:
        said["synonyms"] = manual.synonyms
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100_000).encode()


def _write(root: Path, path: PurePosixPath, content: bytes, *, exported: Exported) -> None:
    place = root / path
    if place.is_file() and not place.is_symlink() and place.read_bytes() == content:
        exported.unchanged += 1
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.parent.resolve() != place.parent or place.is_symlink():
            raise ExportRefusedError(f"{path} is a link to another place: nothing is written through it.")
        place.write_bytes(content)
    except OSError as error:
        raise ExportRefusedError(f"{path} cannot be written: {error.strerror}.") from error
    exported.written.append(str(path))


def _stale(root: Path, wanted: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
    """Files with an article's name that the manual does not have; nobody else's files are among them."""
    found = (PurePosixPath(path.relative_to(root)) for path in sorted(root.rglob("*.md")) if not path.is_symlink())
    ours = (path for path in found if FILE_NAME.fullmatch(path.name) and not any(p.startswith(".") for p in path.parts))
    return [path for path in ours if path not in wanted]
