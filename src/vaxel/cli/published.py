"""`vaxel policy publish` and `vaxel policy replay`: what concerns policies and needs the database."""

import getpass
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Generic, NoReturn, TypeVar

import typer
from django.utils import timezone

from vaxel.cli.installation import usable_database
from vaxel.cli.start_error import StartError
from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import PolicyRefusedError
from vaxel.domain.publishing.publish import publish as publish_policy
from vaxel.domain.tickets.history import decided_since
from vaxel.rules.policy import Policy, PolicyFaultsError, Replayed, check, read_policy, replay

T = TypeVar("T")

publish_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
replay_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The policy, a TOML file.")]
DeskOption = Annotated[str, typer.Option(help="The desk's slug; the one in the file if left out.")]


@publish_app.command()
def publish(
    file: FileArgument,
    *,
    desk: DeskOption = "",
    note: Annotated[str, typer.Option(help="Why, for those who read the history.")] = "",
) -> None:
    """Check the policy and let the desk decide by it from now on. Earlier tickets keep the version they had."""
    policy, text = checked_policy(file)
    with usable_database():
        found = _desk(desk or policy.file.desk.slug)
        by = Actor(kind="system", id=None, name=getpass.getuser())
        before = found.policy_id
        try:
            version = publish_policy(desk=found, source=text, by=by, now=timezone.now(), note=note)
        except PolicyRefusedError as error:
            raise StartError(str(error)) from error
    if version.pk == before:
        typer.echo(f"{found.name} has this policy already: version {version.number}.")
    else:
        typer.echo(f"{found.name} decides by version {version.number} from now on.")


@replay_app.command("replay")
def replay_command(
    file: FileArgument,
    *,
    desk: DeskOption = "",
    since: Annotated[str, typer.Option(help="How far back: 90d, 12w.")] = "90d",
    show: Annotated[int, typer.Option(help="How many changed questions are listed.")] = 50,
) -> None:
    """Decide earlier questions again by this policy, and tell what would have gone elsewhere. Changes nothing."""
    policy, _text = checked_policy(file)
    back = _span(since)
    with usable_database():
        found = _desk(desk or policy.file.desk.slug)
        _tell(found, policy, back=back, show=show)


def _tell(desk: Desk, policy: Policy, *, back: timedelta, show: int) -> None:
    history = _Counted(decided_since(desk, since=timezone.now() - back))
    counts, changed = Counter[str](), 0
    for change in replay(history, policy):
        counts.update(change.aspects or ["cannot be decided"])
        changed += 1
        if changed <= show:
            typer.echo(_line(change))
    if changed > show:
        typer.echo(f"… and {changed - show} more.")
    parts = "".join(f", {name} {count}" for name, count in counts.most_common())
    typer.echo(f"{history.passed} questions decided again, {changed} would change{parts}.")


class _Counted(Generic[T]):
    """Passes things on and knows how many have passed."""

    def __init__(self, things: Iterable[T]) -> None:
        self._things = things
        self.passed = 0

    def __iter__(self) -> Iterator[T]:
        for thing in self._things:
            self.passed += 1
            yield thing


def _line(change: Replayed) -> str:
    if change.after is None:
        return f"{change.reference}: {change.problem}"
    if change.before.destination != change.after.destination:
        moved = f"{change.before.destination} -> {change.after.destination}"
        return f"{change.reference}: {moved} ({', '.join(change.aspects)})"
    return f"{change.reference}: {', '.join(change.aspects)}"


def checked_policy(file: Path) -> tuple[Policy, str]:
    """The policy, proven. A file with faults is told fault by fault, and nothing is done."""
    try:
        data = file.read_bytes()
        policy = read_policy(data, source=str(file))
    except OSError as error:
        raise StartError(f"{file} cannot be read: {error.strerror}") from error
    except PolicyFaultsError as error:
        _refuse([fault.told(str(file)) for fault in error.faults], file)
    text = data.decode("utf-8-sig")
    report = check(policy, text=text, source=str(file))
    if report.faults:
        _refuse([fault.told(str(file)) for fault in report.faults], file)
    return policy, text


def _refuse(lines: list[str], file: Path) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise StartError(f"{file} has faults, so nothing was done. vaxel policy check {file} tells them again.")


def _desk(slug: str) -> Desk:
    found = Desk.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise StartError(f"There is no desk {slug}. The desks are: {known}. Name one with --desk.")
    return found


def _span(text: str) -> timedelta:
    units = {"d": 1, "w": 7}
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in units and len(number) <= 5):  # noqa: PLR2004  # 270 years
        raise StartError(f"{text} is not how far back: write days as 90d or weeks as 12w.")
    return timedelta(days=int(number) * units[unit])
