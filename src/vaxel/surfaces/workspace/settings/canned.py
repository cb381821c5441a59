"""Answers that all agents can use again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.tickets.canned import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    PLACEHOLDERS,
    CannedWords,
    TitleTakenError,
    canned_replies,
    canned_reply,
    change_canned,
    remove_canned,
    unknown_placeholders,
    write_canned,
)
from vaxel.domain.tickets.canned_reply import CannedReply
from vaxel.surfaces.ui.languages import language_name
from vaxel.surfaces.ui.shapes import FieldError, Link, Option
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.settings.frame import (
    Settings,
    changed_meanwhile,
    found,
    line,
    search_of,
    seen_by,
    settings_page,
    show,
    to,
)
from vaxel.surfaces.workspace.settings.happened import lately

_BEGINNING = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """A canned reply in the list."""

    title: str
    url: str
    language: str
    language_name: str
    #: How it begins.
    begins: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """What a word in braces is filled in with."""

    name: str
    meaning: str


@require_safe
@settings_page
def replies(request: HttpRequest, at: Settings) -> HttpResponse:
    """All of them; one query."""
    search = search_of(request)
    rows = [
        ReplyRow(
            title=each.title,
            url=at.url("canned", reply_id=each.pk),
            language=each.language,
            language_name=language_name(each.language),
            begins=" ".join(each.text.split())[:_BEGINNING],
        )
        for each in canned_replies(at.place.scope, words=search.words)
    ]
    title = _("Canned replies")
    return show(request, at, "canned_list", title=title, search=search, rows=rows, new_url=at.url("canned_new"))


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def new(request: HttpRequest, at: Settings) -> HttpResponse:
    """Write one."""
    if request.method != "POST":
        return _show(request, at, CannedWords(title="", language=at.place.desk.languages[0], text=""))
    words = _read(request.POST)
    errors = _problems(words, at=at)
    if not errors:
        try:
            made = write_canned(at.place.desk, words=words, by=at.place.by, now=at.place.now)
        except TitleTakenError:
            errors = [_taken()]
        else:
            return to(at.url("canned_list"), request, _("%(title)s is saved.") % {"title": made.title})
    return _show(request, at, words, errors=errors)


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def reply(request: HttpRequest, at: Settings, reply_id: int) -> HttpResponse:
    """Change one."""
    known = found(canned_reply(at.place.scope, reply_id=reply_id))
    if request.method != "POST":
        return _show(request, at, CannedWords(title=known.title, language=known.language, text=known.text), known=known)
    words = _read(request.POST)
    errors = _problems(words, at=at) or _change(request, at, known, words)
    if errors:
        known = found(canned_reply(at.place.scope, reply_id=reply_id))
        return _show(request, at, words, known=known, errors=errors)
    return to(at.url("canned_list"), request, _("%(title)s is saved.") % {"title": words.title})


def _change(request: HttpRequest, at: Settings, known: CannedReply, words: CannedWords) -> list[FieldError]:
    try:
        change_canned(known, words=words, seen=request.POST.get("seen", ""), by=at.place.by, now=at.place.now)
    except ChangedMeanwhileError:
        return [changed_meanwhile()]
    except TitleTakenError:
        return [_taken()]
    return []


@require_POST
@settings_page
def removal(request: HttpRequest, at: Settings, reply_id: int) -> HttpResponse:
    """Offer it to nobody any more."""
    known = found(canned_reply(at.place.scope, reply_id=reply_id))
    title = known.title
    remove_canned(known, by=at.place.by, now=at.place.now)
    said = _("%(title)s is removed. What it said stays in the history.") % {"title": title}
    return to(at.url("canned_list"), request, said)


def _read(sent: QueryDict) -> CannedWords:
    return CannedWords(
        title=line(sent, "title", most=LONGEST_TITLE + 1),
        language=line(sent, "language", most=5),
        text=plain(sent.get("text", "")).strip()[: LONGEST_TEXT + 1],
    )


def _problems(words: CannedWords, *, at: Settings) -> list[FieldError]:
    return [FieldError(field=field, text=text) for field, text in _faults(words, at=at)]


def _faults(words: CannedWords, *, at: Settings) -> Iterator[tuple[str, str]]:
    if not 0 < len(words.title) <= LONGEST_TITLE:
        yield "title", _("Write a title of at most %(most)s characters") % {"most": LONGEST_TITLE}
    if words.language not in at.place.desk.languages:
        yield "language", _("Choose one of the desk's languages")
    if not 0 < len(words.text) <= LONGEST_TEXT:
        yield "text", _("Write the reply, in at most %(most)s characters") % {"most": LONGEST_TEXT}
    unknown = ", ".join(unknown_placeholders(words.text))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        said = {"unknown": unknown, "known": known}
        yield "text", _("%(unknown)s would reach the customer as it stands. Known are %(known)s") % said


def _taken() -> FieldError:
    return FieldError(field="title", text=_("There is a reply of this title in the language"))


def _show(
    request: HttpRequest,
    at: Settings,
    words: CannedWords,
    *,
    known: CannedReply | None = None,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    names, meanings = dict(settings.LANGUAGES), _meanings()
    return show(
        request,
        at,
        "canned",
        title=_("New canned reply") if known is None else known.title,
        trail=(Link(label=_("Canned replies"), url=at.url("canned_list")),),
        errors=errors,
        words=words,
        language_options=[Option(value=each, label=str(names.get(each, each))) for each in at.place.desk.languages],
        placeholders=[Placeholder(name=f"{{{name}}}", meaning=meanings[name]) for name in PLACEHOLDERS],
        seen=seen_by(request, known, errors),
        removal_url="" if known is None else at.url("canned_removal", reply_id=known.pk),
        happened=None if known is None else lately(at, canned_reply_id=known.pk),
    )


def _meanings() -> dict[str, str]:
    return {
        "name": _("the asker's name"),
        "number": _("the ticket's number"),
        "agent": _("the name of who answers"),
    }
