"""Mails that the mailroom writes by itself: to a sender, why nothing came of a mail; to administrators, what is wrong.

The words are whole sentences in templates, with a closed list of values. A letter to an address that nobody has
proven holds none of the sender's own words, and one a day is enough (trust 19).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import compose, outbox
from vaxel.domain.notices.blocking import is_blocked
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import header_id

_EMPTY_LINES: Final = re.compile(r"\n\s*\n")
_TEMPLATES: Final = Path(__file__).parent / "templates" / "mail"
#: Where the shapes and the layout of all our mails are.
_SHAPES: Final = Path(compose.__file__).parent / "templates" / "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to turn to."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Every value that a template may name; what is empty is left out."""

    desk: str
    language: str
    #: The desk's colour, for the layout.
    accent: str = "#1f5fae"
    recipient: str = ""
    #: Why, in the policy's words.
    reasons: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    phone: str = ""
    mail: str = ""
    web: str = ""
    hours: str = ""
    link: str = ""
    #: Of a mailbox or a mail that is in trouble.
    mailbox: str = ""
    fault: str = ""
    detail: str = ""
    since: str = ""

    @property
    def contact_rows(self) -> list[tuple[str, str]]:
        """Each contact's name and title, and how to reach them."""
        return [
            (
                each.name if not each.title else f"{each.name}, {each.title}",
                " · ".join(filter(None, [each.email, each.phone])),
            )
            for each in self.contacts
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom a letter goes."""

    address: str
    name: str = ""
    organisation_id: int | None = None


def send_letter(
    kind: str, letter: Letter, *, desk: Desk, to: Recipient, references: str = "", now: datetime
) -> OutgoingMail | None:
    """Put the letter into the outbox, in the caller's transaction. None where mails to the address come back."""
    if is_blocked(desk_id=desk.pk, address=to.address):
        return None
    sender = desk.mail_address or settings.DEFAULT_FROM_EMAIL
    subject, text, html = _written(kind, letter)
    mail = OutgoingMail.objects.create(
        desk=desk,
        organisation_id=to.organisation_id,
        kind=kind,
        language=letter.language,
        sender_name=desk.name,
        sender=sender,
        recipient_name=compose.one_line(to.name),
        recipient=to.address,
        subject=subject,
        text=text,
        html=html,
        header_id=header_id(sender),
        references=references,
        created_at=now,
    )
    outbox.hand_to_worker(mail.pk)
    return mail


def sent_since(kinds: Sequence[str], *, desk: Desk, since: datetime, address: str = "") -> int:
    """How many letters of these kinds were written since then, to one address or to all."""
    letters = OutgoingMail.unscoped.filter(desk=desk, kind__in=kinds, created_at__gt=since)
    return (letters.filter(recipient__iexact=address) if address else letters).count()


def may_answer(kind: str, *, desk: Desk, address: str, now: datetime) -> bool:
    """Whether a sender may get such a letter now: one an address and day, and not too many in all (trust 15, 19)."""
    if sent_since([kind], desk=desk, since=now - timedelta(days=1), address=address) >= MOST_A_DAY[kind]:
        return False
    return sent_since(list(MOST_A_DAY), desk=desk, since=now - timedelta(hours=1)) < MOST_AN_HOUR


#: Letters of a kind to one address in a day.
MOST_A_DAY: Final = {"stranger": 1, "not-by-mail": 4}
#: Letters of those kinds to anybody in an hour; whoever writes under a thousand names gets no further.
MOST_AN_HOUR: Final = 60


def _written(kind: str, letter: Letter) -> tuple[str, str, str]:
    name = f"{kind}.{letter.language}.jinja"
    template = _environment("text").get_template(name)
    subject = compose.one_line("".join(template.blocks["subject"](template.new_context({"mail": letter}))))
    return subject, _rendered(name, letter, "text", subject), _rendered(name, letter, "html", subject)


def _rendered(name: str, letter: Letter, shape: str, subject: str) -> str:
    environment = _environment(shape)
    shapes: Any = environment.get_template(f"shape_{shape}.jinja").module
    made = environment.get_template(name).render(
        mail=letter, subject=subject, shape=shapes, layout=f"layout_{shape}.jinja"
    )
    return _EMPTY_LINES.sub("\n\n", made.strip()) + "\n" if shape == "text" else made


@cache
def _environment(shape: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([_TEMPLATES, _SHAPES]),
        autoescape=shape == "html",  # noqa: S701  # the text part is no markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # The shapes name it; no letter holds words of people.
    environment.filters["as_html"] = str
    return environment
