"""`vaxel desk`: from an empty installation to people who can sign in, and a look at what is there."""

import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation

from vaxel.cli.folder_lock import address_of_run
from vaxel.cli.installation import read_settings, usable_database
from vaxel.cli.published import checked_policy
from vaxel.cli.setup import bring_up_to_date
from vaxel.cli.start_error import StartError
from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.opening import DeskRefusedError
from vaxel.domain.desks.policies import NoPolicyError
from vaxel.domain.people.accounts import forget_second_factors
from vaxel.domain.people.demo import DEMO_DOMAIN
from vaxel.domain.people.founding import Administrator, found_desk, give_password
from vaxel.domain.people.models import Account
from vaxel.insight.reports.desk_overview import Somebody, customers_of, desks, staff_of
from vaxel.insight.reports.readiness import what_is_missing
from vaxel.insight.transfer.demo import demo_state
from vaxel.insight.transfer.desk_file import DeskFileFaultsError
from vaxel.insight.transfer.loading import Loaded, load_desk

desk_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)

#: How many lines of one sort are shown; the rest is counted.
_SHOWN: Final = 40

PasswordOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read a first password from standard input: one line.")
]


@desk_app.command()
def create(
    policy: Annotated[Path, typer.Argument(metavar="POLICY.toml", help="The desk's policy.")],
    *,
    admin_name: Annotated[str, typer.Option(help="Who runs the desk to begin with.")],
    admin_mail: Annotated[str, typer.Option(help="Their mail address: they sign in by it.")],
    mail_address: Annotated[str, typer.Option(help="The desk's own; that in the policy if left out.")] = "",
    password_stdin: PasswordOption = False,
) -> None:
    """Open a desk with its policy and one administrator. What is wrong is told, and then nothing is made."""
    checked, source = checked_policy(policy)
    address = mail_address or checked.file.desk.mail or ""
    _require_address(admin_mail)
    if address:
        _require_address(address)
    administrator = Administrator(admin_name.strip(), admin_mail.strip().lower(), _password(read=password_stdin))
    with _ready():
        founder = _found(source, administrator, mail_address=address)
        typer.echo(f"{founder.name} is open and decides by version 1 of {policy.name}.")
        _tell_way_in(administrator)
        tell_of_demonstration(administrator.email)
        _tell_missing(founder)


@desk_app.command()
def load(
    data: Annotated[Path, typer.Argument(metavar="DATA.toml", help="Staff, customers and their people.")],
    *,
    desk: Annotated[str, typer.Option(help="The desk's slug; the only one if left out.")] = "",
    dry_run: Annotated[bool, typer.Option(help="Try everything and keep nothing.")] = False,
) -> None:
    """Bring staff, customers and people to what the file says: all of it or, when something is wrong, nothing."""
    try:
        content = data.read_bytes()
    except OSError as error:
        raise StartError(f"{data} cannot be read: {error.strerror}") from error
    with _ready():
        found = _desk(desk)
        try:
            loaded = load_desk(content, desk=found, by=_somebody_here(), now=timezone.now(), dry_run=dry_run)
        except DeskFileFaultsError as error:
            for fault in error.faults:
                typer.echo(fault.told(str(data)), err=True)
            raise StartError(f"{data} has faults, so nothing was loaded.") from error
        _tell_loaded(loaded, kept=not dry_run)
        if not dry_run:
            _tell_missing(found)


@desk_app.command("list")
def list_desks() -> None:
    """Name every desk of the installation."""
    with _ready():
        lines = desks()
    if not lines:
        typer.echo("There is no desk yet: vaxel desk create POLICY.toml makes one.")
    for one in lines:
        version = "no policy" if one.version is None else f"policy version {one.version}"
        typer.echo(f"{one.slug}\t{one.name}\t{version}\t{one.staff} staff\t{one.organisations} organisations")


@desk_app.command()
def show(slug: Annotated[str, typer.Argument(help="The desk's slug; the only one if left out.")] = "") -> None:
    """Tell who is at a desk: staff, customers with their agreements and people, and what is missing."""
    with _ready():
        desk = _desk(slug)
        number = "none" if desk.policy is None else f"version {desk.policy.number}"
        typer.echo(f"{desk.name} ({desk.slug}), tickets {desk.prefix}-…, policy {number}, {', '.join(desk.languages)}")
        staff = staff_of(desk)
        typer.echo(f"\nStaff: {len(staff)}")
        _tell_people(staff)
        customers = customers_of(desk, today=_today(desk))
        typer.echo(f"\nOrganisations: {len(customers)}")
        for one in customers:
            typer.echo("  " + " · ".join(word for word in (one.name, one.agreement, one.seats) if word))
            _tell_people(one.people, indent="    ")
        _tell_missing(desk)


@desk_app.command()
def password(
    mail: Annotated[str, typer.Argument(help="Whose account.")],
    *,
    password_stdin: PasswordOption = False,
) -> None:
    """Give somebody a password to sign in by, where no mail with a code can reach them."""
    given = _password(read=password_stdin)
    if not given:
        raise StartError("Give the password on standard input: vaxel desk password MAIL --password-stdin")
    with _ready(), _good_password():
        account = _account_of(mail)
        give_password(account, password=given, by=_somebody_here(), now=timezone.now())
    typer.echo(f"{account.name} signs in with this password from now on.")


