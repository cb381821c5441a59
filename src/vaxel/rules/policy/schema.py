"""The JSON Schema of a policy file, for editors that complete and check while one writes."""

from typing import Any, Final

from vaxel.rules.policy.rulebook import PolicyFile

_NULL: Final = {"type": "null"}


def policy_schema() -> dict[str, Any]:
    """The shape of the file. What its parts say about each other only `vaxel policy check` can tell."""
    schema: dict[str, Any] = _as_toml(PolicyFile.model_json_schema(by_alias=True, mode="validation"))
    return (
        {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema | {"title": "The policy of a Växel desk"}
    )


def _as_toml(schema: Any) -> Any:
    """TOML has no null: a key that may be left out is left out, so null is neither a type nor a default."""
    if isinstance(schema, list):
        return [_as_toml(each) for each in schema if each != _NULL]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _as_toml(value) for key, value in schema.items() if not (key == "default" and value is None)}
    either = plain.get("anyOf")
    if isinstance(either, list) and len(either) == 1:
        del plain["anyOf"]
        plain |= either[0]
    return plain
