"""One conversation, told turn by turn: who speaks when, what becomes of the ticket, and where now cuts it off."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import Status
from vaxel.insight.transfer.demo.cast import Cast, CastOrganisation, CastPerson, CastStaff
from vaxel.insight.transfer.demo.deciding import Decider
from vaxel.insight.transfer.demo.files import Conversation, Turn, Variants, words_of
from vaxel.insight.transfer.demo.pace import Pace
from vaxel.insight.transfer.demo.scripts import (
    Act,
    Assigns,
    Closes,
    Notes,
    Reclassifies,
    Says,
    SetsPriority,
    Solves,
    TicketScript,
)
from vaxel.insight.transfer.demo.wording import Words
from vaxel.rules.policy import Decision, Facts

_STATUS_AFTER: Final = {
    "waits": Status.WAITING_CUSTOMER,
    "waits-third-party": Status.WAITING_THIRD_PARTY,
    "solves": Status.SOLVED,
}
#: How often things take another course than the text.
_WITHDRAWN: Final = 0.025
_ADDED_TO: Final = 0.10
_SILENT: Final = 0.14
_CHASED: Final = 0.6
_TAKEN_FIRST: Final = 0.45
_REMARKED_ON: Final = 0.5
_RAISED: Final = 0.5
_CLOSED_AFTER: Final = timedelta(days=21)
_AT_ONCE: Final = timedelta(seconds=17)


@dataclass(slots=True)
class Scene:
    """A conversation's people, words and hours, and how far it has come."""

    conversation: Conversation
    at: datetime
    now: datetime
    is_recent: bool
    organisation: CastOrganisation
    asker: CastPerson
    cast: Cast
    decider: Decider
    words: Words
    random: Random
    question: Question
    facts: Facts
    decision: Decision
    #: The instant of the last thing that happened.
    clock: datetime = field(init=False)
    acts: list[Act] = field(default_factory=list)
    pace: Pace = field(init=False)
    answerer: CastPerson | CastStaff | None = field(init=False)
    answered: bool = False
    over: bool = False

    def __post_init__(self) -> None:
        self.clock = self.at
        calendar = self.decider.calendar_of(self.decision)
        self.pace = Pace(calendar, self.random, steady=self.conversation.steady)
        self.answerer = _answerer(self)

    @property
    def is_with_team(self) -> bool:
        """Whether one of a team answers, and not the customer's own people or the holder of a role."""
        holder = self.decider.holder(self.decision, self.organisation, self.at)
        return isinstance(self.answerer, CastStaff) and holder is None

    def happens(self, chance: float) -> bool:
        """Whether something of this likelihood happens here."""
        return self.random.random() < chance

    def add(self, act: Act) -> None:
        """The next thing that happens, unless it lies ahead of us."""
        if act.at <= self.clock:
            act = replace(act, at=self.clock + _AT_ONCE)
        if self.over or act.at >= self.now:
            self.over = True
            return
        self.acts.append(act)
        self.clock = act.at

    def say(self, variants: Variants) -> str:
        """One of the texts, in the words of whoever answers now."""
        if self.answerer is not None:
            self.words.keep(agent=self.answerer.name.split()[0])
        return self.words.choose(variants).say(self.words)

    def say_usual(self, name: str) -> str:
        """One of the texts that may come up in any conversation."""
        return self.say(words_of(self.conversation.language).turns[name])


def tell(scene: Scene, *, least_messages: int = 0) -> TicketScript:
    """The ticket's script up to now, with at least so many messages."""
    facts, decision, pictures = scene.facts, scene.decision, _pictures(scene)
    if not scene.conversation.steady and scene.happens(_WITHDRAWN):
        _withdraw(scene)
    else:
        for turn in scene.conversation.turn[1:]:
            if scene.over:
                break
            if scene.happens(turn.chance):
                _turn(scene, turn)
        _close_after_silence(scene)
    _add_until(scene, least_messages)
    return TicketScript(
        at=scene.at,
        organisation=scene.organisation,
        asker=scene.asker,
        question=scene.question,
        facts=facts,
        decision=decision,
        pictures=pictures,
        acts=tuple(scene.acts),
    )


def _add_until(scene: Scene, least: int) -> None:
    """More from the customer, right after the question."""
    said = 1 + sum(isinstance(act, Says) for act in scene.acts)
    second = timedelta(seconds=1)
    scene.acts[:0] = [
        Says(scene.at + second * count, scene.asker, scene.say_usual("addition"))
        for count in range(1, least - said + 1)
    ]


def _pictures(scene: Scene) -> int:
    if not scene.happens(scene.conversation.turn[0].attaches):
        return 0
    return 2 if scene.happens(0.3) else 1


def _withdraw(scene: Scene) -> None:
    """It solved itself."""
    at = scene.pace.soon(scene.at)
    scene.add(Says(at, scene.asker, scene.say_usual("withdrawn")))
    scene.add(Closes(at + timedelta(seconds=5), scene.asker))


def _turn(scene: Scene, turn: Turn) -> None:
    if turn.notes:
        _note(scene, turn)
    elif turn.asks:
        _ask_again(scene, turn)
    elif scene.answerer is None:
        scene.over = True
    elif scene.answered:
        _answer(scene, turn, at=_next_answer(scene))
    else:
        _first_answer(scene, turn)


def _note(scene: Scene, turn: Turn) -> None:
    if isinstance(scene.answerer, CastStaff):
        scene.add(Notes(scene.pace.minutes_later(scene.clock, 3, 25), scene.answerer, scene.say(turn.notes)))


