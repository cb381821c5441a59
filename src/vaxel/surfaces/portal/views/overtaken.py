"""What a page sends after its draft was thrown away or sent from another page: every word is kept, and that is said."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.conversation import save_reply_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.domain.tickets.pace import require_pace_to_begin
from vaxel.rules.policy.facts import FactsError
from vaxel.surfaces.asking.answers import Answers
from vaxel.surfaces.asking.form import form_for
from vaxel.surfaces.asking.posted import read_details, read_kind, read_words
from vaxel.surfaces.asking.problems import FIELD
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.uploads import store_files


def begin_draft(place: CustomerPlace, answers: Answers) -> Draft:
    """A draft with these answers. Raises what `pace` raises for somebody who begins too many."""
    require_pace_to_begin(person_id=place.viewer.person_id, now=place.now)
    return new_draft(
        desk_id=place.desk.pk,
        organisation_id=place.viewer.organisation_id,
        person_id=place.viewer.person_id,
        data=answers.as_data(),
        now=place.now,
    )


def begin_anew(request: HttpRequest, place: CustomerPlace) -> HttpResponse | None:
    """Words for a draft that was thrown away meanwhile: they are a draft of their own. None without words."""
    answers = _read(request, Answers(), place)
    if not (answers.words or any(answers.fields.values())):
        return None
    draft = begin_draft(place, answers)
    files = request.FILES.getlist("files")
    refused = store_files(files, draft=draft, organisation_id=place.viewer.organisation_id, now=place.now)
    messages.warning(request, _("This draft had been thrown away. What you wrote is kept in a new one."))
    for fault in refused:
        messages.warning(request, fault.text)
    step = "ask_details" if answers.kind and _holds_fields(request) else "ask_words"
    return HttpResponseRedirect(portal_url(step, place, draft=draft.public_id))


def say_sent_already(request: HttpRequest, place: CustomerPlace, ticket: Ticket) -> None:
    """The question is on its way: words that came later wait in the ticket's box of answers, and files are named."""
    later = list(dict.fromkeys(_later(_read(request, Answers(), place), ticket)))
    if later:
        _keep_as_answer(later, ticket, place)
        said = _("The question was sent already. What you wrote here waits as an answer in the ticket.")
        messages.warning(request, said)
    if request.FILES:
        say_came_late(request)


def _keep_as_answer(later: list[str], ticket: Ticket, place: CustomerPlace) -> None:
    """Below what waits in the box already, and once."""
    own = ticket.reply_drafts.filter(by_kind=place.by.kind, by_id=place.viewer.person_id)
    waiting = own.values_list("text", flat=True).first() or ""
    new = [text for text in later if text not in waiting]
    text = "\n\n".join(filter(None, [waiting, *new]))
    save_reply_draft(scope=place.scope, number=ticket.number, text=text, by=place.by, now=place.now)


def say_came_late(request: HttpRequest) -> None:
    """Files that a second tab sends after the first one has sent the question are not dropped without a word."""
    messages.warning(
        request, _("The question was sent already, without your files. Attach them to an answer in the ticket.")
    )


def _read(request: HttpRequest, answers: Answers, place: CustomerPlace) -> Answers:
    """What the page of any step has sent, put into these answers."""
    answers = read_kind(request.POST, read_words(request.POST, answers), policy=current_policy(place.desk))
    try:
        form = form_for(answers, desk=place.desk, person_id=place.viewer.person_id, now=place.now)
    except FactsError:
        return answers
    if not (form.decision.ticket and _holds_fields(request)):
        return answers
    return read_details(request.POST, answers, policy=form.policy, own_words=form.own_words)


def _holds_fields(request: HttpRequest) -> bool:
    return any(name.startswith(FIELD) for name in request.POST)


def _later(mine: Answers, ticket: Ticket) -> Iterator[str]:
    """The texts that did not go with the question."""
    first = ticket.messages.order_by("id").values_list("text", flat=True).first()
    sent = {"", first, *map(str, ticket.fields.values())}
    return (text for text in (mine.words, *mine.fields.values(), mine.standstill) if text not in sent)
