"""Questions that begin from an earlier one."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.question import CHECKED, STANDS_STILL
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.asking.answers import Answers, own_words_field


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


def taken_on(
    ticket: Ticket,
    *,
    chosen: Sequence[Message],
    opening: Message | None,
    tried: str,
    to_colleague: bool,
    policy: Policy,
) -> Answers:
    """A colleague's question as one of the local contacts brings it to the vendor (A12): the chosen words and no
    others, what was tried, and whom it is asked for. With `to_colleague` they get the vendor's answers too.

    With the `opening`, the question itself, come the answers to its form: nobody answers the same questions twice.
    """
    asker = ticket.requester
    asked = _asked(ticket, opening=opening, policy=policy) if opening in chosen else None
    parts = [asked.words if asked and message == opening else message.text for message in chosen]
    if tried:
        parts.append(_("This has been tried:") + f"\n{tried}")
    return replace(
        asked or Answers(fields=_versions(ticket, policy=policy)),
        words="\n\n".join(parts),
        kind=ticket.kind if ticket.kind in policy.file.kinds else "",
        product=ticket.product if ticket.product in policy.file.products else "",
        topic=ticket.topic if ticket.topic in policy.file.topics else "",
        colleague_name=asker.name,
        colleague_phone=asker.phone,
        colleague_email=asker.email,
        colleague_copy=to_colleague and bool(asker.email),
        passed_on=ticket.pk,
    )


def _asked(ticket: Ticket, *, opening: Message | None, policy: Policy) -> Answers:
    """The question as its form was answered. Long answers stand below the own words in the message too: they are
    taken from the form, so that none is told twice; a message that says something else is taken as it stands.
    """
    file, text = policy.file, "" if opening is None else opening.text
    fields = {name: each for name, each in ticket.fields.items() if name in file.fields and isinstance(each, str)}
    own = own_words_field(policy, fields)
    words = fields.pop(own, text) if own is not None else text
    as_answered = text.startswith(words)
    if not as_answered:
        words, fields = text, {name: each for name, each in fields.items() if file.fields[name].type != "long-text"}
    wished = ticket.wished_priority or ticket.priority
    told = ticket.facts.get("declared", {})
    return Answers(
        words=words,
        fields=fields,
        declared={name: str(told[name]) for name, fact in file.facts.items() if fact.source == "form" and name in told},
        checked=tuple(ticket.fields.get(CHECKED, ())),
        priority=wished if wished in file.priorities.levels else "",
        standstill=ticket.fields.get(STANDS_STILL, "") if as_answered else "",
        urgent=bool(ticket.facts.get("urgent", False)),
    )


def _versions(ticket: Ticket, *, policy: Policy) -> dict[str, str]:
    lasting = {name for name, field in policy.file.fields.items() if field.type == "version"}
    return {name: str(value) for name, value in ticket.fields.items() if name in lasting}
