"""The conversation of a ticket: messages, notes and what happened between them, in the order of time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.queries import MailState
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Attachment, Event, Message, Note
from vaxel.domain.tickets.queries import Spoken
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.files import file_url, size_in_words
from vaxel.surfaces.ui.words import fold_quoted, safe_html
from vaxel.surfaces.workspace.happenings import Teller

#: Said by the words themselves, which stand in the conversation.
_SPOKEN: Final = frozenset({EventKind.OPENED, EventKind.REPLIED, EventKind.NOTED})
#: The channel of what staff write in the workspace itself.
_FROM_HERE: Final = "portal"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the two: words, or something that happened."""

    message: shapes.Message | None = None
    event: shapes.Event | None = None


def thread_of(
    spoken: Spoken,
    events: Sequence[Event],
    mails: Mapping[int, tuple[MailState, ...]],
    *,
    desk: Desk,
    organisation: str,
    mails_url: str,
    tell: Teller,
) -> list[Item]:
    """Everything in the order of time; words before what they led to."""
    said = _messages(spoken, mails, desk=desk, organisation=organisation, mails_url=mails_url, tell=tell)
    dated = [
        *((message.at, 0, Item(message=one)) for message, one in said),
        *((note.at, 0, Item(message=one)) for note, one in _notes(spoken, desk, tell)),
        *((event.at, 1, Item(event=tell(event))) for event in events if event.kind not in _SPOKEN),
    ]
    return [item for _at, _rank, item in sorted(dated, key=lambda each: each[:2])]


def _messages(
    spoken: Spoken,
    mails: Mapping[int, tuple[MailState, ...]],
    *,
    desk: Desk,
    organisation: str,
    mails_url: str,
    tell: Teller,
) -> Iterator[tuple[Message, shapes.Message]]:
    channels = _channels()
    for message in spoken.messages:
        ours = message.by_kind == "staff"
        sent = mails.get(message.pk, ())
        said, quoted = fold_quoted(message.text) if not message.html else (message.text, "")
        yield (
            message,
            shapes.Message(
                id=f"message-{message.pk}",
                author=_author(message, desk=desk, organisation="" if ours else organisation),
                at=tell.labels.moment(message.at),
                html=safe_html(message.html, text=said),
                quoted=safe_html("", text=quoted) if quoted else None,
                kind="ours" if ours else "customer",
                lang=message.language,
                via="" if ours and message.channel == _FROM_HERE else channels.get(message.channel, ""),
                files=_files(spoken.message_files.get(message.pk, ()), desk=desk),
                to="; ".join(_on_its_way(mail) for mail in sent) if ours else "",
                trouble=tuple(_trouble(mail, mails_url=mails_url) for mail in sent if mail.needs_a_look),
            ),
        )


def _notes(spoken: Spoken, desk: Desk, tell: Teller) -> Iterator[tuple[Note, shapes.Message]]:
    for note in spoken.notes:
        yield (
            note,
            shapes.Message(
                id=f"note-{note.pk}",
                author=_author(note, desk=desk),
                at=tell.labels.moment(note.at),
                html=safe_html(note.html, text=note.text),
                kind="note",
                files=_files(spoken.note_files.get(note.pk, ()), desk=desk),
            ),
        )


def _author(words: Message | Note, *, desk: Desk, organisation: str = "") -> shapes.Person:
    ours = words.by_kind != "person"
    return shapes.Person(
        name=words.by_name,
        initials=initials(words.by_name),
        organisation=desk.name if ours else organisation,
        ours=ours,
    )


def _files(attachments: Sequence[Attachment], *, desk: Desk) -> tuple[shapes.File, ...]:
    return tuple(
        shapes.File(
            name=each.name,
            url=file_url(each, desk=desk),
            facts=size_in_words(each.blob.size),
            picture_url=file_url(each, desk=desk) if each.content_type.startswith("image/") else "",
        )
        for each in attachments
    )


def _on_its_way(mail: MailState) -> str:
    return _("Mail to %(address)s: %(state)s") % {"address": mail.recipient, "state": mail.text.lower()}


def _trouble(mail: MailState, *, mails_url: str) -> shapes.Trouble:
    said = ". ".join(part.rstrip(".") for part in (_on_its_way(mail), mail.reason, mail.detail) if part) + "."
    if mail.is_blocked:
        return shapes.Trouble(text=said, url=f"{mails_url}{mail.mail_id}/address/", label=_("The address works again"))
    url = f"{mails_url}{mail.mail_id}/" if mail.can_be_sent_again else ""
    return shapes.Trouble(text=said, url=url, label=_("Send again"))


def _channels() -> Mapping[str, str]:
    return {
        "portal": _("By the portal"),
        "widget": _("From inside the product"),
        "mail": _("By mail"),
        "phone": _("By phone"),
        "chat": _("By chat"),
        "api": _("From another system"),
    }
