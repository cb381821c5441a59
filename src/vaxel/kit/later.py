"""Libraries that few need: what is loaded stays in every process of the installation for good.

Where only one export, one setting or one fault needs a library, it is loaded when that comes. Type checkers see the
library itself:

    if TYPE_CHECKING:
        import xlsxwriter
    else:
        xlsxwriter = later("xlsxwriter")
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from typing_extensions import override

#: What other libraries name and few use: Django the first, for migrations that are written in SQL; allauth the second,
#: for passkeys, which take 11 MB of cryptography in each process.
SELDOM_USED: Final = ("sqlparse", "allauth.mfa.webauthn.internal.auth")


class _Later(ModuleType):
    """Stands for a module until somebody asks it for something."""

    @override
    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def later(name: str) -> ModuleType:
    """The module of this name, loaded when something of it is first used."""
    return _Later(name)


@contextmanager
def as_if_loaded(*names: str) -> Iterator[None]:
    """Let other libraries that are imported in this block name some that they use seldom: each is loaded when they do.

    Only for names that nothing is taken from while they are imported.
    """
    new = {name: later(name) for name in names if name not in sys.modules}
    sys.modules.update(new)
    try:
        yield
    finally:
        for name in new:
            del sys.modules[name]


@contextmanager
def as_if_missing(name: str) -> Iterator[None]:
    """Let what is imported in this block do without a library that it uses only where it finds it."""
    loaded = sys.modules.get(name)
    if loaded is not None:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # Python's own way to say that there is no such module
    try:
        yield
    finally:
        del sys.modules[name]
