"""The known problem that a ticket hangs on, as its page shows it, and those that it may hang on."""

from collections.abc import Sequence

from vaxel.domain.problems.queries import ProblemNamed
from vaxel.kit.values import value
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Option
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.panel import in_language


@value(kw_only=True)
class ProblemsBeside:
    """Empty texts where the ticket hangs on none."""

    title: str
    url: str
    chosen: str
    choices: tuple[Option, ...]
    #: Where the choice is posted.
    choose_url: str


def problems_of(found: Sequence[ProblemNamed], *, place: StaffPlace, url: str, labels: Labels) -> ProblemsBeside:
    """No query."""
    options = {each.number: in_language(each.title, labels.language) for each in found}
    chosen = next((each.number for each in found if each.has_ticket), None)
    return ProblemsBeside(
        title=options[chosen] if chosen else "",
        url=workspace_url("problem", place, number=str(chosen)) if chosen else "",
        chosen=str(chosen) if chosen else "",
        choices=tuple(Option(value=str(number), label=title) for number, title in options.items()),
        choose_url=url,
    )
