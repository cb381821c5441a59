"""A customer who writes mails while parts are killed, and answers the receipts that come back."""

import re
import smtplib
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final

from tests.channels.mail_servers import MailServers, id_of
from tests.faults.traffic import Left
from tests.faults.visitors import NotAcknowledgedError

#: Seconds between two letters; somebody who writes faster is a mail bomb.
_PAUSE: Final = 0.7
_TICKET: Final = re.compile(r"KOM-\d+")


@dataclass
class Writing:
    """Sends question after question to one address; what Postfix has taken is acknowledged."""

    sender: str
    to: str
    servers: MailServers
    subjects: list[str] = field(default_factory=list)
    #: The ticket that each answer is for, by its words.
    answers: dict[str, str] = field(default_factory=dict)
    _answered: set[str] = field(default_factory=set)

    @property
    def steps(self) -> int:
        """None that count: kills follow the pages that are served."""
        return 0

    def act(self) -> None:
        """One question, and an answer to the newest receipt."""
        threading.Event().wait(_PAUSE)
        try:
            self._ask(f"Brev {len(self.subjects)} till {self.to}")
            self._answer()
        except (OSError, smtplib.SMTPException) as error:
            raise NotAcknowledgedError(str(error)) from error

    def _ask(self, subject: str) -> None:
        text = f"Det blir fel. Det är {subject}."
        self.servers.write(self.to, sender=self.sender, subject=subject, text=text)
        self.subjects.append(subject)

    def _answer(self) -> None:
        new = (mail for mail in reversed(self._received()) if id_of(mail) not in self._answered)
        receipt = next(new, None)
        ticket = None if receipt is None else _TICKET.search(str(receipt["Subject"]))
        if receipt is None or ticket is None:
            return
        words = f"Svar {len(self.answers)} från den som skriver till {self.to}"
        self.servers.write(
            str(receipt["Reply-To"]),
            sender=self.sender,
            subject=f"SV: {receipt['Subject']}",
            text=words,
            In_Reply_To=id_of(receipt),
        )
        self._answered.add(id_of(receipt))
        self.answers[words] = ticket[0]

    def _received(self) -> list[EmailMessage]:
        """What lies in this customer's mailbox, which is shared with colleagues."""
        mails = self.servers.read(self.sender.rpartition("@")[2])
        return [mail for mail in mails if mail["To"] is not None and self.sender in str(mail["To"])]

    def faults(self, left: Left) -> list[str]:
        """Each letter is one ticket, and each answer one message in its ticket."""
        unanswered = [f"{words} lies in {left.messages.get(words)}, not in {ticket}" for words, ticket in
                      self.answers.items() if left.messages.get(words) != [ticket]]  # fmt: skip
        lost = [f"{subject} is {left.tickets.get(subject)}" for subject in self.subjects
                if len(left.tickets.get(subject, ())) != 1]  # fmt: skip
        return [*lost, *unanswered]
