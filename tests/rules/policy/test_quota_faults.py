# ruff: noqa: E501 - what people read is compared whole
"""What draws on a quota ends when it is used up, counts what it bills, and says one figure."""

import pytest

from tests.rules.policy.small_policy import changed, faults_of
from vaxel.rules.policy import check, read_policy

EVERYTHING = '[[billing]]\nname = "covered"\n'


def drawing(fact: str, rule: str) -> str:
    """The small policy with a count, and a first billing rule that draws on it on Plus."""
    count = f'[facts.used]\nname = "Used"\nfrom = "count"\nnumber = true\nper = "year"\n{fact}'
    billing = f'[[billing]]\nname = "draw"\ndraws = "used"\nbecause = "x"\n{rule}\n\n{EVERYTHING}'
    return changed((EVERYTHING, f"{count}\n\n{billing}"))


PLUS = 'when = { kind = "fault", plan = "plus", urgent = true'
SESSIONS = 'counts = "sessions"\nlimits = { plus = 6 }'
QUOTA = 'kind = "draws-on-quota"'
BANK = 'counts = "hours"\nlimits = { plus = 6 }'

RIGHT = {
    "left": drawing(SESSIONS, f'{PLUS}, used = "left" }}\n{QUOTA}'),
    "below a number": drawing('counts = "sessions"', f"{PLUS}, used = {{ below = 6 }} }}\n{QUOTA}"),
    "with a price and a word about a yes": drawing(
        SESSIONS, f'{PLUS}, used = "left" }}\n{QUOTA}\nfee = "900 kr"\nconfirm = false'
    ),
    "of this kind": drawing(f'{SESSIONS}\nof = {{ kind = "fault" }}', f'{PLUS}, used = "left" }}\n{QUOTA}'),
    "bank": drawing(BANK, f'{PLUS}, used = "left" }}\nkind = "hour-bank"\nhours = 6'),
    "bank in minutes": drawing(
        'counts = "minutes"\nlimits = { plus = 360 }', f'{PLUS}, used = "left" }}\nkind = "hour-bank"\nhours = 6'
    ),
}

