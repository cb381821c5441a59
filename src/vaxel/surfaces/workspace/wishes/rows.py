"""Wishes as the workspace shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup

from vaxel.domain.wishes.models import Wish, WishAnswer
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
    article: str


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


def said_rows(answers: Sequence[WishAnswer], *, labels: Labels) -> tuple[SaidRow, ...]:
    return tuple(
        SaidRow(
            at=labels.moment(each.at),
            by=each.by_name,
            state=wish_state(each.state),
            html=paragraphs(in_language(each.text, labels.language)),
            release=each.release,
            article=each.article.slug if each.article else "",
        )
        for each in answers
    )


def missed_on(wish: Wish, *, place: StaffPlace, language: str) -> Link | None:
    """The article that it was sent from."""
    if wish.article is None:
        return None
    slug = wish.article.slug
    url = address("helpcentre:article", desk=place.desk.slug, language=language, slug=slug)
    return Link(label=slug, url=url)


def shortened(text: str) -> str:
    """The beginning of a wish, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
