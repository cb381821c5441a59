"""What one of the staff chooses for themselves: language and single-key shortcuts."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.people.accounts import choose_language, choose_shortcuts
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.languages import language_options
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def preferences(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """A form of what may be chosen; each choice holds on every device."""
    if request.method == "POST":
        return _choose(request, place)
    return show(
        request,
        place,
        "preferences",
        labels=labels_of(place.desk, now=place.now),
        language_choices=language_options(place.desk.languages),
        language=(translation.get_language() or "")[:2],
    )


def _choose(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    account_id, language = place.viewer.account_id, request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        choose_language(account_id=account_id, language=language)
        translation.activate(language)
    if (wanted := request.POST.get("shortcuts", "")) in {"on", "off"}:
        choose_shortcuts(account_id=account_id, wanted=wanted == "on")
    say(request, _("Your choices are kept."))
    return HttpResponseRedirect(workspace_url("preferences", place), status=HTTPStatus.SEE_OTHER)
