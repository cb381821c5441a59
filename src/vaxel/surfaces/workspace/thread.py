"""The conversation of a ticket: messages, notes and what happened between them, in the order of time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.queries import MailState
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.thread_view import FileSeen, MessageSeen, NoteSeen, ThreadView
from vaxel.kit.values import value
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.files import file_url, size_in_words
from vaxel.surfaces.ui.once import once_per_language
from vaxel.surfaces.ui.words import fold_quoted, safe_html
from vaxel.surfaces.ui.written_down import written_down
from vaxel.surfaces.workspace.labels import Labels

#: Said by the words themselves, which stand in the conversation.
_SPOKEN: Final = frozenset({EventKind.OPENED, EventKind.REPLIED, EventKind.NOTED})
#: The channel of what staff write in the workspace itself.
_FROM_HERE: Final = "portal"


@value
class Item:
    """One of the two: words, or something that happened."""

    message: shapes.Message | None = None
    event: shapes.Event | None = None


def thread_of(
    thread: ThreadView,
    mails: Mapping[int | None, tuple[MailState, ...]],
    told: Mapping[int, shapes.Event],
    *,
    desk: Desk,
    organisation: str,
    mails_url: str,
    labels: Labels,
    letters: Mapping[tuple[str, int], shapes.Letter],
    article_url: str = "",
) -> list[Item]:
    """Everything in the order of time; words before what they led to. `told` are the events in words, by their ids.

    `article_url` and an answer's id lead to where an article is made of it; empty where the desk has no manual.
    """
    said = _messages(
        thread,
        mails,
        desk=desk,
        organisation=organisation,
        mails_url=mails_url,
        labels=labels,
        letters=letters,
        article_url=article_url,
    )
    dated = [
        *((message.at, 0, Item(message=one)) for message, one in said),
        *((note.at, 0, Item(message=one)) for note, one in _notes(thread, desk, labels, letters)),
        *((event.at, 1, Item(event=told[event.id])) for event in thread.events if event.kind not in _SPOKEN),
    ]
    return [item for _at, _rank, item in sorted(dated, key=lambda each: each[:2])]


def _messages(
    thread: ThreadView,
    mails: Mapping[int | None, tuple[MailState, ...]],
    *,
    desk: Desk,
    organisation: str,
    mails_url: str,
    labels: Labels,
    letters: Mapping[tuple[str, int], shapes.Letter],
    article_url: str,
) -> Iterator[tuple[MessageSeen, shapes.Message]]:
    channels = _channels()
    for message in thread.messages:
        ours = message.by_kind == "staff"
        sent = mails.get(message.id, ())
        said, quoted = _folded(message)
        files = [each for each in thread.files if each.message_id == message.id]
        yield (
            message,
            shapes.Message(
                id=f"message-{message.id}",
                author=_author(message, desk=desk, organisation="" if ours else organisation),
                at=labels.moment(message.at),
                html=safe_html(message.html, text=said),
                quoted=safe_html("", text=quoted) if quoted else None,
                kind="ours" if ours else "customer",
                lang=message.language,
                via=_via(message, channels),
                files=_files([each for each in files if not each.is_decoration], desk=desk),
                aside=_files([each for each in files if each.is_decoration], desk=desk),
                letter=letters.get(("message", message.id)),
                article_url=f"{article_url}{message.id}" if ours and article_url else "",
                to="; ".join(_on_its_way(mail) for mail in sent) if ours else "",
                trouble=tuple(_trouble(mail, mails_url=mails_url) for mail in sent if mail.needs_a_look),
            ),
        )


def _via(message: MessageSeen, channels: Mapping[str, str]) -> str:
    """How the words came, and who noted them when they were said and not written."""
    if message.written_down_by is not None:
        return written_down(message.written_down_by, channel=message.channel)
    if message.by_kind == "staff" and message.channel == _FROM_HERE:
        return ""
    return channels.get(message.channel, "")


def _folded(message: MessageSeen) -> tuple[str, str]:
    """The words, and the earlier ones that they quote: told apart when the mail was read, or by their marks."""
    if message.quoted or message.html:
        return message.text, message.quoted
    return fold_quoted(message.text)


def _notes(
    thread: ThreadView, desk: Desk, labels: Labels, letters: Mapping[tuple[str, int], shapes.Letter]
) -> Iterator[tuple[NoteSeen, shapes.Message]]:
    for note in thread.notes:
        yield (
            note,
            shapes.Message(
                id=f"note-{note.id}",
                author=_author(note, desk=desk),
                at=labels.moment(note.at),
                html=safe_html(note.html, text=note.text),
                kind="note",
                files=_files([each for each in thread.files if each.note_id == note.id], desk=desk),
                letter=letters.get(("note", note.id)),
            ),
        )


def _author(words: NoteSeen, *, desk: Desk, organisation: str = "") -> shapes.Person:
    ours = words.by_kind != "person"
    return shapes.Person(
        name=words.by_name,
        initials=initials(words.by_name),
        organisation=desk.name if ours else organisation,
        ours=ours,
    )


def _files(files: Sequence[FileSeen], *, desk: Desk) -> tuple[shapes.File, ...]:
    return tuple(
        shapes.File(
            name=each.name,
            url=file_url(each, desk=desk),
            facts=size_in_words(each.size),
            picture_url=file_url(each, desk=desk) if each.content_type.startswith("image/") else "",
        )
        for each in files
    )


def _on_its_way(mail: MailState) -> str:
    return _("Mail to %(address)s: %(state)s") % {"address": mail.recipient, "state": mail.text.lower()}


def other_trouble(mails: Mapping[int | None, tuple[MailState, ...]], *, mails_url: str) -> tuple[shapes.Trouble, ...]:
    """Mails that stand at no message, such as receipts, and did not arrive."""
    return tuple(_trouble(mail, mails_url=mails_url) for mail in mails.get(None, ()))


def _trouble(mail: MailState, *, mails_url: str) -> shapes.Trouble:
    said = ". ".join(part.rstrip(".") for part in (_on_its_way(mail), mail.reason, mail.detail) if part) + "."
    if mail.is_blocked:
        return shapes.Trouble(text=said, url=f"{mails_url}{mail.mail_id}/address/", label=_("The address works again"))
    url = f"{mails_url}{mail.mail_id}/" if mail.can_be_sent_again else ""
    return shapes.Trouble(text=said, url=url, label=_("Send again"))


@once_per_language
def _channels() -> Mapping[str, str]:
    return {
        "portal": _("By the portal"),
        "widget": _("From inside the product"),
        "mail": _("By mail"),
        "phone": _("By phone"),
        "chat": _("By chat"),
        "api": _("From another system"),
    }
