"""What can be chosen for a mailbox, in words: on its form, and in the history of settings."""

from django.utils.translation import gettext as _

from vaxel.surfaces.ui.shapes import Option


def ways_of_mails() -> list[Option]:
    return [
        Option(value="imap", label=_("We fetch them (IMAP)"), hint=_("For Microsoft 365, Google and most others.")),
        Option(value="smtp", label=_("A mail server hands them over"), hint=_("It delivers to “vaxel mail listen”.")),
        Option(value="service", label=_("A delivery service posts them")),
        Option(value="pipe", label=_("A program pipes them in"), hint=_("It calls “vaxel mail ingest”.")),
    ]


def encryptions() -> list[Option]:
    return [
        Option(value="tls", label=_("TLS from the start (usual)")),
        Option(value="starttls", label="STARTTLS"),
        Option(value="none", label=_("None: only inside the same machine")),
    ]


def sign_ins() -> list[Option]:
    return [
        Option(value="password", label=_("Password")),
        Option(value="microsoft", label=_("Microsoft 365 (OAuth)")),
        Option(value="google", label=_("Google (OAuth)")),
    ]