WRONG = {
    "whether or not any is left": (
        drawing(SESSIONS, f"{PLUS} }}\n{QUOTA}"),
        'billing 1 "draw": It draws on used where nothing is left: ask for used = "left" in `when`. As: ',
    ),
    "when it is used up": (
        drawing(SESSIONS, f'{PLUS}, used = "used-up" }}\n{QUOTA}'),
        'billing 1 "draw": It draws on used where nothing is left: ask for used = "left" in `when`. As: ',
    ),
    "on a plan without a limit": (
        drawing('counts = "sessions"\nlimits = { basic = 6 }', f'{PLUS}, used = "left" }}\n{QUOTA}'),
        'billing 1 "draw": It draws on used without an end: give every plan that comes here a limit in [facts.used] and ask for used = "left", or ask for used = { below = n }. As: ',
    ),
    "without any limit": (
        drawing('counts = "sessions"', f"{PLUS} }}\n{QUOTA}"),
        'billing 1 "draw": It draws on used without an end: give every plan that comes here a limit in [facts.used] and ask for used = "left", or ask for used = { below = n }. As: ',
    ),
    "counting another kind": (
        drawing(f'{SESSIONS}\nof = {{ kind = "advice" }}', f'{PLUS}, used = "left" }}\n{QUOTA}'),
        'billing 1 "draw" › draws: used counts only kind = advice, and this rule bills others: they would never use it up.',
    ),
    "counting another priority": (
        drawing(f'{SESSIONS}\nof = {{ priority = "critical" }}', f'{PLUS}, used = "left" }}\n{QUOTA}'),
        'billing 1 "draw" › draws: used counts only priority = critical, and this rule bills others: they would never use it up.',
    ),
    "with a price and no word about a yes": (
        drawing(SESSIONS, f'{PLUS}, used = "left" }}\n{QUOTA}\nfee = "900 kr"'),
        'billing 1 "draw": `kind = "draws-on-quota"` costs the customer: say confirm = true if the terms ask for a yes',
    ),
    "counting another billing": (
        drawing(f'{SESSIONS}\nof = {{ billing = "included" }}', f'{PLUS}, used = "left" }}\n{QUOTA}'),
        'billing 1 "draw" › draws: used counts only billing = included, and this rule bills others: they would never use it up.',
    ),
    "counting another destination": (
        drawing(f'{SESSIONS}\nof = {{ destination = "manager" }}', f'{PLUS}, used = "left" }}\n{QUOTA}'),
        'billing 1 "draw" › draws: used counts only destination = manager, and this rule bills others: they would never use it up.',
    ),
    "an hour bank of sessions": (
        drawing(SESSIONS, f'{PLUS}, used = "left" }}\nkind = "hour-bank"'),
        'billing 1 "draw" › draws: An hour bank is counted in time, and used counts sessions: use counts = "hours".',
    ),
    "another figure than the limit": (
        drawing(BANK, f'{PLUS}, used = "left" }}\nkind = "hour-bank"\nhours = 20'),
        'billing 1 "draw" › hours: hours = 20 is another figure than the limit of plus, 6 hours.',
    ),
    "but is included": (
        drawing(SESSIONS, f'{PLUS}, used = "left" }}\nkind = "included"'),
        'billing 1 "draw": `kind = "included"` draws on nothing: remove draws, or write kind = "draws-on-quota".',
    ),
    "with a count that starts elsewhere": (
        drawing(f"{SESSIONS}\ndefault = 3", f'{PLUS}, used = "left" }}\n{QUOTA}'),
        "facts › used › default: A count starts at 0 and is always known: remove this key.",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_drawing_that_ends_is_proven(name: str) -> None:
    assert faults_of(RIGHT[name]) == []


@pytest.mark.parametrize("name", WRONG)
def test_drawing_is_refused(name: str) -> None:
    text, expected = WRONG[name]
    (told,) = faults_of(text)
    assert told.partition(": ")[2][: len(expected)] == expected


def test_nothing_free_waits_for_a_yes() -> None:
    (told,) = faults_of(changed(('kind = "included"', 'kind = "included"\nconfirm = true')))
    assert told.partition(": ")[2] == (
        'billing 1 "covered": `kind = "included"` costs nothing, so there is nothing to say yes to: remove confirm.'
    )


def test_quota_is_not_used_up_while_some_is_left() -> None:
    text = drawing(SESSIONS, f'{PLUS}, used = "left" }}\nkind = "quota-used-up"').replace('draws = "used"\n', "")
    (told,) = faults_of(text)
    assert told.partition(": ")[2] == (
        'billing 1 "draw": `kind = "quota-used-up"` is for used = "used-up": here some is left.'
    )


@pytest.mark.parametrize(
    ("of", "noted"),
    [
        (
            'kind = "fault"',
            [
                'facts › used: counts questions too that rule covered bills as not-covered: they use the quota up; write `billing = "draws-on-quota"` in `of` if they shall not.'
            ],
        ),
        ('kind = "fault", billing = "draws-on-quota"', []),
        ('topic = "printing"', []),
    ],
)
def test_count_that_takes_in_what_draws_on_nothing_is_noted(of: str, noted: list[str]) -> None:
    topic = '\n[topics.printing]\nname = "Printing"\n'
    text = drawing(
        f'counts = "tickets"\nof = {{ {of} }}\nlimits = {{ plus = 6 }}', f'{PLUS}, used = "left" }}\n{QUOTA}'
    ).replace('kind = "included"', 'kind = "not-covered"')
    policy = read_policy(text + topic if "topic" in of else text)
    assert [str(note) for note in check(policy).notes if "used:" in str(note)] == noted
