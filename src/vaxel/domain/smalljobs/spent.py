"""How much of an agreed job has been used; pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

#: Share of the agreed time, in percent, at which people are warned.
WARN_AT: Final = 80
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes agreed and minutes used; a clock that runs is not among them."""

    agreed: int
    used: int

    @property
    def left(self) -> int:
        """Minutes that may still be charged."""
        return max(self.agreed - self.used, 0)

    @property
    def percent(self) -> int:
        return self.used * 100 // self.agreed

    def crosses_warning(self, minutes: int) -> bool:
        """Whether so many minutes more take it past the warning."""
        return self.percent < WARN_AT <= Spent(self.agreed, self.used + minutes).percent


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes, begun ones counted: nobody works for nothing, and half a minute is one. Never below one."""
    return max(-int(-(end - start).total_seconds() // _MINUTE), 1)
