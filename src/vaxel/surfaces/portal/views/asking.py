"""Asking a question, step by step; each step has an address of its own and works without script."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from http import HTTPStatus
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.attachments import move_to_question, remove_from_draft
from vaxel.domain.tickets.conversation import discard_reply_draft
from vaxel.domain.tickets.drafts import discard_draft, find_draft, save_draft
from vaxel.domain.tickets.models import Draft
from vaxel.domain.tickets.pace import require_pace_to_save
from vaxel.domain.tickets.queries import draft_files, reply_draft_of
from vaxel.rules.policy.facts import FactsError
from vaxel.surfaces.asking.answers import Answers, from_data, kept_answers
from vaxel.surfaces.asking.details import details_page
from vaxel.surfaces.asking.form import Form, form_for
from vaxel.surfaces.asking.kinds import Suggested, kind_page, suggested
from vaxel.surfaces.asking.posted import read_details, read_kind, read_words
from vaxel.surfaces.asking.problems import FIELD, details_problems, kind_problems, words_problems
from vaxel.surfaces.asking.several import questions_in
from vaxel.surfaces.asking.together import doubled, form_mark, put_together
from vaxel.surfaces.portal.beginnings import begun_after
from vaxel.surfaces.portal.frame import ASK, language, portal_url, show
from vaxel.surfaces.portal.named import ticket_named
from vaxel.surfaces.portal.pages.asking import steps, which_of
from vaxel.surfaces.portal.pages.reading import problems_for, reading_for
from vaxel.surfaces.portal.views.overtaken import begin_anew, begin_draft, say_sent_already
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page, signed_in_account
from vaxel.surfaces.ui.kept_form import forget_form, kept_form
from vaxel.surfaces.ui.moments import exact
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.uploads import store_files

DraftView = Callable[[HttpRequest, CustomerPlace, Draft], HttpResponseBase]


def draft_page(view: DraftView) -> Callable[..., HttpResponseBase]:
    """A step of the person's own draft. One that was sent leads to its receipt, whatever was pressed."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @customer_page
    @wraps(view)
    def page(request: HttpRequest, place: CustomerPlace, draft: str) -> HttpResponseBase:
        found = find_draft(scope=place.scope, person_id=place.viewer.person_id, public_id=draft)
        begun = begin_anew(request, place) if found is None and request.method == "POST" else None
        if begun is not None:
            return begun
        if found is None:
            raise Http404
        if found.sent is not None:
            if request.method == "POST":
                say_sent_already(request, place, found.sent)
            return HttpResponseRedirect(portal_url("ask_sent", place, draft=draft))
        return view(request, place, found)

    return page


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def ask(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """A question begins: nothing is stored until there are words."""
    answers = _begun(place, request.POST if request.method == "POST" else request.GET)
    answers = _read_beginning(sent_form(request, place), answers, place)
    if request.method != "POST":
        return _words(request, place, answers)
    errors = words_problems(answers.words)
    if errors:
        return _words(request, place, answers, errors=errors)
    draft = begin_draft(place, answers)
    if "unsent" in request.POST:
        _take_over_unsent(request.POST.get("after", ""), place, draft)
    return _to("several" if "several" in request.POST else "kind", place, draft)


def _take_over_unsent(name: str, place: CustomerPlace, draft: Draft) -> None:
    """What a closed ticket did not take has become a question, with its files: it is not offered a second time."""
    asked = ticket_named(name, place=place)
    unsent = reply_draft_of(asked, by=place.by)
    if unsent is not None:
        move_to_question(reply_draft=unsent, draft=draft)
    discard_reply_draft(scope=place.scope, number=asked.number, by=place.by)


def _begun(place: CustomerPlace, given: QueryDict) -> Answers:
    """Nothing yet but a product, or what another question shares with this one (B12)."""
    policy = current_policy(place.desk)
    if after := given.get("after", ""):
        return begun_after(ticket_named(after, place=place), policy=policy)
    product = given.get("product", "")
    return Answers(product=product if product in policy.file.products else "")


@draft_page
def words(request: HttpRequest, place: CustomerPlace, draft: Draft) -> HttpResponse:
    """Step 1: the question in the asker's own words."""
    theirs = from_data(draft.data)
    answers = _read_beginning(sent_form(request, place), theirs, place)
    if request.method != "POST":
        return _words(request, place, answers, draft=draft)
    answers = _together(request, answers, theirs=theirs)
    save_draft(draft, data=answers.as_data(), now=place.now)
    errors = (*words_problems(answers.words), *_told_twice(request, answers))
    if errors:
        return _words(request, place, answers, draft=draft, errors=errors)
    return _to("several" if "several" in request.POST else "kind", place, draft)


def _read_beginning(sent: QueryDict, answers: Answers, place: CustomerPlace) -> Answers:
    """The words, and a kind and product that were suggested while they were written and chosen there."""
    return read_kind(sent, read_words(sent, answers), policy=current_policy(place.desk))


@require_POST
def suggestions(request: HttpRequest, desk: str) -> HttpResponseBase:
    """What the words so far sound like: a part of the page. Whoever has been signed out meanwhile goes on writing."""
    if "HX-Request" in request.headers and signed_in_account(request) is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _suggestions(request, desk=desk)


@customer_page
def _suggestions(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    answers = _read_beginning(request.POST, Answers(), place)
    found = _suggested(answers, place)
    if found.shown == request.POST.get("shown", ""):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "portal/suggestions.html.jinja", {"suggested": found, "live": True})


def _suggested(answers: Answers, place: CustomerPlace) -> Suggested:
    found = suggested(answers, policy=current_policy(place.desk), language=language())
    return replace(
        found,
        reading=reading_for(answers.words, place=place, language=language()),
        problems=problems_for(answers.words, place=place, product=answers.product, language=language()),
    )


def _words(
    request: HttpRequest,
    place: CustomerPlace,
    answers: Answers,
    *,
    draft: Draft | None = None,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    return show(
        request,
        place,
        "ask_words",
        part=ASK,
        title=_("What do you need help with?"),
        errors=errors,
        steps=steps(place, draft, "words"),
        answers=answers,
        suggested=_suggested(answers, place),
        suggestions_url=portal_url("ask_suggestions", place),
        after=request.POST.get("after", request.GET.get("after", "")),
        autosave=_autosave(place, draft, "words"),
        seen=form_mark(from_data(draft.data)) if draft is not None else "",
        discard=_discard(place, draft),
    )


@draft_page
def kind(request: HttpRequest, place: CustomerPlace, draft: Draft) -> HttpResponse:
    """Step 2: what sort of question it is, and about which product."""
    policy = current_policy(place.desk)
    answers = read_kind(sent_form(request, place), kept_answers(draft.data, policy=policy), policy=policy)
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        save_draft(draft, data=answers.as_data(), now=place.now)
        errors = kind_problems(answers, policy=policy, language=language())
        if not errors:
            return _to("details", place, draft)
    return show(
        request,
        place,
        "ask_kind",
        part=ASK,
        title=_("What is your question about?"),
        errors=errors,
        steps=steps(place, draft, "kind"),
        page=kind_page(answers, policy=policy, place=place, language=language()),
        said={error.field: error.text for error in errors},
        words=answers.words,
        several_url=_several_url(place, draft, answers),
        which=which_of(answers),
        back=portal_url("ask_words", place, draft=draft.public_id),
        discard=_discard(place, draft),
    )


@draft_page
def details(request: HttpRequest, place: CustomerPlace, draft: Draft) -> HttpResponse:
    """Step 3: only what this kind of question needs. A question that no ticket is made of skips it."""
    answers = kept_answers(draft.data, policy=current_policy(place.desk))
    try:
        form = _form(answers, place)
    except FactsError:
        return _to("kind", place, draft)
    if not form.decision.ticket:
        return _to("review", place, draft)
    if request.method == "POST":
        return _answered(request, place, draft, answers=answers, form=form)
    kept = sent_form(request, place)
    if kept:
        answers = read_details(kept, answers, policy=form.policy, own_words=form.own_words)
        form = _form(answers, place)
    check = "check" in request.GET
    files = len(draft_files(draft)) if check else 0
    errors = details_problems(form, files=files, language=language()) if check else ()
    return _details(request, place, draft, form=form, errors=errors)


def _answered(
    request: HttpRequest, place: CustomerPlace, draft: Draft, *, answers: Answers, form: Form
) -> HttpResponse:
    """Keep everything first; then say what is wrong, or go on."""
    forget_form(request)
    mine = read_details(request.POST, answers, policy=form.policy, own_words=form.own_words)
    answers = _together(request, mine, theirs=answers)
    save_draft(draft, data=answers.as_data(), now=place.now)
    refused = store_files(
        request.FILES.getlist("files"), draft=draft, organisation_id=place.viewer.organisation_id, now=place.now
    )
    if "remove" in request.POST:
        remove_from_draft(draft=draft, public_id=request.POST["remove"])
        return HttpResponseRedirect(portal_url("ask_details", place, draft=draft.public_id) + "#files")
    form = _form(answers, place)
    if "later" in request.POST and not refused:
        return HttpResponseRedirect(portal_url("home", place))
    problems = details_problems(form, files=len(draft_files(draft)), language=language())
    errors = (*refused, *problems, *_told_twice(request, answers, own_words=form.own_words))
    return _details(request, place, draft, form=form, errors=errors) if errors else _to("review", place, draft)


def _details(
    request: HttpRequest, place: CustomerPlace, draft: Draft, *, form: Form, errors: Sequence[FieldError]
) -> HttpResponse:
    page = details_page(form, kept=draft_files(draft), errors=errors, language=language(), may_be_language=language())
    return show(
        request,
        place,
        "ask_details",
        part=ASK,
        title=_("Tell us more"),
        errors=errors,
        steps=steps(place, draft, "details"),
        page=page,
        which=which_of(form.answers),
        back=portal_url("ask_kind", place, draft=draft.public_id),
        autosave=_autosave(place, draft, "details"),
        seen=form_mark(from_data(draft.data)),
        discard=_discard(place, draft),
    )


@require_POST
@customer_page
def save(request: HttpRequest, place: CustomerPlace, draft: str, step: str) -> HttpResponse:
    """What is typed goes into the draft as it is; nothing is said about it being right."""
    found = find_draft(scope=place.scope, person_id=place.viewer.person_id, public_id=draft)
    if found is None:
        raise Http404
    require_pace_to_save(found, now=place.now)
    theirs = kept_answers(found.data, policy=current_policy(place.desk))
    answers = _together(request, _typed(request, theirs, step=step, place=place), theirs=theirs)
    if found.sent is None:
        save_draft(found, data=answers.as_data(), now=place.now)
    return HttpResponse(status=204, headers={"X-Saved": quote(_saved(request, answers, place))})


def _typed(request: HttpRequest, answers: Answers, *, step: str, place: CustomerPlace) -> Answers:
    if step != "details":
        return read_words(request.POST, answers)
    try:
        form = _form(answers, place)
    except FactsError as error:
        # The kind was changed on another page meanwhile: there is no such form any more.
        raise Http404 from error
    return read_details(request.POST, answers, policy=form.policy, own_words=form.own_words)


def _saved(request: HttpRequest, answers: Answers, place: CustomerPlace) -> str:
    if doubled(answers, mark=request.POST.get("seen", "")):
        return _("You wrote on another page too, and both texts are saved. Load this page again to see them.")
    zone = ZoneInfo(place.desk.time_zone)
    return _("Saved %(time)s") % {"time": exact(place.now, now=place.now, zone=zone, language=language())}


@draft_page
def discard(request: HttpRequest, place: CustomerPlace, draft: Draft) -> HttpResponse:
    """Throw the draft away: asked once, done by a press."""
    if request.method == "POST":
        discard_draft(draft)
        return HttpResponseRedirect(portal_url("home", place))
    return show(
        request,
        place,
        "ask_discard",
        part=ASK,
        title=_("Throw the draft away?"),
        subject=from_data(draft.data).subject,
        back=portal_url("ask_words", place, draft=draft.public_id),
    )


def sent_form(request: HttpRequest, place: CustomerPlace) -> QueryDict:
    """What was sent; on a page that is only looked at, what a session that ended in between had kept from arriving."""
    if request.method == "POST":
        forget_form(request)
        return request.POST
    return kept_form(request, now=place.now) or QueryDict()


def _together(request: HttpRequest, mine: Answers, *, theirs: Answers) -> Answers:
    return put_together(mine, theirs=theirs, mark=request.POST.get("seen", ""))


def _told_twice(request: HttpRequest, answers: Answers, *, own_words: str | None = None) -> tuple[FieldError, ...]:
    """What the asker has to look at, because two of their pages changed it."""
    text = _("You wrote on another page too. Both texts stand here now. Remove what you do not want.")
    names = doubled(answers, mark=request.POST.get("seen", ""))
    fields = (f"{FIELD}{own_words}" if name == "words" and own_words else name for name in names)
    return tuple(FieldError(field=field, text=text) for field in fields)


def _form(answers: Answers, place: CustomerPlace) -> Form:
    return form_for(answers, desk=place.desk, person_id=place.viewer.person_id, now=place.now)


def _to(step: str, place: CustomerPlace, draft: Draft) -> HttpResponseRedirect:
    return HttpResponseRedirect(portal_url(f"ask_{step}", place, draft=draft.public_id))


def _several_url(place: CustomerPlace, draft: Draft, answers: Answers) -> str:
    """Where the words are divided, when they look like several questions and are not divided yet."""
    looks_so = not answers.of and len(questions_in(answers.words)) > 1
    return portal_url("ask_several", place, draft=draft.public_id) if looks_so else ""


def _autosave(place: CustomerPlace, draft: Draft | None, step: str) -> str:
    return "" if draft is None else portal_url("ask_save", place, draft=draft.public_id, step=step)


def _discard(place: CustomerPlace, draft: Draft | None) -> str:
    return "" if draft is None else portal_url("ask_discard", place, draft=draft.public_id)
