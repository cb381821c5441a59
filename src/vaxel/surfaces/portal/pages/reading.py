"""What to read before asking: articles of the manual, and known problems, that the words so far are like."""

from typing import Final

from vaxel.domain.manual.audience import reader_of
from vaxel.insight.search.articles import search_articles
from vaxel.insight.search.problems import problems_like
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import Link

_MOST: Final = 3
#: Fewer words are no question yet, and what they are like says nothing.
_FEWEST_WORDS: Final = 2


def reading_for(words: str, *, place: CustomerPlace, language: str) -> tuple[Link, ...]:
    """At most three articles that this customer may read; none when none is like the words."""
    if len(words.split()) < _FEWEST_WORDS:
        return ()
    reader = reader_of(place.viewer, desk_id=place.desk.pk)
    found = search_articles(reader, words, language=language, most=_MOST)
    if found.corrected:
        return ()
    return tuple(
        Link(label=hit.title, url=address("helpcentre:article", desk=place.desk.slug, language=language, slug=hit.slug))
        for hit in found.hits
    )


def problems_for(words: str, *, place: CustomerPlace, product: str, language: str) -> tuple[Link, ...]:
    """Open known problems, each with the page where "me too" is said; none when none is like the words."""
    if len(words.split()) < _FEWEST_WORDS:
        return ()
    found = problems_like(words, desk_id=place.desk.pk, language=language, product=product)
    return tuple(
        Link(
            label=each.title.get(language) or next(iter(each.title.values()), ""),
            url=portal_url("me_too", place, number=str(each.number)),
        )
        for each in found
    )
