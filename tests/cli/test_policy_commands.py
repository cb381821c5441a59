"""`vaxel policy …` as scripts use it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.rules.policy.small_policy import SMALL
from vaxel.cli.policy import policy_app

DESKS = Path(__file__).parents[2] / "examples" / "desks"
KOMPASS = str(DESKS / "kompass.toml")
BAVER = str(DESKS / "baver.toml")
UNEXPECTED_ERROR = (
    *("--standing", "contact", "--plan", "standard", "--products", "suite,meetings", "--product", "suite"),
    *("--kind", "unexpected-error", "--project", "none", "--priority", "normal", "--channel", "portal"),
    *("--at", "2026-11-20T15:30"),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy_app, list(arguments))


def explained(*arguments: str) -> dict[str, Any]:
    result = run("explain", *arguments, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


@pytest.mark.parametrize(("file", "examples"), [(KOMPASS, 44), (BAVER, 29)])
def test_check_tells_what_was_proven(file: str, examples: int) -> None:
    result = run("check", file, "--language", "en")
    first, *notes = result.stdout.splitlines()
    assert (result.exit_code, notes) == (0, [])
    assert first.endswith(f" combinations proven, {examples} examples hold.")


def test_check_tells_each_fault_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text(Path(BAVER).read_text("utf-8").replace('plan = "support" }', 'plan = "suport" }', 1), "utf-8")
    result = run("check", str(file), "--language", "en")
    assert result.exit_code == 1
    assert result.stdout.partition(": ")[2] == (
        'access 2 "responsible-for-the-system" › when › plan: "suport" is not a value of plan here. '
        'Did you mean "support"? Allowed: support, none.\n'
    )


def test_check_speaks_the_language_of_the_desk_or_the_one_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text(Path(BAVER).read_text("utf-8").replace('plan = "support" }', 'plan = "suport" }', 1), "utf-8")
    place = 'access 2 "responsible-for-the-system" › when › plan'
    for option in ((), ("--language", "sv"), ("--lang", "sv")):
        result = run("check", str(file), *option)
        assert result.stdout.partition(": ")[2] == (
            f'{place}: "suport" är inte ett värde på plan här. Menade du "support"? Tillåtet här: support, none.\n'
        )
        assert result.stderr == (
            f"{file}: 1 fel.\nReglerna är inte bevisade och exemplen inte prövade än. "
            "Fler fel kan visa sig när det här är rättat.\n"
        )
    assert run("check", str(file), "--language", "en").stderr == (
        f"{file}: 1 fault.\nThe rules are not proven and the examples not asked yet. "
        "More may show when this is put right.\n"
    )


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("sv", "Det här är inte TOML: värdet går inte att läsa. Text ska stå inom citattecken."),
        ("en", "This is not TOML: invalid value."),
        ("de", "This is not TOML: invalid value."),
    ],
)
def test_file_that_is_no_toml_is_told_in_the_language_that_it_names(tmp_path: Path, first: str, told: str) -> None:
    file = tmp_path / "p.toml"
    file.write_text(f'[desk]\nlanguages = ["{first}"]\nslug = x\n', "utf-8")
    assert run("check", str(file)).stdout == f"{file}:3: {told}\n"


def test_language_that_is_not_spoken_is_told() -> None:
    result = run("check", BAVER, "--language", "de")
    assert (result.exit_code, result.stderr) == (2, '"de" is not a language that vaxel speaks. Allowed: sv, en.\n')


def test_check_tells_codes_as_json(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    text = Path(BAVER).read_text("utf-8").replace('plan = "support" }', 'plan = "suport" }', 1)
    file.write_text(text, "utf-8")
    told = json.loads(run("check", str(file), "--json", "--language", "sv").stdout)
    line = text[: text.index('"suport"')].count("\n") + 1
    assert told["findings"] == [
        {
            "sort": "fault",
            "code": "unknown",
            "line": line,
            "place": 'access 2 "responsible-for-the-system" › when › plan',
            "problem": '"suport" är inte ett värde på plan här.',
            "nearest": "support",
            "allowed": ["support", "none"],
        }
    ]


def test_check_tells_the_code_of_a_note(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    text = Path(BAVER).read_text("utf-8").partition("[[examples]]")[0]
    file.write_text(text, "utf-8")
    told = json.loads(run("check", str(file), "--json", "--language", "en").stdout)
    assert told["notes"] == ["examples: there are none; each is a promise that later changes keep."]
    assert told["findings"] == [{"sort": "note", "code": "note.no-examples", "problem": told["notes"][0]}]


def test_check_tells_as_json(tmp_path: Path) -> None:
    told = json.loads(run("check", BAVER, "--json").stdout)
    assert (told["ok"], told["examples"], told["faults"], told["findings"]) == (True, 29, [], [])
    assert told["ahead"] is None


@pytest.mark.parametrize("command", [("check",), ("explain", "--kind", "fault"), ("diff", BAVER)])
def test_file_that_is_not_there_is_told_in_one_sentence(command: tuple[str, ...]) -> None:
    result = run(*command, "nowhere.toml")
    assert (result.exit_code, result.stderr) == (2, "nowhere.toml cannot be read: No such file or directory.\n")


def test_explain_answers_with_the_keys_that_scripts_rely_on() -> None:
    told = explained(KOMPASS, *UNEXPECTED_ERROR)
    assert list(told)[:7] == ["destination", "channels", "fields", "targets", "billing", "notify", "because"]
    assert (told["destination"], told["billing"], told["notify"]) == ("support", "included", [])
    assert [(each["name"], each["due"]) for each in told["targets"]] == [("first-answer", "2026-11-23T10:30:00+01:00")]
    assert [set(each) for each in told["because"]] == [{"rule", "text"}] * len(told["because"])


def test_explain_speaks_the_language_asked_for() -> None:
    swedish, english = explained(KOMPASS, *UNEXPECTED_ERROR), explained(KOMPASS, *UNEXPECTED_ERROR, "--lang", "en")
    assert swedish["because"][1]["text"] == "Du är supportkontakt för din organisation och har gått utbildningen."
    assert (
        english["because"][1]["text"] == "You are a support contact of your organisation and have passed the training."
    )


def test_explain_takes_an_instant_with_its_own_offset() -> None:
    told = explained(KOMPASS, *UNEXPECTED_ERROR[:-1], "2026-11-20T14:30+00:00")
    assert told["targets"][0]["due"] == "2026-11-23T10:30:00+01:00"


def test_explain_takes_declared_facts() -> None:
    small_job = ("--kind", "data-repair", "--plan", "standard", "--products", "suite", "--fact", "effort=90")
    told = explained(KOMPASS, *small_job)
    assert (told["destination"], told["billing"], told["confirm"]) == ("support", "offer-first", True)


def test_explain_leaves_out_what_a_stranger_cannot_have() -> None:
    result = run("explain", KOMPASS, "--standing", "stranger", *UNEXPECTED_ERROR[2:], "--json", "--lang", "en")
    assert (result.exit_code, json.loads(result.stdout)["destination"]) == (0, "contact-details")
    assert result.stderr == "A stranger has no plan, products: left out.\n"


def test_explain_tells_a_person_line_by_line() -> None:
    result = run("explain", BAVER, "--kind", "invoice", "--standing", "user", "--lang", "en")
    assert result.stdout.splitlines() == [
        "destination  contact-details (Invoices and agreements: call or mail)",
        "channels     none",
        "fields       none",
        "target       nothing is promised",
        "billing      none",
        "notify       none",
        "because",
        "  invoices: We take questions about invoices by phone or mail. Then we can look at the invoice together.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--kind", "falt"),
            '"falt" is not a kind of question here. Did you mean "fault"? Allowed: fault, how-to, invoice, agreement.',
        ),
        (("--kind", "fault", "--plan", "gold"), '"gold" is not a value of plan. Allowed: support, none.'),
        (("--kind", "fault", "--fact", "effort"), '"effort" is not a fact: write name=value.'),
        (("--kind", "fault", "--fact", "x=1"), '"x" is not a fact that this policy declares. Allowed: none.'),
        (("--kind", "fault", "--at", "noon"), '"noon" is not a time: write "YYYY-MM-DDTHH:MM".'),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_explain_tells_what_is_allowed_when_it_cannot_answer(arguments: tuple[str, ...], sentence: str) -> None:
    result = run("explain", BAVER, *arguments, "--lang", "en")
    assert (result.exit_code, result.stderr) == (2, f"{sentence}\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--kind", "falt"),
            '"falt" är ingen typ av fråga här. Menade du "fault"? Tillåtet här: fault, how-to, invoice, agreement.',
        ),
        (("--kind", "fault", "--fact", "effort"), '"effort" är ingen uppgift. Skriv namn=värde.'),
        (("--kind", "fault", "--at", "noon"), '"noon" är ingen tid. Skriv "ÅÅÅÅ-MM-DDTHH:MM".'),
        (
            ("--kind", "fault", "--agreement", "none", "--standing", "user", "--plan", "support"),
            "De här uppgifterna går inte ihop: utan avtal finns ingen supportnivå.",
        ),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_explain_tells_in_swedish_what_is_allowed(arguments: tuple[str, ...], sentence: str) -> None:
    result = run("explain", BAVER, *arguments)
    assert (result.exit_code, result.stderr) == (2, f"{sentence}\n")


def test_diff_tells_what_changes_for_whom(tmp_path: Path) -> None:
    file = tmp_path / "later.toml"
    text = Path(BAVER).read_text("utf-8").replace('cut_off = "15:00"', 'cut_off = "14:00"')
    file.write_text(
        text.replace('to = "support"\nbecause.sv = "Helpdesken', 'to = "support"\nbecause.sv = "Vi'), "utf-8"
    )
    assert run("diff", BAVER, str(file), "--language", "en").stdout.splitlines() == [
        (
            "target first-answer: goal same day before 15:00 (office) → goal same day before 14:00 (office) for 3456 "
            "combinations where standing = contact, agreement = active, plan = support, kind = fault or how-to, "
            "product = baver, has baver = true, channel = portal or widget or mail or api"
        ),
        (
            "routes.faults-and-how-to.because.sv: Helpdesken hjälper till med fel i Bäver och med hur du gör. → "
            "Vi hjälper till med fel i Bäver och med hur du gör."
        ),
    ]


def test_diff_of_equal_policies_says_so() -> None:
    assert run("diff", KOMPASS, KOMPASS).stdout == "Alla frågor avgörs som förut.\n"
    assert run("diff", KOMPASS, KOMPASS, "--language", "en").stdout == "Every question is decided as before.\n"


def test_diff_of_other_limits_does_not_say_that_nothing_is_decided_otherwise(tmp_path: Path) -> None:
    before, after = tmp_path / "before.toml", tmp_path / "after.toml"
    count = '[facts.n]\nname = "N"\nfrom = "count"\nnumber = true\ncounts = "tickets"\nper = "month"\n'
    rule = '[[notify]]\nname = "n"\nroles = "manager"\nwhen = { n = "used-up", destination = "support" }\n'
    before.write_text(f"{SMALL}{count}limits = {{ plus = 5 }}\n{rule}", "utf-8")
    after.write_text(f"{SMALL}{count}limits = {{ plus = 3 }}\n{rule}", "utf-8")
    assert run("diff", str(before), str(after)).stdout.splitlines() == [
        "Every rule is as before, but what the rules look at is not, so questions may be decided otherwise.",
        "facts.n.limits.plus: 5 → 3",
    ]


def test_schema_knows_every_section_and_no_null() -> None:
    told = run("schema").stdout
    schema = json.loads(told)
    assert told.count("null") == 0
    assert {"desk", "kinds", "facts", "routes", "access", "targets"} < set(schema["properties"])


def test_policy_commands_load_no_django() -> None:
    program = "import sys, vaxel.cli.policy; print(sorted({'django', 'psycopg', 'procrastinate'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter and program
    assert told.stdout == "[]\n"
