"""Wishes as readers of the help centre see them, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.wishes.models import Wish, WishAnswer
from vaxel.domain.wishes.queries import WishTold, readable_article, votes_of
from vaxel.domain.wishes.wishing import is_votable
from vaxel.surfaces.helpcentre.frame import help_url
from vaxel.surfaces.helpcentre.place import HelpPlace
from vaxel.surfaces.ui.desk_news import Reading
from vaxel.surfaces.ui.shapes import Link, Moment
from vaxel.surfaces.ui.wish_words import WishState, wish_state
from vaxel.surfaces.ui.words import paragraphs

_LONGEST_NAME: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """A wish in a list."""

    title: str
    url: str
    state: WishState
    #: What was said of it last; empty while nothing has been.
    said: str
    wanted: str
    #: Who at the reader's organisation said that it wants it; empty when nobody has.
    voter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of a wish, when, and what answered it."""

    at: Moment
    state: WishState
    html: Markup
    release: str
    article: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WishPage:
    """One wish with all that was said of it."""

    title: str
    row: WishRow
    #: The wisher's own words, for the wisher alone.
    own_words: Markup | None
    said: tuple[Said, ...]
    #: Where the organisation wants it too, or no more; empty for whoever cannot say so.
    vote_url: str


def wish_rows(place: HelpPlace, wishes: Sequence[WishTold]) -> tuple[WishRow, ...]:
    """The lines of a list; one query for whoever is a customer's."""
    voters = _voters(place, [told.wish for told in wishes])
    return tuple(_row(place, told, voter=voters.get(told.wish.pk, "")) for told in wishes)


def wish_page(place: HelpPlace, told: WishTold) -> WishPage:
    """A query for the vote, and one for each article that answered it."""
    (row,) = wish_rows(place, [told])
    wish = told.wish
    own = isinstance(place.viewer, CustomerViewer) and wish.person_id == place.viewer.person_id
    may_vote = isinstance(place.viewer, CustomerViewer) and is_votable(wish)
    return WishPage(
        title=row.title,
        row=row,
        own_words=paragraphs(wish.text) if own else None,
        said=tuple(_said(place, answer) for answer in told.answers),
        vote_url=help_url("wish_vote", place, language=place.language, number=str(wish.number)) if may_vote else "",
    )


def _voters(place: HelpPlace, wishes: Sequence[Wish]) -> Mapping[int, str]:
    return votes_of(place.viewer.scope, wishes) if isinstance(place.viewer, CustomerViewer) else {}


def _row(place: HelpPlace, told: WishTold, *, voter: str) -> WishRow:
    reading = Reading(place.desk, place.language, place.now)
    wish, newest = told.wish, told.newest
    count: int = getattr(wish, "wanted", 0)
    return WishRow(
        title=reading.words(wish.title) or _beginning(wish.text),
        url=help_url("wish", place, language=place.language, number=str(wish.number)),
        state=wish_state(newest.state if newest else wish.state),
        said=reading.words(newest.text) if newest else "",
        wanted=ngettext("%(count)d organisation wants it", "%(count)d organisations want it", count) % {"count": count}
        if count
        else "",
        voter=voter,
    )


def _said(place: HelpPlace, answer: WishAnswer) -> Said:
    reading = Reading(place.desk, place.language, place.now)
    article = readable_article(answer, place.reader)
    return Said(
        at=reading.moment(answer.at),
        state=wish_state(answer.state),
        html=paragraphs(reading.words(answer.text)),
        release=_("You have it from version %(version)s on.") % {"version": answer.release} if answer.release else "",
        article=Link(label=article[1], url=help_url("article", place, language=place.language, slug=article[0]))
        if article
        else None,
    )


def _beginning(text: str) -> str:
    """The wisher's own words stand for a title that staff have not written."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME].rsplit(' ', 1)[0]} …"
