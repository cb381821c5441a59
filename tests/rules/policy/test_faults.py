# ruff: noqa: E501 - what people read is compared whole
"""A fault in a policy names its line, its place, what is wrong there and what is allowed."""

import pytest

from tests.rules.policy.small_policy import changed, faults_of
from vaxel.rules.policy import PolicyFaultsError, read_policy

NUMBER = '[facts.effort]\nname = "Effort"\nfrom = "agent"\nquestion = "How long?"\nnumber = true'
VERSION = """[facts.v]
name = "V"
from = "version"
values = ["new", "old"]
versions = {{ {} }}
{}
[[notify]]
name = "old-version"
when = {{ v = "old" }}
roles = "manager"
"""
TARGET = 'when = { plan = "plus" }\nwithin'


def when_on_target(condition: str, added: str = "") -> str:
    """The small policy with another condition on its target."""
    return changed((TARGET, f"when = {condition}\nwithin"), added=added)


SHAPES: dict[str, tuple[str | bytes, str]] = {
    "key": (
        changed(('promise = "goal"', 'promise = "goal"\nwithn = "1h"')),
        (
            'p.toml:127: targets 1 "first-answer" › withn: "withn" is not a key here. Did you mean "within"? '
            "Allowed: name, when, clock, destinations, promise, within, same_day, calendar, because."
        ),
    ),
    "word": (
        changed(('promise = "goal"', 'promise = "gaol"')),
        (
            'p.toml:126: targets 1 "first-answer" › promise: "gaol" is not one of the words here. Did you mean "goal"? '
            "Allowed: goal, guarantee, none."
        ),
    ),
    "flag": (
        changed(('allow = true\nbecause = "You are', 'allow = "yes"\nbecause = "You are')),
        'p.toml:87: access 1 "contacts" › allow: "yes" is not true or false, without quotes.',
    ),
    "either type": (
        changed(("contacts = 1", 'contacts = "unlimted"')),
        (
            'p.toml:17: plans › basic › contacts: "unlimted" is not a whole number, without quotes, nor one of the words '
            'here. Did you mean "unlimited"? Allowed: unlimited.'
        ),
    ),
    "huge": (
        changed(("contacts = 5", f"contacts = {10**30}")),
        (
            f"p.toml:21: plans › plus › contacts: {10**30} is not a number from 0 to 1 000 000 000, nor one of the words "
            "here. Allowed: unlimited."
        ),
    ),
    "missing": (
        changed(('because = "Faults go to support."', "")),
        'p.toml:72: routes 1 "faults": `because` is missing.',
    ),
    "empty text": (
        changed(('"Faults go to support."', '" "')),
        'p.toml:76: routes 1 "faults" › because: An empty text says nothing: write it, or leave the key out.',
    ),
    "name": (
        changed(("[plans.basic]", "[plans.Basic]")),
        'p.toml:15: plans › Basic: "Basic" is not a name: use small letters a to z, digits and single hyphens.',
    ),
    "toml": (
        changed(("[products.app]", "[products.app")),
        "p.toml:9: This is not TOML: expected ']' at the end of a table declaration.",
    ),
    "open text": (
        changed(("[products.app]", 'open = "text\n[products.app]')),
        "p.toml:9: This is not TOML: unterminated string.",
    ),
    "not text": (b"[desk]\nslug = '\xff'", "p.toml:2: Byte 15 is not UTF-8: save the file as UTF-8 text."),
    "deep": ("a = " + "[" * 5000 + "]" * 5000, "p.toml: This is not TOML that can be read: a value is out of bounds."),
    "time zone": (
        changed(('languages = ["en"]', 'languages = ["en"]\ntime_zone = "Europe/Stokholm"')),
        (
            'p.toml:6: desk › time_zone: "Europe/Stokholm" is not a time zone: write an IANA name, as "Europe/Stockholm"; '
            'did you mean "Europe/Stockholm"?'
        ),
    ),
    "two times": (
        changed(('within = "4h"', 'within = "4h"\nsame_day = { cut_off = "15:00" }')),
        (
            'p.toml:119: targets 1 "first-answer": A promise has one time: give within = "4h" or '
            'same_day = { cut_off = "15:00" }.'
        ),
    ),
    "no calendar": (
        changed(('calendar = "office"\npromise', "promise")),
        (
            'p.toml:119: targets 1 "first-answer": A promise counts the hours of a calendar: give calendar = a name from '
            "[calendars]."
        ),
    ),
    "no yes": (
        changed(('kind = "offer-first"', 'kind = "offer-first"\nconfirm = false')),
        'p.toml:114: billing 2 "by-offer": `kind = "offer-first"` means a yes before work: remove confirm = false.',
    ),
    "yes not said": (
        changed(('kind = "offer-first"', 'kind = "by-the-hour"')),
        (
            'p.toml:114: billing 2 "by-offer": `kind = "by-the-hour"` costs the customer: say confirm = true if the terms '
            "ask for a yes before work, confirm = false if they do not."
        ),
    ),
    "free and priced": (
        changed(('kind = "included"', 'kind = "included"\nrate = "900 kr"')),
        'p.toml:108: billing 1 "covered": `kind = "included"` costs nothing: remove rate and fee.',
    ),
}

