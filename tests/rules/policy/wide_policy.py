"""A large made-up policy: the size that the proof must bear."""

from collections.abc import Iterator


def wide_policy(*, products: int = 12, plans: int = 6, kinds: int = 60, facts: int = 8) -> str:
    """The TOML of a policy with so many of each, whose rules tell most of them apart."""
    parts = [
        _DESK,
        *(_product(number) for number in range(products)),
        *(_plan(number) for number in range(plans)),
        *(_kind(number, products) for number in range(kinds)),
        *(_fact(number) for number in range(facts)),
        *_routes(kinds, facts),
        *_access(products, plans),
        *_channels(products),
        *_billing(plans, facts),
        *_targets(plans, products),
    ]
    return "\n".join(parts)


def _product(number: int) -> str:
    return f'[products.p{number}]\nname = "P{number}"'


def _plan(number: int) -> str:
    return f'[plans.l{number}]\nname = "L{number}"\ncontacts = {number + 1}'


def _kind(number: int, products: int) -> str:
    scope = "out" if number % 3 == 2 else "in"
    about = "" if number % 4 else f'\nproducts = ["p{number % products}", "p{(number + 5) % products}"]'
    return f'[kinds.k{number}]\nname = "K{number}"\nscope = "{scope}"{about}'


def _fact(number: int) -> str:
    head = f'[facts.f{number}]\nname = "F{number}"\n'
    if number % 4 == 3:
        limits = f"limits = {{ l0 = 2, l1 = {number}, l2 = 12, l3 = 20 }}"
        return f'{head}from = "count"\ncounts = "tickets"\nper = "year"\nnumber = true\n{limits}'
    if number % 4 == 2:
        return f'{head}from = "agreement"\nnumber = true'
    return f'{head}from = "agreement"\nvalues = ["a", "b", "c"]'


def _routes(kinds: int, facts: int) -> Iterator[str]:
    for number in range(0, kinds, 2):
        values = f"f{number % facts} = {_test(number % facts)}, f{(number + 1) % facts} = {_test((number + 1) % facts)}"
        yield _rule("routes", f"route-{number}", f'kind = "k{number}", {values}', f'to = "team-{number % 4}"')
    yield _rule("routes", "route-project", 'scope = "out", project = "active"', 'to = "manager"')
    yield _rule("routes", "route-out", 'scope = "out"', 'to = "account"')
    yield _rule("routes", "route-rest", "", 'to = "team-0"')


def _test(number: int) -> str:
    return {3: '"used-up"', 2: f"{{ at_least = {number * 10} }}"}.get(number % 4, '["a", "b"]')


def _access(products: int, plans: int) -> Iterator[str]:
    teams = 'to = ["team-0", "team-1", "team-2", "team-3"]\nallow = true'
    for number in range(products):
        condition = (
            f'standing = "user", product = "p{number}", products = {{ lacks = "p{(number + 1) % products}" }}, f0 = "a"'
        )
        yield _rule("access", f"access-{number}", condition, teams)
    for number in range(plans):
        yield _rule(
            "access", f"contacts-{number}", f'standing = "contact", plan = "l{number}", certificate = "valid"', teams
        )


def _channels(products: int) -> Iterator[str]:
    for number in range(products):
        condition = f'urgent = true, product = "p{number}", plan = ["l{number % 6}", "l5"], f1 = {{ not = "b" }}'
        yield _rule("channels", f"phone-{number}", condition, 'channels = "phone"\nallow = true\nopen = "office"')
    yield _rule("channels", "written", "", 'channels = ["portal", "mail"]\nallow = true')


def _billing(plans: int, facts: int) -> Iterator[str]:
    for number in range(plans):
        condition = f'plan = "l{number}", scope = "in", f{number % facts} = {_test(number % facts)}'
        yield _rule("billing", f"bill-{number}", condition, 'kind = "included"')
    for number in range(3, facts, 4):
        yield _rule("billing", f"used-up-{number}", f'f{number} = "used-up", scope = "in"', 'kind = "quota-used-up"')
    yield _rule("billing", "bill-rest", "", 'kind = "offer-first"')


def _targets(plans: int, products: int) -> Iterator[str]:
    teams = 'destinations = ["team-0", "team-1"]\ncalendar = "office"\npromise = "goal"'
    for number in range(plans):
        for level, hours in (("low", 16), ("normal", 8), ("high", 2)):
            product = f'product = {{ not = "p{(number * 2) % products}" }}'
            condition = f'plan = "l{number}", priority = "{level}", scope = "in", {product}'
            outcome = f'clock = "first-answer"\nwithin = "{hours + number}h"\n{teams}'
            yield _rule("targets", f"first-{number}-{level}", condition, outcome)


def _rule(section: str, name: str, condition: str, outcome: str) -> str:
    when = f"\nwhen = {{ {condition} }}" if condition else ""
    return f'[[{section}]]\nname = "{name}"{when}\n{outcome}\nbecause = "Because of {name}."'


_DESK = """
[desk]
slug = "wide"
prefix = "WIDE"
name = "Wide"
languages = ["en"]
channels = ["portal", "mail", "phone"]
strangers = { destination = "reception", because = "We do not know you." }

[priorities.levels.low]
name = "Low"
text = "Low."
[priorities.levels.normal]
name = "Normal"
text = "Normal."
[priorities.levels.high]
name = "High"
text = "High."

[certificates]
text = "Pass the course."
how = "Book it."

[roles.account]
name = "Account manager"
every_organisation = true
[roles.manager]
name = "Project manager"
fallback = "account"

[destinations.team-0]
type = "team"
name = "Team 0"
otherwise = { destination = "local", because = "Ask your own contacts." }
[destinations.team-1]
type = "team"
name = "Team 1"
otherwise = { destination = "team-0", because = "Team 0 takes it." }
[destinations.team-2]
type = "team"
name = "Team 2"
otherwise = { destination = "local", because = "Ask your own contacts." }
[destinations.team-3]
type = "team"
name = "Team 3"
otherwise = { destination = "local", because = "Ask your own contacts." }
[destinations.local]
type = "local-contacts"
name = "Local"
fallback = "account"
[destinations.account]
type = "role"
role = "account"
name = "Account manager"
[destinations.manager]
type = "role"
role = "manager"
name = "Project manager"
[destinations.reception]
type = "contact-details"
name = "Reception"
details = { phone = "010-555 00 00" }

[calendars.office]
open = { weekdays = ["08:00-17:00"] }
"""
