"""How long things take: answers within the promise mostly, customers when they have time."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from vaxel.rules.targets import Calendar, business_deadline, minutes_between

#: How many first answers come in time, before the unlucky ones that still wait are counted.
_KEPT: Final = 0.955
#: Business minutes of a working day, near enough.
_DAY: Final = 480
#: Half of the first answers come within this share of the time that is promised.
_TYPICAL_SHARE: Final = 0.27
_TYPICAL_WITHOUT_PROMISE: Final = 190
_TYPICAL_ANSWER: Final = 75
#: People with a role of their own answer between meetings.
_TYPICAL_ANSWER_OF_HOLDER: Final = 260
_TYPICAL_CUSTOMER: Final = 130
#: How often a customer is away, and how often an answer takes a developer.
_AWAY: Final = 0.13
_LOOKED_INTO: Final = 0.12


class Pace:
    """Instants in the desk's business time, to the second; all are after the instant that they count from."""

    def __init__(self, calendar: Calendar, random: Random, *, steady: bool = False) -> None:
        """`steady` is a conversation in which nobody is away and everybody answers soon."""
        self._calendar = calendar
        self._random = random
        self._steady = steady

    def first_answer(self, at: datetime, *, due: datetime | None, priority: str) -> datetime:
        """When the first answer comes. `due` is the promise, if there is one."""
        if priority == "critical":
            return self.minutes_later(at, 4, 18)
        if due is None:
            return self._later(at, self._around(_TYPICAL_WITHOUT_PROMISE, 0.9))
        promised = max(minutes_between(self._calendar, at, due), 1)
        if self._random.random() > _KEPT:
            return self._later(at, promised * self._random.uniform(1.08, 2.6) + 10)
        return self._later(at, min(max(self._around(promised * _TYPICAL_SHARE, 0.75), 2), promised * 0.96))

    def still_waiting(self, *, due: datetime | None, now: datetime) -> float:
        """How likely a question of the last hours has no answer yet; most that are overdue get one soon."""
        return 0.3 if due is not None and due < now else 0.8

    def answer_after(self, at: datetime, *, is_waiting: bool, is_team: bool) -> datetime:
        """When staff answer next; whoever waits for somebody else takes days."""
        if self._steady:
            return self.minutes_later(at, 5, 60)
        if not is_waiting and self._random.random() < _LOOKED_INTO:
            return self.days_later(at, 1, 4)
        typical = _TYPICAL_ANSWER if is_team else _TYPICAL_ANSWER_OF_HOLDER
        return self.days_later(at, 4, 14) if is_waiting else self._later(at, self._around(typical, 0.9))

    def customer_after(self, at: datetime) -> datetime:
        """When the customer writes back: within minutes, after a meeting, or when they are back at work."""
        if self._steady:
            return self.minutes_later(at, 10, 150)
        if self._random.random() < _AWAY:
            return self.days_later(at, 2, 8)
        return self._later(at, self._around(_TYPICAL_CUSTOMER, 1.2))

    def soon(self, at: datetime) -> datetime:
        """Some minutes later, whatever the hour."""
        return at + timedelta(seconds=self._random.randint(150, 2400))

    def before(self, at: datetime) -> datetime:
        """Some minutes earlier."""
        return at - timedelta(seconds=self._random.randint(60, 1500))

    def minutes_later(self, at: datetime, least: int, most: int) -> datetime:
        """So many business minutes later."""
        return self._later(at, self._random.uniform(least, most))

    def days_later(self, at: datetime, least: int, most: int) -> datetime:
        """So many working days later."""
        return self._later(at, self._random.uniform(least, most) * _DAY)

    def _around(self, typical: float, spread: float) -> float:
        """Half of the values are below `typical`; with `spread` 1 two thirds lie between a third and three times."""
        return typical * self._random.lognormvariate(0, spread)

    def _later(self, at: datetime, minutes: float) -> datetime:
        second = self._random.randint(1, 59)
        return business_deadline(self._calendar, at, max(round(minutes), 1)) + timedelta(seconds=second)
