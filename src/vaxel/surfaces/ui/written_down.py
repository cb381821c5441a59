"""Words that somebody said and one of the staff noted: the same sentence for customers and for staff (A10)."""

from django.utils.translation import gettext as _

_PHONE = "phone"


def written_down(name: str, *, channel: str) -> str:
    """Who noted them; `channel` is how they came."""
    said = _("By phone, written down by %(name)s") if channel == _PHONE else _("Written down by %(name)s")
    return said % {"name": name}
