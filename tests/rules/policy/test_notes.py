"""What looks forgotten is noted, and is no fault."""

import pytest

from tests.rules.policy.small_policy import changed
from vaxel.rules.policy import check, read_policy

BY_FORM = """[facts.claim]
name = "Claim"
from = "form"
question = "Are you a contact?"
values = ["yes", "no"]
labels = { yes = "Yes", no = "No" }

[[access]]
name = "whoever-says-so"
to = "support"
when = { standing = ["contact", "user"], claim = "yes", plan = "plus" }
allow = true
because = "You say so."
"""
BY_URGENT = """[[access]]
name = "in-a-hurry"
to = "support"
when = { standing = ["contact", "user"], urgent = true }
allow = true
because = "You are in a hurry."
"""
BY_CHANNEL = """[[access]]
name = "callers"
to = "support"
when = { standing = ["contact", "user"], channel = "phone", plan = "plus" }
allow = true
because = "You call."
"""
NO_FIRST_ANSWER = """[[targets]]
name = "not-for-small"
clock = "first-answer"
destinations = "support"
when = { plan = "plus", priority = "critical" }
promise = "none"
because = "Best effort."

[[targets]]
name = "mended"
clock = "solved"
destinations = "support"
when = { plan = "plus", priority = "critical" }
within = "8h"
calendar = "office"
promise = "goal"
because = "Eight hours."

[[targets]]"""
VERSION = """[facts.age]
name = "Age"
from = "version"
values = ["new", "old"]
versions = { new = ["9.*"], old = ["*"] }

[[notify]]
name = "old-version"
when = { age = "old" }
roles = "manager"
"""
CERTIFICATE = """[certificates]
text = "Pass the course."
how = "Book it."

[[notify]]
name = "not-trained"
when = { certificate = "none" }
roles = "manager"
"""

NUMBER = '[destinations.support.details]\nphone = "010-555 00 01"'

NOTES = {
    "role": (
        changed(added='[roles.tester]\nname = "T"\nevery_organisation = true'),
        "roles › tester: no destination and no notice is for this role.",
    ),
    "topic": (changed(added='[topics.login]\nname = "L"'), "topics › login: no kind of question offers this topic."),
    "plan": (
        changed(added='[plans.gold]\nname = "Gold"\ncontacts = 9'),
        "plans › gold: rules name other plans and never this one.",
    ),
    "calendar": (
        changed(added="[calendars.spare]\nalways = true"),
        "calendars › spare: nothing follows this calendar.",
    ),
    "version": (
        changed(added=VERSION),
        'facts › age: no form has a field of type = "version", so the version is never told.',
    ),
    "form": (
        changed(added=BY_FORM),
        'access 2 "whoever-says-so": askers answer claim themselves, so whoever says so gets in.',
    ),
    "urgent": (
        changed(added=BY_URGENT),
        'access 2 "in-a-hurry": askers answer urgent themselves, so whoever says so gets in.',
    ),
    "not": (
        changed(('= { plan = "plus" }\nwithin', '= { urgent = { not = true }, plan = { not = "basic" } }\nwithin')),
        (
            'targets 1 "first-answer": plan = { not = … } holds where plan is "none", too; list the values instead if '
            "that is not meant."
        ),
    ),
    "users": (
        changed(('when = { standing = "contact", plan = ["basic", "plus"] }', 'when = { plan = ["basic", "plus"] }')),
        (
            'access 1 "contacts": the rule does not ask about `standing`, so everybody at the customer gets in, not '
            'only contacts; write standing = "contact", or ["contact", "user"] if that is meant.'
        ),
    ),
    "certificate": (
        changed(added=CERTIFICATE),
        "certificates: no access rule asks for one, so everybody gets in without.",
    ),
    "promise": (
        changed(('destinations = "support"\nwhen = { plan = "plus" }', 'destinations = ["support", "manager"]')),
        (
            'targets 1 "first-answer": it promises those without an active agreement, too; let it ask for `agreement` '
            "if not."
        ),
    ),
    "promise to an agreement that has ended": (
        changed(('plan = ["basic", "plus"] }', 'plan = ["basic", "plus"], agreement = ["active", "ended"] }')),
        (
            'targets 1 "first-answer": it promises those without an active agreement, too; let it ask for `agreement` '
            "if not."
        ),
    ),
    "promise of another clock": (
        changed(("[[targets]]", NO_FIRST_ANSWER)),
        (
            'targets 1 "not-for-small": no first answer is promised here, and "mended" still promises a time; give its '
            'clock a rule with promise = "none", too, if that is not meant.'
        ),
    ),
    "channel": (
        changed(added=BY_CHANNEL),
        'access 2 "callers": askers choose the channel themselves, so whoever comes by it gets in.',
    ),
    "price": (
        changed(('kind = "offer-first"', 'kind = "fixed-fee"\nconfirm = true')),
        'billing 2 "by-offer": no price is told; give `rate` or `fee`.',
    ),
    "country": (
        changed(('open = { weekdays = ["08:00-17:00"] }', 'open = { weekdays = ["08:00-17:00"] }\nholidays = "SV"')),
        'calendars › office: "SV" is El Salvador; Sweden is "SE".',
    ),
    "closed most of the year": (
        changed(
            (
                'open = { weekdays = ["08:00-17:00"] }',
                'open = { weekdays = ["08:00-17:00"] }\nclosed = ["12-23..01-06", "07-31..07-01"]',
            )
        ),
        (
            'calendars › office: "07-31..07-01" closes most of the year; write the earlier date first if that is not '
            "meant."
        ),
    ),
    "example of two kinds": (
        changed(
            ('scope = "in"', 'scope = "in"\nexamples.en = ["Help"]'),
            ('scope = "out"', 'scope = "out"\nexamples.en = ["help"]'),
        ),
        'kinds › advice: "help" is an example of fault too.',
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_what_looks_forgotten_is_noted(name: str) -> None:
    text, expected = NOTES[name]
    text = f"{text}\n{NUMBER}"
    report = check(read_policy(text), text=text)
    assert [fault.told("p.toml") for fault in report.faults] == []
    assert [str(note) for note in report.notes] == [expected]


def test_nothing_forgotten_is_not_noted() -> None:
    assert check(read_policy(changed(added=NUMBER))).notes == ()


def test_phone_without_a_number_is_noted() -> None:
    (note,) = check(read_policy(changed())).notes
    assert str(note) == "desk: some may call, and there is no `phone` number to show them."
