"""From rows to plain values: what a policy needs to know about the asker, in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from vaxel.domain.people.certificates import CertificateState, Passed, certificate_state
from vaxel.domain.people.models import Agreement, Certificate, Person, Project, Seat
from vaxel.kit.compiled import Compiled, compiled, from_json
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy.declarations import Certificates

ProjectState = Literal["none", "active", "finished"]
AgreementState = Literal["active", "ended", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """An asker on a day.

    Somebody with a seat in the agreement is a contact, anybody else a user. Where no agreement is active,
    `plan`, `products` and the seat are those of the one that ended last; where there never was one, empty.
    """

    person_id: int
    organisation_id: int
    standing: Literal["contact", "user"]
    certificate: CertificateState
    agreement: AgreementState
    agreement_id: int | None
    agreement_starts: date | None
    plan: str
    products: frozenset[str]
    project: ProjectState
    #: Values of the facts that the policy declares with `from = "agreement"`.
    declared: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class _Agreement:
    id: int
    plan: str
    products: frozenset[str]
    starts_on: date
    ends_on: date | None
    facts: Mapping[str, str | int]

    def is_active(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)


_AGREEMENTS: Final = ArraySubquery(
    Agreement.unscoped.filter(organisation=OuterRef("organisation"))
    .order_by("-starts_on", "-id")
    .values(
        row=JSONObject(
            id="id", plan="plan", products="products", starts_on="starts_on", ends_on="ends_on", facts="facts"
        )
    )
)
_SEATS: Final = ArraySubquery(Seat.unscoped.filter(person=OuterRef("pk")).values("agreement"))
_CERTIFICATES: Final = ArraySubquery(
    Certificate.unscoped.filter(person=OuterRef("pk")).values(
        row=JSONObject(product="product", passed_on="passed_on", expires_on="expires_on")
    )
)
_PROJECTS: Final = ArraySubquery(
    Project.unscoped.filter(organisation=OuterRef("organisation")).values(
        row=JSONObject(starts_on="starts_on", ends_on="ends_on")
    )
)


_PARTS: Final = {"agreements": _AGREEMENTS, "held": _SEATS, "passed": _CERTIFICATES, "deliveries": _PROJECTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody at a customer with all that the facts of their questions follow from, whatever they ask about."""

    person_id: int
    organisation_id: int
    agreements: Sequence[_Agreement]
    #: Ids of the agreements in which they have a seat.
    seats: frozenset[int]
    passed: Sequence[Passed]
    #: First and last day of each of the organisation's projects.
    projects: Sequence[tuple[date | None, date | None]]

    def about(self, product: str, *, today: date, certificates: Certificates | None = None) -> CustomerFacts:
        """What is true of them when they ask about `product` on the day `today` at the desk; pure.

        `certificates` is what the policy says of them: unless they are per product, one for any product counts.
        """
        in_force = _in_force(self.agreements, today=today)
        chosen = _about(product, in_force)
        return CustomerFacts(
            person_id=self.person_id,
            organisation_id=self.organisation_id,
            standing="contact" if {one.id for one in in_force} & self.seats else "user",
            certificate=certificate_state(
                self.passed,
                product=product if certificates is not None and certificates.per == "product" else "",
                today=today,
                grace_days=0 if certificates is None else certificates.grace_days,
            ),
            agreement="none" if chosen is None else "active" if chosen.is_active(today) else "ended",
            agreement_id=None if chosen is None else chosen.id,
            agreement_starts=None if chosen is None else chosen.starts_on,
            plan="" if chosen is None else chosen.plan,
            products=frozenset().union(*(one.products for one in in_force)),
            project=project_state(self.projects, today=today),
            declared={} if chosen is None else chosen.facts,
        )


def customer_facts(
    *, person_id: int, desk_id: int, product: str, today: date, certificates: Certificates | None = None
) -> CustomerFacts:
    """What is true of a person who asks about one product: see `Asker.about`; one query. Raises as `read_asker`."""
    return read_asker(person_id=person_id, desk_id=desk_id).about(product, today=today, certificates=certificates)


def read_asker(*, person_id: int, desk_id: int) -> Asker:
    """Everything about a person at the desk; one query.

    Raises Person.DoesNotExist for somebody who is not an active person of an active organisation at the desk.
    """
    found = _reading().run({_A_DESK.desk_id: desk_id, _A_PERSON_ID: person_id})
    if not found:
        raise Person.DoesNotExist(person_id)
    ((organisation_id, *arrays),) = found
    row = dict(zip(_PARTS, map(from_json, arrays), strict=True))
    return Asker(
        person_id=person_id,
        organisation_id=organisation_id,
        agreements=[_agreement(one) for one in row["agreements"]],
        seats=frozenset(row["held"]),
        passed=[
            Passed(one["product"], date.fromisoformat(one["passed_on"]), _day(one["expires_on"]))
            for one in row["passed"]
        ],
        projects=[(_day(one["starts_on"]), _day(one["ends_on"])) for one in row["deliveries"]],
    )


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_DESK: Final = Scope(desk_id=-1)
_A_PERSON_ID: Final = -2


@cache
def _reading() -> Compiled:
    people = Person.objects.within(_A_DESK).filter(pk=_A_PERSON_ID, is_active=True, organisation__is_active=True)
    return compiled(people.annotate(**_PARTS).values_list("organisation_id", *_PARTS), _A_DESK.desk_id, _A_PERSON_ID)


def _in_force(agreements: Sequence[_Agreement], *, today: date) -> list[_Agreement]:
    """The active agreements, or the one that ended last where none is active; newest first."""
    active = [one for one in agreements if one.is_active(today)]
    ended = [one for one in agreements if one.ends_on is not None and one.ends_on < today]
    return active or sorted(ended, key=lambda one: one.ends_on or today)[-1:]


def _about(product: str, agreements: Sequence[_Agreement]) -> _Agreement | None:
    """The agreement that covers the product, else the newest."""
    covering = [one for one in agreements if product in one.products]
    return next(iter([*covering, *agreements]), None)


def project_state(deliveries: Sequence[tuple[date | None, date | None]], *, today: date) -> ProjectState:
    """Whether one of an organisation's projects, as (first day, last day), runs today, or one has ended."""
    begun = [end for start, end in deliveries if start is not None and start <= today]
    if any(end is None or today <= end for end in begun):
        return "active"
    return "finished" if begun else "none"


def _agreement(row: Mapping[str, Any]) -> _Agreement:
    return _Agreement(
        id=row["id"],
        plan=row["plan"],
        products=frozenset(row["products"]),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        facts=row["facts"],
    )


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
