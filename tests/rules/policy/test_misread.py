"""What would be read otherwise than its writer means: refused, never decided by."""

import pytest

from tests.rules.policy.small_policy import changed, faults_of

VERSION = """[facts.v]
name = "V"
from = "version"
values = ["new", "old"]
versions = {{ new = [{new}], old = ["*"] }}
"""


COMPARISONS = [">=9", "≥9", "<10", "~9.1", "^9", "!9", "9+", "9.1+", "9.1 or later", "9.1 och senare", "from 9"]
RANGES = ["9.1-9.4", "9.1–9.4", "9.1 - 9.4", "9 - 10", "9.1..9.4", "9.1 to 9.4", "9.1/9.2", "9.1 9.2", "9.1;9.2"]
SETS = ["9.x", "9.X.1", "x", "[89].*", "8.*, 9.*", "8.*|9.*", "9. *"]


@pytest.mark.parametrize("pattern", [*COMPARISONS, *RANGES, *SETS])
def test_version_that_is_no_pattern_is_refused(pattern: str) -> None:
    assert faults_of(changed(added=VERSION.format(new=f'"{pattern}"'))) == [
        (
            f'p.toml:145: facts › v › versions › new: "{pattern}" fits only a version that is written just so. List '
            'the versions: "8.*" is all that begin with 8., and several patterns are a list.'
        )
    ]


@pytest.mark.parametrize(
    "pattern", ["9.*", "9.1-beta", "2026 R2", "9.?", "10.1_x64", "max", "2026-1", "1.0+build5", "9.1-rc1", "9.1 SP2"]
)
def test_version_that_is_written_so_is_taken(pattern: str) -> None:
    assert not any("versions" in fault for fault in faults_of(changed(added=VERSION.format(new=f'"{pattern}"'))))


def test_character_that_nobody_sees_is_refused() -> None:
    text = changed(('name = "Extra"', r'name = "Ex\u0000tra"'), ("Faults go to support.", r"Faults \u202e go."))

    assert faults_of(text) == [
        "p.toml:13: products › extra › name: The text has a character that nobody sees (U+0000): remove it.",
        'p.toml:76: routes 1 "faults" › because: The text has a character that nobody sees (U+202E): remove it.',
    ]


def test_keys_within_keys_are_out_of_bounds() -> None:
    text = changed(added=f"[{'.'.join('abcdefghijklmnopqrstuvwxyz')}]")

    assert faults_of(text) == ["p.toml: a: This is not TOML that can be read: a value is out of bounds."]


def test_mark_of_a_file_before_its_words_is_no_fault() -> None:
    assert faults_of(f"\ufeff{changed()}") == []


@pytest.mark.parametrize("name", [r"App\nBcc: somebody@desk.example", r"App\u2028B", "A" * 201])
def test_name_is_one_line(name: str) -> None:
    said = "A name is one line of at most 200 letters: write the rest in `text` or `because`."
    assert faults_of(changed(('name = "App"', f'name = "{name}"'))) == [f"p.toml:10: products › app › name: {said}"]


def test_name_of_the_desk_fits_beside_an_address() -> None:
    assert faults_of(changed(('name = "Small"', f'name = "{"S" * 81}"'))) == [
        "p.toml:1: desk: `name` is longer than 80 letters; it is the sender's name in every mail."
    ]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("signin", "The address /signin/ is the program's own: call the desk something else in addresses."),
        ("s" * 41, "The name in addresses is longer than 40 letters; it stands in every address."),
    ],
)
def test_desk_can_be_reached_by_its_slug(slug: str, said: str) -> None:
    assert faults_of(changed(('slug = "small"', f'slug = "{slug}"'))) == [f"p.toml:2: desk › slug: {said}"]


def test_word_that_looks_like_a_flag_is_asked_for_in_quotes() -> None:
    fact = '[facts.z]\nname = "Z"\nfrom = "agent"\nquestion = "Z?"\nvalues = ["true", "false"]\n'
    rule = '[[notify]]\nname = "z"\nroles = "manager"\nwhen = { z = true }\n'
    assert faults_of(changed(added=fact + rule)) == [
        'p.toml:149: notify 2 "z" › when › z: The values of z are words: write "true", in quotes.'
    ]


