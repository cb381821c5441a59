"""Another kind or product for a ticket: what the policy would decide is shown before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.deciding import asked_of_agents
from vaxel.domain.tickets.lifecycle import NotHereError, decision_if, reclassify
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.domain.tickets.redeciding import version_for
from vaxel.kit.numbers import number_in
from vaxel.rules.policy import Decision, FactsError
from vaxel.rules.policy.declarations import Fact
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option, Promise
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.actions import back, changed_meanwhile
from vaxel.surfaces.workspace.composer import read_written
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of, names_of, options_of
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.page import show_ticket
from vaxel.surfaces.workspace.panel import Way, way_of

#: Names of the form's inputs: in an address `kind` and `product` narrow the list beside it.
KIND: Final = "to_kind"
PRODUCT: Final = "to_product"
TOPIC: Final = "to_topic"
FOUND: Final = "found-"


@dataclass(frozen=True, slots=True)
class Sort:
    """What sort of question it is. Empty texts mean none."""

    kind: str
    product: str
    topic: str
    #: What an agent has found out, by the facts' names; empty for what is not known.
    found: Mapping[str, str]

    def values(self, facts: Mapping[str, Fact]) -> dict[str, str | int | None]:
        """What was found, as the door takes it; a number that is none is not known."""
        return {
            name: (number_in(said) if facts[name].number else said) if said else None
            for name, said in self.found.items()
            if name in facts
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the agent that the policy decides by: values to choose from, or a number with its unit."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a question of a sort belongs, why, and what is promised from now on."""

    way: Way
    promises: tuple[Promise, ...]
    #: The policy hands such a question to nobody, so the ticket stays where it is.
    stays: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def decision(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Choose; look at what it leads to; do it."""
    try:
        ticket = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    version, labels = version_for(ticket, desk=place.desk), labels_of(place.desk, now=place.now)
    given = request.POST if request.method == "POST" else request.GET
    facts = asked_of_agents(policy_version(version))
    sort, names = _sort(given, ticket, facts), names_of(version, labels.language)
    chosen = KIND in given
    outcome, problem = _outcome(ticket, sort, version=version, place=place) if chosen else (None, "")
    if request.method == "POST" and outcome is not None:
        return _reclassify(request, place, name, sort, facts)
    return show(
        request,
        place,
        "decision",
        labels=labels,
        listing=Listing.of(request),
        name=name.upper(),
        ticket=ticket,
        sort=sort,
        outcome=outcome,
        errors=(FieldError(field=KIND, text=problem),) if problem else (),
        kinds=options_of(names.kinds),
        products=options_of(names.products),
        topics=options_of(names.topics),
        asked=tuple(_asked(each, fact, sort, labels.language) for each, fact in facts.items()),
        listed=Listing.of(request).given.items(),
        back_url=workspace_url("ticket", place, name=name) + Listing.of(request).query(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
    )


def _asked(name: str, fact: Fact, sort: Sort, language: str) -> Asked:
    question, unit = fact.question or fact.name, fact.unit
    labels = {value: fact.labels[value].in_(language) if value in fact.labels else value for value in fact.values or ()}
    return Asked(
        name=f"{FOUND}{name}",
        label=question.in_(language),
        value=sort.found[name],
        options=tuple(options_of(labels)),
        unit="" if unit is None else unit.in_(language),
    )


def _sort(given: Mapping[str, str], ticket: Ticket, facts: Mapping[str, Fact]) -> Sort:
    known = ticket.facts["declared"]
    return Sort(
        kind=given.get(KIND, ticket.kind),
        product=given.get(PRODUCT, ticket.product),
        topic=given.get(TOPIC, ticket.topic),
        found={name: given.get(f"{FOUND}{name}", str(known.get(name, ""))).strip() for name in facts},
    )


def _outcome(ticket: Ticket, sort: Sort, *, version: int, place: StaffPlace) -> tuple[Outcome | None, str]:
    """What would be decided, or a sentence that says why such a question cannot be."""
    file = policy_version(version).file
    if sort.kind not in file.kinds or (sort.product and sort.product not in file.products):
        return None, _("Choose a kind and a product from the lists")
    try:
        found = decision_if(
            ticket,
            desk=place.desk,
            kind=sort.kind,
            product=sort.product,
            topic=sort.topic,
            found=sort.values(asked_of_agents(policy_version(version))),
            now=place.now,
        )
    except FactsError:
        return None, _("This kind of question is not asked about that product. Choose another combination")
    labels = labels_of(place.desk, now=place.now, version_id=version)
    return outcome_of(found, kind=sort.kind, product=sort.product, topic=sort.topic, labels=labels), ""


def outcome_of(found: Decision, *, kind: str, product: str, topic: str, labels: Labels) -> Outcome:
    """A decision that has not been stored, for people."""
    clocks = {"first-answer": _("First answer by"), "next-answer": _("Next answer by"), "solved": _("Solved by")}
    return Outcome(
        way=way_of(found.to_json(), kind=kind, product=product, topic=topic, labels=labels),
        promises=tuple(
            Promise(label=clocks.get(target.name, target.name), at=labels.moment(target.due))
            for target in found.targets
        ),
        stays=not found.ticket,
    )


def _reclassify(
    request: HttpRequest, place: StaffPlace, name: str, sort: Sort, facts: Mapping[str, Fact]
) -> HttpResponse:
    written = read_written(request.POST)
    try:
        ticket = reclassify(
            scope=place.scope,
            number=number_of(place.desk, name),
            kind=sort.kind,
            product=sort.product,
            topic=sort.topic,
            found=sort.values(facts),
            by=place.by,
            now=place.now,
            seen_version=written.seen_version,
        )
    except (TicketMissingError, NotHereError):
        raise Http404 from None
    except ChangedMeanwhileError:
        advice = _("Look at it, and do it again if it is still right.")
        trouble = changed_meanwhile(advice, since=written.seen_event)
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    names = labels_of(place.desk, now=place.now, version_id=ticket.policy_id).names
    destination = names.destinations.get(ticket.destination, ticket.destination)
    say(request, _("The policy has decided anew: %(destination)s.") % {"destination": destination})
    if ticket.is_first_line:
        # It is the organisation's own from now on; its page is not ours to show any more.
        address = workspace_url("inbox", place) + Listing.of(request).query()
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
    return back(request, place, name)
