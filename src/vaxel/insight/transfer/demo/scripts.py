"""What happens to one ticket, as plain values: written by `history`, played by `play`, copied by `bulk`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import Status
from vaxel.insight.transfer.demo.cast import CastOrganisation, CastPerson, CastStaff
from vaxel.rules.policy import Decision, Facts

#: None is the program itself.
Doer = CastPerson | CastStaff | None


@dataclass(frozen=True, slots=True)
class Says:
    """Words to the other side; `then` is the status that staff's answer leads to."""

    at: datetime
    by: CastPerson | CastStaff
    text: str
    then: Status | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Words among staff."""

    at: datetime
    by: CastStaff
    text: str


@dataclass(frozen=True, slots=True)
class Assigns:
    """The ticket is given to one of the staff."""

    at: datetime
    by: CastStaff
    to: CastStaff


@dataclass(frozen=True, slots=True)
class SetsPriority:
    """Another priority than the asker's."""

    at: datetime
    by: CastStaff
    facts: Facts
    decision: Decision


@dataclass(frozen=True, slots=True)
class Reclassifies:
    """The question was of another kind; the policy decides anew."""

    at: datetime
    by: CastStaff
    facts: Facts
    decision: Decision


@dataclass(frozen=True, slots=True)
class Solves:
    """The customer's own people have answered the question; staff solve with their last words."""

    at: datetime
    by: CastPerson | CastStaff


@dataclass(frozen=True, slots=True)
class Closes:
    """Finished for good."""

    at: datetime
    by: Doer


Act = Says | Notes | Assigns | SetsPriority | Reclassifies | Solves | Closes


@dataclass(frozen=True, slots=True)
class TicketScript:
    """A ticket from its question to the newest thing that happened, in order of time."""

    at: datetime
    organisation: CastOrganisation
    asker: CastPerson
    question: Question
    facts: Facts
    decision: Decision
    #: How many pictures come with the question.
    pictures: int
    acts: tuple[Act, ...]

    def stored_by(self, staff: Sequence[CastStaff]) -> CastPerson | CastStaff:
        """Whoever asks; of a call, whoever of the staff wrote it down: the first who did anything about it."""
        if self.question.channel != "phone":
            return self.asker
        return next((each.by for each in self.acts if isinstance(each.by, CastStaff)), staff[0])
