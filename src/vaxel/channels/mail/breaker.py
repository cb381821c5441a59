"""A breaker for the mail server: when it does not answer, only one mail a minute finds out (trust 74)."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

_FAULTS_BEFORE_OPEN: Final = 3
_OPEN_FOR: Final = timedelta(minutes=1)


@dataclass(slots=True)
class Breaker:
    """Counts faults of the server in a row, in this process; safe for its threads."""

    faults: int = 0
    open_until: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, *, now: datetime) -> timedelta | None:
        """How long to leave the server alone; None lets this mail through.

        After the pause one mail goes first, and the others wait another pause for what it finds.
        """
        with self._lock:
            if self.open_until is None:
                return None
            if now < self.open_until:
                return self.open_until - now
            self.open_until = now + _OPEN_FOR
            return None

    def answered(self) -> None:
        """The server works: everything goes through."""
        with self._lock:
            self.faults, self.open_until = 0, None

    def did_not_answer(self, *, now: datetime) -> None:
        """One more fault; the third in a row opens the breaker."""
        with self._lock:
            self.faults += 1
            if self.faults >= _FAULTS_BEFORE_OPEN:
                self.open_until = now + _OPEN_FOR
