"""Who may read the manual without signing in, and which words mean the same to its search."""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.manual.queries import manual_of
from vaxel.domain.manual.tree import set_synonyms, set_up_manual
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.manual.frame import editors_page, show

_LONGEST: Final = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
@editors_page
def settings(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """A line for each group of words."""
    manual = manual_of(place.desk.pk)
    known = {} if manual is None else manual.synonyms
    if request.method != "POST":
        return show(
            request,
            place,
            "settings",
            title=_("Settings of the help centre"),
            is_public=manual is not None and manual.is_public,
            may_open=place.viewer.may_administer,
            fields=[(each, language_name(each), _lines(known.get(each, []))) for each in place.desk.languages],
            back_url=workspace_url("manual", place),
        )
    if place.viewer.may_administer:
        is_public = request.POST.get("public") == "yes"
        set_up_manual(desk_id=place.desk.pk, is_public=is_public, by=place.by, now=place.now)
    typed = {each: _groups(plain(request.POST.get(f"words_{each}", ""))[:_LONGEST]) for each in place.desk.languages}
    kept = {each: groups for each, groups in known.items() if each not in typed}
    synonyms = {**kept, **{each: groups for each, groups in typed.items() if groups}}
    set_synonyms(desk_id=place.desk.pk, synonyms=synonyms, by=place.by, now=place.now)
    say(request, _("The settings are saved."))
    return HttpResponseRedirect(workspace_url("manual_settings", place), status=HTTPStatus.SEE_OTHER)


def _lines(groups: list[list[str]]) -> str:
    return "\n".join(", ".join(group) for group in groups)


def _groups(typed: str) -> list[list[str]]:
    """A word alone means the same as nothing else."""
    groups = ([" ".join(word.split()) for word in line.split(",") if word.strip()] for line in typed.split("\n"))
    return [group for group in groups if len(group) > 1]
