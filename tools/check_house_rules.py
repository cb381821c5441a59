"""The rules of this house that no other tool knows: each check reads one parsed file and names what breaks it.

    python tools/check_house_rules.py      prints every fault as FILE:LINE and ends with 1 when there is one

A fault that is meant is listed in `MEANT`, with its reason.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = ("src", "tests", "tools", "bench")
LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 50

#: Folders that may only call doors of the domain. `insight/transfer` is one itself: import, export, erasure.
_NO_WRITES: Final = ("surfaces", "jobs", "channels", "insight/search", "insight/reports", "cli")
_WRITES: Final = {
    "save", "delete", "create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
}  # fmt: skip
#: What a chain of calls on a table passes; `dict.update` passes none of them.
_TABLE: Final = {"objects", "unscoped", "within", "filter", "select_for_update"}
#: Names of things with a `save` that are no rows.
_NO_ROWS: Final = {"form", "session", "image", "picture", "storage"}
_CLOCKS: Final = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
_TRANSLATES: Final = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy", "npgettext"}
_MARKS: Final = {"Markup", "mark_safe", "SafeString"}

#: (rule, file): why this file may.
MEANT: Final = {
    ("only-doors-write", "src/vaxel/insight/search/lexicon.py"): "its own tables, learnt from the manual's",
    ("marks-are-few", "src/vaxel/domain/notices/said.py"): "the paragraphs of a mail, from escaped text",
    ("marks-are-few", "src/vaxel/surfaces/helpcentre/shown.py"): "articles, cleaned when they were saved",
    ("marks-are-few", "src/vaxel/surfaces/workspace/mailroom/safe_page.py"): "a mail in its frame, cleaned just there",
    ("marks-are-few", "src/vaxel/surfaces/workspace/manual/preview.py"): "an article's words, cleaned just there",
    ("marks-are-few", "src/vaxel/surfaces/ui/words.py"): "the paragraphs of a message, from escaped or cleaned text",
    ("marks-are-few", "src/vaxel/surfaces/ui/environment.py"): "icons and tags that our own build names",
}


@dataclass(frozen=True)  # without slots: it keeps its nodes
class Source:
    """A parsed file; `path` is relative to the root, `area` to `src/vaxel` (empty for other folders)."""

    path: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, gone through once for all rules: each would take as long as the parser."""
        return tuple(ast.walk(self.tree))

    @property
    def area(self) -> str:
        """`domain/tickets/intake.py`, or nothing outside of the package."""
        return self.path.removeprefix("src/vaxel/") if self.path.startswith("src/vaxel/") else ""

    @property
    def is_migration(self) -> bool:
        """Django writes these."""
        return "/migrations/" in self.path

    def calls(self) -> Iterator[ast.Call]:
        """Every call in the file."""
        return (node for node in self.nodes if isinstance(node, ast.Call))


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule and its place."""

    rule: str
    path: str
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.said} [{self.rule}]"


def files_are_short(source: Source) -> Iterator[Fault]:
    """A file holds one thing and fits a head."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE and not source.is_migration:
        yield Fault("files-are-short", source.path, 1, f"{lines} lines; at most {LONGEST_FILE}")


