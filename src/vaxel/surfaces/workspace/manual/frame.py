"""What the pages for writing the manual have in common: who may do what, and addresses."""

from collections.abc import Callable, Collection, Sequence
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from vaxel.domain.manual.editors_view import EditedArticle, article_to_edit
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import labels_of

P = ParamSpec("P")


def manual_page(view: Callable[Concatenate[HttpRequest, StaffPlace, P], HttpResponseBase]) -> Callable[..., Any]:
    """For all staff of a desk that has a manual: everybody may draft."""

    def page(request: HttpRequest, place: StaffPlace, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not place.desk.has_manual:
            raise Http404
        return view(request, place, *args, **kwargs)

    return staff_page(page)


def editors_page(view: Callable[Concatenate[HttpRequest, StaffPlace, P], HttpResponseBase]) -> Callable[..., Any]:
    """For those who decide what readers see; for all others the page does not exist."""

    def page(request: HttpRequest, place: StaffPlace, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not place.viewer.may_edit_manual:
            raise Http404
        return view(request, place, *args, **kwargs)

    return manual_page(page)


def show(
    request: HttpRequest,
    place: StaffPlace,
    template: str,
    *,
    title: str,
    status: HTTPStatus = HTTPStatus.OK,
    errors: Sequence[FieldError] = (),
    **contents: Any,
) -> HttpResponse:
    """A page of this part of the workspace."""
    return frame.show(
        request,
        place,
        f"manual/{template}",
        labels=labels_of(place.desk, now=place.now),
        status=status,
        title=title,
        errors=errors,
        error_of={error.field: error.text for error in reversed(errors)},
        may_publish=place.viewer.may_edit_manual,
        **contents,
    )


def found_or_404(place: StaffPlace, slug: str) -> EditedArticle:
    """The article with its texts; two queries."""
    found = article_to_edit(place.scope, slug=slug, languages=place.desk.languages)
    if found is None:
        raise Http404
    return found


def to_article(place: StaffPlace, slug: str, *, languages: Collection[str] = ()) -> HttpResponse:
    """Back to the article's page, with the one language that it showed or all of them."""
    alone = len(languages) == 1 and len(place.desk.languages) > 1
    query = f"?language={next(iter(languages))}" if alone else ""
    return HttpResponseRedirect(workspace_url("manual_article", place, slug=slug) + query, status=HTTPStatus.SEE_OTHER)


def help_address(page: str, place: StaffPlace, /, **arguments: str) -> str:
    """Where readers find it."""
    return address(f"helpcentre:{page}", desk=place.desk.slug, **arguments)
