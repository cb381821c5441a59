"""Pictures and short films for an article: stored as they are uploaded, and named in the Markdown."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.manual.pictures import LARGEST, PictureError, keep_picture, path_of
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.workspace.manual.frame import manual_page


@require_POST
@manual_page
def picture(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """For the script: the Markdown that shows the file, or in words why it cannot be taken (422)."""
    try:
        return HttpResponse(kept_picture(request, place, "picture"), content_type="text/plain; charset=utf-8")
    except PictureError:
        return HttpResponse(
            cannot_be_taken(), status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain; charset=utf-8"
        )


def kept_picture(request: HttpRequest, place: StaffPlace, field: str) -> str:
    """Store the file of a field; the Markdown that shows it. Raises PictureError, also without a file."""
    file = request.FILES.get(field)
    if file is None or (file.size or 0) > LARGEST:
        raise PictureError(f"{field} holds no file, or one that is too large")
    name = file.name or ""
    digest = keep_picture(desk_id=place.desk.pk, name=name, content=file.read(), now=place.now)
    said = name.rsplit(".", 1)[0].replace("[", "(").replace("]", ")")
    return f"![{said}]({path_of(name, digest)})"


def cannot_be_taken() -> str:
    """What a picture or film must be."""
    return _("Choose a picture (PNG, JPEG, GIF, WebP) or a film (MP4, WebM) of at most %(size)s") % {
        "size": size_in_words(LARGEST)
    }
