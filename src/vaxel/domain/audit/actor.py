"""Who does something: passed to every door as `by`, written into every event."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["person", "staff", "account", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A customer's person, one of the vendor's staff, an account before it is either, or the program."""

    kind: ActorKind
    id: int | None
    name: str


SYSTEM = Actor(kind="system", id=None, name="Växel")
