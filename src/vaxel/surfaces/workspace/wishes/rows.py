"""Wishes as the workspace shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup

from vaxel.domain.manual.audience import reader_of
from vaxel.domain.manual.queries import entries_of
from vaxel.domain.wishes.models import Wish, WishAnswer
from vaxel.domain.wishes.queries import WishTold
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Link, Moment
from vaxel.surfaces.ui.wish_words import WishState, wish_state
from vaxel.surfaces.ui.words import paragraphs
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.panel import in_language

_LONGEST: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """A wish in a list."""

    number: int
    title: str
    url: str
    #: The wisher's words below a title that staff have written.
    words: str
    who: str
    wanted: int
    state: WishState
    is_shown: bool
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """What was said of a wish, when and by whom."""

    at: Moment
    by: str
    state: WishState
    html: Markup
    release: str
    article: Link | None


def wish_row(wish: Wish, *, place: StaffPlace, labels: Labels) -> WishRow:
    """A wish that was read with how many want it (`wishes_for_staff`)."""
    title = in_language(wish.title, labels.language)
    return WishRow(
        number=wish.number,
        title=title or shortened(wish.text),
        url=workspace_url("wish", place, number=str(wish.number)),
        words=shortened(wish.text) if title else "",
        who=who_wished(wish),
        wanted=getattr(wish, "wanted", 0),
        state=wish_state(wish.state),
        is_shown=bool(wish.title),
        at=labels.moment(wish.created_at),
    )


def who_wished(wish: Wish) -> str:
    """Name and organisation, as far as they are known."""
    if not wish.by_name:
        return _("Somebody without an account")
    return wish.by_name if wish.organisation is None else f"{wish.by_name}, {wish.organisation.name}"


def said_rows(answers: Sequence[WishAnswer], articles: Mapping[int, Link], *, labels: Labels) -> tuple[SaidRow, ...]:
    """The newest first; `articles` are those of `articles_named`."""
    return tuple(
        SaidRow(
            at=labels.moment(each.at),
            by=each.by_name,
            state=wish_state(each.state),
            html=paragraphs(in_language(each.text, labels.language)),
            release=each.release,
            article=articles.get(each.article_id or 0),
        )
        for each in answers
    )


def articles_named(told: WishTold, *, place: StaffPlace, language: str) -> Mapping[int, Link]:
    """The articles that it was missed in and answered by, by their ids; a query when there are any.

    Titles are the manual's: one that nobody reads yet is named by its address.
    """
    articles = {each.pk: each for each in (told.wish.article, *(said.article for said in told.answers)) if each}
    if not articles:
        return {}
    reader = reader_of(place.viewer, desk_id=place.desk.pk)
    entries = entries_of(reader, article_ids=articles, language=language)
    return {
        number: Link(
            label=entries[number].title if number in entries else article.slug,
            url=address("helpcentre:article", desk=place.desk.slug, language=language, slug=article.slug),
        )
        for number, article in articles.items()
    }


def shortened(text: str) -> str:
    """The beginning of a wish, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
