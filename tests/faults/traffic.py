"""What goes on while parts are killed: each kind of traffic acts, notes what was acknowledged, and judges the end."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tests.faults.installation import CONTACT, PASSWORD
from tests.faults.visitors import NotAcknowledgedError, Visitor


@dataclass(frozen=True, slots=True)
class Left:
    """What the database holds when everything has come to rest (`tests.faults.settle`)."""

    #: Names of tickets by the first line of their question.
    tickets: dict[str, list[str]]
    #: Names of the tickets that a message with these words lies in.
    messages: dict[str, list[str]]
    #: (state, kind, name of the ticket) of each mail by its Message-ID.
    mails: dict[str, tuple[str, str, str]]
    #: The Message-IDs that the mail server has seen whole, in order.
    taken: Sequence[str]
    #: (subject, reason) of each mail that waits for a human.
    held: Sequence[tuple[str, str]]


class Traffic(Protocol):
    """Acts again and again in a thread of its own. To add a channel, write one of these."""

    @property
    def steps(self) -> int:
        """How far it has come; parts are killed after a number of steps, so that a slow machine gets as far."""

    def act(self) -> None:
        """One act, whole or broken off by a fault; a fault is expected and means: not acknowledged."""

    def faults(self, left: Left) -> list[str]:
        """What was promised and not kept."""


@dataclass
class Asking:
    """Somebody asks question after question in the portal, and presses the button again when nothing came back."""

    name: str
    port: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    begun: int = 0
    _visitor: Visitor | None = None
    _draft: str = ""
    _words: str = ""

    @property
    def steps(self) -> int:
        """What the server has answered."""
        return 0 if self._visitor is None else self._visitor.answered

    def act(self) -> None:
        """One more step towards a sent question."""
        visitor = self._signed_in()
        if not self._draft:
            self._words = f"Fråga {self.begun} av {self.name}"
            self._draft = visitor.begin(self._words)
            self.begun += 1
            visitor.fill_in(self._draft, words=self._words)
        try:
            self.acknowledged[self._words] = visitor.send(self._draft)
        except NotAcknowledgedError:
            # A person opens the draft again: filled in as far as it was kept, and sends.
            visitor.fill_in(self._draft, words=self._words)
            self.acknowledged[self._words] = visitor.send(self._draft)
        self._draft = ""

    def _signed_in(self) -> Visitor:
        if self._visitor is None:
            visitor = Visitor(self.port, patience=15)
            visitor.sign_in(CONTACT, PASSWORD)
            self._visitor = visitor
        return self._visitor

    def faults(self, left: Left) -> list[str]:
        """Each acknowledged question is one ticket with the name that was told, and no question is two."""
        lost = [f"{words} is {left.tickets.get(words)}, acknowledged as {name}" for words, name in
                self.acknowledged.items() if left.tickets.get(words) != [name]]  # fmt: skip
        twice = [f"{words} is there twice: {names}" for words, names in left.tickets.items() if len(names) > 1]
        return [*lost, *twice]


class Receipts:
    """The mails that follow from the questions: each goes once, or is uncertain, and none is missing."""

    @property
    def steps(self) -> int:
        """Nothing of its own."""
        return 0

    def act(self) -> None:
        """The worker does it."""

    def faults(self, left: Left) -> list[str]:
        """By what the mail server has seen."""
        taken = left.taken
        twice = [f"{header} came {taken.count(header)} times" for header in set(taken) if taken.count(header) > 1]
        unsent = [f"{mail} is {state}" for mail, (state, _, _) in left.mails.items() if state not in _FINAL]
        unseen = [f"{mail} counts as sent" for mail, (state, _, _) in left.mails.items()
                  if state == "sent" and mail not in set(taken)]  # fmt: skip
        told = {ticket for _, kind, ticket in left.mails.values() if kind in _RECEIPTS}
        untold = [f"{name} has no receipt" for names in left.tickets.values() for name in names if name not in told]
        return [*twice, *unsent, *unseen, *untold]


#: Who asks by mail is asked back for what the form would have asked for.
_RECEIPTS = frozenset({"received", "details-wanted"})
#: The brake holds receipts to one address after some; nothing is on its way any more.
_FINAL = frozenset({"sent", "uncertain", "held"})


def go_on(traffic: Traffic, *, until: threading.Event) -> None:
    """Act until told to stop."""
    while not until.is_set():
        try:
            traffic.act()
        except NotAcknowledgedError:
            until.wait(0.4)
