"""Attached files, for whoever may read what they are attached to (trust 35 to 37).

Pictures that browsers draw are shown; everything else is saved. Whatever it is, it runs nothing: the type comes from
our own list, browsers may not guess another, and the answer has a policy of its own that allows nothing.
"""

from typing import Final, Protocol

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.desks.models import Desk
from vaxel.domain.tickets.blobs import blob_path
from vaxel.domain.tickets.models import Attachment
from vaxel.domain.tickets.queries import attachment_for_customer, attachment_for_staff
from vaxel.domain.tickets.read_by import note_file_taken
from vaxel.surfaces.ui.gate import CustomerPlace, Place, anyone_page

_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"


_MEGABYTE: Final = 1024 * 1024


def size_in_words(size: int) -> str:
    """Bytes as people say them: "412 kB", "25 MB", "1,2 MB"."""
    if size < _MEGABYTE:
        return _("%(size)s kB") % {"size": max(1, round(size / 1024))}
    return _("%(size)s MB") % {"size": number_format(round(size / _MEGABYTE, 1)).removesuffix(",0").removesuffix(".0")}


class Named(Protocol):
    """A file as its address names it."""

    @property
    def public_id(self) -> str: ...

    @property
    def name(self) -> str: ...


def file_url(attachment: Named, *, desk: Desk) -> str:
    """The file's address; its name is there for people, and is not looked at."""
    return reverse("file", kwargs={"desk": desk.slug, "public_id": attachment.public_id, "name": attachment.name})


@require_safe
@anyone_page
def file(request: HttpRequest, place: Place, public_id: str, name: str) -> FileResponse:
    """The bytes, streamed, once it is noted who took them.

    404 for any file that this reader may not read, whether it exists or not.
    """
    attachment = _readable(place, public_id)
    path = None if attachment is None else blob_path(attachment.blob.key)
    if attachment is None or path is None or not path.is_file():
        raise Http404
    note_file_taken(attachment_id=attachment.pk, by=place.by, now=place.now)
    response = FileResponse(
        path.open("rb"),
        as_attachment=attachment.content_type not in _SHOWN,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _readable(place: Place, public_id: str) -> Attachment | None:
    if isinstance(place, CustomerPlace):
        return attachment_for_customer(place.reader, public_id=public_id)
    return attachment_for_staff(place.scope, staff_id=place.viewer.staff_id, public_id=public_id)
