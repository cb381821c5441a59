"""The end of asking: review, send, receipt."""

import hashlib
import json
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.drafts import find_draft
from vaxel.domain.tickets.intake import DraftGoneError, NotATicketError, open_ticket
from vaxel.domain.tickets.models import Attachment, Draft
from vaxel.domain.tickets.pace import require_pace_to_send
from vaxel.domain.tickets.queries import draft_files
from vaxel.rules.policy.facts import FactsError
from vaxel.surfaces.asking.answers import as_question, kept_answers
from vaxel.surfaces.asking.form import Form, form_for
from vaxel.surfaces.asking.problems import details_problems, words_problems
from vaxel.surfaces.asking.review import review_page
from vaxel.surfaces.portal.following import share_facts
from vaxel.surfaces.portal.frame import ASK, language, portal_url, show
from vaxel.surfaces.portal.pages.asking import steps, which_of
from vaxel.surfaces.portal.pages.pace import slow_answers
from vaxel.surfaces.portal.pages.receipt import next_question, receipt_page
from vaxel.surfaces.portal.views.asking import draft_page
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page


@draft_page
def review(request: HttpRequest, place: CustomerPlace, draft: Draft) -> HttpResponse:
    """Step 4: everything that is sent, who will answer, by when and why; and the button that sends it."""
    answers = kept_answers(draft.data, policy=current_policy(place.desk))
    try:
        form = form_for(answers, desk=place.desk, person_id=place.viewer.person_id, now=place.now)
    except FactsError:
        return HttpResponseRedirect(portal_url("ask_kind", place, draft=draft.public_id))
    files = draft_files(draft)
    if words_problems(form.answers.words):
        return HttpResponseRedirect(portal_url("ask_words", place, draft=draft.public_id))
    if form.decision.ticket and details_problems(form, files=len(files), language=language()):
        return HttpResponseRedirect(portal_url("ask_details", place, draft=draft.public_id) + "?check=yes")
    # What was changed on another page since this one was shown, or is decided otherwise by now, is seen before it goes.
    shown = _mark_of(form, files)
    seen = request.POST.get("shown", shown)
    if request.method == "POST" and form.decision.usable and seen == shown:
        return _send(place, draft, form=form)
    return show(
        request,
        place,
        "ask_review",
        part=ASK,
        title=_("Review your question") if form.decision.ticket else _("You get help here"),
        steps=steps(place, draft, "review", sends=form.decision.ticket),
        which=which_of(form.answers),
        shown=shown,
        came_back=_why_back(seen, shown),
        page=review_page(
            form,
            files=files,
            place=place,
            language=language(),
            step_url=lambda step: portal_url(f"ask_{step}", place, draft=draft.public_id),
        ),
        slow=slow_answers(place, language=language(), destination=form.decision.destination),
        back=portal_url("ask_details" if form.decision.ticket else "ask_kind", place, draft=draft.public_id),
        discard=portal_url("ask_discard", place, draft=draft.public_id),
    )


def _mark_of(form: Form, files: Sequence[Attachment]) -> str:
    """Which question the page shows, and where it goes."""
    told = json.dumps([form.answers.as_data(), [each.public_id for each in files]], sort_keys=True)
    return f"{hashlib.sha256(told.encode()).hexdigest()[:16]} {form.decision.destination}"


def _why_back(seen: str, shown: str) -> str:
    """Why the page is shown once more: it said something else when Send was pressed. Empty when it said the same."""
    if seen == shown:
        return ""
    if seen.partition(" ")[0] != shown.partition(" ")[0]:
        return _(
            "Nothing has been sent yet. You changed the question in another window after this page was opened. "
            "This is how it reads now: check it, and send it if it is right."
        )
    return _(
        "Nothing has been sent yet. The terms or your rights changed after this page was opened, and somebody else "
        "answers the question now. Check who it is, and send it if that is right."
    )


def _send(place: CustomerPlace, draft: Draft, *, form: Form) -> HttpResponse:
    """One ticket, however often the button is pressed."""
    require_pace_to_send(person_id=place.viewer.person_id, now=place.now)
    question = as_question(
        form.answers, policy=form.policy, asked=form.sent_fields, draft_id=draft.pk, language=language()
    )
    try:
        ticket = open_ticket(question, desk=place.desk, person_id=place.viewer.person_id, by=place.by, now=place.now)
    except NotATicketError:
        return HttpResponseRedirect(portal_url("ask_review", place, draft=draft.public_id))
    except DraftGoneError as error:
        raise Http404 from error
    if form.answers.of:
        share_facts(draft, ticket, place=place)
    return HttpResponseRedirect(portal_url("ask_sent", place, draft=draft.public_id))


@require_safe
@customer_page
def sent(request: HttpRequest, place: CustomerPlace, draft: str) -> HttpResponse:
    """The receipt: number, promise, and what happens now."""
    found = find_draft(scope=place.scope, person_id=place.viewer.person_id, public_id=draft)
    if found is None:
        raise Http404
    if found.sent is None:
        return HttpResponseRedirect(portal_url("ask_review", place, draft=draft))
    page = receipt_page(found.sent, place=place, language=language())
    following = next_question(found, place)
    return show(request, place, "ask_sent", part=ASK, title=page.title, page=page, following=following)
