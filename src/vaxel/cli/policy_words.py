"""In which language `vaxel policy …` speaks, and how it tells what it found to people and to scripts."""

import re
from errno import EACCES, EISDIR, ENOENT
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from vaxel.rules.policy import Fault, Report
from vaxel.rules.policy.faults import Words, in_language, place_of
from vaxel.rules.policy.wording import LANGUAGES
from vaxel.rules.sentences import Sentence, say

MISUSED: Final = 2
ENGLISH: Final = "en"
_WHY: Final = {ENOENT: "command.no-file", EISDIR: "command.a-folder", EACCES: "command.forbidden"}
_LANGUAGES: Final = re.compile(rb"^\s*languages\s*=\s*\[\s*[\"'](\w+)[\"']", re.MULTILINE)

LanguageOption = Annotated[
    str | None, typer.Option("--language", "--lang", help="sv or en; the desk's first language if left out.")
]


def language_or(usual: str, language: str | None) -> str:
    """The language that was asked for, else the usual one. Ends the command when it is none that we speak."""
    if language is None:
        return usual
    if language not in LANGUAGES:
        misused(say("command.unspoken", language=language, names=LANGUAGES), ENGLISH)
    return language


def language_for(data: bytes, language: str | None) -> str:
    """The language to speak about a file that may be no policy: the one asked for, else the first that it names."""
    named = _LANGUAGES.search(data)
    first = named[1].decode() if named else LANGUAGES[0]
    return language_or(first if first in LANGUAGES else ENGLISH, language)


def bytes_of(file: Path, language: str | None) -> bytes:
    """What the file holds. Ends the command when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        why = say(_WHY[error.errno]) if error.errno in _WHY else str(error.strerror)
        misused(say("command.unreadable", file=str(file), why=why), language_or(ENGLISH, language))


def misused(words: Words, language: str) -> NoReturn:
    """Tell what is wrong with how the command was called, and end it."""
    typer.echo(in_language(words, language), err=True)
    raise typer.Exit(MISUSED)


def report_as_json(report: Report, language: str) -> dict[str, Any]:
    """For scripts: `faults` and `notes` as people read them, and each finding once more with its code."""
    return {
        "ok": not report.faults,
        "combinations": report.combinations,
        "examples": report.examples,
        "faults": report.told(language),
        "ahead": None if report.ahead is None else report.ahead.in_(language),
        "notes": [note.in_(language) for note in report.notes],
        "findings": [
            *(_finding(fault, language) for fault in report.faults),
            *({"sort": "note", "code": _cause(note).code, "problem": note.in_(language)} for note in report.notes),
        ],
    }


def _finding(fault: Fault, language: str) -> dict[str, Any]:
    return {
        "sort": "fault",
        "code": _cause(fault.problem).code if isinstance(fault.problem, Sentence) else "",
        "line": fault.line,
        "place": place_of(fault.path, fault.rule),
        "problem": in_language(fault.problem, language),
        "nearest": fault.nearest,
        "allowed": [in_language(each, language) for each in fault.allowed],
    }


def _cause(sentence: Sentence) -> Sentence:
    """What a sentence about a place or an example is about."""
    inner = dict(sentence.values).get("problem")
    return _cause(inner) if isinstance(inner, Sentence) else sentence