def test_fact_is_not_called_version_which_examples_give_for_others() -> None:
    fact = '[facts.version]\nname = "V"\nfrom = "agent"\nquestion = "V?"\nvalues = ["a", "b"]\n'
    assert faults_of(changed(added=fact)) == [
        'p.toml:141: facts › version: "version" is a fact that every policy has: choose another name.'
    ]


@pytest.mark.parametrize("value", ["140", "true", "1.5", '["140 kr"]', "2026-11-20"])
def test_text_without_quotes_is_asked_for_with_them(value: str) -> None:
    said = 'This is text in quotes, or one for each language: { sv = "…", en = "…" }.'
    assert faults_of(changed(('name = "App"', f"name = {value}"))) == [f"p.toml:10: products › app › name: {said}"]


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("pauses", "The clock starts with the question and pauses while it waits for the customer: "),
        ("starts_with", "The clock starts with the question and pauses while it waits for the customer: "),
        ("phone", "The number is `phone` of [desk], or `details` of a destination; "),
        ("minimum", "The least that is charged is said in `fee` and `because`, with confirm = true."),
        ("includes", 'Nothing is inherited: rules name several, as plan = ["basic", "plus"].'),
        ("resets_on", "A count begins anew by `per`: periods of the calendar, "),
        ("valid_until", "Nothing begins or ends on a date: publish a new version then, "),
        ("plans", 'What holds for some plans only is told by rules: when = { plan = "…" }.'),
        ("carry_over", "What is left is not carried over to the next period: "),
        ("holiday_hours", 'Hours of public holidays stand in the week: open = { holidays = ["10:00-14:00"] }, '),
        ("users", "How many may be named is `contacts` of [plans.NAME]."),
    ],
)
def test_key_that_terms_ask_for_tells_what_there_is(key: str, instead: str) -> None:
    (told,) = faults_of(changed(('name = "Plus"', f'name = "Plus"\n{key} = "x"')))
    place, _colon, said = told.partition(f'› {key}: "{key}" is not a key here. ')
    assert place == "p.toml:21: plans › plus "
    assert said.startswith(instead)


def test_list_is_told_as_the_file_writes_it() -> None:
    (told,) = faults_of(changed(('when = { plan = "plus" }\nwithin', 'when = { products = ["app"] }\nwithin')))
    assert told.startswith('p.toml:123: targets 1 "first-answer" › when › products: ["app"] is not a condition on ')


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('clock = "first-answer"', 'clock = "resolution"', 'Did you mean "solved"?'),
        ('clock = "first-answer"', 'clock = "response"', 'Did you mean "first-answer"?'),
        ('promise = "goal"', 'promise = "best-effort"', 'Did you mean "none"?'),
        ("contacts = 1", "contacts = { app = 1 }", "Contacts are counted per agreement, not per product: "),
        (
            'open = { weekdays = ["08:00-17:00"] }',
            'open = { weekdays = ["08:00-17:00"] }\nholidays = ["SE", "NO"]',
            'A calendar has the holidays of one country, as holidays = "SE": list the other days in `closed`.',
        ),
        (
            'open = { weekdays = ["08:00-17:00"] }',
            'open = { weekdays = ["08:00-17:00"], holidays = ["10:00-12:00"] }',
            '`open.holidays` needs to know whose holidays are meant: add holidays = "SE".',
        ),
    ],
)
def test_word_of_the_terms_leads_to_the_word_of_the_language(old: str, new: str, said: str) -> None:
    (told,) = faults_of(changed((old, new)))
    assert said in told


def test_limit_that_is_none_is_left_out() -> None:
    fact = '[facts.n]\nname = "N"\nfrom = "count"\nnumber = true\ncounts = "hours"\nper = "month"\n'
    (told,) = faults_of(changed(added=f'{fact}limits = {{ plus = "unlimited" }}\n'))
    assert told.endswith("limits › plus: A plan that `limits` does not name has no limit: leave it out.")
