"""What a legal hold is placed on, from one field: a customer by name, or a ticket by number. What is not found is told
as what it was taken for.
"""

import re
from typing import Final, TypedDict

from django.utils.translation import gettext as _

from vaxel.domain.people.models import Organisation
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.settings.frame import Settings

#: How a ticket is written, with the prefix of whichever desk; the number alone is one of this desk.
_TICKET: Final = re.compile(r"(?:(?P<prefix>[a-z][a-z0-9]{1,5})\s*[-–]\s*)?(?P<number>[0-9]{1,15})", re.IGNORECASE)
#: Customers that are offered instead of one that is not there.
_OFFERED: Final = 3


class Thing(TypedDict, total=False):
    """One of the two."""

    organisation: Organisation
    ticket: Ticket


class NotNamedError(ValueError):
    """Nothing of the desk is called so; `text` says it, and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def thing_named(named: str, at: Settings) -> Thing:
    """The customer or ticket that the words name; at most two queries. Raises NotNamedError."""
    if not named:
        raise NotNamedError(_("Write the name of a customer, or the number of a ticket"))
    called_so = Organisation.objects.within(at.place.scope).filter(name__iexact=named).first()
    if called_so is not None:
        return {"organisation": called_so}
    number = _TICKET.fullmatch(named)
    if number is not None:
        return {"ticket": _ticket(int(number["number"]), number["prefix"] or "", at)}
    raise NotNamedError(_no_customer(named, at))


def _ticket(number: int, prefix: str, at: Settings) -> Ticket:
    own = at.place.desk.prefix
    if prefix and prefix.upper() != own:
        text = _("%(name)s is no ticket of this desk: its tickets begin with %(prefix)s")
        raise NotNamedError(text % {"name": f"{prefix.upper()}-{number}", "prefix": own})
    try:
        return staff_ticket(at.place.scope, number=number)
    except TicketMissingError:
        text = _("There is no ticket %(name)s at this desk. Check the number")
        raise NotNamedError(text % {"name": ticket_name(at.place.desk, number)}) from None


def _no_customer(named: str, at: Settings) -> str:
    """Offers those whose name holds the words."""
    alike = Organisation.objects.within(at.place.scope).filter(name__icontains=named).order_by("name")
    names = list(alike.values_list("name", flat=True)[: _OFFERED + 1])
    said = {"what": named, "names": ", ".join(names[:_OFFERED])}
    if len(names) > _OFFERED:
        return _("Several customers have “%(what)s” in their name. Write the whole name, such as %(names)s") % said
    if names:
        return _("No customer is called exactly “%(what)s”. Write the whole name: %(names)s") % said
    return _("No customer at this desk is called “%(what)s”. Check the name under Organisations") % said