REFERENCES = {
    "same name": (
        changed(('name = "the-rest"', 'name = "faults"')),
        'p.toml:79: routes 2 "faults" › name: "faults" is already the name of a rule in routes: every rule has its own.',
    ),
    "reserved": (
        changed(("[plans.basic]", "[plans.unknown]"), ('plan = ["basic", "plus"]', 'plan = ["plus"]')),
        'p.toml:15: plans › unknown: "unknown" is a word of the language itself: choose another name.',
    ),
    "language": (
        changed(('languages = ["en"]', 'languages = ["sv"]'), ('"Faults go to support."', '{ en = "Faults." }')),
        'p.toml:76: routes 1 "faults" › because: The text has no sv: the desk speaks sv.',
    ),
    "calendar": (
        changed(('calendar = "office"\npromise', 'calendar = "ofice"\npromise')),
        (
            'p.toml:125: targets 1 "first-answer" › calendar: "ofice" is not a calendar. Did you mean "office"? '
            "Allowed: office."
        ),
    ),
    "never open": (
        changed(('open = { weekdays = ["08:00-17:00"] }', "open = { weekdays = [] }")),
        (
            "p.toml:65: calendars › office: The calendar has no opening hours for 366 days after 2025-01-01: a desk must "
            "open at least once a year."
        ),
    ),
    "cut-off": (
        changed(('within = "4h"', 'same_day = { cut_off = "19:00" }')),
        (
            'p.toml:124: targets 1 "first-answer" › same_day: The cut-off 19:00 is outside the opening hours of every '
            "weekday: put it after an opening and not after the close."
        ),
    ),
    "role without stand-in": (
        changed(("every_organisation = true", "")),
        (
            "p.toml:40: roles › manager: Who answers for an organisation without one? Give `fallback`, or "
            "every_organisation = true. Allowed: reception."
        ),
    ),
    "roles go round": (
        changed(("every_organisation = true", 'fallback = "b"\n[roles.b]\nname = "B"\nfallback = "manager"')),
        "p.toml:42: roles › manager › fallback: The fallbacks go round: manager → b → manager.",
    ),
    "stand-in is a team": (
        changed(('fallback = "manager"', 'fallback = "support"')),
        (
            'p.toml:53: destinations › local › fallback: "support" is not a destination of type role or contact-details. '
            "Allowed: manager, reception."
        ),
    ),
    "open team": (
        changed(('otherwise = { destination = "local", because = "Your contacts help you first." }', "")),
        (
            'p.toml:44: destinations › support: type = "team" needs `otherwise`: where those go whom no access rule lets '
            "in: { destination = …, because = { … } }."
        ),
    ),
    "stranger let in": (
        changed(('standing = "contact", plan', 'standing = ["contact", "stranger"], plan')),
        (
            'p.toml:86: access 1 "contacts" › when › standing: A stranger is never let in: contact details are what '
            "strangers get, by desk.strangers. Allowed: contact, user."
        ),
    ),
    "promise elsewhere": (
        changed(('destinations = "support"', 'destinations = ["support", "local"]')),
        (
            'p.toml:122: targets 1 "first-answer" › destinations: "local" is not a destination where the vendor takes '
            "tickets (a team, or a role with tickets). Allowed: support, manager."
        ),
    ),
    "channel": (
        changed(('channels = "phone"', 'channels = "mail"')),
        'p.toml:98: channels 2 "phone-on-plus" › channels: "mail" is not a channel of this desk. Allowed: portal, phone.',
    ),
    "fact from count": (
        changed(added='[facts.n]\nname = "N"\nfrom = "count"\nnumber = true\nper = "year"'),
        'p.toml:141: facts › n: from = "count" needs `counts`.',
    ),
    "certificate without certificates": (
        changed(('standing = "contact", plan', 'standing = "contact", certificate = "valid", plan')),
        (
            'p.toml:86: access 1 "contacts" › when › certificate: Nobody has a certificate here: describe what is '
            "required in [certificates]."
        ),
    ),
    "value that no version gives": (
        changed(added=VERSION.format('new = ["9.*"]', "")),
        'p.toml:145: facts › v › versions: No version is "old": give it patterns, or make it the default.',
    ),
    "version that is taken already": (
        changed(added=VERSION.format('new = ["*"], old = ["8.*"]', "")),
        'p.toml:145: facts › v › versions › old: "8.*" never fits: "*" takes those versions before.',
    ),
    "version that is taken twice": (
        changed(added=VERSION.format('new = ["9.*"], old = ["9.*", "8.*"]', "")),
        'p.toml:145: facts › v › versions › old: "9.*" never fits: "9.*" takes those versions before.',
    ),
    "link that is none": (
        changed(('phone = "010-555 00 00"', 'web = "javascript:alert(1)"')),
        (
            'p.toml:63: destinations › reception › details › web: "javascript:alert(1)" is not an address on the web: '
            'write it whole, as "https://help.example".'
        ),
    ),
    "mail that is none": (
        changed(('phone = "010-555 00 00"', 'mail = "reception"')),
        (
            'p.toml:63: destinations › reception › details › mail: "reception" is not a mail address: write it as '
            '"support@desk.example".'
        ),
    ),
    "phone that is none": (
        changed(('phone = "010-555 00 00"', 'phone = "ask us"')),
        (
            'p.toml:63: destinations › reception › details › phone: "ask us" is not a phone number: write it in digits, '
            'as "010-555 00 00".'
        ),
    ),
    "prefix": (
        changed(('prefix = "SML"', 'prefix = "Small"')),
        'p.toml:3: desk › prefix: "Small" is not a prefix of ticket numbers: write 2 to 6 capitals or digits, as "LOD".',
    ),
    "clock of an example": (
        changed(('targets = ["first-answer"]', 'targets = ["first-anwser"]')),
        (
            'p.toml:139: examples 1 "a-fault" › expect › targets 1: "first-anwser" is not one of the words here. Did you '
            'mean "first-answer"? Allowed: first-answer, next-answer, update, workaround, solved.'
        ),
    ),
    "fact of every policy": (
        changed(added='[facts.plan]\nname = "N"\nfrom = "agreement"\nvalues = ["a", "b"]'),
        'p.toml:141: facts › plan: "plan" is a fact that every policy has: choose another name.',
    ),
}

