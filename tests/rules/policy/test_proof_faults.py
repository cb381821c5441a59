# ruff: noqa: E501 - what people read is compared whole
"""What the proof finds: questions without an answer, rules that never decide, examples that do not hold."""

import pytest

from tests.rules.policy.small_policy import changed, faults_of

WHEN_BILLED = 'when = { destination = "support" }\nkind = "included"'

PROOFS = {
    "no route": (
        changed(('name = "the-rest"', 'name = "the-rest"\nwhen = { project = "active" }')),
        (
            "p.toml:72: routes: Some questions have no route: add one, or a last route without `when`. It concerns 7080 "
            "combinations, as: standing = contact, agreement = active, project = none, kind = advice, product = none, "
            "owned = true."
        ),
    ),
    "no billing": (
        changed(
            (WHEN_BILLED, 'when = { plan = "plus" }\nkind = "included"'),
            ('name = "by-offer"', 'name = "by-offer"\nwhen = { plan = "none" }'),
        ),
        (
            "p.toml:108: billing: Some tickets have no billing: add a rule, or a last one without `when`. It concerns 3744 "
            "combinations, as: standing = contact, agreement = active, plan = basic, kind = advice, "
            "product = none, owned = true."
        ),
    ),
    "shadowed": (
        changed(('name = "faults"\nwhen = { scope = "in" }', 'name = "faults"')),
        (
            'p.toml:77: routes 2 "the-rest": The rule never decides: wherever it applies, earlier rules have decided '
            '("faults").'
        ),
    ),
    "impossible": (
        changed(
            (
                'when = { destination = "support", priority = "critical" }',
                'when = { standing = "stranger", plan = "plus" }',
            )
        ),
        'p.toml:129: notify 1 "tell-manager": The rule never applies: no possible facts meet its conditions together.',
    ),
    "impossible table": (
        changed(('when = { plan = "plus" }', 'when = [{ plan = "plus" }, { plan = "plus", agreement = "none" }]')),
        'p.toml:123: targets 1 "first-answer" › when 2: No possible facts meet this table: remove it, or mend it.',
    ),
    "not where it stands": (
        changed(('when = { plan = "plus" }', 'when = { kind = "advice" }')),
        (
            'p.toml:119: targets 1 "first-answer": The rule never applies: no question that its conditions describe '
            "reaches these destinations by an open channel."
        ),
    ),
    "circle": (
        changed(
            ('destination = "local", because', 'destination = "second", because'),
            added='[destinations.second]\ntype = "team"\nname = "S"\notherwise = { destination = "support", because = "x" }',
        ),
        (
            "p.toml:83: access: Refused people are sent round in a circle: let one `instead` lead out of it. It concerns "
            "6480 combinations, as: standing = contact, agreement = ended, kind = fault, product = app, has app = false, "
            "owned = false."
        ),
    ),
    "no channel": (
        changed(('channels = "portal"\n', 'channels = "portal"\nwhen = { plan = "plus" }\n')),
        (
            'p.toml:44: destinations › support: Some questions belong to "support" but no channel leads there: allow one '
            "in [[channels]]. It concerns 288 combinations, as: standing = contact, agreement = active, plan = basic, "
            "kind = fault, product = app, has app = true, owned = true."
        ),
    ),
    "calls about what others answer": (
        changed(
            ('priority = "critical", destination = "support" }\nallow', 'priority = "critical" }\nallow'),
        ),
        (
            'p.toml:96: channels 2 "phone-on-plus": Whoever comes by phone reaches you, and here it is open for questions '
            "that the customer's own contacts answer (local): let it ask for `destination`."
        ),
    ),
    "nobody arrives": (
        changed(
            added='[destinations.lab]\ntype = "role"\nrole = "tester"\nname = "Lab"\n[roles.tester]\nname = "T"\nevery_organisation = true'
        ),
        'p.toml:141: destinations › lab: No question ever arrives at "lab": route to it, or remove it.',
    ),
    "unasked certificate": (
        changed(added='[certificates]\ntext = "Pass the course."\nhow = "Book it."'),
        (
            "p.toml:141: certificates: Certificates are described but no access rule asks for one, so everybody gets in "
            'without. Allowed: certificate = ["valid", "grace"] in an access rule.'
        ),
    ),
    "example": (
        changed(('expect = { destination = "support"', 'expect = { destination = "manager"')),
        (
            'p.toml:139: examples 1 "a-fault" › expect › destination: Expected manager and got support (decided by: '
            "faults, contacts, written, covered, first-answer)."
        ),
    ),
    "example of unknown facts": (
        changed(('facts = { plan = "plus"', 'facts = { plan = "gold"')),
        'p.toml:138: examples 1 "a-fault" › facts: "gold" is not a value of plan. Allowed: basic, plus, none.',
    ),
    "example of impossible facts": (
        changed(('facts = { plan = "plus"', 'facts = { agreement = "none", standing = "user", plan = "plus"')),
        'p.toml:138: examples 1 "a-fault" › facts: These facts cannot be together: without an agreement there is no plan.',
    ),
    "example at no time": (
        changed(('name = "a-fault"', 'name = "a-fault"\nat = "noon"')),
        'p.toml:137: examples 1 "a-fault" › at: "noon" is not a time: write "YYYY-MM-DDTHH:MM".',
    ),
}


def test_rules_that_tell_too_much_apart_are_refused_in_a_sentence() -> None:
    count = 40
    facts = "".join(f'[facts.f{n}]\nname = "F"\nfrom = "agreement"\nvalues = ["a", "b", "c"]\n' for n in range(count))
    asked = [(n, (n * 7 + 1) % count, (n * 3 + 2) % count) for n in range(count)]
    rules = "".join(
        f'[[routes]]\nname = "r{one}"\nwhen = {{ f{one} = "a", f{other} = "b", f{third} = "c" }}\n'
        'to = "manager"\nbecause = "x"\n'
        for one, other, third in asked
        if len({one, other, third}) > 2
    )
    assert faults_of(changed(('[[routes]]\nname = "faults"', f'{rules}[[routes]]\nname = "faults"'), added=facts)) == [
        (
            "p.toml: The rules tell too much apart at once, so the proof does not come to an end: make conditions "
            "simpler, or ask about fewer facts in one rule."
        )
    ]


@pytest.mark.parametrize("name", PROOFS)
def test_proof_tells_what_is_missing_and_for_whom(name: str) -> None:
    text, expected = PROOFS[name]
    assert faults_of(text)[0] == expected
