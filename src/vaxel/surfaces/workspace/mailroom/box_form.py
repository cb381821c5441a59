"""The form of a mailbox: from what was typed to settings, or to what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from vaxel.domain.mailroom.models import Mailbox
from vaxel.kit.numbers import number_in
from vaxel.rules.policy import PolicyFile
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain

#: What is kept sealed and never shown again; an empty field leaves it as it is.
SECRETS: Final = ("password", "client_id", "client_secret", "tenant", "refresh_token")
_TEXTS: Final = ("host", "folder", "username", "authserv_id", "default_kind", "default_product")
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "way": tuple(Mailbox.Way.values),
    "tls": tuple(Mailbox.Tls.values),
    "sign_in": tuple(Mailbox.SignIn.values),
}
_LONGEST: Final = 253
_LAST_PORT: Final = 65535
_USUAL_PORT: Final = 993
_MOST_HOURS: Final = 8760


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxForm:
    """What stands in the fields, as text; secrets are apart."""

    values: Mapping[str, str]
    is_on: bool
    secrets: Mapping[str, str]

    def settings(self) -> dict[str, Any]:
        """As the doors take them; call it only when nothing is wrong."""
        hours = self.values["silent_hours"]
        return {
            **{name: self.values[name] for name in (*_TEXTS, "way", "tls", "sign_in", "address")},
            "folder": self.values["folder"] or "INBOX",
            "aliases": self.values["aliases"].split(),
            # Only fetching has a port, and only there it is looked at.
            "port": int(self.values["port"]) if _is_number(self.values["port"], most=_LAST_PORT) else _USUAL_PORT,
            "silent_hours": int(hours) if hours else None,
            "is_on": self.is_on,
        }


def form_of(mailbox: Mailbox | None) -> BoxForm:
    """A mailbox as it is, or the usual one."""
    box = mailbox or Mailbox(way=Mailbox.Way.IMAP)
    return BoxForm(
        values={
            **{name: str(getattr(box, name)) for name in (*_TEXTS, *_CHOICES, "address", "port")},
            "aliases": "\n".join(box.aliases),
            "silent_hours": "" if box.silent_hours is None else str(box.silent_hours),
        },
        is_on=box.is_on,
        secrets={},
    )


def read_form(sent: QueryDict) -> BoxForm:
    """What was sent, right or not."""
    names = (*_TEXTS, *_CHOICES, "address", "port", "silent_hours", "aliases")
    return BoxForm(
        values={name: plain(sent.get(name, "")).strip() for name in names},
        is_on="is_on" in sent,
        secrets={name: value for name in SECRETS if (value := plain(sent.get(name, "")))},
    )


def problems(form: BoxForm, *, file: PolicyFile, mailbox: Mailbox | None) -> tuple[FieldError, ...]:
    """Everything that is wrong, in the order of the page."""
    return tuple(FieldError(field=field, text=text) for field, text in _problems(form, file=file, mailbox=mailbox))


def _problems(form: BoxForm, *, file: PolicyFile, mailbox: Mailbox | None) -> Iterator[tuple[str, str]]:
    values = form.values
    if not _is_address(values["address"]):
        yield "address", _("Write the address that customers write to, as support@desk.example")
    wrong = [each for each in values["aliases"].split() if not _is_address(each)]
    if wrong:
        yield "aliases", _("%(address)s is not a mail address") % {"address": wrong[0]}
    yield from ((name, _("Choose one of them")) for name, known in _CHOICES.items() if values[name] not in known)
    if values["way"] == Mailbox.Way.IMAP:
        yield from _imap_problems(form, mailbox=mailbox)
    if values["default_kind"] and values["default_kind"] not in file.kinds:
        yield "default_kind", _("Choose a kind of question")
    if values["default_product"] and values["default_product"] not in file.products:
        yield "default_product", _("Choose a product from the list")
    if values["silent_hours"] and not _is_number(values["silent_hours"], most=_MOST_HOURS):
        yield "silent_hours", _("Write the hours with digits only, for example 24")
    if any(len(values[name]) > _LONGEST for name in _TEXTS):
        yield "host", _("One of the texts is too long")


def _imap_problems(form: BoxForm, *, mailbox: Mailbox | None) -> Iterator[tuple[str, str]]:
    values = form.values
    if not values["host"]:
        yield "host", _("Write the name of the server, as imap.desk.example")
    if not _is_number(values["port"], most=_LAST_PORT):
        yield "port", _("Write the port with digits, usually 993")
    if not values["username"]:
        yield "username", _("Write the user name, often the address itself")
    if not form.secrets and (mailbox is None or not mailbox.secret):
        yield _secret_field(values["sign_in"]), _("Type what the server wants to know before it lets us in")
    elif not form.secrets and mailbox is not None and _is_another_place(values, mailbox):
        # A stored password goes to nobody but the server that it was given for.
        yield _secret_field(values["sign_in"]), _("Type it again: it is only sent to the server that it was given for")


def _secret_field(sign_in: str) -> str:
    return "password" if sign_in == Mailbox.SignIn.PASSWORD else "client_id"


def _is_another_place(values: Mapping[str, str], mailbox: Mailbox) -> bool:
    now = (values["host"], values["port"], values["tls"], values["username"], values["sign_in"])
    return now != (mailbox.host, str(mailbox.port), mailbox.tls, mailbox.username, mailbox.sign_in)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_number(text: str, *, most: int) -> bool:
    """Whether it is a number from 1 to `most`."""
    return bool(number_in(text, most=most))
