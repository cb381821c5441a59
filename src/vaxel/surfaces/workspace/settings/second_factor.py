"""Whether colleagues sign in with two steps."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.desks.second_factor import require_second_factor
from vaxel.surfaces.ui.gate import used_second_factor
from vaxel.surfaces.workspace.settings.frame import Settings, settings_page, to


@require_POST
@settings_page
def second_factor(request: HttpRequest, at: Settings) -> HttpResponse:
    """Ask two steps of everybody, or of nobody. Whoever asks it of others has taken them."""
    wanted, url = request.POST.get("wanted") == "yes", at.url("staff_list")
    if wanted and not used_second_factor(request):
        return to(url, request, _("Add a second step to your own account first."))
    require_second_factor(at.place.desk, wanted=wanted, by=at.place.by, now=at.place.now)
    said = _("Everybody who works here signs in with two steps now.") if wanted else _("One step is enough now.")
    return to(url, request, said)
