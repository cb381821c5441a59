"""A desk's logo in its mails: put there, shown above the words, and taken away again.

It is added when a mail leaves, not when it is written: what is stored of a mail is its words. So a mail that waited
has the logo of its day, and a desk without one sends exactly what is stored.
"""

import struct
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Final

from django.db import transaction
from django.utils.html import format_html
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.models import MailLogo
from vaxel.kit.tenancy import Scope

#: Bytes: each mail carries them.
LARGEST: Final = 200 * 1024
#: Pixels a side. A small file can unfold to a picture that fills a reader's memory (trust 35).
MOST_PIXELS: Final = 2_000
#: Width and height in a mail, in pixels; a larger picture is scaled, a smaller one stays as it is.
SHOWN: Final = (300, 100)
LONGEST_ALT: Final = 120
#: How a whole file of each form begins, and what its end holds. SVG can hold a script, and mail programs draw none.
_FORMS: Final = {
    "png": (b"\x89PNG\r\n\x1a\n", b"IEND"),
    "jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
}
#: Where every layout of a mail begins its body. What people wrote comes after it, or with its brackets escaped.
_HEADER: Final = "<header>"
#: White behind it, since logos are drawn for paper and mails are read in the dark too; never wider than a telephone.
_STYLE: Final = "display: block; max-width: 100%; height: auto; margin: 0 0 12px; background: #ffffff"


class LogoFault(StrEnum):
    """Why a logo cannot be put into the mails."""

    NO_FILE = "no-file"
    TOO_LARGE = "too-large"
    NO_PICTURE = "no-picture"
    TOO_MANY_PIXELS = "too-many-pixels"
    NO_ALT = "no-alt"
    LONG_ALT = "long-alt"


class FaultyLogoError(ValueError):
    """The logo cannot be used; `faults` says why, and what was there is there still."""

    def __init__(self, faults: Sequence[LogoFault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture's form, and its size in pixels."""

    form: str
    width: int
    height: int


@transaction.atomic(durable=True)
def put_logo(*, scope: Scope, picture: bytes | None, alt: str, by: Actor, now: datetime) -> MailLogo:
    """From now on the desk's mails carry it. Without a picture the one that is there gets another alternative text.

    Raises FaultyLogoError.
    """
    alt = " ".join(alt.split())
    faults = _faults_of_alt(alt)
    # Locked, so that nobody takes it away while it gets another text: without a picture there is nothing to make anew.
    has_logo = MailLogo.objects.within(scope).select_for_update().values_list("pk").first() is not None
    measured = None
    if picture is not None:
        try:
            measured = measure(picture)
        except FaultyLogoError as refused:
            faults = [*refused.faults, *faults]
    elif not has_logo:
        faults = [LogoFault.NO_FILE, *faults]
    if faults:
        raise FaultyLogoError(faults)
    values: dict[str, object] = {"alt": alt, "changed_at": now, "changed_by": by.name}
    if measured is not None:
        values |= {"picture": picture, "form": measured.form, "width": measured.width, "height": measured.height}
    record(kind="mail-logo-changed", by=by, now=now, desk_id=scope.desk_id, alt=alt)
    return MailLogo.unscoped.update_or_create(desk_id=scope.desk_id, defaults=values)[0]


def _faults_of_alt(alt: str) -> list[LogoFault]:
    if not alt:
        return [LogoFault.NO_ALT]
    return [LogoFault.LONG_ALT] if len(alt) > LONGEST_ALT else []


def measure(picture: bytes) -> Measured:
    """What the bytes are, whatever the file is called. Raises FaultyLogoError with one fault.

    The size is read by the library that writes our spreadsheets; it measures pictures without unfolding them.
    """
    if len(picture) > LARGEST:
        raise FaultyLogoError([LogoFault.TOO_LARGE])
    form = next((form for form, (start, end) in _FORMS.items() if picture.startswith(start) and end in picture), None)
    if form is None:
        raise FaultyLogoError([LogoFault.NO_PICTURE])
    try:
        image = Image(BytesIO(picture))
    except (XlsxWriterException, struct.error) as error:
        raise FaultyLogoError([LogoFault.NO_PICTURE]) from error
    measured = Measured(form, int(image.width), int(image.height))
    if max(measured.width, measured.height) > MOST_PIXELS:
        raise FaultyLogoError([LogoFault.TOO_MANY_PIXELS])
    return measured


@transaction.atomic(durable=True)
def take_logo_away(*, scope: Scope, by: Actor, now: datetime) -> None:
    """The desk's mails are words alone again."""
    if MailLogo.objects.within(scope).delete()[0]:
        record(kind="mail-logo-removed", by=by, now=now, desk_id=scope.desk_id)


def logo_of(desk: Desk) -> MailLogo | None:
    """One query, or none where the desk was read with its logo (`mail_logo`)."""
    return getattr(desk, "mail_logo", None)


def with_logo(html: str, logo: MailLogo, *, source: str) -> str:
    """A mail's HTML with the logo above the desk's name, which stays as text; `source` is where the picture is."""
    width, height = shown_size(logo.width, logo.height)
    picture = format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" style="{}">',
        *(source, logo.alt, width, height, _STYLE),
    )
    return html.replace(_HEADER, f"{_HEADER}{picture}", 1)


def shown_size(width: int, height: int) -> tuple[int, int]:
    """Width and height in a mail, in pixels, with the picture's proportions."""
    scale = min(1.0, SHOWN[0] / width, SHOWN[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def as_data(logo: MailLogo) -> str:
    """The picture as an address that holds it, for a page that may fetch nothing."""
    return f"data:image/{logo.form};base64,{b64encode(logo.picture).decode()}"
