"""Templates that `make build` has compiled: a process has a page's thirty times as soon, and is 4 MB smaller.

One that was changed since, or whose words were, is compiled when it is first shown, as if none were kept. Whoever
serves pages writes nothing.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import jinja2
from django.conf import settings
from jinja2.bccache import Bucket, BytecodeCache

from vaxel.surfaces.ui.environment import icon

_UI: Final = Path(__file__).parent
FOLDER: Final = _UI / "compiled"


class KeptTemplates(BytecodeCache):
    """The templates of one language, by their names."""

    def __init__(self, language: str, *, folder: Path = FOLDER) -> None:
        self._language = language
        self._folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  # its signature
        """Jinja's hook: the file's name, wherever the installation stands."""
        return f"{name.replace('/', '.')}.{self._language}"

    def get_source_checksum(self, source: str) -> str:
        """Jinja's hook: what must be the same as when the template was compiled."""
        return sha256((_made_with(self._language) + source).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja's hook: it compiles what the bucket has not got."""
        try:
            with (self._folder / bucket.key).open("rb") as file:
                bucket.load_bytecode(file)
        except OSError:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja's hook: nothing, but see `TemplatesToKeep`."""


class TemplatesToKeep(KeptTemplates):
    """Finds nothing, and keeps what is compiled."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Nothing: what was compiled before may be as good, but is not worth finding out."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """In a file of its own."""
        with (self._folder / bucket.key).open("wb") as file:
            bucket.write_bytecode(file)


@cache
def _made_with(language: str) -> str:
    """What is put into a template when it is compiled, and what compiles it."""
    catalogues = (Path(folder) / language / "LC_MESSAGES" / "django.mo" for folder in settings.LOCALE_PATHS)
    files = [*sorted(_UI.glob("*.py")), *(file for file in catalogues if file.exists())]
    parts = [jinja2.__version__, str(icon("any")), *(sha256(file.read_bytes()).hexdigest() for file in files)]
    return "\n".join(parts)
