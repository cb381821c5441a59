"""A ticket for a customer who has called: the same door as everybody's, opened by staff (A10).

Three pages at one address: which organisation, which person, and the question with what the policy decides.
"""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.queries import Caller, callers
from vaxel.domain.tickets.intake import NotATicketError, open_ticket, preview
from vaxel.domain.tickets.question import Question
from vaxel.rules.policy import FactsError
from vaxel.rules.policy.evidence import sure_kind
from vaxel.surfaces.asking.titles import title_of
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.decision import Outcome, outcome_of
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, options_of
from vaxel.surfaces.workspace.may_call import may_call

#: How staff may have heard of the question.
_CHANNELS: Final = ("phone", "mail", "portal")
_MOST_CHARACTERS: Final = 50_000
_MOST_IN_A_LINE: Final = 100


@dataclass(frozen=True, slots=True)
class Heard:
    """The question as it was noted."""

    kind: str
    product: str
    priority: str
    channel: str
    urgent: bool
    subject: str
    text: str
    #: By when it must be done, as they said it; only of what is urgent.
    deadline: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def new(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Find who calls; then note the question, look at the decision, and store it."""
    given = request.POST if request.method == "POST" else request.GET
    person_id, sought = given.get("person", ""), plain(given.get("q", "")).strip()
    if not person_id:
        found = callers(place.scope, words=sought) if sought else []
        if len(found) == 1:
            # Whoever is on the line is waiting: nobody has to be chosen among one.
            return HttpResponseRedirect(f"{workspace_url('new', place)}?person={found[0].person_id}")
        return show(request, place, "new", labels=labels_of(place.desk, now=place.now), sought=sought, found=found)
    caller = next(iter(callers(place.scope, person_id=person_id)), None)
    if caller is None:
        raise Http404
    return _question(request, place, caller)


def _question(request: HttpRequest, place: StaffPlace, caller: Caller) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    may = may_call(caller.person_id, place=place, labels=labels)
    heard = _heard(request.POST, place, own=may.products)
    errors: list[FieldError] = []
    outcome: Outcome | None = None
    guess = "" if heard.kind else sure_kind(heard.text, policy=current_policy(place.desk), language=labels.language)
    if request.method == "POST":
        # A kind that only the words tell is looked at before anything is stored.
        heard = replace(heard, kind=heard.kind or guess)
        errors = _problems(heard, place)
        if not errors:
            outcome, errors = _outcome(heard, caller, place=place, labels=labels)
        if outcome is not None and not outcome.stays and not guess and "store" in request.POST:
            return _store(request, place, caller, heard)
    return show(
        request,
        place,
        "new_question",
        labels=labels,
        caller=caller,
        may_call=may,
        heard=heard,
        is_guessed=bool(guess) and not errors,
        outcome=outcome,
        errors=errors,
        error_of={each.field: each.text for each in errors},
        choices=_choices(labels),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _heard(sent: QueryDict, place: StaffPlace, *, own: frozenset[str]) -> Heard:
    """As it was sent; a customer that has one product alone asks about that one."""
    file = current_policy(place.desk).file
    return Heard(
        kind=sent.get("kind", ""),
        product=sent.get("product", next(iter(own)) if len(own) == 1 else ""),
        priority=sent.get("priority", file.priorities.default or ""),
        channel=sent.get("channel", _CHANNELS[0]),
        urgent="urgent" in sent,
        subject=plain(sent.get("subject", "")).strip(),
        text=plain(sent.get("text", "")).strip()[:_MOST_CHARACTERS],
        deadline=_one_line(sent.get("deadline", "")),
    )


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())[:_MOST_IN_A_LINE]


def _problems(heard: Heard, place: StaffPlace) -> list[FieldError]:
    file = current_policy(place.desk).file
    checks = [
        ("kind", heard.kind in file.kinds, _("Choose a kind of question")),
        ("product", not heard.product or heard.product in file.products, _("Choose a product from the list")),
        ("priority", heard.priority in file.priorities.levels, _("Choose a priority")),
        ("channel", heard.channel in _CHANNELS, _("Choose how the question came")),
        ("text", bool(heard.text), _("Write what the customer said")),
    ]
    return [FieldError(field=field, text=text) for field, is_right, text in checks if not is_right]


def _as_question(heard: Heard) -> Question:
    return Question(
        kind=heard.kind,
        product=heard.product,
        priority=heard.priority,
        channel=heard.channel,
        urgent=heard.urgent,
        subject=heard.subject or title_of(heard.text),
        text=_text(heard),
    )


def _text(heard: Heard) -> str:
    """What was said, and the deadline that was named."""
    if not (heard.urgent and heard.deadline):
        return heard.text
    done_by = _("Must be done by: %(deadline)s") % {"deadline": heard.deadline}
    return f"{heard.text}\n\n{done_by}"


def _outcome(
    heard: Heard, caller: Caller, *, place: StaffPlace, labels: Labels
) -> tuple[Outcome | None, list[FieldError]]:
    try:
        answer = preview(_as_question(heard), desk=place.desk, person_id=caller.person_id, now=place.now)
    except FactsError:
        if not heard.product:
            return None, [FieldError(field="product", text=_("Choose which product the question is about"))]
        text = _("This kind of question is not asked about that product. Choose another combination")
        return None, [FieldError(field="kind", text=text)]
    return outcome_of(answer.decision, kind=heard.kind, product=heard.product, topic="", labels=labels), []


def _store(request: HttpRequest, place: StaffPlace, caller: Caller, heard: Heard) -> HttpResponse:
    try:
        ticket = open_ticket(
            _as_question(heard), desk=place.desk, person_id=caller.person_id, by=place.by, now=place.now
        )
    except NotATicketError:
        # The policy changed between the look and the press: the page shows what it says now.
        again = f"{workspace_url('new', place)}?person={caller.person_id}"
        return HttpResponseRedirect(again, status=HTTPStatus.SEE_OTHER)
    name = ticket_name(place.desk, ticket.number)
    if ticket.is_first_line:
        say(
            request,
            _("%(name)s is stored. The customer's own contacts have it now, and only they read it.") % {"name": name},
        )
        return HttpResponseRedirect(workspace_url("inbox", place), status=HTTPStatus.SEE_OTHER)
    say(request, _("%(name)s is stored.") % {"name": name})
    return HttpResponseRedirect(workspace_url("ticket", place, name=name), status=HTTPStatus.SEE_OTHER)


def _choices(labels: Labels) -> dict[str, list[Option]]:
    names = labels.names
    channels = {"phone": _("By phone"), "mail": _("By mail"), "portal": _("In another way")}
    return {
        "kind": options_of(names.kinds),
        "product": options_of(names.products),
        "priority": options_of({key: name for key, name in names.priorities.items() if key != "undecided"}),
        "channel": options_of({key: channels[key] for key in _CHANNELS}),
    }
