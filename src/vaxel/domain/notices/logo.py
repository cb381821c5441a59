"""A desk's logo in its mails, shown above the words; `domain.notices.logo_changing` puts it there.

It is added when a mail leaves, not when it is written: what is stored of a mail is its words. So a mail that waited
has the logo of its day, and a desk without one sends exactly what is stored.
"""

from base64 import b64encode
from typing import Final

from django.utils.html import format_html

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.models import MailLogo

#: Width and height in a mail, in pixels; a larger picture is scaled, a smaller one stays as it is.
SHOWN: Final = (300, 100)
#: Where every layout of a mail begins its body. What people wrote comes after it, or with its brackets escaped.
_HEADER: Final = "<header>"
#: White behind it, since logos are drawn for paper and mails are read in the dark too; never wider than a telephone.
_STYLE: Final = "display: block; max-width: 100%; height: auto; margin: 0 0 12px; background: #ffffff"


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
