"""What changes from one policy to another, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.rules.policy import Change, PolicyFile, entries_changed
from vaxel.rules.policy.diff import ASKED, GONE, NEW, NOTHING, OPEN, RENAMED, TOLD, YES
from vaxel.rules.policy.domain import has
from vaxel.rules.policy.faults import Words as Told
from vaxel.rules.sentences import Sentence
from vaxel.rules.targets import BusinessDuration, parse_within
from vaxel.surfaces.workspace.policy.promises import time_in_words
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceShown:
    """One thing that is decided otherwise: from what, to what, for which questions."""

    about: str
    before: str
    after: str
    where: tuple[str, ...]
    combinations: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A place of the file with what stood there and what stands there now."""

    place: str
    before: str
    after: str


def entries(old: PolicyFile, new: PolicyFile) -> tuple[EntryShown, ...]:
    """What the files say otherwise beside what they decide. Places are told as the file has them, by its own keys."""
    nothing = _("not there")
    return tuple(
        EntryShown(place=each.place, before=each.before or nothing, after=each.after or nothing)
        for each in entries_changed(old, new)
    )


def differences(changes: Iterable[Change], *, old: Words, new: Words) -> tuple[DifferenceShown, ...]:
    """Every change; names are those of the policy that has them."""
    return tuple(_shown(change, old=old, new=new) for change in changes)


def _shown(change: Change, *, old: Words, new: Words) -> DifferenceShown:
    about, sort = _aspect(change.aspect, old=old, new=new)
    before, after = _outcome(sort, change.before, old), _outcome(sort, change.after, new)
    if sort == "name":
        before, after = _came_or_went(change, old=old, new=new)
    return DifferenceShown(
        about=about,
        before=before,
        after=after,
        where=tuple(_where(change.where, old=old, new=new)),
        combinations=format_decimal(change.combinations, locale=new.language) if change.combinations else "",
    )


def _aspect(aspect: str, *, old: Words, new: Words) -> tuple[str, str]:
    """What it is about, and which sort of outcome it has."""
    sort, _space, name = aspect.partition(" ")
    sections = _sections()
    if aspect in sections:
        return sections[aspect], "name"
    told = {
        "channel": ("%s", "open"),
        "field": (_("The form: %s"), "asked"),
        "checklist": (_("The form: %s"), "asked"),
        "notify": (_("Told besides: %s"), "told"),
        "target": ("%s", "promise"),
    }
    if sort in told:
        label, outcome = told[sort]
        named = _named({"notify": "role", "target": "clock"}.get(sort, sort), name, old=old, new=new)
        return label % named, outcome
    return (_("A yes before work"), "asked") if aspect == YES else (new.fact(aspect), aspect)


def _sections() -> Mapping[str, str]:
    return {
        "products": _("Products"),
        "plans": _("Plans"),
        "topics": _("Topics"),
        "kinds": _("Kinds of question"),
        "roles": _("Roles"),
        "destinations": _("Who answers"),
        "facts": _("Facts"),
    }


def _outcome(sort: str, outcome: Told, words: Words) -> str:
    if sort == "promise":
        return _promise(outcome, language=words.language)
    if sort == "open":
        return pgettext("channel", "open") if outcome == OPEN else pgettext("channel", "closed")
    if sort == "asked":
        return _("asked for") if outcome == ASKED else _("not asked for")
    if sort == "told":
        return _("told") if outcome == TOLD else _("not told")
    return words.value(sort, "none" if outcome == NOTHING else outcome)


def _promise(outcome: Told, *, language: str) -> str:
    """A promise as the page tells it elsewhere."""
    promise = dict(outcome.values) if isinstance(outcome, Sentence) else {}
    how, kind = promise.get("how"), promise.get("promise")
    if not isinstance(how, Sentence) or not isinstance(kind, Sentence):
        return _("nothing promised")
    said = how.values_in(language)
    if how.code == "promise.within":
        # The comparison does not tell elapsed time from open hours: both are said by their length alone.
        spec = parse_within(said["time"])
        time = time_in_words(spec, language=language)
        if isinstance(spec, BusinessDuration):
            time = minutes_in_words(spec.minutes, language=language)
        return _kind(kind.code) % {"time": time}
    parts = [_("the same day if asked before %(time)s") % {"time": said["cut_off"]}]
    times = {name: each.values_in(language)["time"] for name, each in how.values if isinstance(each, Sentence)}
    if "by" in times:
        parts.append(_("by %(time)s") % {"time": times["by"]})
    if "late" in times:
        parts.append(_("otherwise the next open day by %(time)s") % {"time": times["late"]})
    return _kind(kind.code) % {"time": ", ".join(parts)}


def _kind(code: str) -> str:
    return _("Goal: %(time)s") if code == "promise.goal" else _("Guaranteed: %(time)s")


_FACT_OF_SECTION: Final = {
    "products": "product",
    "plans": "plan",
    "topics": "topic",
    "kinds": "kind",
    "roles": "role",
    "destinations": "destination",
}


def _came_or_went(change: Change, *, old: Words, new: Words) -> tuple[str, str]:
    """(what was, what is): one of them is nothing. A fact that became another sort of thing is told as new."""
    fact = _FACT_OF_SECTION.get(change.aspect, "")
    if change.before == NEW:
        name = new.value(fact, change.after) if fact else new.fact(str(change.after))
        return _("not there"), name
    name = old.value(fact, change.before) if fact else old.fact(str(change.before))
    if isinstance(change.after, Sentence) and change.after.code == RENAMED:
        other = change.after.values_in(new.language)["name"]
        named = new.value(fact, other) if fact else new.fact(other)
        if named == name:
            name, named = f"{name} ({change.before})", f"{name} ({other})"
        return name, _("%(name)s, which looks like the same by a new name") % {"name": named}
    return name, _("not there") if change.after == GONE else _("of another sort: nothing else is compared")


def _named(fact: str, name: Told, *, old: Words, new: Words) -> str:
    if isinstance(name, Sentence):
        return name.in_(new.language)
    found = new.value(fact, name)
    return found if found != name else old.value(fact, name)


def _where(where: Mapping[str, tuple[Told, ...]], *, old: Words, new: Words) -> Iterable[str]:
    """The facts that the change is narrowed to."""
    products = {has(name): name for words in (old, new) for name in words.file.products}
    for fact, values in where.items():
        if fact in products:
            said = (
                _("The agreement covers %(products)s")
                if values == ("true",)
                else _("The agreement does not cover %(products)s")
            )
            yield said % {"products": _named("product", products[fact], old=old, new=new)}
        else:
            told = (_named(fact, value, old=old, new=new) for value in values)
            yield f"{_named_fact(fact, old=old, new=new)}: {new.either(told)}"


def _named_fact(fact: str, *, old: Words, new: Words) -> str:
    found = new.fact(fact)
    return found if found != fact else old.fact(fact)
