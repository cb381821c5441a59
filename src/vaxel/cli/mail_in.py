"""`vaxel mail ingest` and `vaxel mail listen`: mails that somebody else brings to us; `vaxel mail forget`: old ones."""

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer
from django.db import Error as DatabaseFault
from django.utils import timezone

from vaxel.channels.mail.incoming import receiving
from vaxel.channels.mail.incoming.piping import pipe_in
from vaxel.channels.mail.readers import Readers
from vaxel.cli.installation import usable_database
from vaxel.cli.start_error import StartError
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.choosing import mailbox_for
from vaxel.domain.mailroom.forgetting import forget_old_mails, old_mails
from vaxel.domain.mailroom.mailboxes import NoAddressError
from vaxel.domain.mailroom.queries import Outcome
from vaxel.domain.privacy.keeping import mails_on_hold
from vaxel.kit.processes import end_with_parent

ingest_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
listen_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
forget_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)

#: What mail servers understand as "try again later" (EX_TEMPFAIL of sysexits).
_TRY_AGAIN: Final = 75
_STDIN: Final = Path("-")


@ingest_app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Mails as they came; - for standard input.")],
    *,
    desk: Annotated[str, typer.Option(help="The desk's slug.")],
    mailbox: Annotated[str, typer.Option(help="The mailbox's address; found in the mail's headers if left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per mail and line.")] = False,
) -> None:
    """Store each mail, decide what becomes of it, and say so: ticket, reply, quarantine, ignored, bounce, duplicate.

    A file that cannot be opened is told of as well: ignored, with the reason no-file. Exit 0 when every mail is
    stored, 75 (try again) when the database or the disk did not take one.
    """
    with usable_database(), Readers(processes=1) as readers:
        found = _desk(desk)
        for file in files:
            _take(file, desk=found, mailbox=mailbox, readers=readers, as_json=as_json)


@listen_app.command()
def listen(
    *,
    host: Annotated[
        str, typer.Option(help="Address to listen on; keep it where only your mail server is.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8025,
    lmtp: Annotated[bool, typer.Option("--lmtp", help="Speak LMTP, as Postfix does for mailboxes.")] = False,
) -> None:
    """Take mails from your mail server for the desks' own addresses, by SMTP or LMTP, until told to stop."""
    end_with_parent(signal.SIGTERM)
    with usable_database():
        asyncio.run(_listen(host, port, lmtp=lmtp))


@forget_app.command()
def forget(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many would go.")] = False,
) -> None:
    """Forget the mails that the settings keep no longer, as the worker does every night."""
    with usable_database():
        now, spared = timezone.now(), mails_on_hold()
        old = old_mails(spared=spared, now=now)
        if not dry_run:
            forget_old_mails(spared=spared, now=now)
    would = "would go" if dry_run else "went"
    typer.echo(f"{old.became_something} originals of mails that became something {would}.")
    typer.echo(f"{old.put_aside} mails that needed nobody or were put aside {would}, with all they held.")


async def _listen(host: str, port: int, *, lmtp: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await receiving.listen(host=host, port=port, lmtp=lmtp, clock=timezone.now, stop=stop)
    except OSError as error:
        raise StartError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error


def _take(file: Path, *, desk: Desk, mailbox: str, readers: Readers, as_json: bool) -> None:
    name = os.fsencode(file).decode("utf-8", "replace")
    try:
        raw = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
    except OSError as error:
        detail = f"The file cannot be opened: {error.strerror}."
        _tell(name, Outcome(outcome="ignored", reason="no-file", ticket="", detail=detail), as_json=as_json)
        return
    try:
        box = mailbox_for(raw, desk=desk, address=mailbox, now=timezone.now())
        outcome = pipe_in(raw, mailbox=box, readers=readers, clock=timezone.now)
    except NoAddressError as error:
        raise StartError(str(error)) from error
    except (DatabaseFault, OSError) as error:
        typer.echo(f"vaxel: {name} is not stored: {error}", err=True)
        raise typer.Exit(code=_TRY_AGAIN) from error
    _tell(name, outcome, as_json=as_json)


def _tell(name: str, outcome: Outcome, *, as_json: bool) -> None:
    """One line, with absent things as null."""
    told = {"file": name, **{key: value or None for key, value in asdict(outcome).items()}}
    line = json.dumps(told, ensure_ascii=False) if as_json else f"{name}: {outcome.outcome}: {outcome.reason}"
    typer.echo(line.encode())


def _desk(slug: str) -> Desk:
    found = Desk.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise StartError(f"There is no desk {slug}. The desks are: {known}.")
    return found
