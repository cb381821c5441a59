"""Readers wish for something, and say that their organisation wants it too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.models import Article, ArticleText
from vaxel.domain.people.models import Person
from vaxel.domain.wishes.models import Vote, Wish
from vaxel.kit.tenancy import Scope

LONGEST: Final = 2000
LONGEST_SEARCH: Final = 200


class WishMissingError(LookupError):
    """No such wish for this reader. Views answer 404."""


class NotOpenToVotesError(RuntimeError):
    """Nobody can want it too: it is done, declined or not shown to others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishWords:
    """What somebody misses, in their own words, and where they missed it."""

    text: str
    language: str
    #: An article's name in its address; one that the reader cannot read is left out.
    article: str = ""
    #: What they had searched for.
    searched: str = ""


@transaction.atomic(durable=True)
def send_wish(
    words: WishWords, *, desk: Desk, reader: ManualReader, person_id: int | None, by: Actor | None, now: datetime
) -> Wish:
    """Take a wish in. `person_id` is a customer's person; without it and without `by` nobody is known, nor told.

    The wisher's organisation wants it from the start. Raises ValueError for no words, or more than LONGEST.
    """
    if not words.text.strip() or len(words.text) > LONGEST:
        raise ValueError("a wish has words, and not too many")
    Desk.objects.select_for_update().only("id").get(pk=desk.pk)
    last = Wish.unscoped.filter(desk=desk).aggregate(last=Max("number"))["last"] or 0
    person = None if person_id is None else Person.unscoped.get(pk=person_id, desk=desk)
    wish = Wish.objects.create(
        desk=desk,
        number=last + 1,
        text=words.text.strip(),
        language=words.language,
        article=_article(words.article, reader=reader),
        searched=words.searched.strip()[:LONGEST_SEARCH],
        organisation_id=None if person is None else person.organisation_id,
        person=person,
        by_name="" if by is None else by.name,
        created_at=now,
        updated_at=now,
    )
    if person is not None:
        _vote(wish, person=person, now=now)
    if by is not None:
        record(kind="wish-sent", by=by, now=now, desk_id=desk.pk, wish=wish.pk)
    return wish


@transaction.atomic(durable=True)
def want_too(*, scope: Scope, person_id: int, number: int, by: Actor, now: datetime) -> Vote:
    """The person's organisation wants it too; once is enough. Raises WishMissingError and NotOpenToVotesError."""
    person = Person.objects.within(scope).get(pk=person_id)
    vote = _vote(_votable(desk_id=person.desk_id, number=number), person=person, now=now)
    record(kind="wish-wanted", by=by, now=now, desk_id=person.desk_id, wish=vote.wish_id)
    return vote


@transaction.atomic(durable=True)
def want_no_more(*, scope: Scope, number: int, by: Actor, now: datetime) -> None:
    """The organisation takes its vote back, whoever of it gave it. Raises as `want_too`."""
    wish = _votable(desk_id=scope.desk_id, number=number)
    if Vote.objects.within(scope).filter(wish=wish).delete()[0]:
        record(kind="wish-not-wanted", by=by, now=now, desk_id=scope.desk_id, wish=wish.pk)


#: What may still be wanted.
_OPEN: Final = frozenset({Wish.State.NEW, Wish.State.CONSIDERED, Wish.State.PLANNED})


def is_votable(wish: Wish) -> bool:
    """Whether organisations can want it too."""
    return bool(wish.title) and wish.merged_into_id is None and wish.state in _OPEN


def _votable(*, desk_id: int, number: int) -> Wish:
    wish = Wish.unscoped.filter(desk=desk_id, number=number).exclude(title={}).first()
    if wish is None:
        raise WishMissingError(number)
    if not is_votable(wish):
        raise NotOpenToVotesError(number)
    return wish


def _vote(wish: Wish, *, person: Person, now: datetime) -> Vote:
    vote, _made = Vote.unscoped.get_or_create(
        wish=wish,
        organisation_id=person.organisation_id,
        defaults={"desk_id": wish.desk_id, "person": person, "at": now},
    )
    return vote


def _article(slug: str, *, reader: ManualReader) -> Article | None:
    """The article, if the reader may read it in any language (trust 43)."""
    if not slug:
        return None
    readable = ArticleText.readable.by(reader).filter(article__slug=slug)
    text = readable.select_related("article").first()
    return None if text is None else text.article
