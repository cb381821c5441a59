"""The policy before today's: a desk of the demonstration has changed its mind once."""

from typing import Final

_EXAMPLES: Final = "[[examples]]"
#: What was otherwise, and why it was changed.
_EARLIER: Final = {
    "kompass": ('within = "4h"', 'within = "8h"', "Svar inom fyra timmar i stället för åtta"),
    "baver": ('cut_off = "15:00"', 'cut_off = "13:00"', "Svar samma dag för frågor fram till klockan 15"),
}


def earlier_policy(slug: str, source: str) -> tuple[str, str] | None:
    """The file before today's, and why it was changed. It had no examples: they came with the change.

    None for a desk that has had one policy only.
    """
    if slug not in _EARLIER:
        return None
    old, new, why = _EARLIER[slug]
    return source.split(_EXAMPLES, maxsplit=1)[0].replace(old, new), why
