"""Ways in, and what is asked there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vaxel.rules.policy.narrowing import left_open
from vaxel.surfaces.workspace.policy.conditions import RuleShown, told_when
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A channel: the first rule that holds decides, and without one it is closed. `at` is number or address."""

    name: str
    at: str
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Fields or confirmations of the form, and when they are asked."""

    says: str
    because: str
    when: tuple[tuple[str, ...], ...]


def ways_in(words: Words, *, hours: dict[str, str]) -> tuple[WayIn, ...]:
    desk = words.file.desk
    at = {"phone": desk.phone or "", "mail": desk.mail or ""}
    return tuple(
        WayIn(
            name=words.value("channel", channel).capitalize(),
            at=at.get(channel, ""),
            rules=tuple(_rules(channel, words, hours=hours)),
        )
        for channel in desk.channels
    )


def _rules(channel: str, words: Words, *, hours: dict[str, str]) -> Iterator[RuleShown]:
    own = [each for each in words.policy.sections.channels if channel in each.rule.channels]
    for each in left_open(words.policy, own, {}):
        rule = each.rule
        opened = _("Open: %(hours)s") % {"hours": hours[rule.open]} if rule.open else _("Open")
        yield RuleShown(
            name=rule.name,
            says=opened if rule.allow else _("Closed"),
            because=words.text(rule.because),
            when=told_when(each.tables, words),
        )


def asked(words: Words) -> tuple[Asked, ...]:
    """What the form asks; all that hold add up."""
    return (*_fields(words), *_confirmed(words))


def _fields(words: Words) -> Iterator[Asked]:
    for rule in words.file.forms:
        required = [words.value("field", name) for name in rule.required or ()]
        optional = [words.value("field", name) for name in rule.optional or ()]
        parts = [", ".join(required)] if required else []
        if optional:
            parts.append(_("%(fields)s (optional)") % {"fields": ", ".join(optional)})
        yield Asked(says="; ".join(parts), because=words.text(rule.because), when=told_when(rule.when, words))


def _confirmed(words: Words) -> Iterator[Asked]:
    for rule in words.file.checklists:
        said = ", ".join(words.text(item.text) for item in rule.items)
        yield Asked(
            says=_("To confirm: %(items)s") % {"items": said},
            because=words.text(rule.because),
            when=told_when(rule.when, words),
        )
