"""Every piece of TOML in docs/policy.md is what it says it is."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from vaxel.rules.policy import PolicyFile, check, read_policy

DOCS = (Path(__file__).parents[3] / "docs" / "policy.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"```toml\n# ([^\n]+)\n(.*?)```", DOCS, flags=re.DOTALL))
RECIPES = {title.removeprefix("recipe: "): text for title, text in BLOCKS.items() if title.startswith("recipe: ")}


def merged(base: dict[str, Any], recipe: dict[str, Any]) -> dict[str, Any]:
    """The recipe on the base as the page describes it: its rules first, its keys added, its own examples."""
    whole = dict(base)
    for key, value in recipe.items():
        if isinstance(value, list):
            whole[key] = [*value, *base.get(key, [])]
        elif isinstance(value, Mapping):
            whole[key] = merged(base.get(key, {}), dict(value))
        else:
            whole[key] = value
    return whole


def test_base_policy_is_proven() -> None:
    report = check(read_policy(BLOCKS["base"]), text=BLOCKS["base"])
    assert [fault.told("base") for fault in report.faults] == []
    assert report.notes == ()


@pytest.mark.parametrize("name", RECIPES)
def test_recipe_on_the_base_is_proven(name: str) -> None:
    base = tomllib.loads(BLOCKS["base"])
    del base["examples"]
    text = tomli_w.dumps(merged(base, tomllib.loads(RECIPES[name])))
    report = check(read_policy(text, source=name), text=text)
    assert [fault.told(name) for fault in report.faults] == []


@pytest.mark.parametrize("line", [line for line in BLOCKS["conditions"].splitlines() if line])
def test_condition_of_the_page_is_one(line: str) -> None:
    base = tomllib.loads(BLOCKS["base"])
    effort = {"name": "Effort", "from": "agreement", "number": True}
    rule = {"name": "asked", "roles": "account-manager"} | tomllib.loads(line)
    text = tomli_w.dumps(
        merged(base, {"products": {"maps": {"name": "Maps"}}, "facts": {"effort": effort}, "notify": [rule]})
    )
    assert read_policy(text).file.notify[0].when != ()


def test_recipes_all_carry_an_example() -> None:
    assert [name for name, text in RECIPES.items() if "[[examples]]" not in text] == []


def test_every_section_of_the_file_is_described() -> None:
    missing = [name for name in PolicyFile.model_fields if f"[{name}" not in DOCS and f"[[{name}" not in DOCS]
    assert missing == []


def test_every_key_of_the_file_is_described() -> None:
    def keys(schema: dict[str, Any]) -> set[str]:
        return {key for part in schema["$defs"].values() for key in part.get("properties", {})}

    words = set(re.findall(r"[a-z_]+", DOCS))
    assert sorted(keys(PolicyFile.model_json_schema(by_alias=True)) - words) == []
