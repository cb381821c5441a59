"""A folder of Markdown into a desk's manual: all of it or nothing, and any number of times.

Articles are found by slug. A text that is as the file says is left alone, with whatever draft an editor has beside it;
a changed one is saved as a new version and, unless the file says draft, published. Nothing is removed unless asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.manual.models import Article, ArticleText
from vaxel.domain.manual.pictures import keep_picture
from vaxel.domain.manual.queries import manual_of
from vaxel.domain.manual.tree import Place, archive_article, place_article, set_synonyms, set_up_manual
from vaxel.domain.manual.writing import ArticleWords, mark_behind, plan_publishing, publish, save_draft, words_of
from vaxel.insight.transfer.manual.folder import Expected, Source, SourceText, read_folder


@dataclass(slots=True)
class Imported:
    """What an import did, by the files' paths and the articles' slugs."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    archived: list[str] = field(default_factory=list)
    #: Articles of the desk that the folder does not have, and that were left.
    only_here: list[str] = field(default_factory=list)


def import_manual(root: Path, *, desk: Desk, by: Actor, now: datetime, prune: bool = False) -> Imported:
    """Bring the desk's manual to what the folder says; `prune` archives articles that it does not have.

    Raises FolderFaultsError, and nothing was written then.
    """
    policy = current_policy(desk)
    expected = Expected(
        languages=tuple(desk.languages),
        products=frozenset(policy.file.products),
        slugs=frozenset(_slugs(desk)),
    )
    return bring_in(read_folder(root, expected), desk=desk, by=by, now=now, prune=prune)


@transaction.atomic
def bring_in(source: Source, *, desk: Desk, by: Actor, now: datetime, prune: bool = False) -> Imported:
    """The same with a folder that has been read and checked."""
    imported = Imported()
    _settle(source, desk=desk, by=by, now=now)
    main = desk.languages[0]
    placed: dict[str, Article] = {}
    for text in source.texts:
        if text.language == main:
            placed[text.slug] = place_article(desk_id=desk.pk, place=_place(text), by=by, now=now)
    # The main language first: what is published after it is not behind it.
    for text in sorted(source.texts, key=lambda one: one.language != main):
        article = placed.get(text.slug) or Article.unscoped.get(desk=desk, slug=text.slug)
        _bring_text(text, article, by=by, now=now, imported=imported)
    _tell_missing(source, desk=desk, by=by, now=now, prune=prune, imported=imported)
    return imported


def _settle(source: Source, *, desk: Desk, by: Actor, now: datetime) -> None:
    manual = manual_of(desk.pk)
    public = source.settings.is_public
    if public is None:
        public = manual is not None and manual.is_public
    set_up_manual(desk_id=desk.pk, is_public=public, by=by, now=now)
    if source.settings.synonyms is not None:
        set_synonyms(desk_id=desk.pk, synonyms=source.settings.synonyms, by=by, now=now)


def _place(text: SourceText) -> Place:
    front = text.front
    return Place(
        slug=text.slug,
        parent=text.parent,
        position=front.position,
        product=front.product,
        audience=front.audience,
        since_version=front.since,
        until_version=front.until,
    )


def _bring_text(text: SourceText, article: Article, *, by: Actor, now: datetime, imported: Imported) -> None:
    known = ArticleText.unscoped.filter(article=article, language=text.language).select_related("live", "draft").first()
    words = _words(text, desk_id=article.desk_id, now=now)
    changed = _write(text, article, known, words, by=by, now=now)
    if text.front.behind is not None and (known is None or known.is_behind != text.front.behind):
        mark_behind(article=article, language=text.language, behind=text.front.behind, by=by, now=now)
        changed = changed or known is not None
    if known is None:
        imported.made.append(text.path)
    elif changed:
        imported.changed.append(text.path)
    else:
        imported.unchanged += 1


def _write(
    text: SourceText, article: Article, known: ArticleText | None, words: ArticleWords, *, by: Actor, now: datetime
) -> bool:
    """Save and publish, unless everything is as the file says; whether something was not."""
    live = None if known is None or known.live is None else words_of(known.live)
    draft = None if known is None or known.draft is None else words_of(known.draft)
    front, language = text.front, text.language
    if front.state == "published":
        if live == words:
            return False
        save_draft(article=article, language=language, words=words, by=by, now=now)
        publish(article=article, language=language, by=by, now=now, behind=bool(front.behind))
        return True
    changed = draft != words
    if changed:
        save_draft(article=article, language=language, words=words, by=by, now=now)
    planned = None if known is None else known.publish_at
    if front.publish_at != planned:
        plan_publishing(article=article, language=language, at=front.publish_at, by=by, now=now)
        changed = True
    return changed


def _words(text: SourceText, *, desk_id: int, now: datetime) -> ArticleWords:
    kept = {
        path: keep_picture(desk_id=desk_id, name=path, content=content, now=now)
        for path, content in text.pictures.items()
    }
    return ArticleWords(
        title=text.front.title,
        markdown=text.markdown,
        summary=text.front.summary,
        keywords=text.front.keywords,
        pictures=kept,
    )


def _tell_missing(source: Source, *, desk: Desk, by: Actor, now: datetime, prune: bool, imported: Imported) -> None:
    """What the desk has and the folder does not: archived when that is asked for."""
    here = {text.slug for text in source.texts}
    missing = [slug for slug in _slugs(desk) if slug not in here]
    if not prune:
        imported.only_here = missing
        return
    for slug in missing:
        archive_article(desk_id=desk.pk, slug=slug, by=by, now=now)
    imported.archived = missing


def _slugs(desk: Desk) -> Iterable[str]:
    articles = Article.unscoped.filter(desk=desk, archived_at=None).order_by("slug")
    return list(articles.values_list("slug", flat=True))
