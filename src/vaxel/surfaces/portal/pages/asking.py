"""How far the asking has come."""

from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.tickets.models import Draft
from vaxel.surfaces.asking.answers import Answers
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import Step

#: The steps in order, by the last part of their address.
STEPS: Final = ("words", "kind", "details", "review")


def which_of(answers: Answers) -> str:
    """Which of several questions this is; empty for one that is asked alone."""
    numbers = {"number": answers.nth, "of": answers.of}
    return _("Question %(number)d of %(of)d") % numbers if answers.of else ""


def steps(place: CustomerPlace, draft: Draft | None, current: str, *, sends: bool = True) -> tuple[Step, ...]:
    """How far the asking has come; the steps behind can be gone back to. What is not sent needs no details."""
    labels = {
        "words": _("Your question"),
        "kind": _("Kind"),
        "details": _("Details"),
        "review": _("Review"),
    }
    names = STEPS if sends else tuple(name for name in STEPS if name != "details")
    here = names.index(current)
    return tuple(
        Step(
            label=labels[name],
            state="done" if number < here else "current" if number == here else "ahead",
            url="" if draft is None or number >= here else portal_url(f"ask_{name}", place, draft=draft.public_id),
        )
        for number, name in enumerate(names)
    )
