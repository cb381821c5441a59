"""The policy of a desk: one TOML file that says where every question goes, how, when and why.

`read_policy` reads a file or tells every fault in it; `check` proves it over all facts; `decide` answers one
question; `explanation` tells the answer; `compare` and `replay` show what another version would change.
The language is described in docs/policy.md.
"""

from vaxel.rules.policy.check import Report, check
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import UndecidedError, decide
from vaxel.rules.policy.decision import (
    Billing,
    ChannelOpening,
    Decision,
    FieldAsked,
    Notice,
    Reason,
    Target,
)
from vaxel.rules.policy.diff import Change, compare, examples_dropped
from vaxel.rules.policy.entries import Entry, entries_changed
from vaxel.rules.policy.example_check import local_instant
from vaxel.rules.policy.explain import explanation, told
from vaxel.rules.policy.facts import Facts, FactsError
from vaxel.rules.policy.faults import Fault, PolicyFaultsError
from vaxel.rules.policy.given import default_priority, default_wish, facts_from
from vaxel.rules.policy.reader import read_policy
from vaxel.rules.policy.replay import Replayed, replay
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.policy.schema import policy_schema
from vaxel.rules.policy.versions import value_of_version

__all__ = [
    "Billing",
    "Change",
    "ChannelOpening",
    "Decision",
    "Entry",
    "Facts",
    "FactsError",
    "Fault",
    "FieldAsked",
    "Notice",
    "Policy",
    "PolicyFaultsError",
    "PolicyFile",
    "Reason",
    "Replayed",
    "Report",
    "Target",
    "UndecidedError",
    "check",
    "compare",
    "decide",
    "default_priority",
    "default_wish",
    "entries_changed",
    "examples_dropped",
    "explanation",
    "facts_from",
    "local_instant",
    "policy_schema",
    "read_policy",
    "replay",
    "told",
    "value_of_version",
]
