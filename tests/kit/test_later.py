"""Libraries that are loaded when they are first used, or not at all."""

import subprocess
import sys

import pytest

from vaxel.kit.later import as_if_loaded, as_if_missing, later

_USE_LATER = """
import sys
from vaxel.kit.later import later

colours = later("colorsys")
before = "colorsys" in sys.modules
told = colours.rgb_to_hls(0, 0, 0)
print(before, "colorsys" in sys.modules, told)
"""


def test_library_is_loaded_when_it_is_first_used() -> None:
    told = subprocess.run([sys.executable, "-c", _USE_LATER], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603  # our own program

    assert told.stdout == "False True (0.0, 0.0, 0.0)\n"


def test_name_that_a_library_lacks_is_missed_as_usual() -> None:
    with pytest.raises(AttributeError, match="colorsys"):
        _ = later("colorsys").no_such_thing


def test_library_is_missing_in_the_block_alone() -> None:
    sys.modules.pop("colorsys", None)
    with as_if_missing("colorsys"), pytest.raises(ModuleNotFoundError):
        __import__("colorsys")

    assert __import__("colorsys").rgb_to_hls(0, 0, 0) == (0.0, 0.0, 0.0)


def test_library_that_is_loaded_already_stays() -> None:
    loaded = __import__("colorsys")
    with as_if_missing("colorsys"):
        assert __import__("colorsys") is loaded


def test_library_that_was_only_named_is_loaded_when_it_is_used() -> None:
    sys.modules.pop("colorsys", None)
    with as_if_loaded("colorsys"):
        named = __import__("colorsys")
    loaded_before = "colorsys" in sys.modules

    assert (loaded_before, named.rgb_to_hls(0, 0, 0)) == (False, (0.0, 0.0, 0.0))
