"""The words of one ticket: those of the language, those of its customer, and what is made up for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from random import Random
from typing import Final

from vaxel.insight.transfer.demo import details
from vaxel.insight.transfer.demo.cast import CastOrganisation, CastPerson, CastStaff
from vaxel.insight.transfer.demo.files import Variants, words_of
from vaxel.insight.transfer.demo.wording import Words

#: Greetings and thanks are never the same twice in a row.
_GREETINGS: Final = frozenset({"hi", "hello", "bye", "thanks"})
#: Officers of an installed case system sit in units of their own.
_CASE_SYSTEM: Final = "baver"
_SWEDISH: Final = "sv"


def words_for(
    language: str,
    *,
    random: Random,
    at: datetime,
    asker: CastPerson,
    colleague: CastPerson,
    organisation: CastOrganisation,
    agents: Sequence[CastStaff],
) -> Words:
    """What the words mean in a ticket that is opened at this instant."""
    form = "case-system" if _CASE_SYSTEM in organisation.products else organisation.form
    words = Words(
        lists=_lists(language, form),
        makers=details.makers(at=at, organisation=organisation, asker=asker, colleague=colleague),
        varying=_varying(),
        random=random,
        kept={},
    )
    words.keep(asker=asker.first_name, colleague_agent=random.choice(agents).name.split()[0])
    return words


@cache
def _lists(language: str, form: str) -> Mapping[str, Variants]:
    """Names of views, templates and units are the product's and the customer's: Swedish in every language."""
    swedish = words_of(_SWEDISH)
    return {**swedish.lists, **words_of(language).lists, "unit": swedish.unit[form]}


@cache
def _varying() -> frozenset[str]:
    return frozenset(words_of(_SWEDISH).varying) | details.VARYING | _GREETINGS
