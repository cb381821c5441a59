"""The form of an agreement: from what was typed to terms, or to what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.models import Agreement
from vaxel.domain.people.organisations import Terms
from vaxel.kit.numbers import number_in
from vaxel.rules.policy.declarations import Fact
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.workspace.labels import options_of
from vaxel.surfaces.workspace.settings.frame import Settings, line

#: Sources of facts whose values stand in the agreement.
_KEPT: Final = frozenset({"agreement", "organisation", "person", "count"})
_MOST_SEATS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FactField:
    """A fact that the policy takes from the agreement; without options it is a number."""

    name: str
    label: str
    hint: str
    options: Sequence[Option]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementForm:
    """What stands in the fields, as it was typed."""

    plan: str = ""
    products: tuple[str, ...] = ()
    starts_on: str = ""
    ends_on: str = ""
    seats: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing was chosen: a customer without an agreement."""
        return not (self.plan or self.products or self.ends_on or self.seats)

    def terms(self, at: Settings, *, known: Agreement | None = None) -> Terms:
        """As the doors take them; call it only when nothing is wrong. What `known` says that the policy asks for no
        more stays.
        """
        starts_on = day_in(self.starts_on)
        if starts_on is None:
            raise ValueError("the form has faults")
        facts = _facts(at)
        old = {name: value for name, value in (known.facts if known else {}).items() if name not in facts}
        return Terms(
            plan=self.plan,
            products=list(self.products),
            starts_on=starts_on,
            ends_on=day_in(self.ends_on),
            seats=number_in(self.seats),
            facts={
                **old,
                **{name: _value(self.facts[name], each) for name, each in facts.items() if self.facts.get(name)},
            },
        )


def _value(typed: str, fact: Fact) -> str | int:
    """A fact without values of its own is a number."""
    return typed if fact.values is not None else number_in(typed) or 0


def form_of(agreement: Agreement) -> AgreementForm:
    """An agreement as it stands."""
    return AgreementForm(
        plan=agreement.plan,
        products=tuple(agreement.products),
        starts_on=agreement.starts_on.isoformat(),
        ends_on="" if agreement.ends_on is None else agreement.ends_on.isoformat(),
        seats="" if agreement.seats is None else str(agreement.seats),
        facts={name: str(value) for name, value in agreement.facts.items()},
    )


def read_form(sent: QueryDict, *, at: Settings) -> AgreementForm:
    """What was sent, right or not."""
    return AgreementForm(
        plan=line(sent, "plan", most=60),
        products=tuple(dict.fromkeys(sent.getlist("products"))),
        starts_on=line(sent, "starts_on", most=10),
        ends_on=line(sent, "ends_on", most=10),
        seats=line(sent, "seats", most=20),
        facts={each.name: line(sent, f"fact-{each.name}", most=60) for each in fact_fields(at)},
    )


def problems(form: AgreementForm, *, at: Settings, known: Agreement | None = None) -> list[FieldError]:
    """Everything that is wrong, in the order of the page. What the agreement says already may stay, although the policy
    does not have it any more.
    """
    return [FieldError(field=name, text=text) for name, text in _problems(form, at=at, known=known)]


def _problems(form: AgreementForm, *, at: Settings, known: Agreement | None) -> Iterator[tuple[str, str]]:
    names = at.labels.names
    plans = {*names.plans, *([known.plan] if known else [])}
    products = {*names.products, *(known.products if known else [])}
    if form.plan not in plans:
        yield "plan", _("Choose a plan")
    if not form.products or not set(form.products) <= products:
        yield "products", _("Choose at least one product")
    starts_on, ends_on = day_in(form.starts_on), day_in(form.ends_on)
    if starts_on is None:
        yield "starts_on", _("Choose the first day")
    if form.ends_on and ends_on is None:
        yield "ends_on", _("Choose the last day, or leave it open")
    elif starts_on is not None and ends_on is not None and ends_on < starts_on:
        yield "ends_on", _("Choose a last day that is not before the first")
    seats = number_in(form.seats)
    if form.seats and (seats is None or seats > _MOST_SEATS):
        yield "seats", _("Write how many support contacts as a number, or leave it empty")
    yield from _faulty_facts(form, at=at)


def _faulty_facts(form: AgreementForm, *, at: Settings) -> Iterator[tuple[str, str]]:
    for name, fact in _facts(at).items():
        value = form.facts.get(name, "")
        if value and not _fits(value, fact):
            yield f"fact-{name}", _("Choose one of the values, or leave it empty") if fact.values else _limits(fact)


def _fits(value: str, fact: Fact) -> bool:
    if fact.values is not None:
        return value in fact.values
    number = number_in(value)
    return number is not None and (fact.min or 0) <= number and (fact.max is None or number <= fact.max)


def _limits(fact: Fact) -> str:
    said = {"low": fact.min or 0, "high": fact.max}
    if fact.max is None:
        return _("Write a whole number from %(low)s") % said
    return _("Write a whole number from %(low)s to %(high)s") % said


def fact_fields(at: Settings) -> list[FactField]:
    """The facts that the policy takes from an agreement, as the form asks for them."""
    language = at.labels.language
    return [
        FactField(
            name=name,
            label=fact.name.in_(language),
            hint=fact.text.in_(language) if fact.text else "",
            options=[
                Option(value=value, label=fact.labels[value].in_(language) if value in fact.labels else value)
                for value in fact.values or ()
            ],
        )
        for name, fact in _facts(at).items()
    ]


def _facts(at: Settings) -> dict[str, Fact]:
    facts = current_policy(at.place.desk).file.facts
    return {name: fact for name, fact in facts.items() if fact.source in _KEPT}


def choices(form: AgreementForm, *, at: Settings) -> dict[str, Sequence[Option]]:
    """Plans and products of the policy; what stands in the agreement and in no policy any more stays choosable."""
    names = at.labels.names
    old = {name: name for name in form.products if name not in names.products}
    old_plan = {form.plan: form.plan} if form.plan and form.plan not in names.plans else {}
    return {
        "plans": options_of({**names.plans, **old_plan}),
        "products": options_of({**names.products, **old}),
    }
