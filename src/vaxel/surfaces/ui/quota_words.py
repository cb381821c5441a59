"""Quotas in words: how much is used, what counts and when there is more. The same for customers and for staff."""

from collections.abc import Mapping

from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import gettext as _

from vaxel.domain.tickets.counts import Quota
from vaxel.rules.policy import PolicyFile


def per_words() -> Mapping[str, str]:
    """The periods that quotas are counted in, by their names in a policy."""
    return {
        "day": _("today"),
        "week": _("this week"),
        "month": _("this month"),
        "quarter": _("this quarter"),
        "half-year": _("this half-year"),
        "year": _("this year"),
        "agreement-year": _("this year of the agreement"),
        "agreement": _("in the whole agreement"),
    }


def used_in_words(quota: Quota) -> str:
    """As "2 of 2 used this quarter, and 1 beyond that"."""
    said = {"used": quota.used, "limit": quota.limit, "beyond": quota.beyond, "per": per_words()[quota.per]}
    if quota.beyond:
        return _("%(used)d of %(limit)d used %(per)s, and %(beyond)d beyond that") % said
    return _("%(used)d of %(limit)d used %(per)s") % said


def renewal_in_words(quota: Quota, *, language: str) -> str:
    """From when there are as many again; empty for what is counted over the whole agreement."""
    if quota.renews_on is None:
        return ""
    return _("New ones from %(day)s.") % {"day": format_date(quota.renews_on, "d MMMM y", locale=language)}


def what_counts(quota: Quota, *, file: PolicyFile, language: str) -> str:
    """Which tickets are counted, and since when; empty for what staff count by hand."""
    fact = file.facts[quota.fact]
    if fact.counts != "tickets":
        return ""
    of = fact.of or {}
    kinds = of.get("kind", ())
    names = [file.kinds[each].name.in_(language) for each in ([kinds] if isinstance(kinds, str) else kinds)]
    if not names or len(of) > 1:
        return _("A question counts from the day it is asked, and goes on counting when it is solved.")
    said = {"kinds": format_list([f"“{each}”" if language == "en" else f"”{each}”" for each in names], "or", language)}
    return (
        _("A question of the kind %(kinds)s counts from the day it is asked, and goes on counting when it is solved.")
        % said
    )
