"""Questions that begin from an earlier one."""

from django.utils.translation import gettext as _

from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import first_words
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.asking.answers import Answers


def begun_after(ticket: Ticket, *, policy: Policy) -> Answers:
    """A new question with what it shares with the one before: product, versions, whom it is asked for (B12)."""
    behalf = ticket.on_behalf_of or {}
    return Answers(
        product=ticket.product if ticket.product in policy.file.products else "",
        fields=_versions(ticket, policy=policy),
        colleague_name=behalf.get("name", ""),
        colleague_phone=behalf.get("phone", ""),
        colleague_email=behalf.get("email", ""),
        colleague_copy=bool(behalf.get("copy", False)),
    )


def taken_on(ticket: Ticket, *, policy: Policy) -> Answers:
    """The same question, asked by a local contact on behalf of the colleague who asked them first (A12).

    Where the desk's form has no place for a colleague, the words say who it is.
    """
    asker, words = ticket.requester, first_words(ticket)
    if not any(field.type == "person" for field in policy.file.fields.values()):
        words = f"{words}\n\n{_('The question comes from %(name)s.') % {'name': asker.name}}"
    return Answers(
        words=words,
        kind=ticket.kind if ticket.kind in policy.file.kinds else "",
        product=ticket.product if ticket.product in policy.file.products else "",
        topic=ticket.topic if ticket.topic in policy.file.topics else "",
        fields=_versions(ticket, policy=policy),
        colleague_name=asker.name,
        colleague_phone=asker.phone,
        colleague_email=asker.email,
    )


def _versions(ticket: Ticket, *, policy: Policy) -> dict[str, str]:
    lasting = {name for name, field in policy.file.fields.items() if field.type == "version"}
    return {name: str(value) for name, value in ticket.fields.items() if name in lasting}
