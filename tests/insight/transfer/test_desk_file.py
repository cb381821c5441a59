"""Files that cannot be loaded: each fault has its line, its place, its cause and what is allowed there."""

import re

import pytest

from tests import factories as world
from vaxel.insight.transfer.desk_file import (
    AgreementEntry,
    DeskFileFaultsError,
    OrganisationEntry,
    PersonEntry,
    ProjectEntry,
    StaffEntry,
    read_desk_file,
)
from vaxel.insight.transfer.desk_references import check_desk_file
from vaxel.rules.policy import read_policy
from vaxel.rules.policy.faults import FaultList

POLICY = read_policy(world.policy_source("kompass")).file
STAFF = '[[staff]]\nmail = "bo@kompass.example"\nname = "Bo Rask"\n'
CUSTOMER = '[[organisations]]\nname = "Norrviks kommun"\n'
AGREEMENT = '[organisations.agreement]\nplan = "standard"\nproducts = ["suite"]\nstarts = 2026-01-01\n'


def _shape(text: str) -> list[str]:
    with pytest.raises(DeskFileFaultsError) as refused:
        read_desk_file(text.encode())
    return [fault.told("f.toml") for fault in refused.value.faults]


def _references(text: str) -> list[str]:
    faults = FaultList()
    check_desk_file(read_desk_file(text.encode()), POLICY, known_staff=["ada@kompass.example"], faults=faults)
    return [fault.told("f.toml") for fault in faults.all()]


def test_example_names_nothing_that_the_example_policy_lacks() -> None:
    text = (world.EXAMPLES.parent / "first-desk.toml").read_text(encoding="utf-8")
    assert _references(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("staff = 3", "f.toml:1: staff: 3 is not a list, [ … ]."),
        (
            f'{CUSTOMER}doamins = ["n.example"]',
            (
                'f.toml:3: organisations 1 "Norrviks kommun" › doamins: "doamins" is not a key here. '
                'Did you mean "domains"? Allowed: name, form, domains, active, agreement, roles, people, projects.'
            ),
        ),
        ('[[staff]]\nname = "Bo Rask"', 'f.toml:1: staff 1 "Bo Rask": `mail` is missing.'),
        (
            '[[staff]]\nmail = "bo.rask"\nname = "Bo Rask"',
            'f.toml:2: staff 1 "Bo Rask" › mail: "bo.rask" is not a mail address.',
        ),
        (
            f'{CUSTOMER}form = "muncipality"',
            (
                'f.toml:3: organisations 1 "Norrviks kommun" › form: "muncipality" is not one of the words here. '
                'Did you mean "municipality"? Allowed: municipality, region, agency, company.'
            ),
        ),
        (
            f"{CUSTOMER}{AGREEMENT}ends = 2026-12-31T10:00:00",
            (
                'f.toml:7: organisations 1 "Norrviks kommun" › agreement › ends: 2026-12-31 10:00:00 is not a day: '
                "write it as 2026-01-31, without quotes."
            ),
        ),
        (
            f'{CUSTOMER}domains = ["@norrvik.example"]',
            (
                'f.toml:3: organisations 1 "Norrviks kommun" › domains 1: "@norrvik.example" is not a mail domain: '
                'write what follows the @, as "kommun.example".'
            ),
        ),
        (
            f'{STAFF}phone = "{"1" * 41}"',
            f'f.toml:4: staff 1 "Bo Rask" › phone: "{"1" * 41}" is longer than 40 letters.',
        ),
        ("staff = [", "f.toml: This is not TOML: invalid value (at end of document)."),
    ],
)
def test_fault_of_shape_is_told_with_its_place(text: str, told: str) -> None:
    assert _shape(text) == [told]


