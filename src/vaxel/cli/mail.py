"""`vaxel mail read`: what the reader makes of mails, as JSON lines. Needs no database and loads no Django."""

import json
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from vaxel.channels.mail.readers import Readers, too_long
from vaxel.channels.mail.reading.limits import LONGEST_MAIL
from vaxel.kit.mail import Bounce, Mail, MailAddress, MailAttachment

mail_app = typer.Typer(
    help="Read mails without a database.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

#: As many mails at once as there are usually cores; a second child is not worth its start for a few.
_PROCESSES: Final = 2
_FEW: Final = 8


@mail_app.callback()
def _group() -> None:
    """With one command alone typer would take its name away."""


@mail_app.command("read")
def read_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Mails as they came (.eml).")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per mail and line.")] = False,  # noqa: FBT002 - typer's way to write a flag
) -> None:
    """Tell what each mail says, in order. Exit 0 also for a mail that cannot be read: its kind says so."""
    for line in _lines(files, as_json=as_json):
        typer.echo(line.encode())


def _lines(files: list[Path], *, as_json: bool) -> Iterator[str]:
    processes = 1 if len(files) <= _FEW else _PROCESSES
    with Readers(processes=processes) as readers, ThreadPoolExecutor(max_workers=processes) as threads:
        yield from threads.map(lambda file: _line(file, readers, as_json=as_json), files)


def _line(file: Path, readers: Readers, *, as_json: bool) -> str:
    """One mail as a line; its bytes are let go of before the next one is read."""
    mail = _mail(file, readers)
    if not as_json:
        return f"{file}: {mail.kind}: {mail.reason or mail.subject}"
    name = os.fsencode(file).decode("utf-8", "replace")
    return json.dumps({"file": name, **told(mail)}, ensure_ascii=False)


def _mail(file: Path, readers: Readers) -> Mail:
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            return Mail(kind="unreadable", reason="It is not a file.")
        if about.st_size > LONGEST_MAIL:
            return too_long(about.st_size)
        return readers.read(file.read_bytes())
    except OSError as error:
        return Mail(kind="unreadable", reason=f"The file cannot be opened: {error.strerror}.")


def told(mail: Mail) -> dict[str, Any]:
    """A mail by the contract of the command: names are fixed, absent things are null."""
    return {
        "kind": mail.kind,
        "reason": mail.reason or None,
        "subject": mail.subject,
        "from": _address(mail.from_),
        "to": [_address(one) for one in mail.to],
        "cc": [_address(one) for one in mail.cc],
        "reply_to": [_address(one) for one in mail.reply_to],
        "message_id": mail.message_id,
        "in_reply_to": " ".join(mail.in_reply_to),
        "references": list(mail.references),
        "text": mail.text,
        "quoted": mail.quoted,
        "html": mail.html,
        "attachments": [_attachment(one) for one in mail.attachments],
        "bounce": _bounce(mail.bounce),
        "automatic": mail.automatic or None,
        "warnings": list(mail.warnings),
    }


def _address(one: MailAddress | None) -> dict[str, str] | None:
    return None if one is None else {"address": one.address, "name": one.name}


def _attachment(one: MailAttachment) -> dict[str, Any]:
    return {
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "sha256": one.sha256,
        "inline": one.is_inline,
    }


def _bounce(one: Bounce | None) -> dict[str, str | None] | None:
    if one is None:
        return None
    return {
        "recipient": one.recipient or None,
        "severity": one.severity,
        "status": one.status or None,
        "original_message_id": one.original_message_id or None,
    }
