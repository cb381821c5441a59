"""Numbers of the product's own that have a form (B4): taken as people write them."""

from typing import Final

from vaxel.rules.policy.declarations import FormField
from vaxel.rules.policy.patterns import fits, found_in

#: Characters of the own words that are looked at.
_LOOKED_AT: Final = 5_000


def in_its_form(value: str, field: FormField) -> str:
    """The value; in capitals when only they lack to the form that the policy asks for."""
    if field.pattern is None or fits(field.pattern, value):
        return value
    return value.upper() if fits(field.pattern, value.upper()) else value


def named_in(words: str, field: FormField) -> str:
    """The only number of this form that the words name; empty when there is none, or more than one."""
    if field.pattern is None or not field.searchable:
        return ""
    looked_at = words[:_LOOKED_AT]
    found = {number for text in (looked_at, looked_at.upper()) for number in found_in(text, field.pattern)}
    alike = {number.upper(): number for number in found if any(sign.isdigit() for sign in number)}
    return next(iter(alike.values())) if len(alike) == 1 else ""
