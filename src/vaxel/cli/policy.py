"""`vaxel policy …`: check, explain and compare policy files. Needs no database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from vaxel.cli.policy_words import (
    LanguageOption,
    bytes_of,
    language_for,
    language_or,
    misused,
    report_as_json,
)
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
    entries_changed,
    explanation,
    facts_from,
    local_instant,
    policy_schema,
    read_policy,
    told,
)
from vaxel.rules.policy.faults import with_allowed
from vaxel.rules.sentences import SentenceError, say

WRONG: Final = 1
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
    *,
    language: LanguageOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tell the result as JSON.")] = False,
) -> None:
    """Prove that the policy is whole and safe, and ask its examples. Exit 0 if all holds, else 1."""
    data = bytes_of(file, language)
    spoken = language_for(data, language)
    try:
        policy = read_policy(data, source=str(file))
    except PolicyFaultsError as error:
        report = Report(str(file), 0, 0, error.faults, (), ahead=error.ahead)
    else:
        report = check(policy, text=data.decode("utf-8-sig"), source=str(file))
    if as_json:
        typer.echo(json.dumps(report_as_json(report, spoken), ensure_ascii=False))
    else:
        _tell(report, spoken)
    raise typer.Exit(WRONG if report.faults else 0)


def _tell(report: Report, language: str) -> None:
    for line in report.told(language):
        typer.echo(line)
    if report.faults:
        code = "command.fault" if len(report.faults) == 1 else "command.faults"
        typer.echo(say(code, file=report.source, number=len(report.faults)).in_(language), err=True)
        if report.ahead is not None:
            typer.echo(report.ahead.in_(language), err=True)
        return
    code = "command.proven-one" if report.examples == 1 else "command.proven"
    proven = say(code, file=report.source, combinations=report.combinations, examples=report.examples)
    typer.echo(proven.in_(language))
    for note in report.notes:
        typer.echo(say("command.note", note=note).in_(language))


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
    lang: LanguageOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tell the decision as JSON.")] = False,
) -> None:
    """Decide one question and tell why. Exit 2 if the facts are none that the policy knows."""
    policy = _policy(file, lang)
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
    decision = _decided(policy, given, declared=fact or [], at=at, language=language)
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
    *,
    language: LanguageOption = None,
) -> None:
    """Tell what changes from one policy to another, and for which questions."""
    later = _policy(after, language)
    spoken = language_or(later.languages[0], language)
    earlier = _policy(before, language)
    changes = compare(earlier, later)
    for change in changes:
        typer.echo(change.told(spoken))
    entries = entries_changed(earlier.file, later.file)
    if not changes:
        looked_at = any(entry.is_looked_at for entry in entries)
        typer.echo(say("change.same-rules" if looked_at else "change.same").in_(spoken))
    for entry in entries:
        typer.echo(entry.told(spoken))


def _decided(
    policy: Policy, given: dict[str, Any], *, declared: Sequence[str], at: str | None, language: str
) -> Decision:
    """The decision about the facts that were given; those that were not are None, and are the policy's usual ones."""
    known = {name: value for name, value in given.items() if value is not None}
    if known["standing"] == STRANGER:
        known = _without_customer(known, language)
    try:
        facts = facts_from(policy, known | _declared(policy, declared))
        return decide(policy, facts, _instant(policy, at))
    except SentenceError as error:
        misused(error.sentence, language)
    except UndecidedError as error:
        misused(say("command.undecided", reason=error.sentence), language)


def _without_customer(given: dict[str, Any], language: str) -> dict[str, Any]:
    """A stranger belongs to no customer: what only a customer has is left out, and said to be."""
    ignored = [name for name in _OF_A_CUSTOMER if given.get(name, "none") not in ("none", [])]
    if ignored:
        typer.echo(say("command.stranger", facts=tuple(ignored)).in_(language), err=True)
    return {name: value for name, value in given.items() if name not in _OF_A_CUSTOMER}


def _declared(policy: Policy, facts: Sequence[str]) -> dict[str, str | int]:
    """`name=value` each; a whole number where the fact is one."""
    declared: dict[str, str | int] = {}
    for each in facts:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise FactsError(say("facts.no-fact", written=each))
        fact = policy.file.facts.get(name)
        number = fact is not None and fact.number and value.lstrip("-").isdecimal()
        declared[name] = int(value) if number else value
    return declared


def _instant(policy: Policy, at: str | None) -> datetime:
    return datetime.now(UTC) if at is None else local_instant(policy, at)


def _language(policy: Policy, language: str | None) -> str:
    if language is None:
        return policy.languages[0]
    if language not in policy.languages:
        problem = say("command.no-language", language=language)
        misused(with_allowed(problem, nearest=None, allowed=policy.languages), policy.languages[0])
    return language


def _policy(file: Path, language: str | None) -> Policy:
    data = bytes_of(file, language)
    try:
        return read_policy(data, source=str(file))
    except PolicyFaultsError as error:
        spoken = language_for(data, language)
        for fault in error.faults:
            typer.echo(fault.told(str(file), spoken), err=True)
        raise typer.Exit(WRONG) from None
