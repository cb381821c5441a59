"""The mails about an organisation's people, contacts and agreement, which belong to no ticket: their values. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

from vaxel.domain.notices.compose import Composed, rendered

OrganisationNews = Literal[
    "invited",
    "seat-given",
    "seat-passed",
    "no-contacts",
    "certificate-expires",
    "certificate-answered",
    "agreement-ends",
]
KINDS: Final[tuple[OrganisationNews, ...]] = (
    "invited",
    "seat-given",
    "seat-passed",
    "no-contacts",
    "certificate-expires",
    "certificate-answered",
    "agreement-ends",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationMail:
    """Every value that a template may name, in the mail's language. Empty texts do not apply."""

    language: str
    desk: str
    recipient: str
    organisation: str
    #: Whom it is about.
    person: str = ""
    #: It is about the recipient.
    is_own: bool = False
    #: To one of the vendor's staff.
    for_staff: bool = False
    #: Days that are left; 0 is today.
    days: int = 0
    #: The day that it is about, in words.
    on: str = ""
    product: str = ""
    #: Whoever became a support contact has no certificate that counts; `product` names for what, where that matters.
    is_untrained: bool = False
    #: What the certificate or the plan is called to do next, in the desk's own words.
    how: str = ""
    why_not: str = ""
    link: str = ""
    accent: str = ""


def organisation_mail(kind: OrganisationNews, mail: OrganisationMail) -> Composed:
    """The finished mail."""
    return rendered(f"{kind}.{mail.language}.jinja", mail)