@desk_app.command()
def forget_second_factor(mail: Annotated[str, typer.Argument(help="Whose account.")]) -> None:
    """Let somebody in again who has lost app, passkeys and recovery codes. Make sure first that it is they who ask."""
    with _ready():
        account = _account_of(mail)
        forgotten = forget_second_factors(account, by=_somebody_here(), now=timezone.now())
    if not forgotten:
        raise StartError(f"{account.name} has no second step when signing in. Nothing was changed.")
    typer.echo(f"{account.name} signs in with one step, and may add another second step then.")


def _account_of(mail: str) -> Account:
    account = Account.objects.filter(email=mail.strip().lower()).first()
    if account is None:
        raise StartError(f"Nobody has an account with the address {mail}.")
    return account


def _found(source: str, administrator: Administrator, *, mail_address: str) -> Desk:
    with _good_password():
        try:
            staff = found_desk(
                source=source,
                administrator=administrator,
                mail_address=mail_address,
                by=_somebody_here(),
                now=timezone.now(),
            )
        except DeskRefusedError as error:
            raise StartError(str(error)) from error
    return staff.desk


def _tell_way_in(administrator: Administrator) -> None:
    """Where to sign in and how; passwords are never printed."""
    env = read_settings()
    way = "with the password" if administrator.password else "with a code that comes by mail"
    address = env.base_url if os.environ.get("VAXEL_BASE_URL") else address_of_run(env.data) or env.base_url
    typer.echo(f"{administrator.name} signs in at {address.rstrip('/')}/signin/ as {administrator.email} {way}.")
    if not env.smtp_host:
        typer.echo(
            "No mail server is set (VAXEL_SMTP_HOST), so no code can be sent: "
            "vaxel desk password MAIL --password-stdin gives somebody a password."
        )


def tell_of_demonstration(email: str) -> None:
    """What the first account of a desk of one's own does to the demonstration beside it, or the other way round."""
    if demo_state() != "filled":
        return
    told = (
        "The demonstration is in the same data folder: vaxel demo reset throws this desk away too."
        if email.endswith(DEMO_DOMAIN)
        else "The demonstration is in the same data folder: its pages (/demo/) are shut now that somebody real has an "
        "account."
    )
    typer.echo(f"{told} A folder of its own keeps both: VAXEL_DATA=FOLDER vaxel desk create …")


def _tell_loaded(loaded: Loaded, *, kept: bool) -> None:
    for sign, lines in (("made", loaded.made), ("changed", loaded.changed)):
        for line in lines[:_SHOWN]:
            typer.echo(f"  {sign:<8} {line}")
        if len(lines) > _SHOWN:
            typer.echo(f"  {sign:<8} … and {len(lines) - _SHOWN} more")
    counts = f"Made {len(loaded.made)}, changed {len(loaded.changed)}, left {loaded.left} as they were."
    typer.echo(counts if kept else f"{counts} Nothing of it was kept: this was a dry run.")


def _tell_people(people: Sequence[Somebody], *, indent: str = "  ") -> None:
    for one in people:
        words = f"  {', '.join(one.words)}" if one.words else ""
        typer.echo(f"{indent}{one.name} <{one.email}>{words}")


def _tell_missing(desk: Desk) -> None:
    try:
        missing = what_is_missing(desk, today=_today(desk))
    except NoPolicyError as error:
        missing = [str(error)]
    if missing:
        typer.echo("\nStill missing:")
    for sentence in missing[:_SHOWN]:
        typer.echo(f"  {sentence}")
    if len(missing) > _SHOWN:
        typer.echo(f"  … and {len(missing) - _SHOWN} more")


@contextmanager
def _ready() -> Iterator[None]:
    """The database, up to date: a desk may be made before the first `vaxel run`."""
    with usable_database():
        bring_up_to_date(typer.echo)
        yield


@contextmanager
def _good_password() -> Iterator[None]:
    """A password that is easy to guess is refused in the words of whoever judges it."""
    try:
        with translation.override("en"):
            yield
    except ValidationError as error:
        raise StartError(" ".join(error.messages)) from error


def _password(*, read: bool) -> str:
    """The first line of standard input; empty when none is wanted."""
    if not read:
        return ""
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise StartError("There is no password on standard input.")
    return given


def _require_address(mail: str) -> None:
    try:
        validate_email(mail.strip())
    except ValidationError as error:
        raise StartError(f"{mail} is not a mail address.") from error


def _desk(slug: str) -> Desk:
    """The desk that is named, or the only one."""
    known = {desk.slug: desk for desk in Desk.objects.select_related("policy").order_by("slug")}
    if not known:
        raise StartError("There is no desk yet: vaxel desk create POLICY.toml makes one.")
    if not slug and len(known) > 1:
        raise StartError(f"There are several desks: say which one. They are: {', '.join(known)}.")
    if slug and slug not in known:
        raise StartError(f"There is no desk {slug}. The desks are: {', '.join(known)}.")
    return known[slug or next(iter(known))]


def _somebody_here() -> Actor:
    return Actor(kind="system", id=None, name=getpass.getuser())


def _today(desk: Desk) -> date:
    return desk.day_of(timezone.now())
