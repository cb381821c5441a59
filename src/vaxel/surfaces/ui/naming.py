"""What a person may be called, read from a form and told when it is at fault: alike wherever people are named."""

from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.domain.administration.people_list import LONGEST_NAME, NameFault, fault_of_name, one_line
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain

#: Letters of what was typed that come back with the error; nobody types more by mistake.
_MOST_SHOWN: Final = 2000


def name_in(sent: QueryDict, field: str = "name") -> str:
    """The name as it was typed, too long or not: a name that is cut is another name."""
    return one_line(plain(sent.get(field, "")))[:_MOST_SHOWN]


def name_errors(name: str, *, known: str = "") -> list[FieldError]:
    """What is wrong with it, in words; nothing for a name, and for the one that they have already, `known`."""
    fault = fault_of_name(name, known=known)
    return [] if fault is None else [FieldError(field="name", text=name_words(fault))]


def name_words(fault: NameFault) -> str:
    """What is wrong there, and what to do."""
    return {
        NameFault.MISSING: _("Write the person's name"),
        NameFault.TOO_LONG: _("Shorten the name: it may have %(most)s characters at most") % {"most": LONGEST_NAME},
        NameFault.ADDRESS: _("Write only the name, without web addresses, mail addresses, @, slashes or < and >"),
    }[fault]
