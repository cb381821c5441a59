"""A reply of the desk's as the beginning of an article: its words without anybody's name in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from vaxel.domain.manual.unnamed import Known, Removed, without_names
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True)
class ReplyUnnamed:
    """Title and text with marks where something was removed, and how many of each kind."""

    title: str
    text: str
    language: str
    removed: Mapping[Removed, int]


def reply_without_names(scope: Scope, *, message_id: int, prefix: str, main_language: str) -> ReplyUnnamed | None:
    """What staff answered, cleaned of all that is known of the people around it; None when there is no such answer.

    The language is the answer's own, or the asker's, or the desk's first. Three queries.
    """
    message = (
        Message.objects.within(scope)
        .filter(pk=message_id, by_kind="staff")
        .select_related("ticket__requester__account", "ticket__organisation")
        .first()
    )
    if message is None:
        return None
    ticket, account = message.ticket, message.ticket.requester.account
    language = message.language or (account.language if account else "") or main_language
    known = _known(scope, ticket, message, prefix=prefix)
    title = without_names(ticket.subject, known, language=language)
    text = without_names(message.text, known, language=language)
    removed = {kind: title.removed.get(kind, 0) + text.removed.get(kind, 0) for kind in Removed}
    return ReplyUnnamed(title.text, text.text, language, {kind: times for kind, times in removed.items() if times})


def _known(scope: Scope, ticket: Ticket, message: Message, *, prefix: str) -> Known:
    colleague = ticket.on_behalf_of or {}
    staff = Staff.objects.within(scope).values_list("name", flat=True)
    others = Person.objects.within(scope).filter(organisation=ticket.organisation_id).values_list("name", flat=True)
    return Known(
        people=(ticket.requester.name, colleague.get("name", ""), message.by_name),
        others=(*staff, *others),
        organisations=(ticket.organisation.name,),
        cases=tuple(filter(None, [ticket.case_reference])),
        prefixes=(prefix,),
    )
