"""Each house rule is broken on purpose once, and kept once: a check that cannot fail checks nothing."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "check_house_rules.py"


def _load() -> ModuleType:
    """The tool is a program, not part of the package."""
    spec = importlib.util.spec_from_file_location("check_house_rules", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


rules = _load()


def faults(rule: str, path: str, text: str) -> list[str]:
    """What one check says about one file."""
    source = rules.Source(path, text, ast.parse(text))
    check = getattr(rules, rule)
    found = check([source]) if check in rules.ALL_FILES else check(source)
    return [fault.said for fault in found]


LONG_FUNCTION = "def tell():\n" + "    pass\n" * 51
DOMAIN, SURFACE = "src/vaxel/domain/people/seats.py", "src/vaxel/surfaces/portal/views.py"
MIGRATION, INTAKE = "src/vaxel/domain/people/migrations/0001_x.py", "src/vaxel/domain/tickets/intake.py"
JOBS = 'from vaxel.kit.queue import defer\n@app.task(name="tell")\ndef tell(): ...\n'

BROKEN = [
    ("files_are_short", DOMAIN, "pass\n" * 401, "401 lines; at most 400"),
    ("functions_are_short", DOMAIN, LONG_FUNCTION, "tell has 52 lines; at most 50"),
    (
        "only_doors_write",
        SURFACE,
        "Ticket.objects.within(scope).filter(pk=1).update(status='x')",
        "Ticket.objects.within.filter.update() writes to a table; call a door of the domain",
    ),
    (
        "only_doors_write",
        "src/vaxel/channels/mail/inbound.py",
        "Person.unscoped.create(name='x')",
        "Person.unscoped.create() writes to a table; call a door of the domain",
    ),
    ("save_names_fields", DOMAIN, "person.save()", "save() without update_fields; name the fields that change"),
    ("tickets_are_opened_once", SURFACE, "Ticket(desk=1)", "makes a ticket; the one door is domain/tickets/intake.py"),
    ("tickets_are_opened_once", INTAKE, "Ticket(); Ticket()", "one constructor call, no more"),
    ("tickets_are_opened_once", INTAKE, "pass", "one constructor call, no more"),
    (
        "deferred_jobs_are_known",
        "src/vaxel/jobs/tasks.py",
        JOBS + 'defer("tel", id=1)',
        "hands over a job named 'tel', and jobs/ has no such task",
    ),
    ("migrations_stand_alone", MIGRATION, "import vaxel.domain.people.models", "imports vaxel.domain.people.models"),
    ("migrations_stand_alone", MIGRATION, "from vaxel.rules import policy", "imports vaxel.rules"),
    ("texts_are_whole", SURFACE, "_(f'Hello {name}')", "f-string inside a translated text; use %(name)s"),
    ("imports_stand_on_top", DOMAIN, "def ask():\n    import os", "ask imports inside; move it to the top"),
    ("marks_are_few", SURFACE, "mark_safe(text)", "makes markup of text"),
    ("marks_are_few", SURFACE, "markupsafe.Markup(text)", "makes markup of text"),
    ("time_is_given", DOMAIN, "django.utils.timezone.now()", "reads the clock; take `now` from the caller"),
    (
        "time_is_given",
        "src/vaxel/rules/targets/dates.py",
        "date.today()",
        "reads the clock; take `now` from the caller",
    ),
]

KEPT = [
    ("files_are_short", DOMAIN, "pass\n" * 400),
    ("files_are_short", MIGRATION, "pass\n" * 900),
    ("functions_are_short", DOMAIN, "def tell():\n" + "    pass\n" * 49),
    ("only_doors_write", SURFACE, "context.update(desk=1)\nclose_account(account, by=by, now=now)"),
    ("only_doors_write", DOMAIN, "Ticket.objects.filter(pk=1).update(status='x')"),
    ("save_names_fields", DOMAIN, "person.save(update_fields=['name'])\nperson.save(force_insert=True)"),
    ("save_names_fields", SURFACE, "request.session.save()\nform.save()"),
    ("tickets_are_opened_once", INTAKE, "Ticket(desk=1)"),
    ("deferred_jobs_are_known", "src/vaxel/jobs/tasks.py", JOBS + 'defer("tell", id=1)'),
    ("migrations_stand_alone", MIGRATION, "import vaxel.kit.ids\nfrom django.db import models"),
    ("texts_are_whole", SURFACE, "_('Hello %(name)s') % {'name': f'{name}'}"),
    ("imports_stand_on_top", DOMAIN, "import os\ndef ask(): ..."),
    ("marks_are_few", "tests/test_words.py", "Markup('<p>')"),
    ("time_is_given", SURFACE, "timezone.now()"),
]


@pytest.mark.parametrize(("rule", "path", "text", "said"), BROKEN)
def test_broken_rule_is_named(rule: str, path: str, text: str, said: str) -> None:
    assert faults(rule, path, text) == [said]


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_kept_rule_is_silent(rule: str, path: str, text: str) -> None:
    assert faults(rule, path, text) == []


@pytest.mark.parametrize("line", ["{{ text|safe }}", "{{ text | safe }}", "{% autoescape false %}"])
def test_template_that_declares_markup_is_named(line: str) -> None:
    said = [fault.said for fault in rules.templates_do_not_mark("a.jinja", f"<p>\n{line}")]
    assert said == ["|safe; hand over Markup from a listed place"]


def test_every_check_is_broken_and_kept_here() -> None:
    checks = {check.__name__ for check in (*rules.ONE_FILE, *rules.ALL_FILES)}
    assert {rule for rule, *_ in BROKEN} == checks
    assert {rule for rule, *_ in KEPT} == checks


def test_every_reason_is_a_reason() -> None:
    assert [place for place, reason in rules.MEANT.items() if len(reason.split()) < 3] == []