CONDITIONS = {
    "value": (
        when_on_target('{ plan = "pluss" }'),
        '› plan: "pluss" is not a value of plan here. Did you mean "plus"? Allowed: basic, plus, none.',
    ),
    "flag in quotes": (
        when_on_target('{ urgent = "true" }'),
        '› urgent: "true" is not true or false. Allowed: false, true.',
    ),
    "empty list": (
        when_on_target("{ plan = [] }"),
        "› plan: An empty list matches nothing: name at least one value. Allowed: basic, plus, none.",
    ),
    "nothing left": (
        when_on_target('{ standing = { not = ["contact", "user", "stranger"] } }'),
        "› standing: `not` leaves no value of standing: the rule could never apply.",
    ),
    "contradiction": (
        when_on_target('{ scope = "in", kind = "advice" }'),
        ": `scope` and `kind` exclude each other: no question meets all of them.",
    ),
    "empty": (when_on_target("{ }"), ": An empty `when` says nothing: leave it out if the rule always applies."),
    "not a number": (
        when_on_target('{ effort = "120" }', NUMBER),
        (
            '› effort: "120" is not a condition on a number. Allowed: a whole number, { below = n }, { at_least = n }, '
            '{ at_most = n }, { above = n }, two of these together, "unknown" where the fact has no default.'
        ),
    ),
    "no such number": (
        when_on_target("{ effort = { at_least = 10, below = 5 } }", NUMBER),
        "› effort: No number that effort can be meets { at_least = 10, below = 5 }.",
    ),
    "below nothing": (
        when_on_target("{ effort = { below = 0 } }", NUMBER),
        "› effort: No number that effort can be meets { below = 0 }.",
    ),
    "products as a name": (
        when_on_target('{ products = "app" }'),
        (
            '› products: "app" is not a condition on products. Allowed: { has = [products] }, { has_any = [products] }, '
            "{ only = [products] }, { lacks = [products] }."
        ),
    ),
    "has and lacks": (
        when_on_target('{ products = { has = "app", lacks = "app" } }'),
        '› products: No set of products meets { has = "app", lacks = "app" }.',
    ),
}

