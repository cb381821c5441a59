"""The tree: where an article stands, and what follows from it for everything below."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils.text import slugify

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.audience import Audience, narrower
from vaxel.domain.manual.models import Article, Manual

#: Addresses of the help centre that are no article.
RESERVED_SLUGS: Final = frozenset(
    ("search", "suggest", "pictures", "sitemap", "index", "problems", "wishes", "contacts"),
)
#: What an article may be called in addresses and in files: nothing that leads out of a folder (trust 40).
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG: Final = 100
#: A version of a product as articles name it, or nothing: digits with points, for others cannot be compared.
VERSION: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]+)*)?")
LONGEST_VERSION: Final = 20
#: Sections within sections; deeper nobody finds anything.
DEEPEST: Final = 6


class PlaceError(ValueError):
    """The article cannot stand there; the message says why, and nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article is to stand and for whom. `parent` is a slug; empty for the top, or for the parent's readers."""

    slug: str
    parent: str = ""
    position: int = 0
    product: str = ""
    audience: str = ""
    since_version: str = ""
    until_version: str = ""


@transaction.atomic
def set_up_manual(*, desk_id: int, is_public: bool, by: Actor, now: datetime) -> Manual:
    """Begin a desk's manual, or change who may read it without signing in."""
    manual, made = Manual.unscoped.get_or_create(desk_id=desk_id, defaults={"is_public": is_public})
    if made:
        Desk.objects.filter(pk=desk_id).update(has_manual=True)
    if made or manual.is_public != is_public:
        manual.is_public = is_public
        manual.save(update_fields=["is_public"])
        record(kind="manual-set-up", by=by, now=now, desk_id=desk_id, is_public=is_public)
    return manual


@transaction.atomic
def set_synonyms(*, desk_id: int, synonyms: dict[str, list[list[str]]], by: Actor, now: datetime) -> None:
    """Say which words mean the same to a search, by language, in groups."""
    manual = locked_manual(desk_id)
    if manual.synonyms != synonyms:
        manual.synonyms = synonyms
        manual.save(update_fields=["synonyms"])
        touch(desk_id)
        record(kind="manual-synonyms-set", by=by, now=now, desk_id=desk_id)


@transaction.atomic
def place_article(*, desk_id: int, place: Place, by: Actor, now: datetime, is_new: bool = False) -> Article:
    """Make the article of this slug, or bring it to this place; everything below it follows.

    An archived one comes back; with `is_new` there must be none. Raises PlaceError.
    """
    locked_manual(desk_id)
    if place.slug in RESERVED_SLUGS:
        raise PlaceError(f"{place.slug} is an address of the help centre: give the article another name")
    if not SLUG.fullmatch(place.slug) or len(place.slug) > LONGEST_SLUG:
        raise PlaceError(f"{place.slug} cannot stand in an address: use small letters a to z, digits and hyphens")
    if not (is_version(place.since_version) and is_version(place.until_version)):
        raise PlaceError(f"{place.slug} is true of no version of the product: write it as 8.9.0")
    if not is_in_order(since=place.since_version, until=place.until_version):
        raise PlaceError(f"{place.slug} is true until {place.until_version}, which comes before {place.since_version}")
    parent = _parent(desk_id, place)
    wanted: dict[str, Any] = {
        "parent_id": None if parent is None else parent.pk,
        "lineage": [] if parent is None else [*parent.lineage, parent.pk],
        "position": place.position,
        "product": place.product,
        "own_audience": place.audience,
        "audience": _audience(place.audience, parent),
        "since_version": place.since_version,
        "until_version": place.until_version,
        "archived_at": None,
    }
    article = Article.unscoped.filter(desk=desk_id, slug=place.slug).first()
    if article is not None and is_new:
        raise PlaceError(f"There is an article {place.slug} already")
    if article is None:
        article = Article(desk_id=desk_id, slug=place.slug, created_at=now)
        for name, value in wanted.items():
            setattr(article, name, value)
        article.save(force_insert=True)
        touch(desk_id)
        return article
    changed = [name for name, value in wanted.items() if getattr(article, name) != value]
    if changed:
        _require_no_circle(article, parent)
        for name in changed:
            setattr(article, name, wanted[name])
        article.save(update_fields=changed)
        _follow(article)
        touch(desk_id)
        record(kind="article-placed", by=by, now=now, desk_id=desk_id, article=article.slug)
    return article


