"""The mails behind the words of a ticket, as the conversation shows them."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import ngettext

from vaxel.domain.mailroom.bodies import MailShown
from vaxel.domain.tickets.thread_view import ThreadView
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.workspace.frame import workspace_url

#: Pixels of a frame: for a few lines, for each further line, and at most.
_LOWEST, _LINE, _HIGHEST = 160, 26, 640
_LETTERS_A_LINE: Final = 80


def letters_of(
    mails: Mapping[tuple[str, int], MailShown], thread: ThreadView, *, place: StaffPlace
) -> Mapping[tuple[str, int], shapes.Letter]:
    """By ("message" or "note", id)."""
    words = {("message", each.id): each.text for each in thread.messages} if mails else {}
    return {key: letter_of(mail, place=place, words=words.get(key, "")) for key, mail in mails.items()}


def letter_of(mail: MailShown, *, place: StaffPlace, words: str) -> shapes.Letter:
    """One mail; the frame is about as high as its words need."""
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in words.splitlines())
    return shapes.Letter(
        original_url=workspace_url("mail_original", place, mail=mail.public_id),
        frame_url=workspace_url("mail_body", place, mail=mail.public_id) if mail.has_html else "",
        height=min(_HIGHEST, _LOWEST + _LINE * lines),
        remark=remark_of(mail.remote_images),
    )


def remark_of(remote_images: int) -> str:
    """Why a mail may look poorer here than where it came from."""
    if not remote_images:
        return ""
    return ngettext(
        "%(count)d picture lies on another server. We do not fetch it: the sender would see that you look.",
        "%(count)d pictures lie on other servers. We do not fetch them: the sender would see that you look.",
        remote_images,
    ) % {"count": remote_images}
