"""Wishes in the help centre: what others have wished, and the form for one's own."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.manual.queries import read_article
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.wishes.models import Wish
from vaxel.domain.wishes.queries import own_wishes, shown_wishes, wish_seen
from vaxel.domain.wishes.wishing import (
    LONGEST,
    LONGEST_SEARCH,
    NotOpenToVotesError,
    WishMissingError,
    WishWords,
    send_wish,
    want_no_more,
    want_too,
)
from vaxel.surfaces.helpcentre.frame import help_url, show, whole
from vaxel.surfaces.helpcentre.place import HelpPlace, help_page
from vaxel.surfaces.helpcentre.wish_rows import wish_page, wish_rows
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.taken_back import said_here
from vaxel.surfaces.ui.words import plain

_LONGEST_SLUG = 100


@require_safe
@help_page
def wishes(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """What is shown to everybody, and the reader's own."""
    own = own_wishes(person_id=place.viewer.person_id) if isinstance(place.viewer, CustomerViewer) else ()
    mine = {told.wish.pk for told in own}
    others = [told for told in shown_wishes(desk_id=place.desk.pk) if told.wish.pk not in mine]
    return show(
        request,
        place,
        "wishes",
        title=_("Wishes"),
        own=wish_rows(place, own),
        others=wish_rows(place, others),
        notices=said_here(request),
        new_url=help_url("wish_new", place, language=place.language),
        canonical=whole(help_url("wishes", place, language=place.language)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@help_page
def new(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """The form, from an article or a search that found nothing; what was missed goes with it."""
    given = request.POST if request.method == "POST" else request.GET
    words = WishWords(
        text=plain(request.POST.get("text", "")).strip(),
        language=place.language,
        article=plain(given.get("article", ""))[:_LONGEST_SLUG],
        searched=plain(given.get("searched", ""))[:LONGEST_SEARCH].strip(),
    )
    if request.method != "POST":
        return _form(request, place, words)
    if errors := _faults(words):
        return _form(request, place, words, errors=errors)
    if not _has_pace(request, place):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    made = _send(place, words)
    messages.success(request, _thanks(place))
    return HttpResponseRedirect(_shown_at(place, made), status=HTTPStatus.SEE_OTHER)


def _has_pace(request: HttpRequest, place: HelpPlace) -> bool:
    """Within what one place of the net sends, and those without an account within what a desk reads (trust 59): when
    a whole net of programs writes, whoever is known is still heard.
    """
    within = bool(ratelimit.consume(request, action="wish"))
    if place.viewer is not None:
        return within
    return within and bool(ratelimit.consume(request, action="wish_by_nobody", key=place.desk.slug))


@require_safe
@help_page
def wish(request: HttpRequest, place: HelpPlace, number: int) -> HttpResponse:
    """One wish with what was said of it."""
    person_id = place.viewer.person_id if isinstance(place.viewer, CustomerViewer) else None
    try:
        told = wish_seen(desk_id=place.desk.pk, number=number, person_id=person_id)
    except WishMissingError:
        raise Http404 from None
    page = wish_page(place, told)
    return show(
        request,
        place,
        "wish",
        title=page.title,
        page=page,
        notices=said_here(request),
        list_url=help_url("wishes", place, language=place.language),
        canonical=whole(help_url("wish", place, language=place.language, number=str(number))),
    )


@require_POST
@help_page
def vote(request: HttpRequest, place: HelpPlace, number: int) -> HttpResponse:
    """The reader's organisation wants it too, or no more. For customers."""
    viewer = place.viewer
    if not isinstance(viewer, CustomerViewer):
        raise Http404
    try:
        if request.POST.get("want") == "no":
            want_no_more(scope=viewer.scope, number=number, by=viewer.actor, now=place.now)
        else:
            want_too(scope=viewer.scope, person_id=viewer.person_id, number=number, by=viewer.actor, now=place.now)
    except WishMissingError:
        raise Http404 from None
    except NotOpenToVotesError:
        # Answered a moment ago: the page says so.
        pass
    page = help_url("wish", place, language=place.language, number=str(number))
    return HttpResponseRedirect(page, status=HTTPStatus.SEE_OTHER)


def _faults(words: WishWords) -> tuple[FieldError, ...]:
    if not words.text:
        return (FieldError(field="text", text=_("Write what you miss")),)
    if len(words.text) > LONGEST:
        return (FieldError(field="text", text=_("Shorten it to at most %(most)d characters") % {"most": LONGEST}),)
    return ()


def _send(place: HelpPlace, words: WishWords) -> Wish:
    viewer = place.viewer
    return send_wish(
        words,
        desk=place.desk,
        reader=place.reader,
        person_id=viewer.person_id if isinstance(viewer, CustomerViewer) else None,
        by=None if viewer is None else viewer.actor,
        now=place.now,
    )


def _shown_at(place: HelpPlace, made: Wish) -> str:
    """The wish's own page for whoever can come back to it, the list for others."""
    if isinstance(place.viewer, CustomerViewer):
        return help_url("wish", place, language=place.language, number=str(made.number))
    return help_url("wishes", place, language=place.language)


def _thanks(place: HelpPlace) -> str:
    """Said once, on the next page; nobody is mailed whom we do not know."""
    if isinstance(place.viewer, CustomerViewer):
        return _("Thank you! Your wish has come to us. We mail you when we have something to say.")
    return _("Thank you! Your wish has come to us.")


def _form(
    request: HttpRequest, place: HelpPlace, words: WishWords, *, errors: tuple[FieldError, ...] = ()
) -> HttpResponse:
    return show(
        request,
        place,
        "wish_new",
        title=_("Send a wish"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        words=words,
        article=_title(place, words.article),
        errors=errors,
        longest=LONGEST,
        is_told=isinstance(place.viewer, CustomerViewer),
        list_url=help_url("wishes", place, language=place.language),
    )


def _title(place: HelpPlace, slug: str) -> str:
    """The article that is written about; empty for one that the reader cannot read (trust 43)."""
    found = read_article(place.reader, slug=slug, language=place.language) if slug else None
    return "" if found is None else found.entry.title
