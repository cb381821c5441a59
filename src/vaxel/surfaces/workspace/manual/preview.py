"""How an article will look, while it is written."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_POST
from markupsafe import Markup

from vaxel.domain.manual.body import LONGEST, addressed, render
from vaxel.domain.manual.writing import ArticleWords
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.workspace.manual.frame import found_or_404, help_address, manual_page
from vaxel.surfaces.workspace.manual.typed import shown, typed_words


@require_POST
@manual_page
def preview(request: HttpRequest, place: StaffPlace, slug: str, language: str) -> HttpResponse:
    """The words of one language as a fragment; nothing is kept."""
    if language not in place.desk.languages:
        raise Http404
    found = found_or_404(place, slug)
    body = preview_of(shown(typed_words(request, language), found), place=place, language=language)
    return render_page(request, "workspace/manual/preview.html.jinja", {"body": body, "language": language})


def preview_of(words: ArticleWords, *, place: StaffPlace, language: str) -> Markup:
    """The body as readers would see it, with drafts' pictures; nothing for one that is too long to be saved."""
    if len(words.markdown) > LONGEST:
        return Markup("")
    body = render(words.markdown, language=language, pictures=words.pictures)
    return Markup(addressed(body.html, base=help_address("front", place)))  # noqa: S704  # cleaned by `render`
