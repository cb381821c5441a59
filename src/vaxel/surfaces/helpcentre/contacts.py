"""Whom to ask first at one's own organisation (A12), as a page of the help centre."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.people.queries import LocalContact, local_contacts
from vaxel.domain.people.viewers import CustomerViewer, StaffViewer
from vaxel.surfaces.asking.wording import local_person
from vaxel.surfaces.helpcentre.frame import show
from vaxel.surfaces.helpcentre.place import HelpPlace, help_page


@require_safe
@help_page
def contacts(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """Names for a customer's people and for nobody else: a stranger gets the desk's own address."""
    viewer, desk = place.viewer, place.desk
    found: list[LocalContact] = []
    own_id = None
    if isinstance(viewer, CustomerViewer):
        found = local_contacts(desk_id=desk.pk, organisation_id=viewer.organisation_id)
        own_id = viewer.person_id
    return show(
        request,
        place,
        "contacts",
        title=_("Whom to ask at your organisation"),
        is_customer=own_id is not None,
        is_staff=isinstance(viewer, StaffViewer),
        people=[local_person(each) for each in found if each.person_id != own_id],
        is_one=any(each.person_id == own_id for each in found),
        mail=desk.mail_address if desk.reads_mail else "",
    )
