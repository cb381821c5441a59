"""An address where there is nothing is answered by the part of the desk that it lies below, in that part's frame.

Whoever has no place in that part gets the page of one in which they have: a customer below the workspace stays in the
portal. What is not there and what is somebody else's look the same (trust 42): only the address chooses the page, and
who asks.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from vaxel.surfaces.helpcentre.nowhere import nowhere as in_helpcentre
from vaxel.surfaces.portal.views.nowhere import nowhere as in_portal
from vaxel.surfaces.portal.views.nowhere import nowhere_signed_out
from vaxel.surfaces.ui.gate import signed_in_account
from vaxel.surfaces.ui.views import not_found as without_a_frame
from vaxel.surfaces.workspace.nowhere import nowhere as in_workspace

Page = Callable[..., HttpResponseBase]

_BELOW: Final = re.compile(r"/(?P<desk>[-\w]+)/(?:(?P<part>help|workspace)/)?(?:(?P<language>[a-z]{2})/)?")
_SAFE: Final = frozenset({"GET", "HEAD"})
_LANGUAGES: Final = frozenset(code for code, _name in settings.LANGUAGES)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The first page that somebody with this place at the desk may see; without any the one that needs no database."""
    below = _BELOW.match(request.path_info)
    # What a script puts into a page has no use for a frame, and what nobody has sent leads nowhere.
    is_page = "HX-Request" not in request.headers
    if below is None or not is_page or (request.method not in _SAFE and signed_in_account(request) is None):
        return without_a_frame(request, exception)
    for page in _pages(request, part=below["part"] or "", language=below["language"] or ""):
        try:
            answer = page(request, desk=below["desk"])
        except Http404:
            continue
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return answer
    return without_a_frame(request, exception)


def _pages(request: HttpRequest, *, part: str, language: str) -> Iterator[Page]:
    known = signed_in_account(request) is not None
    manual = partial(in_helpcentre, language=language) if part == "help" and language in _LANGUAGES else in_helpcentre
    if part == "help":
        yield manual
        if manual is not in_helpcentre:
            yield in_helpcentre
    if not known:
        yield nowhere_signed_out
        return
    yield from (in_workspace, in_portal) if part == "workspace" else (in_portal, in_workspace)
    yield in_helpcentre
