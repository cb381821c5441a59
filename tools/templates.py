"""Compile the templates of every page in each language: `python tools/templates.py`, a part of `make build`."""

import os
import shutil
import tempfile
from pathlib import Path

import django

# The settings want them, and compiling keeps nothing of them.
os.environ.update(
    VAXEL_DATA=tempfile.gettempdir(),
    VAXEL_SECRET_KEY="only for compiling templates, and as long as a key has to be: " + "x" * 20,
    DJANGO_SETTINGS_MODULE="vaxel.project.settings",
)
django.setup()

from django.template import engines  # noqa: E402  # settings first

from vaxel.surfaces.ui.kept_templates import FOLDER, TemplatesToKeep  # noqa: E402  # the same
from vaxel.surfaces.ui.spoken import SpokenTemplates  # noqa: E402  # the same


def main() -> None:
    """Compile all; they take the place of the old ones when everything lies ready."""
    templates = next(each for each in engines.all() if isinstance(each, SpokenTemplates))
    new = Path(tempfile.mkdtemp(dir=FOLDER.parent, prefix="compiling-"))
    try:
        for language, environment in templates.spoken.items():
            environment.bytecode_cache = TemplatesToKeep(language, folder=new)
            for name in environment.list_templates(extensions=["jinja"]):
                environment.get_template(name)
        # Whoever serves pages may be somebody else.
        new.chmod(0o755)
        shutil.rmtree(FOLDER, ignore_errors=True)
        new.rename(FOLDER)
    finally:
        shutil.rmtree(new, ignore_errors=True)


if __name__ == "__main__":
    main()
