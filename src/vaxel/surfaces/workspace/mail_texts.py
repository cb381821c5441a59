"""The words of a desk's mails: which there are, writing them, and how the mail then looks. For administrators."""

from collections.abc import KeysView, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.compose import LANGUAGES, standard_words
from vaxel.domain.notices.example_mail import TO_STAFF, example_mail
from vaxel.domain.notices.logo import as_data, logo_of, with_logo
from vaxel.domain.notices.own_words import VALUES, OwnWords, faults_of
from vaxel.domain.notices.wording import (
    FaultyWordsError,
    WordsVersion,
    use_standard_words,
    words_history,
    words_in_use,
    write_words,
)
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import FieldError, Link, Moment
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.mail_kinds import fault_in_words, mail_kinds, value_meanings

#: The mail alone in its frame: its own styles and the logo within it, no script, nothing fetched.
_ALONE: Final = "; ".join(
    [
        *("default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "frame-ancestors 'self'"),
        *("base-uri 'none'", "form-action 'none'", "sandbox"),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKindRow:
    """A kind of mail in the list, with its languages."""

    name: str
    when: str
    links: tuple[Link, ...]


@require_safe
@administrator_page
def mail_texts(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Every kind of mail, and where the desk has words of its own."""
    own = words_in_use(desk_id=place.desk.pk)
    rows = {kind: _row(kind, place, own=own.keys()) for kind in NoticeKind}
    return show(
        request,
        place,
        "mail_texts",
        labels=labels_of(place.desk, now=place.now),
        to_customers=[row for kind, row in rows.items() if kind not in TO_STAFF],
        to_staff=[row for kind, row in rows.items() if kind in TO_STAFF],
        logo_url=workspace_url("mail_logo", place),
    )


def _row(kind: NoticeKind, place: StaffPlace, *, own: KeysView[tuple[str, str]]) -> MailKindRow:
    told = mail_kinds()[kind]
    names = dict(settings.LANGUAGES)
    return MailKindRow(
        name=told.name,
        when=told.when,
        links=tuple(
            Link(
                label=names[language],
                url=workspace_url("mail_text", place, kind=kind.value, language=language),
                count=_("own words") if (kind.value, language) in own else None,
            )
            for language in languages_of(place)
        ),
    )


def languages_of(place: StaffPlace) -> list[str]:
    """Those of the desk that mails can be written in."""
    return [each for each in place.desk.languages if each in LANGUAGES] or list(LANGUAGES)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def mail_text(request: HttpRequest, place: StaffPlace, kind: str, language: str) -> HttpResponse:
    """The form of one kind in one language."""
    named = _kind_or_404(place, kind, language)
    if request.method != "POST":
        return _form(request, place, named, language, words=_in_use(place, named, language))
    if request.POST.get("standard"):
        use_standard_words(scope=place.scope, kind=named, language=language, by=place.by, now=place.now)
        say(request, _("The mail says the standard words again."))
        return _back(place, kind, language)
    words = _typed(request)
    try:
        write_words(scope=place.scope, kind=named, language=language, words=words, by=place.by, now=place.now)
    except FaultyWordsError as refused:
        errors = [FieldError(field=each.field, text=fault_in_words(each)) for each in refused.faults]
        return _form(request, place, named, language, words=words, errors=errors)
    say(request, _("From now on the mail says this."))
    return _back(place, kind, language)


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@administrator_page
def preview(request: HttpRequest, place: StaffPlace, kind: str, language: str) -> HttpResponse:
    """The mail about an invented ticket, alone in a frame; by POST with words that are not saved."""
    named = _kind_or_404(place, kind, language)
    own = words_in_use(desk_id=place.desk.pk, kinds=[named]).get((kind, language))
    if request.method == "POST":
        own = _typed(request)
        faults = faults_of(own, language=language)
        if faults:
            return _alone(format_html_join("", "<p>{}</p>", ([fault_in_words(each)] for each in faults)))
    html = example_mail(named, language, desk=place.desk, own=own, now=place.now).html
    logo = logo_of(place.desk)
    return _alone(html if logo is None else with_logo(html, logo, source=as_data(logo)))


def _alone(body: str) -> HttpResponse:
    return HttpResponse(body, headers={"Content-Security-Policy": _ALONE})


def _kind_or_404(place: StaffPlace, kind: str, language: str) -> NoticeKind:
    if kind not in set(NoticeKind) or language not in languages_of(place):
        raise Http404
    return NoticeKind(kind)


def _typed(request: HttpRequest) -> OwnWords:
    return OwnWords(heading=request.POST.get("heading", ""), text=request.POST.get("text", ""))


def _in_use(place: StaffPlace, kind: NoticeKind, language: str) -> OwnWords:
    own = words_in_use(desk_id=place.desk.pk, kinds=[kind]).get((kind.value, language))
    return own or standard_words(kind, language, can_reply=place.desk.reads_mail)


def _back(place: StaffPlace, kind: str, language: str) -> HttpResponse:
    url = workspace_url("mail_text", place, kind=kind, language=language)
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value that the words may name."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """What the mail said from then on; `words` is None for the standard."""

    at: Moment
    by: str
    words: OwnWords | None


def _form(
    request: HttpRequest,
    place: StaffPlace,
    kind: NoticeKind,
    language: str,
    *,
    words: OwnWords,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    history = words_history(place.scope, kind=kind, language=language)
    meanings = value_meanings()
    return show(
        request,
        place,
        "mail_text",
        labels=labels,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        told=mail_kinds()[kind],
        language=language,
        language_name=language_name(language),
        words=words,
        is_own=bool(history and history[0].words),
        values=[Value(name=f"{{{name}}}", meaning=meanings[of]) for name, of in VALUES[language].items()],
        history=[_entry(each, labels=labels) for each in history],
        errors=errors,
        error_of={each.field: each.text for each in reversed(errors)},
        list_url=workspace_url("mail_texts", place),
        preview_url=workspace_url("mail_text_preview", place, kind=kind.value, language=language),
    )


def _entry(version: WordsVersion, *, labels: Labels) -> HistoryEntry:
    return HistoryEntry(at=labels.moment(version.at), by=version.by, words=version.words)