def test_file_in_another_encoding_is_told_with_its_line() -> None:
    with pytest.raises(DeskFileFaultsError) as refused:
        read_desk_file('# a\nname = "Väst"'.encode("latin-1"))
    told = [fault.told("f.toml") for fault in refused.value.faults]
    assert told == ["f.toml:2: The file is not UTF-8: save it as UTF-8 text."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f'{STAFF}answers = ["suport"]',
            (
                'f.toml: staff 1 › answers: "suport" is not a destination where the vendor takes questions. '
                'Did you mean "support"? Allowed: support, account-manager, customer-success-manager, project-manager.'
            ),
        ),
        (
            '[roles]\nacount-manager = "ada@kompass.example"',
            (
                'f.toml: roles › acount-manager: "acount-manager" is not a role of the policy. '
                'Did you mean "account-manager"? Allowed: account-manager, customer-success-manager, project-manager.'
            ),
        ),
        (
            f'{STAFF}[roles]\naccount-manager = "bob@kompass.example"',
            (
                'f.toml: roles › account-manager: "bob@kompass.example" is not the address of one of the staff. '
                'Did you mean "bo@kompass.example"? Allowed: ada@kompass.example, bo@kompass.example.'
            ),
        ),
        (
            CUSTOMER + AGREEMENT.replace("standard", "standrad"),
            (
                'f.toml: organisations 1 › agreement › plan: "standrad" is not a plan of the policy. '
                'Did you mean "standard"? Allowed: standard, enterprise.'
            ),
        ),
        (
            CUSTOMER + AGREEMENT.replace('"suite"', '"suite", "metings"'),
            (
                'f.toml: organisations 1 › agreement › products: "metings" is not a product of the policy. '
                'Did you mean "meetings"? Allowed: suite, meetings, resource-planning.'
            ),
        ),
        (
            f"{CUSTOMER}{AGREEMENT}ends = 2025-12-31",
            "f.toml: organisations 1 › agreement › ends: The agreement ends on 2025-12-31, before it starts.",
        ),
        (
            (
                f'{CUSTOMER}[[organisations.projects]]\nname = "X"\nmanager = "ada@kompass.example"\n'
                "starts = 2026-02-01\nends = 2026-01-01"
            ),
            "f.toml: organisations 1 › projects 1 › ends: The project ends on 2026-01-01, before it starts.",
        ),
        (
            (
                f'{CUSTOMER}[[organisations.people]]\nmail = "u@n.example"\nname = "U"\n'
                "certificates = [{ passed = 2026-02-01, expires = 2026-01-01 }]"
            ),
            (
                "f.toml: organisations 1 › people 1 › certificates 1 › expires: "
                "The certificate expires on 2026-01-01, before it was passed."
            ),
        ),
        (
            f"{STAFF}{STAFF.replace('bo@', 'BO@')}",
            'f.toml: staff 2 › mail: "bo@kompass.example" stands already in entry 1 of this list.',
        ),
        (
            f"{CUSTOMER}{CUSTOMER.replace('Norrviks', 'NORRVIKS')}",
            'f.toml: organisations 2 › name: "norrviks kommun" stands already in entry 1 of this list.',
        ),
    ],
)
def test_name_that_means_nothing_here_is_told_with_what_is_allowed(text: str, told: str) -> None:
    assert _references(text) == [told]


def test_facts_of_the_agreement_are_those_that_the_policy_declares() -> None:
    policy = read_policy(
        world.policy_source("kompass")
        + """
[facts.addon]
name = "Add-on"
from = "agreement"
values = ["none", "evenings"]

[facts.seats-sold]
name = "Sold"
from = "agreement"
number = true
max = 10
"""
    ).file
    facts = 'facts = { addon = "evening", seats-sold = 11, addons = "none" }'
    faults = FaultList()
    check_desk_file(read_desk_file(f"{CUSTOMER}{AGREEMENT}{facts}".encode()), policy, known_staff=(), faults=faults)
    assert [(fault.path[-1], str(fault.problem), fault.nearest) for fault in faults.all()] == [
        ("addon", '"evening" is not a value of this fact.', "evenings"),
        ("seats-sold", "11 is not a whole number from 0 to 10.", None),
        ("addons", '"addons" is not a fact that the policy takes from the agreement.', "addon"),
    ]


def test_docs_name_every_key_of_the_file() -> None:
    text = (world.EXAMPLES.parents[1] / "docs" / "running.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `\[+([a-z.]+)\]+` \| (.+) \|$", text, flags=re.MULTILINE))
    told = {table: set(re.findall(r"`([a-z_]+)`", row)) for table, row in rows.items()}
    tables_of_their_own = {"agreement", "roles", "people", "projects"}
    assert told == {
        "roles": set(),
        "staff": set(StaffEntry.model_fields),
        "organisations": set(OrganisationEntry.model_fields) - tables_of_their_own,
        "organisations.agreement": set(AgreementEntry.model_fields),
        "organisations.roles": set(),
        "organisations.people": set(PersonEntry.model_fields),
        "organisations.projects": set(ProjectEntry.model_fields),
    }
