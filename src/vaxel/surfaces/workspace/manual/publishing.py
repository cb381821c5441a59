"""What readers see: publish a text now or at a time, take it from them, say that it follows the original."""

from collections.abc import Callable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.manual.editing import StillMarkedError, require_no_marks
from vaxel.domain.manual.editors_view import EditedArticle
from vaxel.domain.manual.links import LeadsNowhereError, require_links_lead
from vaxel.domain.manual.writing import mark_behind, plan_publishing, publish, withdraw
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.typed import instant_in
from vaxel.surfaces.workspace.frame import say
from vaxel.surfaces.workspace.manual.editing import save, show_article
from vaxel.surfaces.workspace.manual.frame import editors_page, found_or_404, to_article
from vaxel.surfaces.workspace.manual.typed import typed_edits

Act = Callable[[HttpRequest, StaffPlace, EditedArticle, str], FieldError | None]


@require_POST
@editors_page
def publishing(request: HttpRequest, place: StaffPlace, slug: str) -> HttpResponse:
    """Save what the form holds, then do what was pressed with one language of it."""
    name = next((name for name in _ACTS if name in request.POST), "")
    language = request.POST.get(name, "")
    if not name or language not in place.desk.languages:
        raise Http404
    edits = typed_edits(request, place)
    refused = save(request, place, found_or_404(place, slug), edits, done="")
    if refused is not None:
        return refused
    found = found_or_404(place, slug)
    error = _ACTS[name](request, place, found, language)
    if error is not None:
        return show_article(request, place, found, edits={}, errors=[error], previews=True)
    return to_article(place, slug, languages=edits)


def _publish(request: HttpRequest, place: StaffPlace, found: EditedArticle, language: str) -> FieldError | None:
    fault = _unready(found, language)
    if fault is None:
        publish(article=found.article, language=language, by=place.by, now=place.now)
        say(request, _("Readers see the new words now."))
    return fault


def _plan(request: HttpRequest, place: StaffPlace, found: EditedArticle, language: str) -> FieldError | None:
    at = instant_in(request.POST.get(f"at_{language}", ""), zone=ZoneInfo(place.desk.time_zone))
    if at is None or at <= place.now:
        return FieldError(field=f"at_{language}", text=_("Choose a day and a time to come"))
    fault = _unready(found, language)
    if fault is None:
        plan_publishing(article=found.article, language=language, at=at, by=place.by, now=place.now)
        say(request, _("The draft is published by itself then."))
    return fault


def _take_plan_back(request: HttpRequest, place: StaffPlace, found: EditedArticle, language: str) -> FieldError | None:
    if found.texts[language].publish_at is not None:
        plan_publishing(article=found.article, language=language, at=None, by=place.by, now=place.now)
    say(request, _("The draft waits until somebody publishes it."))
    return None


def _withdraw(request: HttpRequest, place: StaffPlace, found: EditedArticle, language: str) -> FieldError | None:
    if found.texts[language].live is not None:
        withdraw(article=found.article, language=language, by=place.by, now=place.now)
    say(request, _("Readers do not see the text any more. It is a draft again."))
    return None


def _follows(request: HttpRequest, place: StaffPlace, found: EditedArticle, language: str) -> FieldError | None:
    if found.texts[language].number:
        mark_behind(article=found.article, language=language, behind=False, by=place.by, now=place.now)
    say(request, _("The translation says what the original says."))
    return None


_ACTS: Final[dict[str, Act]] = {
    "publish": _publish,
    "plan": _plan,
    "unplan": _take_plan_back,
    "withdraw": _withdraw,
    "follows": _follows,
}


def _unready(found: EditedArticle, language: str) -> FieldError | None:
    """Why there is nothing to publish."""
    draft = found.texts[language].draft
    if draft is None:
        return FieldError(field=f"markdown_{language}", text=_("Nothing is new: readers see these words already"))
    try:
        require_no_marks(draft)
        require_links_lead(draft)
    except LeadsNowhereError as left:
        return FieldError(field=f"markdown_{language}", text=" ".join(_nowhere(left)))
    except StillMarkedError as left:
        said = _("Write other words in the place of the marks before you publish: %(marks)s")
        marks = ", ".join(dict.fromkeys(left.marks))
        return FieldError(field=f"markdown_{language}", text=said % {"marks": marks})
    return None


def _nowhere(left: LeadsNowhereError) -> Iterator[str]:
    """A sentence for each kind of link that leads nowhere."""
    for links, said in (
        (
            left.articles,
            _("No article is found at: %(links)s. Change the link before you publish, or write the article first."),
        ),
        (left.headings, _("No heading is found at: %(links)s. Change the link before you publish.")),
        (left.addresses, _("No reader can follow the link to: %(links)s. Write a web or mail address.")),
    ):
        if links:
            yield said % {"links": ", ".join(links)}
