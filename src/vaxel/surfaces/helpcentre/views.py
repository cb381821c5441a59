"""The help centre's pages."""

from http import HTTPStatus
from typing import Any, Final

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.manual.feedback import LONGEST, say_helpful
from vaxel.domain.manual.pictures import readable_picture
from vaxel.domain.manual.queries import around, every_address, newest, public_manuals, read_article
from vaxel.insight.search.articles import search_articles
from vaxel.insight.search.sought import Sought, sought
from vaxel.kit.numbers import number_in
from vaxel.surfaces.helpcentre.found_beside import found_beside
from vaxel.surfaces.helpcentre.frame import Alternate, help_url, show, whole
from vaxel.surfaces.helpcentre.place import HelpPlace, help_page
from vaxel.surfaces.helpcentre.shown import (
    alternates,
    article_page,
    front_branches,
    hit_rows,
    newest_links,
)
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.desk_news import Reading, ongoing
from vaxel.surfaces.ui.gate import signed_in_account
from vaxel.surfaces.ui.words import plain

_NEWEST: Final = 5
_PAGE: Final = 10
_SUGGESTED: Final = 3
_LAST_PAGE: Final = 50
#: Characters of a search that are read.
_LONGEST_SEARCH: Final = 200
_PICTURE_POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
@help_page
def front(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """To the front page in the reader's language."""
    return HttpResponseRedirect(help_url("home", place, language=place.language))


@require_safe
@help_page
def home(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    latest = newest(place.reader, language=place.language, most=_NEWEST)
    return show(
        request,
        place,
        "home",
        title=_("Manual"),
        branches=front_branches(place),
        ongoing=ongoing(Reading(place.desk, place.language, place.now)),
        newest=newest_links(place, (entry for entry, _at in latest)),
        canonical=whole(help_url("home", place, language=place.language)),
    )


@require_safe
@help_page
def article(request: HttpRequest, place: HelpPlace, slug: str) -> HttpResponse:
    found = read_article(place.reader, slug=slug, language=place.language)
    if found is None:
        raise Http404
    entries = around(place.reader, article=found, language=place.language)
    page = article_page(place, found, entries)
    return show(
        request,
        place,
        "article",
        title=page.title,
        page=page,
        said=request.GET.get("said", ""),
        longest=LONGEST,
        canonical=whole(help_url("article", place, language=found.entry.language, slug=slug)),
        alternates=alternates(place, found),
    )


@require_safe
@help_page
def search(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """The whole page, or the hits alone while somebody types."""
    text = _searched(request, "q")
    typing = "HX-Request" in request.headers
    number = _page_number(request)
    found = search_articles(
        place.reader, text, language=place.language, typing=typing, most=_PAGE, skip=(number - 1) * _PAGE
    )
    here = help_url("search", place, language=place.language)
    words = sought(found.meant if found.corrected else text)
    contents: dict[str, Any] = {
        "text": text,
        "beside": found_beside(place, text, words, typing=typing) if number == 1 else None,
        "wish_url": f"{help_url('wish_new', place, language=place.language)}?{urlencode({'searched': text})}",
        "rows": hit_rows(place, found.hits, words),
        "is_too_common": words.is_too_common,
        "elsewhere": () if found.hits else _elsewhere(place, text),
        "found": found,
        "meant_url": f"{here}?{urlencode({'q': found.meant})}" if found.meant else "",
        "next_url": f"{here}?{urlencode({'q': text, 'page': str(number + 1)})}" if found.more else "",
        "previous_url": f"{here}?{urlencode({'q': text, 'page': str(number - 1)})}" if number > 1 else "",
    }
    if typing:
        return render(request, "helpcentre/hits.html.jinja", contents)
    return show(request, place, "search", title=_("Search"), **contents)


@require_safe
@help_page
def suggest(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """Articles for a question that is being written, as a fragment; nothing when none fits."""
    found = search_articles(place.reader, _searched(request, "words"), language=place.language, most=_SUGGESTED)
    # Whatever a whole question says would be marked in them: nothing is.
    rows = hit_rows(place, found.hits, Sought()) if not found.corrected else ()
    return render(request, "helpcentre/suggested.html.jinja", {"rows": rows})


@require_POST
@help_page
def verdict(request: HttpRequest, place: HelpPlace, slug: str) -> HttpResponse:
    """Was it helpful? Then thanks, and after a no the question what was missing."""
    found = read_article(place.reader, slug=slug, language=place.language)
    helpful = {"yes": True, "no": False}.get(request.POST.get("helpful", ""))
    if found is None or helpful is None:
        raise Http404
    if not ratelimit.consume(request, action="article_verdict"):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    words = plain(request.POST.get("words", "")).strip()
    say_helpful(
        reader=place.reader,
        version_id=found.version_id,
        helpful=helpful,
        words=words,
        account_id=signed_in_account(request),
        now=place.now,
    )
    said = "yes" if helpful else "words" if words else "no"
    page = help_url("article", place, language=place.language, slug=slug)
    return HttpResponseRedirect(f"{page}?said={said}#verdict")


@require_safe
@help_page
def picture(request: HttpRequest, place: HelpPlace, digest: str, name: str) -> HttpResponse:
    """A picture of an article that the reader may read; its name is there for people, and is not looked at."""
    found = readable_picture(place.reader, digest=digest)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response.headers["Content-Security-Policy"] = _PICTURE_POLICY
    # The same address is always the same bytes; what may be read with a sign-in stays with the reader.
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
@help_page
def sitemap(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """What search engines may read; nothing where the help centre is not public."""
    if not place.is_public:
        raise Http404
    pages = [
        (whole(help_url("article", place, language=language, slug=slug)), published.date().isoformat())
        for slug, language, published in every_address(ManualReader(place.desk.pk))
    ]
    lists = [
        whole(help_url(name, place, language=language))
        for name in ("home", "problems", "wishes")
        for language in place.desk.languages
    ]
    context = {"lists": lists, "pages": pages}
    return render(request, "helpcentre/sitemap.xml.jinja", context, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines find the public help centres, and what is not worth their while."""
    maps = [whole(address("helpcentre:sitemap", desk=slug)) for slug in public_manuals()]
    return render(request, "helpcentre/robots.txt.jinja", {"maps": maps}, content_type="text/plain; charset=utf-8")


def _elsewhere(place: HelpPlace, text: str) -> tuple[Alternate, ...]:
    """The same search in the desk's other languages: not every article is in each."""
    others = (one for one in place.desk.languages if one != place.language)
    asked = urlencode({"q": text})
    return tuple(Alternate(one, f"{help_url('search', place, language=one)}?{asked}") for one in others)


def _searched(request: HttpRequest, name: str) -> str:
    return plain(request.GET.get(name, ""))[:_LONGEST_SEARCH].strip()


def _page_number(request: HttpRequest) -> int:
    return min(number_in(request.GET.get("page", "")) or 1, _LAST_PAGE)
