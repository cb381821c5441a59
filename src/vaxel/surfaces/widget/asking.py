"""Asking in the product, step by step, as the portal does: words, kind, details, review, sent.

Each step stores what was sent in a draft of the person's and answers with what the next one shows. A step that is
sent twice does no harm, and a draft that was sent answers with its receipt whatever is asked of it.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy, policy_version
from vaxel.domain.tickets.attachments import remove_from_draft
from vaxel.domain.tickets.drafts import find_draft, new_draft, save_draft
from vaxel.domain.tickets.intake import DraftGoneError, NotATicketError, open_ticket
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.domain.tickets.pace import require_pace_to_begin, require_pace_to_send
from vaxel.domain.tickets.queries import draft_files
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import FactsError
from vaxel.surfaces.asking.answers import Answers, as_question, kept_answers
from vaxel.surfaces.asking.details import details_page, kept_files
from vaxel.surfaces.asking.form import Form, form_for
from vaxel.surfaces.asking.kinds import kind_page
from vaxel.surfaces.asking.posted import read_details, read_kind, read_words
from vaxel.surfaces.asking.problems import details_problems, kind_problems, words_problems
from vaxel.surfaces.asking.review import review_page
from vaxel.surfaces.asking.way import Way, way_of
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.uploads import store_files
from vaxel.surfaces.widget.gate import Body, Refusal, WidgetPlace, session_endpoint
from vaxel.surfaces.widget.situation import read_situation, told_answers

#: The channel, as policies name it.
_WIDGET: Final = "widget"


@session_endpoint(rate="widget_write")
def words(request: HttpRequest, place: WidgetPlace) -> Body:
    """Step 1: own words, and where the asker stands. With `draft` other words for a question that was begun."""
    customer, policy = place.customer, current_policy(place.desk)
    if name := request.POST.get("draft", ""):
        draft = _draft(place, name)
        answers = read_words(request.POST, _answers(draft, place))
    else:
        draft = None
        situation = read_situation(request.POST)
        product = request.POST.get("product", "") or place.widget.product
        answers = Answers(
            channel=_WIDGET,
            situation=situation,
            product=product if product in policy.file.products else "",
            fields=told_answers(situation, policy=policy),
        )
        answers = read_words(request.POST, answers)
    errors = words_problems(answers.words)
    if errors:
        return {"step": "words", "errors": errors}
    if draft is None:
        require_pace_to_begin(person_id=customer.viewer.person_id, now=place.now)
        draft = new_draft(
            desk_id=place.desk.pk,
            organisation_id=customer.viewer.organisation_id,
            person_id=customer.viewer.person_id,
            data=answers.as_data(),
            now=place.now,
        )
    else:
        save_draft(draft, data=answers.as_data(), now=place.now)
    return _kind(place, draft, answers)


@session_endpoint(rate="widget_write")
def kind(request: HttpRequest, place: WidgetPlace, draft: str) -> Body:
    """Step 2: the kind, with a product and a topic that go with it."""
    found, policy = _draft(place, draft), current_policy(place.desk)
    answers = _answers(found, place)
    if "kind" not in request.POST:
        return _kind(place, found, answers)
    answers = read_kind(request.POST, answers, policy=policy)
    save_draft(found, data=answers.as_data(), now=place.now)
    errors = kind_problems(answers, policy=policy, language=place.language)
    if errors:
        return _kind(place, found, answers, errors=errors)
    return _details(place, found, answers)


@session_endpoint(rate="widget_write")
def details(request: HttpRequest, place: WidgetPlace, draft: str) -> Body:
    """Step 3: what the kind asks. Without answers the form as it stands."""
    found = _draft(place, draft)
    answers = _answers(found, place)
    if "answered" not in request.POST:
        return _details(place, found, answers)
    try:
        form = _form(place, answers)
        answers = read_details(request.POST, answers, policy=form.policy, own_words=form.own_words)
        save_draft(found, data=answers.as_data(), now=place.now)
        form = _form(place, answers)
    except FactsError:
        return _kind(place, found, answers)
    errors = details_problems(form, files=len(draft_files(found)), language=place.language)
    return _form_body(place, found, form, errors=errors) if errors else _review(place, found, form)


@session_endpoint(rate="widget_write")
def files(request: HttpRequest, place: WidgetPlace, draft: str) -> Body:
    """Pictures and other files of the question, stored one by one; `remove` takes one away."""
    found = _draft(place, draft)
    if name := request.POST.get("remove", ""):
        remove_from_draft(draft=found, public_id=name)
    refused = store_files(
        request.FILES.getlist("files"),
        draft=found,
        organisation_id=place.customer.viewer.organisation_id,
        now=place.now,
    )
    return {"kept": kept_files(draft_files(found)), "errors": refused}


@session_endpoint(rate="widget_write")
def sent(request: HttpRequest, place: WidgetPlace, draft: str) -> Body:
    """Send it: one ticket, however often it is asked for. What is not whole is shown again instead."""
    found = _draft(place, draft, may_be_sent=True)
    if found.sent is not None:
        return _receipt(place, found.sent)
    answers = _answers(found, place)
    try:
        form = _form(place, answers)
    except FactsError:
        return _kind(place, found, answers)
    errors = details_problems(form, files=len(draft_files(found)), language=place.language)
    if errors and form.decision.ticket:
        return _form_body(place, found, form, errors=errors)
    require_pace_to_send(person_id=place.customer.viewer.person_id, now=place.now)
    question = as_question(
        form.answers, policy=form.policy, asked=form.sent_fields, draft_id=found.pk, language=place.language
    )
    customer = place.customer
    try:
        ticket = open_ticket(
            question, desk=place.desk, person_id=customer.viewer.person_id, by=customer.by, now=place.now
        )
    except NotATicketError:
        return _review(place, found, form)
    except DraftGoneError as error:
        raise Refusal(HTTPStatus.NOT_FOUND, "no-draft") from error
    return _receipt(place, ticket)


def _draft(place: WidgetPlace, name: str, *, may_be_sent: bool = False) -> Draft:
    """The person's own; one that was sent is not written in any more."""
    customer = place.customer
    found = find_draft(scope=customer.scope, person_id=customer.viewer.person_id, public_id=name.replace("\x00", ""))
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "no-draft")
    if found.sent is not None and not may_be_sent:
        raise Refusal(HTTPStatus.CONFLICT, "sent-already")
    return found


