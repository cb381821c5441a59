"""Putting a desk's logo into its mails, and taking it away: `domain.notices.logo` shows it.

Apart from that, because whoever sends mails measures no picture: the library that does takes 9 MB.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.notices.models import MailLogo
from vaxel.kit.later import later
from vaxel.kit.tenancy import Scope

if TYPE_CHECKING:
    from xlsxwriter import exceptions, image
else:
    # For somebody who changes the logo.
    exceptions, image = later("xlsxwriter.exceptions"), later("xlsxwriter.image")

#: Bytes: each mail carries them.
LARGEST: Final = 200 * 1024
#: Pixels a side. A small file can unfold to a picture that fills a reader's memory (trust 35).
MOST_PIXELS: Final = 2_000
LONGEST_ALT: Final = 120
#: How a whole file of each form begins, and what its end holds. SVG can hold a script, and mail programs draw none.
_FORMS: Final = {
    "png": (b"\x89PNG\r\n\x1a\n", b"IEND"),
    "jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
}


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
        found = image.Image(BytesIO(picture))
    except (exceptions.XlsxWriterException, struct.error) as error:
        raise FaultyLogoError([LogoFault.NO_PICTURE]) from error
    measured = Measured(form, int(found.width), int(found.height))
    if max(measured.width, measured.height) > MOST_PIXELS:
        raise FaultyLogoError([LogoFault.TOO_MANY_PIXELS])
    return measured


@transaction.atomic(durable=True)
def take_logo_away(*, scope: Scope, by: Actor, now: datetime) -> None:
    """The desk's mails are words alone again."""
    if MailLogo.objects.within(scope).delete()[0]:
        record(kind="mail-logo-removed", by=by, now=now, desk_id=scope.desk_id)
