"""What a form's field was answered with, as people read it."""

from datetime import date

from vaxel.rules.policy.declarations import FormField
from vaxel.surfaces.ui.moments import day


def field_answer(field: FormField, value: str, *, today: date, language: str) -> str:
    """What was chosen by its name, a day as a day; anything else as it was typed, perhaps under an earlier policy."""
    if field.choices and value in field.choices:
        return field.choices[value].in_(language)
    try:
        return day(date.fromisoformat(value), today=today, language=language) if field.type == "date" else value
    except ValueError:
        return value
