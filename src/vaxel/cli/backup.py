"""`vaxel backup FILE` and `vaxel restore FILE`: the whole installation in one file, and back."""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from vaxel.cli.folder_lock import only_one_with
from vaxel.cli.installation import read_settings, usable_database
from vaxel.cli.setup import bring_up_to_date
from vaxel.cli.start_error import StartError
from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.insight.transfer.installation import backup as writing
from vaxel.insight.transfer.installation import restore as reading
from vaxel.insight.transfer.installation.archive import BackupFileError, verified
from vaxel.insight.transfer.installation.manifest import Manifest
from vaxel.insight.transfer.installation.programs import ProgramsError

backup_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
restore_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)

_MEGABYTE: Final = 1024 * 1024
#: What people look for first in a line of counts.
_TOLD: Final = {
    "desks_desk": ("desk", "desks"),
    "people_organisation": ("organisation", "organisations"),
    "people_person": ("person", "people"),
    "tickets_ticket": ("ticket", "tickets"),
    "tickets_message": ("message", "messages"),
}


@backup_app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; must not exist.")]) -> None:
    """Write everything to one file, while Växel runs. Keep it safe: whoever has it can read all."""
    target = file.resolve()
    if target.exists():
        raise StartError(f"{target} is there already, and a backup is never written over. Choose another name.")
    if not target.parent.is_dir():
        raise StartError(f"There is no folder {target.parent}. Make it first.")
    with _told_faults(target), usable_database(), _progress("Attachments") as progress:
        manifest = writing.back_up(target, now=timezone.now(), progress=progress)
        size = target.stat().st_size
    typer.echo(f"{target}: {_counted(manifest)}; {max(1, size // _MEGABYTE)} MB.")
    if manifest.secret_key is None:
        typer.echo("VAXEL_SECRET_KEY is not inside: keep it beside, or people's links from before do not hold.")
    if manifest.lost:
        raise StartError(
            f"The backup is written, but {len(manifest.lost)} attachments are not on the disk as they were stored, "
            f"for example {manifest.lost[0]}. Look after the disk."
        )


@restore_app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `vaxel backup` wrote.")],
    *,
    replace: Annotated[bool, typer.Option(help="Put it in place of what is here.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing.")] = False,
) -> None:
    """Check a backup whole, then put it in place. Växel must be stopped; what is here goes only with --replace."""
    source = file.resolve()
    data = read_settings().data.resolve()
    with _told_faults(source), only_one_with(data, "vaxel restore"):
        manifest = verified(source)
        typer.echo(f"{source.name} of {manifest.made_at:%Y-%m-%d %H:%M} UTC is whole: {_counted(manifest)}.")
        with usable_database():
            reading.require_fitting(manifest)
            if reading.holds_something():
                _require_leave(replace=replace, yes=yes)
            with _progress("Attachments") as progress:
                reading.restore(source, manifest, progress=progress)
            _finish(manifest)


def _require_leave(*, replace: bool, yes: bool) -> None:
    if not replace:
        raise StartError(
            "This installation holds something already. --replace puts the backup in its place; "
            "take a backup of what is here first."
        )
    if not yes and not typer.confirm("Everything that is here now goes. Replace it?"):
        raise StartError("Nothing was changed.")


def _finish(manifest: Manifest) -> None:
    """Bring it up to this version, note that it happened, and say what somebody has to look at."""
    bring_up_to_date(typer.echo)
    record(
        kind="restored",
        by=Actor(kind="system", id=None, name=getpass.getuser()),
        now=timezone.now(),
        made_at=manifest.made_at.isoformat(),
    )
    typer.echo("Restored. Everybody signs in again.")
    held = reading.held_mails()
    if held:
        typer.echo(
            f"{held} mails waited when the backup was made and may have been sent since: they are held. "
            "Each stands on its ticket's page, where staff send it or leave it."
        )
    if reading.keeps_other_key(manifest):
        typer.echo("Another VAXEL_SECRET_KEY signed before: links in older mails do not hold.")
    lost = reading.lost_files()
    if lost:
        raise StartError(f"{lost} attachments were lost before the backup was made; everything else is in place.")
    typer.echo("Start Växel, then: vaxel check")


def _counted(manifest: Manifest) -> str:
    rows = [_number(manifest.counts.get(table, 0), *words) for table, words in _TOLD.items()]
    return f"{', '.join(rows)}, {_number(manifest.files.count, 'attachment', 'attachments')}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


@contextmanager
def _told_faults(file: Path) -> Iterator[None]:
    try:
        yield
    except (BackupFileError, ProgramsError, reading.RestoreError, writing.BackupError) as error:
        raise StartError(str(error)) from error
    except OSError as error:
        raise StartError(f"{file}: {error.strerror or error}. Nothing was changed.") from error


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, and nothing in a log."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
