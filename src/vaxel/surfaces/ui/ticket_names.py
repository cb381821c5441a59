"""How tickets are called: the desk's prefix and the number, "KOM-1042"."""

import re
from typing import Final

from django.http import Http404

from vaxel.domain.desks.models import Desk

_NAME: Final = re.compile(r"(?P<prefix>[A-Z][A-Z0-9]{1,5})-(?P<number>[0-9]{1,15})", re.ASCII)


def ticket_name(desk: Desk, number: int) -> str:
    """The name that people see and say."""
    return f"{desk.prefix}-{number}"


def number_of(desk: Desk, name: str) -> int:
    """The number in a name of this desk; 404 for anything else, as for a ticket that is not there."""
    found = _NAME.fullmatch(name.upper())
    if found is None or found["prefix"] != desk.prefix:
        raise Http404
    return int(found["number"])
