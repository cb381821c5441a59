"""Pictures and short films for an article: stored as they are uploaded, and named in the Markdown."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.manual.pictures import LARGEST, PictureError, keep_picture, path_of
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.workspace.manual.frame import help_address, manual_page

_PLAIN: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A file that was stored: the Markdown that shows it, and where it lies."""

    markdown: str
    address: str


@require_POST
@manual_page
def picture(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """For the script: the Markdown that shows the file, where it lies in `X-Address`; or why it is refused (422)."""
    try:
        kept = kept_picture(request, place, "picture")
    except PictureError:
        return HttpResponse(cannot_be_taken(), status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type=_PLAIN)
    return HttpResponse(kept.markdown, content_type=_PLAIN, headers={"X-Address": kept.address})


def kept_picture(request: HttpRequest, place: StaffPlace, field: str) -> KeptPicture:
    """Store the file of a field. Raises PictureError, also without a file."""
    file = request.FILES.get(field)
    if file is None or (file.size or 0) > LARGEST:
        raise PictureError(f"{field} holds no file, or one that is too large")
    name = file.name or ""
    digest = keep_picture(desk_id=place.desk.pk, name=name, content=file.read(), now=place.now)
    said, path = name.rsplit(".", 1)[0].replace("[", "(").replace("]", ")"), path_of(name, digest)
    return KeptPicture(markdown=f"![{said}]({path})", address=picture_address(path, digest, place=place))


def picture_address(path: str, digest: str, *, place: StaffPlace) -> str:
    """Where a picture or film lies that the Markdown calls by a path; its name is there for people."""
    return help_address("picture", place, digest=digest, name=PurePosixPath(path).name)


def cannot_be_taken() -> str:
    """What a picture or film must be."""
    return _("Choose a picture (PNG, JPEG, GIF, WebP) or a film (MP4, WebM) of at most %(size)s") % {
        "size": size_in_words(LARGEST)
    }