def _answers(draft: Draft, place: WidgetPlace) -> Answers:
    """What the draft holds; going on with it here makes it a question of this channel."""
    return replace(kept_answers(draft.data, policy=current_policy(place.desk)), channel=_WIDGET)


def _form(place: WidgetPlace, answers: Answers) -> Form:
    return form_for(answers, desk=place.desk, person_id=place.customer.viewer.person_id, now=place.now)


def _kind(place: WidgetPlace, draft: Draft, answers: Answers, *, errors: tuple[FieldError, ...] = ()) -> Body:
    policy = current_policy(place.desk)
    page = kind_page(answers, policy=policy, place=place.customer, language=place.language)
    return {"step": "kind", "draft": draft.public_id, "page": page, "errors": errors}


def _details(place: WidgetPlace, draft: Draft, answers: Answers) -> Body:
    """The form; a question that no ticket is made of has none."""
    try:
        form = _form(place, answers)
    except FactsError:
        return _kind(place, draft, answers)
    return _form_body(place, draft, form) if form.decision.ticket else _review(place, draft, form)


def _form_body(place: WidgetPlace, draft: Draft, form: Form, *, errors: tuple[FieldError, ...] = ()) -> Body:
    page = details_page(
        form,
        kept=draft_files(draft),
        errors=errors,
        language=place.language,
        may_be_language=place.language,
    )
    return {"step": "details", "draft": draft.public_id, "page": page, "errors": errors}


def _review(place: WidgetPlace, draft: Draft, form: Form) -> Body:
    page = review_page(
        form, files=draft_files(draft), place=place.customer, language=place.language, step_url=lambda step: step
    )
    return {"step": "review", "draft": draft.public_id, "page": page, "errors": ()}


def _receipt(place: WidgetPlace, ticket: Ticket) -> Body:
    """By the decision that was stored with the ticket."""
    way = way_of(
        Decision.from_json(ticket.decision),
        policy=policy_version(ticket.policy_id),
        kind=ticket.kind,
        place=place.customer,
        language=place.language,
    )
    return {"step": "sent", "number": ticket_name(place.desk, ticket.number), "next": _next(way), "way": way}


def _next(way: Way) -> str:
    if way.sort == "local-contacts":
        return _("Your colleagues read your question and answer you by mail.")
    who = {"who": way.people[0].name if way.people else way.destination}
    if not way.works:
        return _("%(who)s has your question. No work on it is included now: read what it costs.") % who
    return _("%(who)s reads your question and answers you by mail.") % who
