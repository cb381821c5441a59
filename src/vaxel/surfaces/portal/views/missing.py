"""The page where a customer tells what their mail did not."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.tickets.attachments import remove_from_draft
from vaxel.domain.tickets.conversation import save_reply_draft
from vaxel.domain.tickets.details import give_details
from vaxel.domain.tickets.intake import NotATicketError
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.models import Attachment, ReplyDraft, Ticket
from vaxel.domain.tickets.queries import first_words, reply_draft_of
from vaxel.domain.tickets.redeciding import policy_for
from vaxel.domain.tickets.status import DONE
from vaxel.rules.policy.facts import FactsError
from vaxel.surfaces.asking.answers import Answers
from vaxel.surfaces.asking.details import details_page
from vaxel.surfaces.asking.form import Form
from vaxel.surfaces.asking.kinds import kind_page
from vaxel.surfaces.asking.posted import read_details, read_kind
from vaxel.surfaces.asking.problems import details_problems, kind_problems
from vaxel.surfaces.asking.way import Way, way_of
from vaxel.surfaces.portal.frame import TICKETS, language, portal_url, show
from vaxel.surfaces.portal.missing import answers_of, asks_about, details_of, has_said, missing_form, posted_words, told
from vaxel.surfaces.portal.named import ticket_named
from vaxel.surfaces.portal.views.asking import sent_form
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.uploads import store_files


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def details(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """Only the questions that are open. Where nothing is missing (any more), the ticket itself."""
    found = ticket_named(name, place=place)
    if not found.details_missing or found.status in DONE:
        return _not_asked(request, place, found, name=name)
    policy, sent = policy_for(found, desk=place.desk), sent_form(request, place)
    answers = read_kind(sent, answers_of(found, words=first_words(found)), policy=policy)
    errors = kind_problems(answers, policy=policy, language=language())
    try:
        form = missing_form(found, answers, desk=place.desk, now=place.now)
    except FactsError:
        return _show(request, place, found, answers=answers, errors=errors)
    if sent:
        form = missing_form(
            found, read_details(sent, answers, policy=policy, own_words=None), desk=place.desk, now=place.now
        )
    if request.method != "POST":
        return _show(request, place, found, answers=form.answers, form=form)
    return _answered(request, place, found, name=name, form=form, errors=errors)


def _answered(
    request: HttpRequest, place: CustomerPlace, found: Ticket, *, name: str, form: Form, errors: Sequence[FieldError]
) -> HttpResponse:
    """Keep the files first; then say what is wrong, or give the details."""
    errors = (*errors, *_store(request, place, found))
    if "remove" in request.POST:
        remove_from_draft(draft=_draft(place, found), public_id=request.POST["remove"])
        return _show(request, place, found, answers=form.answers, form=form)
    lacking = details_problems(form, files=len(_files(place, found)), language=language())
    if form.decision.ticket and lacking and not errors and request.POST.get("asked") != _about(form.answers):
        return _show(request, place, found, answers=form.answers, form=form, others=True)
    if form.decision.ticket:
        errors = (*errors, *lacking)
    if errors:
        return _show(request, place, found, answers=form.answers, form=form, errors=errors)
    return _give(request, place, found, name=name, form=form)


def _give(request: HttpRequest, place: CustomerPlace, found: Ticket, *, name: str, form: Form) -> HttpResponse:
    """Onward to the ticket; to what else is asked with these answers; or to the place where such questions go."""
    try:
        given = give_details(
            scope=place.scope,
            number=found.number,
            details=details_of(form),
            text=told(form, ticket=found, language=language()),
            language=language(),
            by=place.by,
            now=place.now,
        )
    except NotATicketError as refused:
        way = way_of(refused.decision, policy=form.policy, kind=form.answers.kind, place=place, language=language())
        return _show(request, place, found, answers=form.answers, form=form, elsewhere=way)
    except NotPossibleError:
        return _not_asked(request, place, found, name=name)
    if given.details_missing:
        messages.success(request, _("Thank you. With these answers we need to know a little more."))
        return HttpResponseRedirect(portal_url("ticket_details", place, name=name))
    messages.success(request, _("Thank you, we have what we need. You see who answers, by when and why."))
    return HttpResponseRedirect(portal_url("ticket", place, name=name))


def _not_asked(request: HttpRequest, place: CustomerPlace, found: Ticket, *, name: str) -> HttpResponse:
    """Nothing is missing any more: what was written all the same is an answer that they may send."""
    written = posted_words(request.POST, policy=policy_for(found, desk=place.desk), language=language())
    if written and not has_said(found, sent=request.POST, by=place.by):
        draft = reply_draft_of(found, by=place.by)
        text = "\n\n".join(filter(None, ["" if draft is None else draft.text, written]))
        save_reply_draft(scope=place.scope, number=found.number, text=text, by=place.by, now=place.now)
        messages.warning(request, _("We have gone on without the details. What you wrote stands in your answer below."))
    return HttpResponseRedirect(portal_url("ticket", place, name=name))


def _about(answers: Answers) -> str:
    """What the questions of a page were asked for."""
    return f"{answers.kind} {answers.product} {answers.topic}"


def _store(request: HttpRequest, place: CustomerPlace, found: Ticket) -> tuple[FieldError, ...]:
    files = request.FILES.getlist("files")
    if not files:
        return ()
    return store_files(files, draft=_draft(place, found), organisation_id=found.organisation_id, now=place.now)


def _draft(place: CustomerPlace, found: Ticket) -> ReplyDraft:
    """The draft of an answer holds the files; words that stand in it stay."""
    draft = reply_draft_of(found, by=place.by)
    return draft or save_reply_draft(scope=place.scope, number=found.number, text="", by=place.by, now=place.now)


def _files(place: CustomerPlace, found: Ticket) -> list[Attachment]:
    draft = reply_draft_of(found, by=place.by)
    return [] if draft is None else list(draft.attachments.all())


def _show(
    request: HttpRequest,
    place: CustomerPlace,
    found: Ticket,
    *,
    answers: Answers,
    form: Form | None = None,
    errors: Sequence[FieldError] = (),
    elsewhere: Way | None = None,
    others: bool = False,
) -> HttpResponse:
    """Without a form only what the question is about is asked: kind and product do not go together yet.

    `others`: another kind was chosen, which asks what the page did not.
    """
    page = None
    if form is not None and form.decision.ticket:
        kept = _files(place, found)
        page = details_page(form, kept=kept, errors=errors, language=language(), may_be_language=language())
    return show(
        request,
        place,
        "ticket_details",
        part=TICKETS,
        title=_("We need some details"),
        errors=errors,
        subject=found.subject,
        back=portal_url("ticket", place, name=request.resolver_match.kwargs["name"]) if request.resolver_match else "",
        about=kind_page(answers, policy=policy_for(found, desk=place.desk), place=place, language=language()),
        asks_about=asks_about(found) or any(error.field in {"kind", "product", "topic"} for error in errors),
        asked=_about(answers),
        page=page,
        others=others,
        elsewhere=elsewhere,
        said={error.field: error.text for error in errors},
    )
