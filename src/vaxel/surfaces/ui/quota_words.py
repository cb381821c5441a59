"""The periods that quotas are counted in, in words: the same for customers and for staff."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def per_words() -> Mapping[str, str]:
    """By their names in a policy."""
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
