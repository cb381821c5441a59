"""A question before it is a ticket: what every channel fills in and hands to the same door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from vaxel.domain.audit.actor import Actor
from vaxel.rules.policy.declarations import Guidance, GuidanceAnswer

#: Kept among the answers under names that no field of a policy can have: the checklist's items that were ticked (B1),
#: the answers about impact, what they suggested where the asker chose another priority, and what stands still (B9).
CHECKED: Final = "_checked"
IMPACT: Final = "_impact"
SUGGESTED_PRIORITY: Final = "_suggested_priority"
STANDS_STILL: Final = "_stands_still"
#: Where in the product the asker stood, as the widget saw it (A8): page, title, version, window and so on, as text.
SITUATION: Final = "_situation"
SITUATION_PARTS: Final = ("page", "title", "product", "version", "role", "window", "browser", "errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBehalfOf:
    """A colleague without an account (B10). `copy` sends them what the asker is sent."""

    name: str
    phone: str = ""
    email: str = ""
    copy: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the ticket's column."""
        return {"name": self.name, "phone": self.phone, "email": self.email, "copy": self.copy}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Where a question stood before it was taken out of another ticket (B12): what its asker wrote is theirs still."""

    ticket_number: int
    by: Actor
    at: datetime
    #: Since when its answer is owed: promises count from here.
    owed_since: datetime
    #: The id of whoever of the staff wrote the words down, when they were said and not written.
    written_down_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. Names of products, kinds, topics, priorities and fields are those of the desk's policy."""

    kind: str
    channel: str
    subject: str
    text: str
    html: str = ""
    product: str = ""
    topic: str = ""
    priority: str = ""
    urgent: bool = False
    #: The form's answers by field.
    fields: Mapping[str, Any] = field(default_factory=dict)
    #: Values of the facts that the policy asks the form for.
    declared: Mapping[str, str | int] = field(default_factory=dict)
    on_behalf_of: OnBehalfOf | None = None
    language: str = ""
    #: The draft that it was written in; sending the same draft twice gives the first one's ticket.
    draft_id: int | None = None
    #: Of a mail: "kind" and "product" where its words did not tell and something usual was taken; they are asked back.
    guessed: frozenset[str] = frozenset()
    #: Of a mail: how many pictures came with it.
    pictures: int = 0
    #: Of a mail: its Message-ID without angle brackets, and what it repeats of earlier mails.
    header_id: str = ""
    quoted: str = ""
    #: Of a mail: one of the staff let it in, so it does not matter which channels are open to the asker.
    let_in: bool = False
    earlier: Earlier | None = None
    #: The id of the question to the local contacts that one of them brings to the vendor with this one (A12).
    passed_on_from: int | None = None

    def owed_since(self, now: datetime) -> datetime:
        """From when its promises count: from now, but for words that came earlier."""
        return now if self.earlier is None else self.earlier.owed_since


def impact_said(
    answered: Iterable[tuple[Guidance, GuidanceAnswer]], *, languages: tuple[str, ...]
) -> list[dict[str, dict[str, str]]]:
    """What is kept under `IMPACT`: the words themselves, by language, for the policy may ask otherwise tomorrow."""
    return [
        {"question": guidance.question.per_language(languages), "answer": answer.text.per_language(languages)}
        for guidance, answer in answered
    ]
