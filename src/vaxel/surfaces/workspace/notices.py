"""Which mails one of the staff gets, and when."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.notices.choosing import choose_notices
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.notice_choices import chosen_hour, chosen_ways, notice_form
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def notices(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The form of choices for this desk."""
    if request.method == "POST":
        ways, hour = chosen_ways(request), chosen_hour(request)
        choose_notices(desk_id=place.desk.pk, ways=ways, digest_hour=hour, by=place.by, now=place.now)
        say(request, _("Your choices are kept."))
        return HttpResponseRedirect(workspace_url("notices", place), status=HTTPStatus.SEE_OTHER)
    labels = labels_of(place.desk, now=place.now)
    return show(request, place, "notices", labels=labels, form=notice_form(place.by))
