"""What a question by mail did not tell: staff fill it in from what they know, or go on without and say why."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.tickets.details import Details, give_details, waive_details, wanted_with
from vaxel.domain.tickets.lacking import CHECKLIST, FACT, FIELD, KIND, PRODUCT, TOPIC
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.domain.tickets.redeciding import policy_for, version_for
from vaxel.domain.tickets.status import DONE
from vaxel.rules.policy import FactsError, Policy
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of, names_of, options_of
from vaxel.surfaces.workspace.listing import Listing

#: What no form of staff can fill in: they go on without.
_NOT_TYPED = frozenset({"pictures", "person"})
_LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that is missing, as a field of the form; with options a choice, else words."""

    name: str
    label: str
    value: str
    is_long: bool = False
    options: tuple[Option, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def details(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """One page with both ways; where nothing is missing, the ticket."""
    try:
        ticket = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    if not ticket.details_missing or ticket.status in DONE:
        return back(request, place, name)
    if request.method != "POST":
        return _show(request, place, ticket, name=name)
    try:
        return _waive(request, place, ticket, name) if "waive" in request.POST else _fill(request, place, ticket, name)
    except NotPossibleError:
        return back(request, place, name)


def _waive(request: HttpRequest, place: StaffPlace, ticket: Ticket, name: str) -> HttpResponse:
    reason = plain(request.POST.get("reason", "")).strip()[:_LONGEST]
    if not reason:
        error = FieldError(field="reason", text=_("Write why you can do without the details"))
        return _show(request, place, ticket, name=name, errors=(error,))
    waive_details(scope=place.scope, number=ticket.number, reason=reason, by=place.by, now=place.now)
    say(request, _("The ticket goes on without the details. Why stands in an internal note."))
    return back(request, place, name)


def _fill(request: HttpRequest, place: StaffPlace, ticket: Ticket, name: str) -> HttpResponse:
    try:
        given = give_details(
            scope=place.scope,
            number=ticket.number,
            details=_told(request.POST, ticket, policy_for(ticket, desk=place.desk)),
            by=place.by,
            now=place.now,
        )
    except FactsError:
        text = _("This kind of question is not asked about that product. Choose another combination")
        return _show(request, place, ticket, name=name, errors=(FieldError(field="kind", text=text),))
    if given.is_first_line:
        say(request, _("The question belongs to the customer's own contacts, and is theirs now."))
        return HttpResponseRedirect(workspace_url("inbox", place), status=HTTPStatus.SEE_OTHER)
    if given.details_missing:
        say(request, _("Kept. This is what is missing still."))
        return HttpResponseRedirect(workspace_url("details", place, name=name), status=HTTPStatus.SEE_OTHER)
    say(request, _("Nothing is missing any more."))
    return back(request, place, name)


def _told(sent: QueryDict, ticket: Ticket, policy: Policy) -> Details:
    """What was filled in, as far as the policy knows it; empty fields say nothing."""
    file = policy.file
    kind, product = sent.get("kind", ticket.kind), sent.get("product", ticket.product)
    typed = {name: plain(sent.get(FIELD + name, "")).strip()[:_LONGEST] for name in file.fields}
    facts = {name: sent.get(FACT + name, "") for name, fact in file.facts.items() if fact.source == "form"}
    return Details(
        kind=kind if kind in file.kinds else ticket.kind,
        product=product if product in file.products else "",
        topic=topic if (topic := sent.get("topic", ticket.topic)) in file.topics else "",
        fields={name: value for name, value in typed.items() if value},
        declared={name: value for name, value in facts.items() if value in (file.facts[name].values or ())},
        checked=tuple(sent.getlist("checked")),
    )


def _show(
    request: HttpRequest,
    place: StaffPlace,
    ticket: Ticket,
    *,
    name: str,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    policy, labels = policy_for(ticket, desk=place.desk), labels_of(place.desk, now=place.now)
    names = names_of(version_for(ticket, desk=place.desk), labels.language)
    told = _told(request.POST, ticket, policy)
    lacks = _lacks(ticket, told, place=place)
    items = {item.name: item.text for rule in policy.file.checklists for item in rule.items}
    listing = Listing.of(request)
    return show(
        request,
        place,
        "details",
        labels=labels,
        listing=listing,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        name=name.upper(),
        subject=ticket.subject,
        told=told,
        asks_about=bool({KIND, PRODUCT, TOPIC} & set(ticket.details_missing)) or bool(errors),
        kinds=options_of(names.kinds),
        products=options_of(names.products),
        topics=options_of(names.topics),
        questions=tuple(_questions(lacks, told, policy=policy, language=labels.language)),
        others=tuple(_others(lacks, policy=policy, language=labels.language)),
        checklist=[
            Option(value=item, label=items[item].in_(labels.language))
            for item in ticket.decision.get("checklist", ())
            if item in items and CHECKLIST in lacks
        ],
        reason=request.POST.get("reason", ""),
        back_url=workspace_url("ticket", place, name=name) + listing.query(),
    )


def _lacks(ticket: Ticket, told: Details, *, place: StaffPlace) -> tuple[str, ...]:
    try:
        return wanted_with(
            ticket, kind=told.kind, product=told.product, topic=told.topic, desk=place.desk, now=place.now
        ).lacks
    except FactsError:
        return tuple(ticket.details_missing)


def _questions(lacks: tuple[str, ...], told: Details, *, policy: Policy, language: str) -> Iterator[Question]:
    for name, field in policy.file.fields.items():
        if FIELD + name in lacks and field.type not in _NOT_TYPED:
            yield Question(
                name=FIELD + name,
                label=field.label.in_(language),
                value=str(told.fields.get(name, "")),
                is_long=field.type == "long-text",
                options=tuple(
                    Option(value=key, label=each.in_(language)) for key, each in (field.choices or {}).items()
                ),
            )
    for name, fact in policy.file.facts.items():
        if FACT + name in lacks and fact.values:
            labels = fact.labels
            yield Question(
                name=FACT + name,
                label=(fact.question or fact.name).in_(language),
                value=str(told.declared.get(name, "")),
                options=tuple(
                    Option(value=value, label=labels[value].in_(language) if value in labels else value)
                    for value in fact.values
                ),
            )


def _others(lacks: tuple[str, ...], *, policy: Policy, language: str) -> Iterator[str]:
    """What is missing and cannot be typed here."""
    for name, field in policy.file.fields.items():
        if FIELD + name in lacks and field.type in _NOT_TYPED:
            yield field.label.in_(language)
    for name, fact in policy.file.facts.items():
        if FACT + name in lacks and not fact.values:
            yield (fact.question or fact.name).in_(language)