EVERYWHERE: dict[str, tuple[str | bytes, str]] = {**SHAPES, **REFERENCES}


@pytest.mark.parametrize("name", EVERYWHERE)
def test_fault_tells_its_place_and_what_is_allowed(name: str) -> None:
    text, expected = EVERYWHERE[name]
    assert faults_of(text)[0] == expected


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("escalate_to", "Nothing happens by itself later: [[notify]] tells roles at once."),
        ("service_credit", "There are no credits: say it in the `because` of the target."),
        ("percentile", 'A promise is about one ticket: give its time with promise = "goal".'),
        ("price", "What work costs is told by rules of [[billing]]."),
        ("needs_approval", 'A yes before work is `confirm` in [[billing]], or kind = "offer-first".'),
    ],
)
def test_key_that_the_language_lacks_tells_what_there_is_instead(key: str, instead: str) -> None:
    (told,) = faults_of(changed(('promise = "goal"', f'promise = "goal"\n{key} = 1')))
    assert told.partition(": targets")[2].startswith(
        f' 1 "first-answer" › {key}: "{key}" is not a key here. {instead} Allowed: '
    )


def test_word_of_its_own_is_not_taken_for_a_slip() -> None:
    (told,) = faults_of(changed(added='[[escalations]]\nname = "z"'))
    assert told.partition(" Allowed: ")[0] == (
        'p.toml:141: escalations: "escalations" is not a key here. Nothing happens by itself later: [[notify]] tells roles at once.'
    )


@pytest.mark.parametrize(
    ("fact", "instead"),
    [
        (
            "or",
            "One table is `and`, a list of tables is `or`, a list of values is any of them, and { not = … } stands at a fact.",
        ),
        (
            "customer",
            'No rule asks about words, or about one customer or person: declare a fact with from = "agreement", "organisation" or "person", and set it there.',
        ),
        ("hour", 'When it is asked is a fact with from = "calendar"; nothing counts days.'),
        ("severity", "Severities are [priorities.levels.NAME], asked about as `priority`."),
        ("environment", "Anything else that decides is declared as [facts.NAME]."),
    ],
)
def test_fact_that_the_language_lacks_tells_what_there_is_instead(fact: str, instead: str) -> None:
    (told,) = faults_of(when_on_target(f'{{ {fact} = "x" }}'))
    assert told.partition(" › when ")[2].startswith(
        f'› {fact}: "{fact}" is not a fact: declare it under [facts] or use one of those there are. {instead} Allowed: '
    )


@pytest.mark.parametrize("name", CONDITIONS)
def test_fault_in_a_condition_tells_the_fact(name: str) -> None:
    text, expected = CONDITIONS[name]
    place = 'p.toml:123: targets 1 "first-answer" › when'
    assert faults_of(text) == [f"{place}{'' if expected.startswith(':') else ' '}{expected}"]


def test_faults_are_told_all_at_once_in_the_order_of_the_file() -> None:
    text = changed(('to = "support"\nbecause', 'to = "suport"\nbecause'), ('open = "office"', 'open = "ofice"'))
    assert [fault.partition(": ")[0] for fault in faults_of(text)] == ["p.toml:75", "p.toml:101"]


def test_base_of_these_tests_has_no_fault() -> None:
    assert faults_of(changed()) == []


@pytest.mark.parametrize(
    "text", ["", "desk = 1", "routes = []", "[[desk]]", "[desk]\nstrangers = []", 'a = "\x00"', "=", "[plans]\n1 = 2"]
)
def test_nonsense_is_told_as_faults(text: str) -> None:
    with pytest.raises(PolicyFaultsError):
        read_policy(text)
