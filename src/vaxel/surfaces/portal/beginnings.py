"""Questions that begin from an earlier one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vaxel.domain.tickets.models import Message, Ticket
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


def taken_on(ticket: Ticket, *, chosen: Sequence[Message], tried: str, to_colleague: bool, policy: Policy) -> Answers:
    """A colleague's question as one of the local contacts brings it to the vendor (A12): the chosen words and no
    others, what was tried, and whom it is asked for. With `to_colleague` they get the vendor's answers too.
    """
    asker = ticket.requester
    parts = [message.text for message in chosen]
    if tried:
        parts.append(_("This has been tried:") + f"\n{tried}")
    return Answers(
        words="\n\n".join(parts),
        kind=ticket.kind if ticket.kind in policy.file.kinds else "",
        product=ticket.product if ticket.product in policy.file.products else "",
        topic=ticket.topic if ticket.topic in policy.file.topics else "",
        fields=_versions(ticket, policy=policy),
        colleague_name=asker.name,
        colleague_phone=asker.phone,
        colleague_email=asker.email,
        colleague_copy=to_colleague and bool(asker.email),
        passed_on=ticket.pk,
    )


def _versions(ticket: Ticket, *, policy: Policy) -> dict[str, str]:
    lasting = {name for name, field in policy.file.fields.items() if field.type == "version"}
    return {name: str(value) for name, value in ticket.fields.items() if name in lasting}
