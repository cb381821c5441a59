"""Staff read wishes: show them to others, say how they stand, and put those together that are the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.manual.models import Article
from vaxel.domain.wishes.models import Wish, WishAnswer
from vaxel.domain.wishes.wishing import WishMissingError
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope


class WishChangedError(RuntimeError):
    """Somebody else changed the wish meanwhile; nothing was written (trust 75)."""


class WordsMissingError(ValueError):
    """A text is not there in every language of the desk; `languages` are those that lack it."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__(", ".join(languages))
        self.languages = languages


class NoSuchArticleError(LookupError):
    """The manual has no such article."""


class NotTheSameError(ValueError):
    """The two cannot be put together: one is the other, or holds or is held by a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a wish stands, in a sentence for each language, and what answered it."""

    state: str
    text: Mapping[str, str]
    #: An article's name in its address; empty for none.
    article: str = ""
    #: A version of the product, as its users call it; empty for none.
    release: str = ""


@transaction.atomic(durable=True)
def answer_wish(
    answer: Answer, *, scope: Scope, number: int, seen_version: int, by: Actor, now: datetime
) -> WishAnswer:
    """Say how it stands; whoever wished it or wants it is told by mail, each in their language.

    Raises WishMissingError, WishChangedError, WordsMissingError, NoSuchArticleError, and ValueError for a state that
    there is not.
    """
    wish = _lock(scope=scope, number=number, seen_version=seen_version)
    _require(answer.text, wish)
    wish.state = Wish.State(answer.state)
    _save(wish, now=now, fields=["state"])
    said = WishAnswer.objects.create(
        desk_id=wish.desk_id,
        wish=wish,
        state=wish.state,
        text=dict(answer.text),
        article=_article(answer.article, desk_id=wish.desk_id),
        release=answer.release,
        by_name=by.name,
        at=now,
    )
    defer("tell_about_wish", answer_id=said.pk)
    record(kind="wish-answered", by=by, now=now, desk_id=wish.desk_id, wish=wish.pk, state=wish.state)
    return said


@transaction.atomic(durable=True)
def show_wish(
    title: Mapping[str, str], *, scope: Scope, number: int, seen_version: int, by: Actor, now: datetime
) -> Wish:
    """Let others see it and want it too, under this title; with an empty title they no longer do.

    Raises WishMissingError, WishChangedError and WordsMissingError.
    """
    wish = _lock(scope=scope, number=number, seen_version=seen_version)
    is_shown = any(words.strip() for words in title.values())
    if is_shown:
        _require(title, wish)
    wish.title = dict(title) if is_shown else {}
    _save(wish, now=now, fields=["title"])
    record(kind="wish-shown", by=by, now=now, desk_id=wish.desk_id, wish=wish.pk, shown=is_shown)
    return wish


@transaction.atomic(durable=True)
def merge_wish(*, scope: Scope, number: int, into: int, by: Actor, now: datetime) -> Wish:
    """The wish is the same as another: its wishers hear what is said of that one, its votes count there.

    Votes stay where they were given, so `split_wish` undoes it whole. Raises WishMissingError and NotTheSameError.
    """
    rows = Wish.objects.within(scope).select_for_update().filter(number__in=[number, into]).order_by("pk")
    by_number = {wish.number: wish for wish in rows}
    if number not in by_number or into not in by_number:
        raise WishMissingError(number)
    wish, other = by_number[number], by_number[into]
    holds_others = Wish.unscoped.filter(merged_into=wish).exists()
    if wish == other or holds_others or wish.merged_into_id is not None or other.merged_into_id is not None:
        raise NotTheSameError(number)
    wish.merged_into = other
    _save(wish, now=now, fields=["merged_into"])
    record(kind="wish-merged", by=by, now=now, desk_id=wish.desk_id, wish=wish.pk, into=other.pk)
    return other


@transaction.atomic(durable=True)
def split_wish(*, scope: Scope, number: int, by: Actor, now: datetime) -> Wish:
    """The wish stands by itself again, with the votes that it had. Raises WishMissingError."""
    wish = Wish.objects.within(scope).select_for_update().filter(number=number).first()
    if wish is None:
        raise WishMissingError(number)
    if wish.merged_into_id is not None:
        wish.merged_into = None
        _save(wish, now=now, fields=["merged_into"])
        record(kind="wish-split", by=by, now=now, desk_id=wish.desk_id, wish=wish.pk)
    return wish


def _lock(*, scope: Scope, number: int, seen_version: int) -> Wish:
    rows = Wish.objects.within(scope).select_for_update(of=("self",)).select_related("desk")
    wish = rows.filter(number=number).first()
    if wish is None:
        raise WishMissingError(number)
    if wish.version != seen_version:
        raise WishChangedError(number)
    return wish


def _save(wish: Wish, *, now: datetime, fields: list[str]) -> None:
    wish.updated_at = now
    wish.version += 1
    wish.save(update_fields=[*fields, "updated_at", "version"])


def _require(text: Mapping[str, str], wish: Wish) -> None:
    lacking = tuple(language for language in wish.desk.languages if not text.get(language, "").strip())
    if lacking:
        raise WordsMissingError(lacking)


def _article(slug: str, *, desk_id: int) -> Article | None:
    if not slug:
        return None
    article = Article.unscoped.filter(desk=desk_id, slug=slug, archived_at=None).first()
    if article is None:
        raise NoSuchArticleError(slug)
    return article
