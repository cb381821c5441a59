"""Reads about wishes: what staff sort, what readers see and want, and who is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.models import ArticleText
from vaxel.domain.people.models import Person
from vaxel.domain.wishes.models import Vote, Wish, WishAnswer
from vaxel.domain.wishes.wishing import WishMissingError
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True)
class WishTold:
    """A wish with what was said of it, newest first; one that was merged is answered where it went."""

    wish: Wish
    answers: tuple[WishAnswer, ...]

    @property
    def newest(self) -> WishAnswer | None:
        return next(iter(self.answers), None)


def wishes_for_staff(scope: Scope, *, state: str) -> QuerySet[Wish]:
    """Those of the desk that stand so and stand by themselves, the most wanted first."""
    rows = Wish.objects.within(scope).filter(state=state, merged_into=None)
    return _counted(rows).select_related("organisation")


def wishes_numbered(scope: Scope, numbers: Sequence[int]) -> Sequence[Wish]:
    """Those of the desk with these numbers, in their order, each with how many want it; one query."""
    by_number = {
        wish.number: wish
        for wish in _counted(Wish.objects.within(scope).filter(number__in=numbers)).select_related("organisation")
    }
    return [by_number[number] for number in numbers if number in by_number]


def counts_by_state(scope: Scope) -> Mapping[str, int]:
    """How many stand by themselves in each state; one query."""
    rows = Wish.objects.within(scope).filter(merged_into=None).values_list("state").annotate(Count("pk")).order_by()
    return dict(rows)


def wish_for_staff(scope: Scope, *, number: int) -> WishTold:
    """One of the desk's, whatever became of it; two queries. Raises WishMissingError."""
    rows = _counted(Wish.objects.within(scope)).select_related("organisation", "article", "merged_into")
    wish = rows.filter(number=number).first()
    if wish is None:
        raise WishMissingError(number)
    return WishTold(wish, _answers(wish))


def merged_with(wish: Wish) -> Sequence[Wish]:
    """The wishes that were put to this one; one query."""
    return list(wish.merged.select_related("organisation").order_by("number"))


def organisations_wanting(wish: Wish) -> Sequence[str]:
    """Their names, the first voter first; one query."""
    votes = Vote.unscoped.filter(_of(wish)).order_by("at", "pk").values_list("organisation__name", flat=True)
    return list(dict.fromkeys(votes))


#: More than anybody reads.
MOST_SHOWN: Final = 100


def shown_wishes(*, desk_id: int) -> Sequence[WishTold]:
    """What everybody in the help centre sees, the most wanted first, each with how it stands; two queries."""
    rows = _counted(Wish.unscoped.filter(desk=desk_id, merged_into=None).exclude(title={}))
    return _told(list(rows[:MOST_SHOWN]))


def own_wishes(*, person_id: int) -> Sequence[WishTold]:
    """What somebody has wished, the newest first, each with how it stands; two queries."""
    wishes = list(Wish.unscoped.filter(person=person_id).order_by("-created_at", "-pk")[:MOST_SHOWN])
    return _told(wishes)


def wish_seen(*, desk_id: int, number: int, person_id: int | None) -> WishTold:
    """One that is shown to everybody, or the reader's own; two queries. Raises WishMissingError."""
    seen = ~Q(title={}) & Q(merged_into=None)
    if person_id is not None:
        seen |= Q(person=person_id)
    rows = Wish.unscoped.filter(seen, desk=desk_id, number=number)
    wish = _counted(rows).select_related("merged_into").first()
    if wish is None:
        raise WishMissingError(number)
    return WishTold(wish, _answers(wish))


def votes_of(scope: Scope, wishes: Sequence[Wish]) -> Mapping[int, str]:
    """Who at the organisation said that it wants these, by the wish's id; for its own people only. One query."""
    votes = Vote.objects.within(scope).filter(wish__in=wishes).values_list("wish_id", "person__name")
    return dict(votes)


def readable_article(answer: WishAnswer, reader: ManualReader) -> tuple[str, str] | None:
    """Address and title of the article that answered it, for whoever may read it (trust 43); one query at most."""
    if answer.article_id is None:
        return None
    texts = ArticleText.readable.by(reader).filter(article=answer.article_id)
    return texts.values_list("article__slug", "live__title").first()


def people_to_tell(answer: WishAnswer) -> Sequence[Person]:
    """Who wished it or said that they want it, there or in what was merged, and still may sign in (trust 47)."""
    wish = answer.wish
    wished = Wish.unscoped.filter(Q(pk=wish.pk) | Q(merged_into=wish)).values("person")
    voted = Vote.unscoped.filter(_of(wish)).values("person")
    people = Person.unscoped.filter(
        Q(pk__in=wished) | Q(pk__in=voted), desk=wish.desk_id, is_active=True, organisation__is_active=True
    )
    return list(people.exclude(account__is_active=False).select_related("account").order_by("pk"))


def _of(wish: Wish) -> Q:
    return Q(wish=wish) | Q(wish__merged_into=wish)


def _counted(rows: QuerySet[Wish]) -> QuerySet[Wish]:
    """With how many organisations want it, what was merged into it counted in; the most wanted first."""
    votes = (
        Vote.unscoped.annotate(root=Coalesce(F("wish__merged_into"), F("wish")))
        .filter(root=OuterRef("pk"))
        .order_by()
        .values("root")
        .annotate(many=Count("organisation", distinct=True))
    )
    counted = rows.annotate(wanted=Coalesce(Subquery(votes.values("many")[:1]), 0))
    return counted.order_by("-wanted", "-updated_at", "-pk")


def _answers(wish: Wish) -> tuple[WishAnswer, ...]:
    rows = WishAnswer.unscoped.filter(wish=wish.merged_into_id or wish.pk)
    return tuple(rows.select_related("article").order_by("-at", "-pk"))


def _told(wishes: Sequence[Wish]) -> Sequence[WishTold]:
    """With the newest of what was said of each."""
    roots = {wish.merged_into_id or wish.pk for wish in wishes}
    newest = {
        answer.wish_id: answer
        for answer in WishAnswer.unscoped.filter(wish__in=roots).select_related("article").order_by("at", "pk")
    }
    said = ((wish, newest.get(wish.merged_into_id or wish.pk)) for wish in wishes)
    return [WishTold(wish, () if answer is None else (answer,)) for wish, answer in said]
