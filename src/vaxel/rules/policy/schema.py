"""The JSON Schema of a policy file, for editors that complete and check while one writes."""

from typing import Any

from vaxel.rules.policy.rulebook import PolicyFile


def policy_schema() -> dict[str, Any]:
    """The shape of the file. What its parts say about each other only `vaxel policy check` can tell."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The policy of a Växel desk",
        **PolicyFile.model_json_schema(by_alias=True, mode="validation"),
    }
