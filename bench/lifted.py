"""An application of Django's that lets one person send as fast as the benchmark does.

A few people stand for hundreds: the question how many they have sent in a minute is asked all the same, and only
its answer counts for nothing.
"""

from importlib import import_module
from typing import Final

from django.apps import AppConfig

#: More than any run sends in a minute.
_MANY: Final = 1_000_000


class Lifted(AppConfig):
    """Stands in `bench.page_settings` among the real applications."""

    name = "bench"

    def ready(self) -> None:
        """Lift the limit once the tables are known: the module cannot be imported before."""
        setattr(import_module("vaxel.domain.tickets.pace"), "MOST_SENT_A_MINUTE", _MANY)  # noqa: B010  # a constant