def functions_are_short(source: Source) -> Iterator[Fault]:
    """A function tells one step of a story."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                said = f"{node.name} has {lines} lines; at most {LONGEST_FUNCTION}"
                yield Fault("functions-are-short", source.path, node.lineno, said)


def only_doors_write(source: Source) -> Iterator[Fault]:
    """Outside the domain nobody changes its tables: there is one door per verb."""
    if not source.area.startswith(_NO_WRITES):
        return
    for call in source.calls():
        chain = _chain(call.func)
        if chain and chain[-1] in _WRITES and (_TABLE & set(chain[:-1]) or chain[-1] in {"bulk_create", "bulk_update"}):
            said = f"{'.'.join(chain)}() writes to a table; call a door of the domain"
            yield Fault("only-doors-write", source.path, call.lineno, said)


def save_names_fields(source: Source) -> Iterator[Fault]:
    """`save()` without `update_fields` overwrites what somebody else changed at the same time."""
    if not source.area or source.is_migration:
        return
    for call in source.calls():
        chain = _chain(call.func)
        if len(chain) > 1 and chain[-1] == "save" and not _is_other_save(chain, call):
            said = "save() without update_fields; name the fields that change"
            yield Fault("save-names-fields", source.path, call.lineno, said)


def _is_other_save(chain: list[str], call: ast.Call) -> bool:
    """True where fields are named, a new row is meant, or what is saved (a form, a session, a file) is no row."""
    named = {keyword.arg for keyword in call.keywords}
    return bool(named & {"update_fields", "force_insert"} or _NO_ROWS & set(chain) or call.args)


def tickets_are_opened_once(sources: Iterable[Source]) -> Iterator[Fault]:
    """One place in the tree makes a ticket."""
    places = [
        (source, call)
        for source in sources
        if source.area and not source.is_migration
        for call in source.calls()
        if _makes_ticket(_chain(call.func))
    ]
    for source, call in places:
        if source.area != "domain/tickets/intake.py":
            said = "makes a ticket; the one door is domain/tickets/intake.py"
            yield Fault("tickets-are-opened-once", source.path, call.lineno, said)
    made_there = sum(source.area == "domain/tickets/intake.py" for source, _ in places)
    if made_there != 1 and any(source.area == "domain/tickets/intake.py" for source in sources):
        yield Fault("tickets-are-opened-once", "src/vaxel/domain/tickets/intake.py", 1, "one constructor call, no more")


def _makes_ticket(chain: list[str]) -> bool:
    return chain[-1:] == ["Ticket"] or (chain[:1] == ["Ticket"] and "create" in chain[-1])


def deferred_jobs_are_known(sources: Iterable[Source]) -> Iterator[Fault]:
    """A job that is handed over by name has a task of that name."""
    known = {
        keyword.value.value
        for source in sources
        if source.area.startswith("jobs/")
        for call in source.calls()
        if _chain(call.func)[-1:] == ["task"]
        for keyword in call.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    }
    for source in sources:
        if "from vaxel.kit.queue import" not in source.text:
            continue
        for call in source.calls():
            if _chain(call.func) == ["defer"] and call.args:
                name = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
                if name not in known:
                    said = f"hands over a job named {name!r}, and jobs/ has no such task"
                    yield Fault("deferred-jobs-are-known", source.path, call.lineno, said)


def migrations_stand_alone(source: Source) -> Iterator[Fault]:
    """A migration means the same in ten years: it imports nothing of ours but `kit`."""
    if not source.is_migration:
        return
    for node in source.nodes:
        for name in _imported(node):
            if name.startswith("vaxel.") and not name.startswith("vaxel.kit"):
                line = getattr(node, "lineno", 0)
                yield Fault("migrations-stand-alone", source.path, line, f"imports {name}")


def texts_are_whole(source: Source) -> Iterator[Fault]:
    """A text with gaps is translated as one: the values come after, by name."""
    for call in source.calls():
        if _chain(call.func)[-1:] and _chain(call.func)[-1] in _TRANSLATES:
            for argument in call.args:
                if isinstance(argument, ast.JoinedStr):
                    said = "f-string inside a translated text; use %(name)s"
                    yield Fault("texts-are-whole", source.path, call.lineno, said)


def imports_stand_on_top(source: Source) -> Iterator[Fault]:
    """What a file needs stands in its first lines."""
    on_top = set(source.tree.body)
    if not any(isinstance(node, ast.Import | ast.ImportFrom) and node not in on_top for node in source.nodes):
        return
    for function in source.nodes:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    said = f"{function.name} imports inside; move it to the top"
                    yield Fault("imports-stand-on-top", source.path, node.lineno, said)


def marks_are_few(source: Source) -> Iterator[Fault]:
    """Text becomes markup in few listed places, so that a reader can check them all (trust 30)."""
    for call in source.calls():
        if source.area and _chain(call.func)[-1:] and _chain(call.func)[-1] in _MARKS:
            yield Fault("marks-are-few", source.path, call.lineno, "makes markup of text")


def time_is_given(source: Source) -> Iterator[Fault]:
    """Rules and domain take `now`; one moment per request, and tests that choose it."""
    if not source.area.startswith(("rules/", "domain/")):
        return
    for call in source.calls():
        if ".".join(_chain(call.func)[-2:]) in _CLOCKS:
            yield Fault("time-is-given", source.path, call.lineno, "reads the clock; take `now` from the caller")


def templates_do_not_mark(path: str, text: str) -> Iterator[Fault]:
    """No template declares text to be markup; what is markup arrives as such."""
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(r"\|\s*safe\b|autoescape\s+false", line):
            yield Fault("templates-do-not-mark", path, number, "|safe; hand over Markup from a listed place")


ONE_FILE: Final[tuple[Callable[[Source], Iterator[Fault]], ...]] = (
    files_are_short,
    functions_are_short,
    only_doors_write,
    save_names_fields,
    migrations_stand_alone,
    texts_are_whole,
    imports_stand_on_top,
    marks_are_few,
    time_is_given,
)
ALL_FILES: Final[tuple[Callable[[Iterable[Source]], Iterator[Fault]], ...]] = (
    tickets_are_opened_once,
    deferred_jobs_are_known,
)


def main() -> int:
    """Check the tree; print what is wrong."""
    sources = list(read_sources(ROOT))
    found = [fault for source in sources for check in ONE_FILE for fault in check(source)]
    found += [fault for check in ALL_FILES for fault in check(sources)]
    for path in sorted((ROOT / "src").rglob("*.jinja")):
        found += templates_do_not_mark(str(path.relative_to(ROOT)), path.read_text())
    left = [fault for fault in found if (fault.rule, fault.path) not in MEANT]
    unused = MEANT.keys() - {(fault.rule, fault.path) for fault in found}
    lines = [*map(str, left), *(f"{path}: listed in MEANT for nothing [{rule}]" for rule, path in sorted(unused))]
    print("\n".join(lines) or f"{len(sources)} files keep the house rules.")
    return 1 if lines else 0


def read_sources(root: Path) -> Iterator[Source]:
    """Every Python file of ours."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield Source(str(path.relative_to(root)), text, ast.parse(text))


def _chain(node: ast.expr) -> list[str]:
    """The names of a dotted expression, calls and indexes left out: `A.objects.filter(…).update` is all four."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [*_chain(node.value), node.attr]
    if isinstance(node, ast.Call):
        return _chain(node.func)
    if isinstance(node, ast.Subscript):
        return _chain(node.value)
    return []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


if __name__ == "__main__":
    sys.exit(main())
