"""The plan: who asked what when, and how each conversation went, up to now.

Pure and seeded: the same seed, cast, policy and `now` give the same history. It is told ticket by ticket in the
order in which they were opened, so that a million of them need no more memory than one day's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from vaxel.domain.tickets.question import Question
from vaxel.insight.transfer.demo.arrivals import arrivals
from vaxel.insight.transfer.demo.cast import Cast, CastOrganisation, CastPerson
from vaxel.insight.transfer.demo.deciding import Decider
from vaxel.insight.transfer.demo.files import Conversation, ConversationFile
from vaxel.insight.transfer.demo.questions import Asking, question_of
from vaxel.insight.transfer.demo.scripts import TicketScript
from vaxel.insight.transfer.demo.telling import Scene, tell
from vaxel.insight.transfer.demo.word_lists import words_for
from vaxel.insight.transfer.demo.wording import Words
from vaxel.rules.policy import Policy

DEFAULT_DAYS: Final = 90
#: A conversation that is there once is opened when so much of the history has passed.
_ONCE_AT: Final = 0.6
_MOST_TRIES: Final = 40
_LONGER_EACH: Final = 100
_MOST_REMEMBERED: Final = 3000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a history is made from."""

    cast: Cast
    conversations: ConversationFile
    policy: Policy
    seed: int
    count: int
    now: datetime
    days: int = DEFAULT_DAYS
    #: The customer adds to the question until there are so many messages, and sometimes twice as many: benchmarks
    #: count on five and on ten.
    least_messages: int = 0


def plan_history(plan: Plan) -> Iterator[TicketScript]:
    """The scripts of `plan.count` tickets in the order of opening. `plan.now` is an aware datetime."""
    return _Historian(plan).tickets()


class _Historian:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._decider = Decider(plan.policy, plan.cast)
        self._casting = _Casting(plan.cast, plan.conversations.conversation, decider=self._decider)
        self._asked: set[str] = set()
        self._local_now = plan.now.astimezone(ZoneInfo(plan.policy.file.desk.time_zone))

    def tickets(self) -> Iterator[TicketScript]:
        plan = self._plan
        random = Random(f"{plan.seed} {plan.cast.file.desk.slug} arrivals")  # noqa: S311  # made up, no secret
        calendar = next(iter(plan.policy.calendars[name] for name in plan.policy.file.calendars))
        when = arrivals(random=random, count=plan.count, now=self._local_now, days=plan.days, calendar=calendar)
        once_at = round(plan.count * _ONCE_AT)
        for index, (at, is_recent) in enumerate(when):
            yield self._ticket(index, at=at, is_recent=is_recent, once=index == once_at)

    def _ticket(self, index: int, *, at: datetime, is_recent: bool, once: bool) -> TicketScript:
        """One ticket, from a random source of its own: what is said in it hangs on its number, not on the others."""
        slug = self._plan.cast.file.desk.slug
        random = Random(f"{self._plan.seed} {slug} {index}")  # noqa: S311  # made up, no secret
        conversation, asker = self._casting.choose(random, at=at, once=once)
        organisation = self._plan.cast.organisations[asker.organisation]
        asking = Asking(
            conversation=conversation,
            form=self._plan.conversations,
            words=self._words(conversation, random=random, at=at, asker=asker, organisation=organisation),
            random=random,
            asker=asker,
            decider=self._decider,
            at=at,
        )
        question = self._unlike_others(asking)
        facts = self._decider.facts(question, asker=asker, at=at)
        scene = Scene(
            conversation=conversation,
            at=at,
            now=self._plan.now,
            is_recent=is_recent,
            organisation=organisation,
            asker=asker,
            cast=self._plan.cast,
            decider=self._decider,
            words=asking.words,
            random=random,
            question=question,
            facts=facts,
            decision=self._decider.decide(facts, at),
        )
        least = self._plan.least_messages
        return tell(scene, least_messages=least if index % _LONGER_EACH else least * 2)

    def _unlike_others(self, asking: Asking) -> Question:
        """The question in words that nobody has used, as long as it is feasible to remember all of them."""
        question = question_of(asking)
        for _ in range(_MOST_TRIES):
            if question.text not in self._asked or len(self._asked) >= _MOST_REMEMBERED:
                break
            question = question_of(asking)
        if len(self._asked) < _MOST_REMEMBERED:
            self._asked.add(question.text)
        return question

    def _words(
        self,
        conversation: Conversation,
        *,
        random: Random,
        at: datetime,
        asker: CastPerson,
        organisation: CastOrganisation,
    ) -> Words:
        colleague = _colleague(random, asker=asker, organisation=organisation)
        return words_for(
            conversation.language,
            random=random,
            at=at,
            asker=asker,
            colleague=colleague,
            organisation=organisation,
            agents=self._plan.cast.staff,
        )


def _colleague(random: Random, *, asker: CastPerson, organisation: CastOrganisation) -> CastPerson:
    others = [one for one in organisation.people if one.index != asker.index and one.is_active]
    return random.choice(others) if others else asker


class _Casting:
    """Finds a conversation, and somebody who may have it."""

    def __init__(self, cast: Cast, conversations: Sequence[Conversation], *, decider: Decider) -> None:
        self._decider = decider
        self._organisations = cast.organisations
        self._candidates = {one.name: _candidates(cast, one) for one in conversations}
        self._once = [one for one in conversations if one.once]
        self._usual = [one for one in conversations if not one.once and self._candidates[one.name]]
        self._shares = [one.share for one in self._usual]

    def choose(self, random: Random, *, at: datetime, once: bool) -> tuple[Conversation, CastPerson]:
        """What is asked, and by whom: by somebody whose organisation can ask it that day."""
        fixed = self._once[0] if once and self._once else None
        for _ in range(_MOST_TRIES):
            conversation = fixed or random.choices(self._usual, self._shares)[0]
            asker = random.choice(self._candidates[conversation.name])
            if self._is_possible(conversation, asker, at=at):
                return conversation, asker
        raise ValueError("nobody in this cast can have any of the conversations")

    def _is_possible(self, conversation: Conversation, asker: CastPerson, *, at: datetime) -> bool:
        organisation = self._organisations[asker.organisation]
        today = self._decider.day(at)
        if organisation.ends_on is not None and organisation.ends_on < today:
            return False
        if conversation.asker == "contact":
            return asker.passed_on is None or asker.expires_on is None or today <= asker.expires_on
        if conversation.asker == "in-project":
            project = organisation.project
            ended = project is not None and project.ends_on is not None and project.ends_on < today
            return project is not None and project.starts_on <= today and not ended
        return True


def _candidates(cast: Cast, conversation: Conversation) -> list[CastPerson]:
    return [
        person
        for organisation in cast.organisations
        for person in organisation.people
        if person.is_active
        and person.language == conversation.language
        and _may(person, organisation, conversation)
        and (not conversation.product or conversation.product in organisation.products)
    ]


def _may(person: CastPerson, organisation: CastOrganisation, conversation: Conversation) -> bool:
    """Whether the conversation reads as one of this person's.

    Answers are written for whom the question reaches: a contact's go to the vendor, a user's to colleagues.
    """
    has_local_support = any(one.is_local_contact and one.index != person.index for one in organisation.people)
    trained = person.has_seat and person.expires_on is not None
    match conversation.asker:
        case "contact" | "in-project":
            return trained or (person.has_seat and conversation.product == "baver")
        case "user":
            return not person.has_seat and has_local_support
        case "meetings-user":
            return "suite" not in organisation.products or trained
        case "resource-user":
            return True
