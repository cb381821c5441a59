"""Where in the product the asker stands, as the script saw it: read as text and never believed (A8, B5)."""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.http import QueryDict

from vaxel.domain.tickets.question import SITUATION_PARTS
from vaxel.rules.policy.compiled import Policy
from vaxel.surfaces.asking.answers import clean

#: Characters of each part that are kept.
_LONGEST: Final = 2000
_PREFIX: Final = "situation-"


def read_situation(sent: QueryDict) -> dict[str, str]:
    """The parts that we know, cut to a bearable length; addresses without names, passwords and what follows a #."""
    found = {name: clean(sent.get(_PREFIX + name, ""))[:_LONGEST] for name in SITUATION_PARTS}
    if found["page"]:
        found["page"] = _address(found["page"])
    return {name: text for name, text in found.items() if text}


def _address(text: str) -> str:
    """The script has taken out of the query what the product has not allowed; this takes out what none may send."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def told_answers(situation: dict[str, str], *, policy: Policy) -> dict[str, str]:
    """What the product tells, as answers to the form: its version, and short fields named like a part ("page")."""
    version = situation.get("version", "")
    answers: dict[str, str] = {}
    for name, field in policy.file.fields.items():
        if field.type == "version" and version:
            answers[name] = version
        elif field.type == "text" and len(told := situation.get(name, "")) <= (field.max_length or _LONGEST):
            answers[name] = told
    return {name: text for name, text in answers.items() if text}
