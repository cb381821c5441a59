"""A local contact passes a colleague's question on: which words the vendor gets, what was tried, who is answered."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.among_contacts import notes_among_contacts
from vaxel.domain.tickets.contacts_note import ContactsNote
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.pace import require_pace_to_begin
from vaxel.domain.tickets.passing_on import begin_passing_on
from vaxel.domain.tickets.queries import draft_files, messages_of
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.facts import FactsError
from vaxel.surfaces.asking.answers import Answers, clean
from vaxel.surfaces.asking.form import form_for
from vaxel.surfaces.asking.problems import details_problems, kind_problems
from vaxel.surfaces.portal.beginnings import taken_on
from vaxel.surfaces.portal.frame import TICKETS, language, portal_url, show
from vaxel.surfaces.portal.named import ticket_named
from vaxel.surfaces.portal.pages.ticket import may_take_on
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page
from vaxel.surfaces.ui.moments import exact
from vaxel.surfaces.ui.shapes import FieldError, Option

#: Who gets the vendor's answer: the contact alone, or the colleague as well.
ME, BOTH = "me", "both"


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def take_on(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """Choose what the vendor gets of a colleague's question.

    The asker's words are chosen from the start. Notes among colleagues are not; one that is chosen is told as
    something that was tried.
    """
    ticket = ticket_named(name, place=place)
    if not may_take_on(ticket, place=place):
        raise Http404
    messages, notes = messages_of(ticket), notes_among_contacts(place.reader, ticket=ticket)
    asked = [str(each.pk) for each in messages if each.by_id == ticket.requester_id]
    sent = request.POST
    picked = sent.getlist("message") if request.method == "POST" else asked
    tried, answer = clean(sent.get("tried", "")), sent.get("answer", ME)
    chosen = [each for each in messages if str(each.pk) in picked]
    if request.method == "POST" and chosen:
        policy = current_policy(place.desk)
        answers = taken_on(
            ticket,
            chosen=chosen,
            opening=messages[0],
            tried=_all_tried(notes, sent.getlist("note"), tried=tried),
            to_colleague=answer == BOTH,
            policy=policy,
        )
        return _begin(place, ticket, chosen, answers=answers, policy=policy)
    said = _("Choose at least one message")
    return show(
        request,
        place,
        "ticket_take_on",
        part=TICKETS,
        title=_("Pass the question on to us"),
        errors=(FieldError(field="message", text=said),) if request.method == "POST" else (),
        ticket=ticket,
        messages=_options(messages, place),
        picked=tuple(picked),
        notes=_options(notes, place),
        picked_notes=tuple(sent.getlist("note")),
        tried=tried,
        answers=_answers(ticket),
        answer=answer if answer in {ME, BOTH} else ME,
        back=portal_url("ticket", place, name=name),
    )


def _begin(
    place: CustomerPlace, ticket: Ticket, chosen: Sequence[Message], *, answers: Answers, policy: Policy
) -> HttpResponse:
    """The way of every question from here on, at the first step that still lacks something: most often the review."""
    require_pace_to_begin(person_id=place.viewer.person_id, now=place.now)
    draft = begin_passing_on(
        ticket,
        person_id=place.viewer.person_id,
        message_ids=[each.pk for each in chosen],
        data=answers.as_data(),
        now=place.now,
    )
    step = _first_step(answers, place, policy=policy, files=len(draft_files(draft)))
    return HttpResponseRedirect(portal_url(f"ask_{step}", place, draft=draft.public_id))


def _first_step(answers: Answers, place: CustomerPlace, *, policy: Policy, files: int) -> str:
    if kind_problems(answers, policy=policy, language=language()):
        return "kind"
    try:
        form = form_for(answers, desk=place.desk, person_id=place.viewer.person_id, now=place.now)
    except FactsError:
        return "kind"
    lacks = form.decision.ticket and details_problems(form, files=files, language=language())
    return "details" if lacks else "review"


def _all_tried(notes: Sequence[ContactsNote], picked: Sequence[str], *, tried: str) -> str:
    """The chosen notes, and what is written besides."""
    return "\n\n".join([*(note.text for note in notes if str(note.pk) in picked), *filter(None, [tried])])


def _options(messages: Sequence[Message] | Sequence[ContactsNote], place: CustomerPlace) -> tuple[Option, ...]:
    zone = ZoneInfo(place.desk.time_zone)
    return tuple(
        Option(
            value=str(each.pk),
            label=f"{each.by_name}, {exact(each.at, now=place.now, zone=zone, language=language())}",
            hint=each.text,
        )
        for each in messages
    )


def _answers(ticket: Ticket) -> tuple[Option, ...]:
    """A colleague without an address hears from the contact."""
    name = {"name": ticket.requester.name}
    mine = Option(value=ME, label=_("To me. I pass it on to %(name)s") % name)
    if not ticket.requester.email:
        return (mine,)
    return (mine, Option(value=BOTH, label=_("To me, and straight to %(name)s by mail") % name))
