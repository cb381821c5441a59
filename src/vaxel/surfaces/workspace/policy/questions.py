"""What people ask, and where each kind of question goes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vaxel.rules.policy.declarations import Kind
from vaxel.rules.policy.narrowing import left_open
from vaxel.surfaces.workspace.policy.conditions import RuleShown, told_when
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShown:
    """A kind with its routes: the first that holds decides."""

    anchor: str
    name: str
    text: str
    covered: bool
    helped_by: str
    examples: tuple[str, ...]
    about: tuple[str, ...]
    routes: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    name: str
    text: str
    asks: str
    is_usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    by_vendor: bool
    levels: tuple[Level, ...]
    guidance: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def kinds(words: Words) -> tuple[KindShown, ...]:
    """Those that support covers first."""
    shown = [_kind(name, kind, words) for name, kind in words.file.kinds.items()]
    return tuple(sorted(shown, key=lambda each: not each.covered))


def _kind(name: str, kind: Kind, words: Words) -> KindShown:
    examples = {str(language): given for language, given in kind.examples.items()}
    return KindShown(
        anchor=f"kind-{name}",
        name=words.text(kind.name),
        text=words.text(kind.text),
        covered=kind.scope == "in",
        helped_by=words.text(kind.helped_by),
        examples=examples.get(words.texts_language, ()),
        about=tuple(_about(kind, words)),
        routes=tuple(_routes(name, words)),
    )


def _about(kind: Kind, words: Words) -> Iterator[str]:
    """Which products and topics, where that is not simply all."""
    if kind.products is not None:
        products = words.all_of(words.value("product", each) for each in kind.products)
        yield _("Only about %(products)s") % {"products": products}
    if kind.topics:
        yield _("Topics: %(topics)s") % {"topics": ", ".join(words.value("topic", each) for each in kind.topics)}


def _routes(kind: str, words: Words) -> Iterator[RuleShown]:
    for each in left_open(words.policy, words.policy.sections.routes, {"kind": kind}):
        yield RuleShown(
            name=each.rule.name,
            says=_("Goes to: %(destination)s") % {"destination": words.destination(each.rule.to)},
            because=words.text(each.rule.because),
            when=told_when(each.tables, words),
        )


def priorities(words: Words) -> Priorities:
    given = words.file.priorities
    levels = [
        Level(
            name=words.text(level.name),
            text=words.text(level.text),
            asks=words.text(level.asks),
            is_usual=name == given.usual,
        )
        for name, level in given.levels.items()
    ]
    guidance = [
        (
            words.text(each.question),
            tuple((words.text(answer.text), words.value("priority", answer.suggests)) for answer in each.answers),
        )
        for each in given.guidance
    ]
    return Priorities(by_vendor=given.decided_by == "vendor", levels=tuple(levels), guidance=tuple(guidance))
