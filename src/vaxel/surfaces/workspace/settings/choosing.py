"""Choosing one of the staff among many: words first, then one of those who were found. Works without script."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vaxel.domain.people.directory import staff_known, staff_to_choose
from vaxel.domain.people.models import Staff
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.shapes import Option
from vaxel.surfaces.workspace.settings.frame import Settings, line, settings_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """The field as it stands: who is chosen, the words, and who was found by them."""

    words: str
    chosen: Option | None
    found: Sequence[Option]
    find_url: str


def chooser(at: Settings, *, chosen: Staff | None = None, sent: QueryDict | None = None) -> Chooser:
    """The field with whom it begins with, or as it was sent (`staff` and `staff_words`); at most two queries."""
    words = "" if sent is None else line(sent, "staff_words", most=80)
    if sent is not None:
        chosen = staff_known(at.place.scope, staff_id=number_in(sent.get("staff", "")) or 0)
    hits = [each for each in staff_to_choose(at.place.scope, words=words) if chosen is None or each.pk != chosen.pk]
    return Chooser(
        words=words,
        chosen=None if chosen is None else _option(chosen),
        found=[_option(each) for each in hits],
        # Who is shown as chosen is not found once more.
        find_url=f"{at.url('choose_staff')}{'' if chosen is None else f'?staff={chosen.pk}'}",
    )


def chosen_staff(at: Settings, sent: QueryDict) -> Staff | None:
    """Whom the form names: somebody who works here. Words that mean one person alone name that one."""
    one = staff_known(at.place.scope, staff_id=number_in(sent.get("staff", "")) or 0)
    if one is None:
        hits = staff_to_choose(at.place.scope, words=line(sent, "staff_words", most=80), most=2)
        one = hits[0] if len(hits) == 1 else None
    return one if one is not None and one.is_active else None


def _option(staff: Staff) -> Option:
    return Option(
        value=str(staff.pk), label=staff.name, hint=" · ".join(filter(None, (staff.title, staff.account.email)))
    )


@require_safe
@settings_page
def staff(request: HttpRequest, at: Settings) -> HttpResponse:
    """Those who are found, for the page that asks while somebody types."""
    return render(request, "workspace/settings/found.html.jinja", {"chooser": chooser(at, sent=request.GET)})
