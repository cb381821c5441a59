"""`vaxel policy …`: check, explain and compare policy files. Needs no database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from vaxel.rules.policy import (
    Decision,
    FactsError,
    Policy,
    PolicyFaultsError,
    Report,
    UndecidedError,
    check,
    compare,
    decide,
    explanation,
    facts_from,
    local_instant,
    policy_schema,
    read_policy,
    told,
)

WRONG: Final = 1
MISUSED: Final = 2
STRANGER: Final = "stranger"
_OF_A_CUSTOMER: Final = ("certificate", "agreement", "plan", "products", "project")

policy_app = typer.Typer(
    help="Check, explain and compare the policy of a desk. With a database: vaxel policy publish and replay.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The policy, a TOML file.")]


@policy_app.command("check")
def check_command(
    file: FileArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Tell the result as JSON.")] = False,  # noqa: FBT002 - typer's way to write a flag
) -> None:
    """Prove that the policy is whole and safe, and ask its examples. Exit 0 if all holds, else 1."""
    data = _bytes(file)
    try:
        policy = read_policy(data, source=str(file))
    except PolicyFaultsError as error:
        lines = [fault.told(str(file)) for fault in error.faults]
        _finish(lines, as_json=as_json, report=None, file=file)
    report = check(policy, text=data.decode("utf-8-sig"), source=str(file))
    _finish(report.told(), as_json=as_json, report=report, file=file)


def _finish(lines: list[str], *, as_json: bool, report: Report | None, file: Path) -> NoReturn:
    if as_json:
        combinations, examples = (report.combinations, report.examples) if report is not None else (0, 0)
        result = {"ok": not lines, "combinations": combinations, "examples": examples, "faults": lines}
        typer.echo(json.dumps(result | {"notes": list(report.notes) if report is not None else []}, ensure_ascii=False))
    elif lines or report is None:
        for line in lines:
            typer.echo(line)
        typer.echo(f"{file}: {len(lines)} {'fault' if len(lines) == 1 else 'faults'}.", err=True)
    else:
        held = f"{report.examples} {'example holds' if report.examples == 1 else 'examples hold'}"
        typer.echo(f"{file}: {report.combinations} combinations proven, {held}.")
        for note in report.notes:
            typer.echo(f"note: {note}")
    raise typer.Exit(WRONG if lines else 0)


@policy_app.command("explain")
def explain_command(  # noqa: PLR0913 - one option per fact
    file: FileArgument,
    *,
    kind: Annotated[str, typer.Option(help="Which kind of question.")],
    standing: Annotated[str, typer.Option(help="contact, user or stranger.")] = "contact",
    certificate: Annotated[str | None, typer.Option(help="valid, grace, expired or none.")] = None,
    agreement: Annotated[str | None, typer.Option(help="active, ended or none.")] = None,
    plan: Annotated[str | None, typer.Option(help="A plan of the policy, or none.")] = None,
    products: Annotated[str | None, typer.Option(help="What the agreement covers, with commas between.")] = None,
    product: Annotated[str | None, typer.Option(help="The product asked about, or none.")] = None,
    project: Annotated[str | None, typer.Option(help="none, active or finished.")] = None,
    topic: Annotated[str | None, typer.Option(help="A topic of the kind, or none.")] = None,
    priority: Annotated[str | None, typer.Option(help="A priority of the policy.")] = None,
    wished_priority: Annotated[
        str | None, typer.Option(help="What the asker wishes, where the vendor decides.")
    ] = None,
    channel: Annotated[str | None, typer.Option(help="How the question comes.")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="The asker says that it is urgent.")] = False,
    fact: Annotated[list[str] | None, typer.Option(help="A declared fact, name=value. May be repeated.")] = None,
    at: Annotated[str | None, typer.Option(help="When it is asked, on the desk's clock; now if left out.")] = None,
    lang: Annotated[str | None, typer.Option(help="sv or en; the desk's first language if left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tell the decision as JSON.")] = False,
) -> None:
    """Decide one question and tell why. Exit 2 if the facts are none that the policy knows."""
    policy = _policy(file)
    given: dict[str, Any] = {
        "standing": standing,
        "certificate": certificate,
        "agreement": agreement,
        "plan": plan,
        "products": None if products is None else [each for each in products.split(",") if each and each != "none"],
        "product": product,
        "project": project,
        "kind": kind,
        "topic": topic,
        "priority": priority,
        "wished-priority": wished_priority,
        "channel": channel,
        "urgent": urgent,
    }
    language = _language(policy, lang)
    decision = _decided(policy, given, declared=fact or [], at=at)
    if as_json:
        typer.echo(json.dumps(explanation(policy, decision, language), ensure_ascii=False))
    else:
        typer.echo("\n".join(told(policy, decision, language)))


@policy_app.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a policy file."""
    typer.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2))


@policy_app.command("diff")
def diff_command(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The policy as it was.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The policy as it would be.")],
) -> None:
    """Tell what changes from one policy to another, and for which questions."""
    changes = compare(_policy(before), _policy(after))
    for change in changes:
        typer.echo(change.told())
    if not changes:
        typer.echo("Every question is decided as before.")


def _decided(policy: Policy, given: dict[str, Any], *, declared: Sequence[str], at: str | None) -> Decision:
    """The decision about the facts that were given; those that were not are None, and are the policy's usual ones."""
    known = {name: value for name, value in given.items() if value is not None}
    if known["standing"] == STRANGER:
        known = _without_customer(known)
    try:
        facts = facts_from(policy, known | _declared(policy, declared))
        return decide(policy, facts, _instant(policy, at))
    except FactsError as error:
        _misused(str(error))
    except UndecidedError as error:
        _misused(f"The policy has no answer: {error}. Run `vaxel policy check` on it.")


def _without_customer(given: dict[str, Any]) -> dict[str, Any]:
    """A stranger belongs to no customer: what only a customer has is left out, and said to be."""
    ignored = [name for name in _OF_A_CUSTOMER if given.get(name, "none") not in ("none", [])]
    if ignored:
        typer.echo(f"A stranger has no {', '.join(ignored)}: left out.", err=True)
    return {name: value for name, value in given.items() if name not in _OF_A_CUSTOMER}


def _declared(policy: Policy, facts: Sequence[str]) -> dict[str, str | int]:
    """`name=value` each; a whole number where the fact is one."""
    declared: dict[str, str | int] = {}
    for each in facts:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise FactsError(f'"{each}" is not a fact: write name=value.')
        fact = policy.file.facts.get(name)
        number = fact is not None and fact.number and value.lstrip("-").isdecimal()
        declared[name] = int(value) if number else value
    return declared


def _instant(policy: Policy, at: str | None) -> datetime:
    if at is None:
        return datetime.now(UTC)
    try:
        return local_instant(policy, at)
    except ValueError as error:
        raise FactsError(f"{error}.") from None


def _language(policy: Policy, language: str | None) -> str:
    if language is None:
        return policy.languages[0]
    if language not in policy.languages:
        _misused(f'"{language}" is not a language of this desk. Allowed: {", ".join(policy.languages)}.')
    return language


def _policy(file: Path) -> Policy:
    try:
        return read_policy(_bytes(file), source=str(file))
    except PolicyFaultsError as error:
        for fault in error.faults:
            typer.echo(fault.told(str(file)), err=True)
        raise typer.Exit(WRONG) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _misused(f"{file} cannot be read: {error.strerror}.")


def _misused(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(MISUSED)
