"""Run the benchmarks: `python -m bench [--tickets 100000 …] [--only NAME …]`.

With several numbers of tickets each is measured, and then, if pages are, how much slower they are with the most.

A benchmark is a module of this package with a function `measure() -> list[Figure]`. Those that need no server have
`NEEDS_SERVER = False`.
"""

import argparse
import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType

import bench
from bench import pages
from bench.figures import Figure, show, write_latest
from bench.growth import growth, named
from bench.machine import machine_facts
from bench.running import database_server, installation


def main() -> None:
    """Measure everything, or what was asked for; print a table and keep the figures."""
    arguments = _arguments()
    facts = machine_facts() | {"tickets": arguments.tickets}
    modules = [module for name, module in _benchmarks().items() if not arguments.only or name in arguments.only]
    quiet = [module for module in modules if not getattr(module, "NEEDS_SERVER", True)]
    served = [module for module in modules if module not in quiet]
    figures = [figure for module in quiet for figure in _measured(module)]
    if served:
        with database_server():
            figures += _served(served, sizes=sorted(set(arguments.tickets)))
    show(figures)
    print(f"Kept in {write_latest(figures, facts=facts)}")


def _served(modules: Sequence[ModuleType], *, sizes: Sequence[int]) -> list[Figure]:
    """What these find in installations of these sizes."""
    if len(sizes) == 1:
        return _on(sizes[0], modules)
    figures = [figure for tickets in sizes for figure in named(_on(tickets, modules), tickets=tickets)]
    if pages in modules:
        print("Measuring the smallest and the largest side by side …", flush=True)
        figures += growth(sizes)
    return figures


def _on(tickets: int, modules: Sequence[ModuleType]) -> list[Figure]:
    """What these find in an installation of this size."""
    with installation(tickets=tickets):
        return [figure for module in modules for figure in _measured(module)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Växel on this machine.")
    parser.add_argument("--tickets", type=int, nargs="+", default=[100_000], help="how many tickets there are")
    parser.add_argument("--only", nargs="*", choices=sorted(_benchmarks()), help="measure only these")
    return parser.parse_args()


def _benchmarks() -> dict[str, ModuleType]:
    """Every module of the package that measures, by name."""
    names = [info.name for info in pkgutil.iter_modules(bench.__path__) if info.name not in _HELPING]
    modules = {name: importlib.import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "measure")}


#: Modules that set up Django when they are imported, or are not about measuring.
_HELPING = {
    "__main__",
    "fill",
    "figures",
    "machine",
    "mail_in_work",
    "manual_work",
    "search_work",
    "running",
    "floor_settings",
    "floor_urls",
    "lifted",
    "page_settings",
}


def _measured(module: ModuleType) -> list[Figure]:
    print(f"Measuring {module.__name__.removeprefix('bench.')} …", flush=True)
    figures: list[Figure] = module.measure()
    return figures


if __name__ == "__main__":
    main()
