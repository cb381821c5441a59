"""`vaxel manual`: a desk's manual from and to a folder of Markdown files, which a vendor may keep in git."""

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from django.utils import timezone

from vaxel.cli.installation import usable_database
from vaxel.cli.setup import bring_up_to_date
from vaxel.cli.start_error import StartError
from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import NoPolicyError
from vaxel.insight.search.lexicon import learn_words
from vaxel.insight.transfer.manual.exporting import Exported, ExportRefusedError, export_manual
from vaxel.insight.transfer.manual.folder import FolderFaultsError
from vaxel.insight.transfer.manual.importing import Imported, import_manual

manual_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)

#: How many names of one sort are shown; the rest is counted.
_SHOWN: Final = 20

DeskOption = Annotated[str, typer.Option(help="The desk's slug.")]


@manual_app.command("import")
def import_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The manual: Markdown files with front matter.")],
    *,
    desk: DeskOption,
    prune: Annotated[bool, typer.Option("--prune", help="Take articles out that DIR does not have.")] = False,
) -> None:
    """Bring the desk's manual to what DIR says: all of it or, when something is wrong, nothing."""
    if not folder.is_dir():
        raise StartError(f"{folder} is no folder.")
    with _ready():
        found = _desk(desk)
        by = Actor(kind="system", id=None, name=getpass.getuser())
        try:
            imported = import_manual(folder, desk=found, by=by, now=timezone.now(), prune=prune)
        except FolderFaultsError as error:
            for fault in error.faults:
                typer.echo(str(fault), err=True)
            raise StartError(f"{folder} has faults, so nothing was imported.") from error
        except NoPolicyError as error:
            raise StartError(str(error)) from error
        learn_words(desk_id=found.pk)
    _tell_imported(imported)


@manual_app.command("export")
def export_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; it is made if it is not there.")],
    *,
    desk: DeskOption,
    prune: Annotated[bool, typer.Option("--prune", help="Remove files of articles that are gone.")] = False,
) -> None:
    """Bring DIR to what the desk's manual says; files that are right already are not touched."""
    with _ready():
        try:
            exported = export_manual(folder, desk=_desk(desk), prune=prune)
        except (ExportRefusedError, OSError) as error:
            raise StartError(str(error)) from error
    _tell_exported(exported)


@contextmanager
def _ready() -> Iterator[None]:
    with usable_database():
        bring_up_to_date(typer.echo)
        yield


def _desk(slug: str) -> Desk:
    found = Desk.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise StartError(f"There is no desk {slug}. The desks are: {known}.")
    return found


def _tell_imported(done: Imported) -> None:
    typer.echo(f"{len(done.made)} new, {len(done.changed)} changed, {done.unchanged} as they were.")
    _tell("Changed", done.changed)
    _tell("Taken out", done.archived)
    _tell("Not in the folder, and left (--prune takes them out)", done.only_here)


def _tell_exported(done: Exported) -> None:
    typer.echo(f"{len(done.written)} files written, {done.unchanged} as they were.")
    _tell("Removed", done.removed)
    _tell("No longer in the manual, and left (--prune removes them)", done.only_there)


def _tell(what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        typer.echo(f"{what}: {', '.join(names[:_SHOWN])}{more}")
