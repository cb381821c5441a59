"""The box that answers are written in: what it holds, who gets it, and what may be said again."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.domain.notices.queries import MailState
from vaxel.domain.tickets.desk_view import CannedSeen, DeskView
from vaxel.domain.tickets.inbox import WRITING
from vaxel.kit.numbers import number_in
from vaxel.kit.values import value
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.words import clean_html, is_normal, linked_html, paragraphs, plain, text_of_html

#: The only words in braces that a canned reply fills in; anything else in braces stays as it is (trust 49).
_PLACEHOLDER: Final = re.compile(r"\{(name|number|agent)\}")
#: What one answer or note may have; a longer one is refused with all its words, never cut.
MOST_CHARACTERS: Final = 50_000


@value(kw_only=True)
class Written:
    """What a form of the box sent. `seen_version` and `seen_event` say what the writer had in front of them."""

    text: str = ""
    html: str = ""
    is_note: bool = False
    then: str = ""
    next_name: str = ""
    canned: str = ""
    remove: str = ""
    #: Words to find an article by, and the passage of one to put in: "rapportmall" alone for a link to it.
    find: str = ""
    passage: str = ""
    #: Pressed was a button that only changes the box, whether or not anything was chosen for it: nothing is sent.
    changes_box: bool = False
    #: The box is the editor's, so that what is put in keeps its look.
    is_rich: bool = False
    seen_version: int | None = None
    seen_event: int = 0


def read_written(sent: QueryDict) -> Written:
    """The box as it was sent. With HTML from the editor the text is made of it, so that the two say the same."""
    given = plain(sent.get("body_html", ""))
    html = linked_html(clean_html(given)) if given and is_normal(given) else ""
    text = text_of_html(html) if html else plain(sent.get("body", "")).strip()
    return Written(
        text=text,
        html=html if text else "",
        is_note=sent.get("mode") == "note",
        then=sent.get("then", ""),
        next_name=sent.get("next", ""),
        canned=sent.get("canned", "") if "insert" in sent else "",
        remove=sent.get("remove", ""),
        find=plain(sent.get("find_words", "")) if "find" in sent else "",
        passage=sent.get("passage", ""),
        changes_box=any(button in sent for button in _CHANGING_THE_BOX),
        is_rich="rich" in sent,
        seen_version=number_in(sent.get("version", "")),
        seen_event=number_in(sent.get("seen_event", "")) or 0,
    )


#: The buttons for a canned reply, for finding an article and for a passage of one.
_CHANGING_THE_BOX: Final = ("insert", "find", "passage")


@value(kw_only=True)
class Composer:
    """The box as the page shows it."""

    text: str
    html: str
    is_note: bool
    files: tuple[shapes.File, ...]
    #: Who gets an answer, as names with addresses; empty when nobody can.
    to: tuple[str, ...]
    copies: tuple[str, ...]
    #: Addresses that an answer would have gone to, and that mails came back from: nothing is sent there.
    blocked: tuple[str, ...]
    canned: tuple[shapes.Option, ...]
    #: Colleagues who are writing an answer right now.
    writers: tuple[str, ...]
    has_draft: bool
    #: What was sent and came back, with what was put in, stands in no draft yet.
    is_unsaved: bool


@value
class Ways:
    """Whom an answer is mailed to, and whom it would be if mails did not come back from there."""

    to: tuple[str, ...]
    copies: tuple[str, ...]
    blocked: tuple[str, ...]


def ways_of(seen: DeskView, mails: Mapping[int | None, Sequence[MailState]], *, participants: Sequence[str]) -> Ways:
    """By the ticket's own mails, which say whether their address is blocked now; `participants` have been let in."""
    blocked = {mail.recipient.lower() for sent in mails.values() for mail in sent if mail.is_blocked}
    requester, copy = seen.requester, seen.ticket.on_behalf_of or {}
    to = {requester.email: f"{requester.name} ({requester.email})"} if requester.is_active and requester.email else {}
    copies = {address: address for address in participants}
    if copy.get("copy") and copy.get("email"):
        copies = {copy["email"]: f"{copy['name']} ({copy['email']})", **copies}
    return Ways(
        to=tuple(shown for address, shown in to.items() if address.lower() not in blocked),
        copies=tuple(shown for address, shown in copies.items() if address.lower() not in blocked),
        blocked=tuple(address for address in {**to, **copies} if address.lower() in blocked),
    )


def composer_of(seen: DeskView, *, place: StaffPlace, written: Written | None, language: str, ways: Ways) -> Composer:
    """What was just sent and came back, else the own draft, else nothing."""
    own_id = place.viewer.staff_id
    draft = next((each for each in seen.drafts if each.by_id == own_id), None)
    text, html = (written.text, written.html) if written else (draft.text, draft.html) if draft else ("", "")
    canned = canned_for(seen, language=language)
    chosen = next((each for each in canned if written and str(each.id) == written.canned), None)
    if chosen is not None:
        text, html = _with_canned(text, html, filled(chosen.text, seen, place=place))
    return Composer(
        text=text,
        html=html,
        is_note=written.is_note if written else draft is not None and draft.is_note,
        files=tuple(
            shapes.File(name=each.name, url=each.public_id, facts=size_in_words(each.size))
            for each in seen.draft_files
            if each.by_id == own_id
        ),
        to=ways.to,
        copies=ways.copies,
        blocked=ways.blocked,
        canned=tuple(shapes.Option(value=str(each.id), label=each.title) for each in canned),
        writers=_writers(seen, place=place),
        has_draft=draft is not None,
        is_unsaved=written is not None,
    )


def _writers(seen: DeskView, *, place: StaffPlace) -> tuple[str, ...]:
    names = {each.id: each.name for each in seen.colleagues}
    since = place.now - WRITING
    return tuple(
        names.get(each.by_id, _("A colleague"))
        for each in seen.drafts
        if each.by_id != place.viewer.staff_id and not each.is_note and each.updated_at >= since
    )


def canned_for(seen: DeskView, *, language: str) -> Sequence[CannedSeen]:
    """The answers to use again, in the asker's language; `language` is the page's, for those who have chosen none."""
    wanted = seen.requester.language or language
    return [each for each in seen.canned if each.language == wanted]


def filled(text: str, seen: DeskView, *, place: StaffPlace) -> str:
    """A canned reply with its placeholders filled; what is put in is not looked through again."""
    values: Mapping[str, str] = {
        "name": seen.requester.name,
        "number": ticket_name(place.desk, seen.ticket.number),
        "agent": place.viewer.name,
    }
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _with_canned(text: str, html: str, addition: str) -> tuple[str, str]:
    """The words so far and the addition below them, in both forms."""
    return "\n\n".join(filter(None, [text, addition])), f"{html}{paragraphs(addition)}" if html else ""
