"""What is known about a question when a policy decides: plain frozen values, no rows and no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vaxel.rules.policy.faults import Words, with_allowed
from vaxel.rules.sentences import Sentence, SentenceError

NONE = "none"
_NOTHING_DECLARED: Mapping[str, str | int] = MappingProxyType({})


class FactsError(SentenceError):
    """The facts are not a combination that the policy knows. `sentence` tells what is wrong and what is allowed."""

    def __init__(self, problem: Sentence, *, allowed: Iterable[Words] = (), nearest: str | None = None) -> None:
        self.problem = problem
        self.allowed = tuple(allowed)
        self.nearest = nearest
        super().__init__(with_allowed(problem, nearest=nearest, allowed=self.allowed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One question and its asker. Names are the policy's; "none" where there is nothing.

    `certificate` is the state for the product asked about. `products` are those that the agreement covers.
    `priority` is "undecided" while a vendor that sets it itself has not yet; `wished_priority` is then the asker's
    wish ("none": the usual priority). `declared` holds the policy's own facts: a value's name, or a whole number;
    what is absent takes the fact's default, else it is unknown.
    """

    standing: str
    kind: str
    channel: str
    product: str = NONE
    certificate: str = NONE
    agreement: str = NONE
    plan: str = NONE
    products: frozenset[str] = frozenset()
    project: str = NONE
    topic: str = NONE
    priority: str
    wished_priority: str = NONE
    urgent: bool = False
    declared: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING_DECLARED)
