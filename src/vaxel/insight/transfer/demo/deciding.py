"""The policy's answers for made-up questions, each distinct one worked out once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from vaxel.domain.people.certificates import Passed, certificate_state
from vaxel.domain.people.facts import CustomerFacts, project_state
from vaxel.domain.people.queries import PROJECT_MANAGER
from vaxel.domain.tickets.facts import build_facts
from vaxel.domain.tickets.question import Question
from vaxel.insight.transfer.demo.cast import Cast, CastOrganisation, CastPerson, CastStaff
from vaxel.rules.policy import Decision, Facts, Policy, decide
from vaxel.rules.targets import Calendar, deadline

#: Combinations that are kept; the example desks have some hundred.
_MOST_KEPT: Final = 20_000


class Decider:
    """Decides as the doors do, from the cast instead of the database."""

    def __init__(self, policy: Policy, cast: Cast) -> None:
        self.policy: Final = policy
        self._cast = cast
        self._kept: dict[tuple[object, ...], Decision] = {}
        self._zone: Final = ZoneInfo(policy.file.desk.time_zone)
        self._grace_days = policy.file.certificates.grace_days if policy.file.certificates else 0

    def day(self, at: datetime) -> date:
        """The date at the desk."""
        return at.astimezone(self._zone).date()

    def facts(self, question: Question, *, asker: CastPerson, at: datetime) -> Facts:
        """What the policy is asked with."""
        organisation = self._cast.organisations[asker.organisation]
        return build_facts(
            question, policy=self.policy, customer=self._customer(asker, organisation, question.product, self.day(at))
        )

    def _customer(self, asker: CastPerson, organisation: CastOrganisation, product: str, today: date) -> CustomerFacts:
        passed = [] if asker.passed_on is None else [Passed("", asker.passed_on, asker.expires_on)]
        project = organisation.project
        ended = organisation.ends_on is not None and organisation.ends_on < today
        return CustomerFacts(
            person_id=asker.index,
            organisation_id=organisation.index,
            standing="contact" if asker.has_seat else "user",
            certificate=certificate_state(passed, product=product, today=today, grace_days=self._grace_days),
            agreement="ended" if ended else "active",
            agreement_id=None,
            agreement_starts=organisation.starts_on,
            plan=organisation.plan,
            products=frozenset(organisation.products),
            project=project_state([] if project is None else [(project.starts_on, project.ends_on)], today=today),
            declared={},
        )

    def decide(self, facts: Facts, at: datetime) -> Decision:
        """The decision at this instant: what does not depend on it is remembered."""
        calendars = self.policy.calendars
        is_open = tuple(calendar.is_open(at) for calendar in calendars.values())
        key = (*_key(facts), is_open)
        kept = self._kept.get(key)
        if kept is None:
            kept = decide(self.policy, facts, at)
            if len(self._kept) < _MOST_KEPT and not kept.channels_later:
                self._kept[key] = kept
            return kept
        due = tuple(replace(one, due=deadline(one.spec, calendars[one.calendar], at)) for one in kept.targets)
        return replace(kept, targets=due)

    def calendar_of(self, decision: Decision) -> Calendar:
        """The hours in which this question is worked on."""
        name = decision.targets[0].calendar if decision.targets else next(iter(self.policy.file.calendars))
        return self.policy.calendars[name]

    def is_first_line(self, decision: Decision) -> bool:
        """Whether the customer's own people answer."""
        return self.policy.file.destinations[decision.destination].type == "local-contacts"

    def holder(self, decision: Decision, organisation: CastOrganisation, at: datetime) -> CastStaff | None:
        """Who has the role that the question goes to, as `domain.tickets.destinations` finds them."""
        name: str | None = decision.destination
        for _ in self.policy.file.destinations:
            if name is None:
                break
            place = self.policy.file.destinations[name]
            if place.role is None:
                return None
            found = self._holder_of(place.role, organisation, self.day(at))
            if found is not None:
                return found
            name = place.fallback
        return None

    def _holder_of(self, role: str, organisation: CastOrganisation, today: date) -> CastStaff | None:
        project = organisation.project
        if (
            role == PROJECT_MANAGER
            and project is not None
            and project_state([(project.starts_on, project.ends_on)], today=today) == "active"
        ):
            return self._cast.staff[project.manager]
        index = organisation.holders.get(role, self._cast.holders.get(role))
        return None if index is None else self._cast.staff[index]


def _key(facts: Facts) -> tuple[object, ...]:
    return (
        facts.standing,
        facts.kind,
        facts.channel,
        facts.product,
        facts.certificate,
        facts.agreement,
        facts.plan,
        facts.products,
        facts.project,
        facts.topic,
        facts.priority,
        facts.wished_priority,
        facts.urgent,
        tuple(sorted(facts.declared.items())),
    )