def _ask_again(scene: Scene, turn: Turn) -> None:
    """The customer writes back, or is silent until somebody asks."""
    if not scene.conversation.steady and scene.happens(_SILENT):
        _ask_whether_it_helped(scene)
        if scene.over:
            return
    scene.add(Says(scene.pace.customer_after(scene.clock), scene.asker, scene.say(turn.asks)))


def _ask_whether_it_helped(scene: Scene) -> None:
    """After some days of silence; half of the silent never answer, and the ticket is solved without them."""
    if not isinstance(scene.answerer, CastStaff):
        return
    at = scene.pace.days_later(scene.clock, 3, 6)
    scene.add(Says(at, scene.answerer, scene.say_usual("reminder"), Status.WAITING_CUSTOMER))
    if scene.over or scene.happens(0.5):
        return
    at = scene.pace.days_later(scene.clock, 4, 7)
    scene.add(Says(at, scene.answerer, scene.say_usual("gave_up"), Status.SOLVED))
    _close_after_silence(scene)
    scene.over = True


def _first_answer(scene: Scene, turn: Turn) -> None:
    """The promise is kept or not; until then the customer may add something, and ask when it takes long."""
    first = scene.decision.targets[0] if scene.decision.targets else None
    due = None if first is None else first.due
    at = scene.pace.first_answer(scene.at, due=due, priority=scene.facts.priority)
    if scene.is_recent and at < scene.now and scene.happens(scene.pace.still_waiting(due=due, now=scene.now)):
        at = scene.now + timedelta(minutes=30)
    if not scene.conversation.steady:
        _before_first_answer(scene, at=at, is_late=due is not None and at > due)
    scene.answered = True
    _answer(scene, turn, at=at)


def _before_first_answer(scene: Scene, *, at: datetime, is_late: bool) -> None:
    added = scene.pace.soon(scene.clock)
    if added < at and scene.happens(_ADDED_TO):
        scene.add(Says(added, scene.asker, scene.say_usual("addition")))
    asked = scene.pace.minutes_later(scene.at, 270, 320)
    if is_late and scene.clock < asked < at and scene.happens(_CHASED):
        scene.add(Says(asked, scene.asker, scene.say_usual("chaser")))
    taken = scene.pace.before(at)
    if scene.is_with_team and scene.clock < taken < at and scene.happens(_TAKEN_FIRST):
        _take(scene, at=taken)


def _take(scene: Scene, *, at: datetime) -> None:
    """Somebody takes the ticket, or is given it by the team lead."""
    if not isinstance(scene.answerer, CastStaff):
        return
    lead = next((one for one in scene.cast.staff if one.administers), scene.answerer)
    scene.add(Assigns(at, lead if scene.happens(0.3) else scene.answerer, scene.answerer))
    if not scene.over and scene.happens(_REMARKED_ON):
        scene.add(Notes(at + timedelta(seconds=40), scene.answerer, scene.say_usual("taken")))


def _answer(scene: Scene, turn: Turn, *, at: datetime) -> None:
    """An answer, and what follows from it."""
    by = scene.answerer
    if by is None:
        return
    is_staff = isinstance(by, CastStaff)
    then = _STATUS_AFTER.get(turn.then) if is_staff else None
    scene.add(Says(at, by, scene.say(turn.answers), then))
    if scene.over:
        return
    if isinstance(by, CastStaff):
        if turn.priority not in {"", scene.facts.priority} and scene.happens(_RAISED):
            _raise(scene, by=by, priority=turn.priority)
        if turn.becomes:
            _hand_over(scene, by=by, kind=turn.becomes)
    elif turn.then == "solves":
        scene.add(Solves(scene.clock + timedelta(seconds=3), by))


def _raise(scene: Scene, *, by: CastStaff, priority: str) -> None:
    """It matters more than its asker thought."""
    at = scene.clock + timedelta(seconds=20)
    facts = replace(scene.facts, priority=priority)
    act = SetsPriority(at, by, facts=facts, decision=scene.decider.decide(facts, at))
    scene.add(act)
    scene.facts, scene.decision = act.facts, act.decision


def _hand_over(scene: Scene, *, by: CastStaff, kind: str) -> None:
    """The question was of another kind: the policy says anew who answers."""
    at = scene.clock + timedelta(seconds=15)
    facts = replace(scene.facts, kind=kind, topic="none")
    act = Reclassifies(at, by, facts=facts, decision=scene.decider.decide(facts, at))
    scene.add(act)
    scene.facts, scene.decision = act.facts, act.decision
    scene.answerer = _answerer(scene)


def _close_after_silence(scene: Scene) -> None:
    """A solved ticket that nobody opens again is closed by the program."""
    last = scene.acts[-1] if scene.acts else None
    if isinstance(last, Solves) or (isinstance(last, Says) and last.then == Status.SOLVED):
        scene.over = False
        scene.add(Closes(last.at + _CLOSED_AFTER, None))


def _next_answer(scene: Scene) -> datetime:
    last = next((act for act in reversed(scene.acts) if isinstance(act, Says)), None)
    is_waiting = last is not None and last.then == Status.WAITING_THIRD_PARTY
    return scene.pace.answer_after(scene.clock, is_waiting=is_waiting, is_team=scene.is_with_team)


def _answerer(scene: Scene) -> CastPerson | CastStaff | None:
    """Whoever the decision leads to: a colleague, the holder of a role, or one of the team."""
    if scene.decider.is_first_line(scene.decision):
        colleagues = [
            one
            for one in scene.organisation.people
            if one.is_local_contact and one.is_active and one.index != scene.asker.index
        ]
        return scene.random.choice(colleagues) if colleagues else None
    holder = scene.decider.holder(scene.decision, scene.organisation, scene.at)
    if holder is not None:
        return holder
    team = [one for one in scene.cast.staff if scene.decision.destination in one.roles and one.is_active]
    return scene.random.choice(team) if team else None