def free_slug(title: str, *, desk_id: int) -> str:
    """An address for a new article, after its title; with a number where that is taken."""
    base = slugify(title)[: LONGEST_SLUG - 5].strip("-") or "artikel"
    taken = set(Article.unscoped.filter(desk=desk_id, slug__startswith=base).values_list("slug", flat=True))
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 4)))
    return next(name for name in names if name not in taken | RESERVED_SLUGS)


@transaction.atomic
def archive_article(*, desk_id: int, slug: str, by: Actor, now: datetime) -> None:
    """Take an article and everything below it out of the manual; its versions stay. Raises PlaceError."""
    locked_manual(desk_id)
    article = Article.unscoped.filter(desk=desk_id, slug=slug).first()
    if article is None:
        raise PlaceError(f"There is no article {slug}")
    below = Article.unscoped.filter(desk=desk_id, lineage__contains=[article.pk], archived_at=None)
    below.update(archived_at=now)
    Article.unscoped.filter(pk=article.pk).update(archived_at=now)
    touch(desk_id)
    record(kind="article-archived", by=by, now=now, desk_id=desk_id, article=slug)


@transaction.atomic
def bring_back(*, desk_id: int, slug: str, by: Actor, now: datetime) -> None:
    """Put an archived article, and what was archived with it, where it stood. Raises PlaceError."""
    locked_manual(desk_id)
    article = Article.unscoped.filter(desk=desk_id, slug=slug).select_related("parent").first()
    if article is None or article.archived_at is None:
        raise PlaceError(f"There is no archived article {slug}")
    if article.parent is not None and article.parent.archived_at is not None:
        raise PlaceError(f"{slug} stood under {article.parent.slug}, which is archived too: bring that back first")
    together = Article.unscoped.filter(desk=desk_id, archived_at=article.archived_at)
    together.filter(Q(pk=article.pk) | Q(lineage__contains=[article.pk])).update(archived_at=None)
    touch(desk_id)
    record(kind="article-brought-back", by=by, now=now, desk_id=desk_id, article=slug)


def is_version(text: str) -> bool:
    """Whether an article may say that it is true from, or until, this version; nothing means all of them."""
    return len(text) <= LONGEST_VERSION and VERSION.fullmatch(text) is not None


def is_in_order(*, since: str, until: str) -> bool:
    """Whether the last version may follow the first: 8.10 comes after 8.9, and until 8 means all that begin with 8."""
    if not (since and until):
        return True
    first, last = ([int(number) for number in version.split(".")] for version in (since, until))
    return last >= first[: len(last)]


def locked_manual(desk_id: int) -> Manual:
    """The manual's row, held until the transaction ends: one desk's manual is changed by one writer at a time."""
    try:
        return Manual.unscoped.select_for_update().get(desk=desk_id)
    except Manual.DoesNotExist:
        raise PlaceError("This desk has no manual yet: it begins with the first import") from None


def touch(desk_id: int) -> None:
    """Tell whoever keeps something of the manual that readers see another one now."""
    Manual.unscoped.filter(desk=desk_id).update(revision=F("revision") + 1)


def _parent(desk_id: int, place: Place) -> Article | None:
    if not place.parent:
        return None
    parent = Article.unscoped.filter(desk=desk_id, slug=place.parent).first()
    if parent is None:
        raise PlaceError(f"{place.slug} is to stand under {place.parent}, and there is no such article")
    if len(parent.lineage) + 1 >= DEEPEST:
        raise PlaceError(f"{place.slug} would stand more than {DEEPEST} levels deep")
    return parent


def _require_no_circle(article: Article, parent: Article | None) -> None:
    if parent is not None and article.pk in {parent.pk, *parent.lineage}:
        raise PlaceError(f"{article.slug} cannot stand under {parent.slug}, which stands under it")


def _audience(own: str, parent: Article | None) -> str:
    above = Audience.EVERYONE if parent is None else parent.audience
    return narrower(own or above, above)


def _follow(article: Article) -> None:
    """Bring what stands below to the article's new way and readers, level by level."""
    for child in Article.unscoped.filter(parent=article):
        child.lineage = [*article.lineage, article.pk]
        child.audience = _audience(child.own_audience, article)
        child.save(update_fields=["lineage", "audience"])
        _follow(child)
