"""`vaxel retention`: what each desk's rules let go of by night, told beforehand or done at once (trust 82)."""

from typing import Annotated

import typer
from django.utils import timezone

from vaxel.cli.installation import usable_database
from vaxel.domain.desks.models import Desk
from vaxel.domain.privacy.keeping import rules_of
from vaxel.insight.transfer.retention.carrying_out import let_go_of_old
from vaxel.insight.transfer.retention.due import AHEAD, outlook
from vaxel.kit.tenancy import Scope

retention_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@retention_app.command()
def retention(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go, and when the next does.")] = False,
) -> None:
    """Let go of what the desks keep no longer, as the worker does every night."""
    with usable_database():
        if dry_run:
            _tell_outlook()
            return
        gone = {kind: count for kind, count in let_go_of_old(now=timezone.now()).items() if count}
    typer.echo(", ".join(f"{kind}: {count}" for kind, count in gone.items()) or "Nothing is old enough to go.")


def _tell_outlook() -> None:
    now, told = timezone.now(), False
    for desk in Desk.objects.order_by("slug"):
        for kind, days in sorted(rules_of(Scope(desk.pk)).items()):
            seen = outlook(desk.pk, kind, days=days, now=now)
            then = f", the next at {seen.next_at:%Y-%m-%d %H:%M}Z" if seen.next_at else ""
            typer.echo(f"{desk.slug}\t{kind}\tkept {days} days\t{seen.now} now, {seen.soon} within {AHEAD} days{then}")
            told = True
    if not told:
        typer.echo("No desk has a rule: everything is kept for good.")
