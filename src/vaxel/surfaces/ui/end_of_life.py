"""That a product reaches its end of life: the same words for whoever asks, whoever runs an organisation, and staff."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from vaxel.rules.policy import PolicyFile


def end_of_life(name: str, *, file: PolicyFile, today: date, language: str) -> str:
    """When, to stand after the product's name: "reaches its end of life on 30 June 2027"; empty where no end is set."""
    product = file.products.get(name)
    if product is None or product.ends_on is None:
        return ""
    said = (
        _("reached its end of life on %(day)s") if product.ends_on < today else _("reaches its end of life on %(day)s")
    )
    return said % {"day": format_date(product.ends_on, "d MMMM y", locale=language)}


def end_of_life_sentence(name: str, *, file: PolicyFile, today: date, language: str) -> str:
    """The same with the product's name, as a sentence; empty where no end is set."""
    said = end_of_life(name, file=file, today=today, language=language)
    return f"{file.products[name].name.in_(language)} {said}." if said else ""
