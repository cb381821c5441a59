"""A policy's names, and the words of its language, as people read them; made for one reader, no query."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.rules.policy import Policy, PolicyFile
from vaxel.rules.policy.wording import Name, Text
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.workspace.labels import Labels, destination_names


class Words:
    """What one policy is called in one language."""

    def __init__(self, policy: Policy, labels: Labels) -> None:
        self.policy = policy
        self.file: PolicyFile = policy.file
        self.language = labels.language
        self._locale = "sv" if labels.language == "sv" else "en_GB"
        self._labels = labels
        self._facts = {**_facts(), **{name: self.text(fact.name) for name, fact in self.file.facts.items()}}
        self._values = {**_values(), **_own_values(self)}

    @property
    def texts_language(self) -> str:
        """The language of the policy's own texts: the page's, unless the desk does not have it."""
        return self.language if self.language in self.policy.languages else self.policy.languages[0]

    def text(self, given: Text | Name | None) -> str:
        """A text of the policy; empty where it has none."""
        return "" if given is None else given.in_(self.texts_language)

    @property
    def zone(self) -> ZoneInfo:
        return self._labels.zone

    @property
    def now(self) -> datetime:
        return self._labels.now

    def moment(self, at: datetime) -> Moment:
        return self._labels.moment(at)

    def fact(self, name: str) -> str:
        """What a fact is called; one that this policy has not, as it is written."""
        return self._facts.get(name, name)

    def value(self, fact: str, value: object) -> str:
        """What a value of a fact is called."""
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return self._values.get(fact, {}).get(written) or _anywhere().get(written, written)

    def destination(self, name: str) -> str:
        return self.value("destination", name)

    def either(self, words: Iterable[str]) -> str:
        """As “A, B or C”."""
        return format_list(list(words), style="or", locale=self._locale)

    def all_of(self, words: Iterable[str]) -> str:
        """As “A, B and C”."""
        return format_list(list(words), style="standard", locale=self._locale)


def _own_values(words: Words) -> dict[str, dict[str, str]]:
    """The names that the policy gives to its own things."""
    file, text = words.file, words.text
    names = {
        "plan": {name: text(each.name) for name, each in file.plans.items()},
        "product": {name: text(each.name) for name, each in file.products.items()},
        "kind": {name: text(each.name) for name, each in file.kinds.items()},
        "topic": {name: text(each.name) for name, each in file.topics.items()},
        "destination": destination_names(file, language=words.texts_language),
        "role": {name: text(each.name) for name, each in file.roles.items()},
        "field": {name: text(each.label) for name, each in file.fields.items()},
        "checklist": {item.name: text(item.text) for rule in file.checklists for item in rule.items},
    }
    names["plan"]["none"] = _("no plan")
    names["product"]["none"] = _("no product")
    names["topic"]["none"] = _("no topic")
    levels = {name: text(each.name) for name, each in file.priorities.levels.items()}
    names["priority"] = names["wished-priority"] = {**levels, "undecided": _("not decided yet")}
    for name, fact in file.facts.items():
        names[name] = {key: text(label) for key, label in fact.labels.items()}
    return names


def _facts() -> dict[str, str]:
    """The facts of every policy."""
    return {
        "standing": _("Who asks"),
        "agreement": _("Agreement"),
        "plan": _("Plan"),
        "certificate": _("Training certificate"),
        "products": _("Products of the agreement"),
        "product": _("Product of the question"),
        "owned": _("The product is part of the agreement"),
        "kind": _("Kind of question"),
        "scope": _("Scope"),
        "topic": _("Topic"),
        "project": _("Project"),
        "priority": _("Priority"),
        "wished-priority": _("Wished priority"),
        "urgent": _("Urgent"),
        "channel": _("Way in"),
        "destination": _("Destination"),
        "access": _("Access"),
        "billing": _("Cost"),
    }


def _values() -> dict[str, dict[str, str]]:
    """The values that the language itself has."""
    return {
        "standing": {
            "contact": _("a support contact"),
            "user": _("somebody else at a customer"),
            "stranger": _("somebody we do not know"),
        },
        "agreement": {
            "active": pgettext("agreement", "in force"),
            "ended": pgettext("agreement", "has ended"),
            "none": pgettext("agreement", "none"),
        },
        "certificate": {
            "valid": pgettext("certificate", "valid"),
            "grace": _("expired, within the grace period"),
            "expired": pgettext("certificate", "expired"),
            "none": pgettext("certificate", "none"),
        },
        "project": {
            "none": _("no project"),
            "active": _("a running project"),
            "finished": _("a finished project"),
        },
        "scope": {"in": _("covered by support"), "out": _("outside support")},
        "access": {"granted": _("let in"), "refused": _("sent elsewhere")},
        "channel": channel_names(),
        "billing": billing_names(),
        "clock": clock_names(),
    }


def _anywhere() -> Mapping[str, str]:
    """Values that facts of a policy's own share."""
    return {
        "true": pgettext("fact", "yes"),
        "false": pgettext("fact", "no"),
        "unknown": _("not known"),
        "left": _("something left"),
        "used-up": _("used up"),
        "open": pgettext("hours", "open"),
        "closed": pgettext("hours", "closed"),
    }


def channel_names() -> dict[str, str]:
    """The ways in; beside others, so without a capital."""
    return {
        "portal": _("the help centre's pages"),
        "widget": _("the help inside the product"),
        "mail": _("mail"),
        "phone": _("phone"),
        "chat": _("chat"),
        "api": _("another system"),
    }


def billing_names() -> dict[str, str]:
    return {
        "included": _("Included in the agreement"),
        "by-the-hour": _("By the hour"),
        "by-the-hour-after-confirmation": _("By the hour, after a yes"),
        "offer-first": _("An offer first"),
        "fixed-fee": _("A fixed fee"),
        "start-fee-plus-hours": _("A start fee and by the hour"),
        "hour-bank": _("From hours bought ahead"),
        "draws-on-quota": _("From what is included"),
        "quota-used-up": _("Nothing left: no work"),
        "not-covered": _("Not covered: no work"),
        "none": _("Nothing is charged"),
    }


def clock_names() -> dict[str, str]:
    return {
        "first-answer": _("First answer"),
        "next-answer": _("Next answer"),
        "update": _("Next word from us"),
        "workaround": _("A way around it"),
        "solved": _("Solved"),
    }
