"""`vaxel policy publish` and `vaxel policy replay`: what concerns policies and needs the database."""

import getpass
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Generic, NoReturn, TypeVar

import typer
from django.utils import timezone

from vaxel.cli.installation import existing_database
from vaxel.cli.policy_words import LanguageOption, language_for, language_or
from vaxel.cli.start_error import StartError
from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import PolicyRefusedError, policy_version
from vaxel.domain.publishing.publish import publish as publish_policy
from vaxel.domain.tickets.history import decided_since
from vaxel.rules.policy import (
    Fault,
    Policy,
    PolicyFaultsError,
    Replayed,
    check,
    examples_dropped,
    read_policy,
    replay,
)
from vaxel.rules.sentences import Sentence, say

T = TypeVar("T")

_UNDECIDED: Final = "undecided"
#: What `replay` tells apart, in words.
_ASPECTS: Final = {
    "destination": "aspect.destination",
    "channels": "replay.channels",
    "required fields": "replay.fields",
    "targets": "replay.targets",
    "billing": "aspect.billing",
    "notify": "replay.notify",
    _UNDECIDED: "replay.undecided",
}

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
    language: LanguageOption = None,
) -> None:
    """Check the policy and let the desk decide by it from now on. Earlier tickets keep the version they had."""
    policy, text = checked_policy(file, language)
    spoken = language_or(policy.languages[0], language)
    with existing_database():
        found = _desk(desk or policy.file.desk.slug)
        by = Actor(kind="system", id=None, name=getpass.getuser())
        before = found.policy_id
        dropped = None if before is None else examples_dropped(policy_version(before).file, policy.file)
        try:
            version = publish_policy(desk=found, source=text, by=by, now=timezone.now(), note=note)
        except PolicyRefusedError as error:
            raise StartError(error.sentence.in_(spoken)) from error
    if dropped is not None:
        typer.echo(say("command.note", note=dropped).in_(spoken))
    code = "command.published-already" if version.pk == before else "command.published"
    typer.echo(say(code, desk=found.name, version=version.number).in_(spoken))


@replay_app.command("replay")
def replay_command(
    file: FileArgument,
    *,
    desk: DeskOption = "",
    since: Annotated[str, typer.Option(help="How far back: 90d, 12w.")] = "90d",
    show: Annotated[int, typer.Option(help="How many changed questions are listed.")] = 50,
    language: LanguageOption = None,
) -> None:
    """Decide earlier questions again by this policy, and tell what would have gone elsewhere. Changes nothing."""
    policy, _text = checked_policy(file, language)
    back = _span(since)
    spoken = language_or(policy.languages[0], language)
    with existing_database():
        found = _desk(desk or policy.file.desk.slug)
        _tell(found, policy, back=back, show=show, language=spoken)


def _tell(desk: Desk, policy: Policy, *, back: timedelta, show: int, language: str) -> None:
    history = _Counted(decided_since(desk, since=timezone.now() - back))
    counts, changed = Counter[str](), 0
    for change in replay(history, policy):
        counts.update(change.aspects or [_UNDECIDED])
        changed += 1
        if changed <= show:
            typer.echo(_line(change, language))
    if changed > show:
        typer.echo(say("replay.more", number=changed - show).in_(language))
    parts = tuple(say("replay.count", aspect=say(_ASPECTS[name]), number=count) for name, count in counts.most_common())
    told = say("replay.changed", passed=history.passed, changed=changed, aspects=parts) if parts else None
    typer.echo((told or say("replay.same", passed=history.passed)).in_(language))


class _Counted(Generic[T]):
    """Passes things on and knows how many have passed."""

    def __init__(self, things: Iterable[T]) -> None:
        self._things = things
        self.passed = 0

    def __iter__(self) -> Iterator[T]:
        for thing in self._things:
            self.passed += 1
            yield thing


def _line(change: Replayed, language: str) -> str:
    if change.after is None:
        problem = "" if change.problem is None else change.problem.in_(language)
        return f"{change.reference}: {problem}"
    aspects = ", ".join(say(_ASPECTS[name]).in_(language) for name in change.aspects)
    if change.before.destination != change.after.destination:
        moved = f"{change.before.destination} -> {change.after.destination}"
        return f"{change.reference}: {moved} ({aspects})"
    return f"{change.reference}: {aspects}"


def checked_policy(file: Path, language: str | None = None) -> tuple[Policy, str]:
    """The policy, proven. A file with faults is told fault by fault, and nothing is done."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise StartError(f"{file} cannot be read: {error.strerror}") from error
    spoken = language_for(data, language)
    try:
        policy = read_policy(data, source=str(file))
    except PolicyFaultsError as error:
        _refuse(error.faults, file, spoken, ahead=error.ahead)
    text = data.decode("utf-8-sig")
    report = check(policy, text=text, source=str(file))
    if report.faults:
        _refuse(report.faults, file, spoken)
    return policy, text


def _refuse(faults: Iterable[Fault], file: Path, language: str, *, ahead: Sentence | None = None) -> NoReturn:
    for fault in faults:
        typer.echo(fault.told(str(file), language), err=True)
    if ahead is not None:
        typer.echo(ahead.in_(language), err=True)
    raise StartError(say("command.nothing-done", file=str(file)).in_(language))


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
