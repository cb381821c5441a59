"""The database's steps (migrations) that this version brings, counted by their names, without loading Django."""

from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path


def steps_of(installed_apps: Iterable[str]) -> Counter[str]:
    """How often each name of a migration occurs among the apps; several call their first one `0001_initial`.

    Only outermost packages are asked for: to find an inner one, Python imports all around it.
    """
    steps: Counter[str] = Counter()
    for app in installed_apps:
        outermost, *inner = app.split(".")
        spec = find_spec(outermost)
        for folder in (spec.submodule_search_locations if spec else None) or ():
            steps.update(path.stem for path in Path(folder, *inner, "migrations").glob("[0-9]*.py"))
    return steps
