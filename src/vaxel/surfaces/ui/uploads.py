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
    """Attach them to the draft; a sentence for each that cannot be taken."""
    problems: list[FieldError] = []
    for file in files:
        incoming = Incoming(
            name=file.name or "", content_type=file.content_type or "", size=file.size or 0, chunks=file.chunks()
        )
        try:
            store_for_draft(incoming, draft=draft, organisation_id=organisation_id, now=now)
        except AttachmentError as error:
            problems.append(FieldError(field="files", text=_problem(error)))
    return tuple(problems)


def _problem(error: AttachmentError) -> str:
    """What is wrong with the file, and what to do."""
    if error.code == "empty":
        return _("%(name)s is empty. Choose another file") % {"name": error.name}
    if error.code == "too-large":
        limit = size_in_words(settings.UPLOAD_LIMIT_BYTES)
        return _("%(name)s must be smaller than %(limit)s") % {"name": error.name, "limit": limit}
    if error.code == "too-many":
        return _("You can attach at most %(most)d files") % {"most": MOST_FILES}
    if error.code == "too-much-today":
        return _("%(name)s is more than we can take from you today. Attach it tomorrow") % {"name": error.name}
    if error.code == "no-room":
        return _("%(name)s cannot be kept just now: our disk is full. Send without it, or try again later") % {
            "name": error.name
        }
    return _("%(name)s is a program and cannot be sent. Send a picture or a document instead") % {"name": error.name}
