"""Files that a form sent: each stored at once, so that a fault in another field loses none."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from vaxel.domain.tickets.attachments import MOST_FILES, AttachmentError, Incoming, store_for_draft
from vaxel.domain.tickets.models import Draft, ReplyDraft
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.shapes import FieldError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile  # takes a parameter in its types only


def store_files(
    files: Sequence["UploadedFile[bytes]"], *, draft: Draft | ReplyDraft, organisation_id: int, now: datetime
) -> tuple[FieldError, ...]:
    """Attach them to the draft; a sentence for each that cannot be taken, and one for all that are too many."""
    problems: list[FieldError] = []
    for file in files:
        incoming = Incoming(
            name=file.name or "", content_type=file.content_type or "", size=file.size or 0, chunks=file.chunks()
        )
        try:
            store_for_draft(incoming, draft=draft, organisation_id=organisation_id, now=now)
        except AttachmentError as error:
            problems.append(FieldError(field="files", text=_problem(error)))
            if error.code == "too-many":
                break
    return tuple(problems)


def _problem(error: AttachmentError) -> str:
    """What is wrong with the file, and what to do."""
    sentences = {
        "empty": _("%(name)s is empty. Choose another file"),
        "too-large": _("%(name)s must be smaller than %(limit)s"),
        "too-many": _("You can attach at most %(most)d files"),
        "too-much-today": _("%(name)s is more than we can take from you today. Attach it tomorrow"),
        "sent": _("%(name)s came after the rest was sent. Attach it to an answer"),
        "no-room": _("%(name)s cannot be kept just now: our disk is full. Send without it, or try again later"),
        "forbidden-type": _("%(name)s is a program and cannot be sent. Send a picture or a document instead"),
    }
    limit = size_in_words(settings.UPLOAD_LIMIT_BYTES)
    return sentences[error.code] % {"name": error.name, "limit": limit, "most": MOST_FILES}
