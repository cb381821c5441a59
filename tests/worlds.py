"""A world that several tests look at: what is made within goes with the block, and no test sees another's changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def world_of_its_own() -> Iterator[None]:
    """A transaction around everything, rolled back at the end.

    Doors want to be outermost: like the one around each test, it counts as none. A test that begins within has its
    own, which is rolled back first.
    """
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django's own TestCase marks it
    with around:
        yield
        transaction.set_rollback(True)
