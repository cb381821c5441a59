"""What the lines to the mail servers go through while parts are killed: a seeded chance for each connection."""

import random
from dataclasses import dataclass
from typing import Final

from tests.faults.wire import Fault

#: Of ten connections so many have a fault.
_SHARE: Final = 0.3
#: Bytes either way; a letter and what is said around it are about as long.
_MOST_BYTES: Final = 6_000


@dataclass
class Weather:
    """Gives each connection its fault, or none; none at all once it is calm."""

    chance: random.Random
    is_calm: bool = False

    def __call__(self) -> Fault | None:
        """For the next connection."""
        if self.is_calm or self.chance.random() > _SHARE:
            return None
        return Fault(
            way=self.chance.choice(("slow", "cut", "reset")),
            after=self.chance.randint(0, _MOST_BYTES),
            is_heard=self.chance.choice((True, False)),
        )
