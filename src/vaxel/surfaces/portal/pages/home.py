"""The start page: what do you need, what is under way, whom to turn to."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.facts import Asker, CustomerFacts, read_asker
from vaxel.domain.people.queries import local_contacts
from vaxel.domain.smalljobs.queries import count_to_approve
from vaxel.domain.tickets.customer_list import customer_counts, running_promises
from vaxel.domain.tickets.drafts import open_drafts
from vaxel.domain.tickets.facts import build_facts
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import open_tickets_of
from vaxel.domain.tickets.question import Question
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.decision import Decision
from vaxel.surfaces.asking.answers import PORTAL, Answers, effective_priority, from_data
from vaxel.surfaces.asking.way import Details, details_of
from vaxel.surfaces.asking.wording import local_person, why
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.pages.pace import slow_answers
from vaxel.surfaces.portal.pages.rows import Row, rows_of, waits_for_asker, waits_for_reader
from vaxel.surfaces.portal.pages.ticket_list import inbox_url
from vaxel.surfaces.ui.desk_news import NoticeShown, Reading, ongoing
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import Link, Moment, Person

_SHOWN = 5
#: Among the newest, those that wait for the reader come first.
_LOOKED_AT = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    subject: str
    url: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A place that takes no tickets, and what it is for."""

    title: str
    text: str
    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Why this person does not reach support themselves, and what they can do about it."""

    why: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    access: Access | None
    #: Offers that wait for this person's yes or no.
    to_approve: int
    #: Questions of colleagues that wait for this person's answer.
    to_answer: int
    to_answer_url: str
    contacts: tuple[Person, ...]
    tickets: tuple[Row, ...]
    #: How many open tickets there are in all, the organisation's among them where they may be seen.
    open_count: int
    sees_all: bool
    drafts: tuple[DraftRow, ...]
    entrances: tuple[Link, ...]
    cards: tuple[Card, ...]
    #: Operating notices that hold now.
    ongoing: tuple[NoticeShown, ...]
    #: That answers take long just now.
    slow: tuple[str, ...]


def home_page(place: CustomerPlace, *, language: str) -> HomePage:
    """Everything on the page; eight queries."""
    policy, viewer, reader = current_policy(place.desk), place.viewer, place.reader
    asker = read_asker(person_id=viewer.person_id, desk_id=viewer.desk_id)
    products = _about(asker, "", policy=policy, place=place).products
    newest = open_tickets_of(reader, most=_LOOKED_AT)
    tickets = tuple(sorted(newest, key=lambda ticket: not _is_readers_turn(ticket, place=place))[:_SHOWN])
    counts = customer_counts(reader)
    found = local_contacts(desk_id=viewer.desk_id, organisation_id=viewer.organisation_id)
    return HomePage(
        access=_access(policy, asker, products=products, place=place, language=language),
        to_approve=count_to_approve(place.scope, now=place.now) if viewer.rights.approves else 0,
        contacts=tuple(local_person(each) for each in found if each.person_id != viewer.person_id),
        tickets=rows_of(tickets, running_promises(tickets), place=place, language=language),
        to_answer=counts.to_answer if reader.is_local_contact else 0,
        to_answer_url=inbox_url(place),
        open_count=counts.all_open,
        sees_all=reader.sees_organisation,
        drafts=_drafts(place, language=language),
        entrances=_entrances(policy, products, place=place, language=language),
        cards=_cards(policy, language=language),
        ongoing=ongoing(Reading(place.desk, language, place.now), products=products),
        slow=slow_answers(place, language=language),
    )


def _is_readers_turn(ticket: Ticket, *, place: CustomerPlace) -> bool:
    return waits_for_reader(ticket, place=place) or waits_for_asker(ticket, place=place)


def _access(
    policy: Policy, asker: Asker, *, products: frozenset[str], place: CustomerPlace, language: str
) -> Access | None:
    """None for somebody who reaches a team with at least one of their products."""
    asked = [name for name in policy.file.products if name in products] or list(policy.file.products)[:1]
    customers = {name: _about(asker, name, policy=policy, place=place) for name in asked}
    decisions = [_ordinary(policy, customers[name], product=name, place=place) for name in asked]
    if any(decision.granted for decision in decisions):
        return None
    routes = {route.name for route in policy.file.routes}
    reasons = [each for each in why(decisions[0], policy=policy, language=language).where if each.rule not in routes]
    certificates, customer = policy.file.certificates, customers[asked[0]]
    trains = certificates is not None and customer.standing == "contact" and customer.certificate != "valid"
    return Access(
        why=tuple(each.text for each in reasons[:1]),
        how=certificates.how.in_(language) if certificates is not None and trains else "",
    )


def _about(asker: Asker, product: str, *, policy: Policy, place: CustomerPlace) -> CustomerFacts:
    """Another product may have another plan and another training."""
    today = place.desk.day_of(place.now)
    return asker.about(product, today=today, certificates=policy.file.certificates)


def _ordinary(policy: Policy, customer: CustomerFacts, *, product: str, place: CustomerPlace) -> Decision:
    """The decision about the most ordinary question: of the first kind that is in scope."""
    kind = next((name for name, each in policy.file.kinds.items() if each.scope == "in"), next(iter(policy.file.kinds)))
    topics = policy.file.kinds[kind].topics or ()
    question = Question(
        kind=kind,
        channel=PORTAL,
        subject="",
        text="",
        product=product,
        topic=topics[0] if policy.file.kinds[kind].topic_required and topics else "",
        priority=effective_priority(Answers(), policy=policy) or next(iter(policy.file.priorities.levels)),
    )
    return decide(policy, build_facts(question, policy=policy, customer=customer), place.now)


def _drafts(place: CustomerPlace, *, language: str) -> tuple[DraftRow, ...]:
    zone = ZoneInfo(place.desk.time_zone)
    drafts = open_drafts(scope=place.scope, person_id=place.viewer.person_id)
    return tuple(
        DraftRow(
            subject=from_data(draft.data).subject or _("A question without words"),
            url=portal_url(_where_left(from_data(draft.data)), place, draft=draft.public_id),
            at=moment(draft.updated_at, now=place.now, zone=zone, language=language),
        )
        for draft in drafts
    )


def _where_left(answers: Answers) -> str:
    """The page of the first step that is not done."""
    if not answers.words:
        return "ask_words"
    return "ask_details" if answers.kind else "ask_kind"


def _entrances(policy: Policy, products: frozenset[str], *, place: CustomerPlace, language: str) -> tuple[Link, ...]:
    """A way in of its own for each product that has one and is in the agreement (A3)."""
    return tuple(
        Link(
            label=_("Ask about %(product)s") % {"product": product.name.in_(language)},
            url=f"{portal_url('ask', place)}?product={name}",
            icon="product",
        )
        for name, product in policy.file.products.items()
        if product.entrance and name in products
    )


def _cards(policy: Policy, *, language: str) -> tuple[Card, ...]:
    """Places with contact details of their own: invoices and the like (B2)."""
    return tuple(
        Card(
            title=each.name.in_(language),
            text="" if each.text is None else each.text.in_(language),
            details=details_of(each.details, language),
        )
        for each in policy.file.destinations.values()
        if each.type == "contact-details" and each.details is not None
    )
