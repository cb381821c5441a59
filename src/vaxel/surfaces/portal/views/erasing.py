"""The organisation asks the vendor to erase somebody who has left (trust 81)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.privacy.erasures import AlreadyErasedError, StillWorkingError, wish_erasure
from vaxel.surfaces.portal.administering import administering_page, colleague_with
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.gate import CustomerPlace


@require_POST
@administering_page
def erasure(request: HttpRequest, place: CustomerPlace, person_id: int) -> HttpResponse:
    """Ask for it; the vendor decides. Whoever is here is removed first."""
    person = colleague_with(person_id, place=place)
    try:
        wish_erasure(person, by=place.by, now=place.now)
    except StillWorkingError:
        raise Http404 from None
    except AlreadyErasedError:
        messages.success(request, _("This person is erased already, or will be in a moment."))
    else:
        messages.success(request, _("We have got your wish, and answer you when it is done."))
    url = portal_url("colleague", place, person_id=str(person.pk))
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)
