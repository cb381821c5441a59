"""The `holidays` package, of which only what a country needs is loaded.

It loads 250 countries and the calendars of every religion at once: 11 MB of each process, and as long as the rest of
a policy command. Each is a module of its own; the packages around them load them all, so ours take their place, which
look for a name when somebody asks for it.
"""

import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

__all__ = ["holidays"]

_PARTS: Final = ("calendars", "countries", "groups")


def _spare_the_rest() -> ModuleType:
    found = find_spec("holidays")
    for part in _PARTS:
        name = f"holidays.{part}"
        if name not in sys.modules and found is not None and found.origin is not None:
            sys.modules[name] = _package(name, Path(found.origin).parent / part)
    return import_module("holidays")


def _package(name: str, folder: Path) -> ModuleType:
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    package.__dict__["__getattr__"] = partial(_find, name, folder)
    return package


def _find(name: str, folder: Path, wanted: str) -> Any:
    """What one of the package's modules defines. AttributeError where none does."""
    for file in sorted(folder.glob("[!_]*.py")):
        text = file.read_text()
        if f"class {wanted}(" in text or f"class {wanted}:" in text or f"\n{wanted} = " in text:
            return getattr(import_module(f"{name}.{file.stem}"), wanted)
    raise AttributeError(f"module {name!r} has no attribute {wanted!r}")


if TYPE_CHECKING:
    import holidays
else:
    holidays = _spare_the_rest()
