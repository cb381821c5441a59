"""What somebody at a customer may do beyond asking, as boxes to tick: alike for their own administrators and ours."""

from typing import Final

from django.utils.translation import gettext as _

from vaxel.surfaces.ui.shapes import Option

#: What may be ticked, by the name of its field.
RIGHTS: Final = ("may_see_organisation", "may_approve", "may_administer", "is_local_contact")


def right_options() -> list[Option]:
    """The boxes in the order of `RIGHTS`, each with what it means."""
    said = {
        "may_see_organisation": (_("Sees all tickets of the organisation"), _("Otherwise only their own.")),
        "may_approve": (_("Approves costs"), _("Says yes or no to work that is not in the agreement.")),
        "may_administer": (_("Administers the organisation"), _("Lets colleagues in and decides what they may do.")),
        "is_local_contact": (_("Local support"), _("Colleagues see them as the one to ask first.")),
    }
    return [Option(value=name, label=said[name][0], hint=said[name][1]) for name in RIGHTS]
