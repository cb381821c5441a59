"""Run the benchmarks: `python -m bench [--tickets 100000] [--only NAME …]`.

A benchmark is a module of this package with a function `measure() -> list[Figure]`. Those that need no server have
`NEEDS_SERVER = False`.
"""

import argparse
import importlib
import pkgutil
from types import ModuleType

import bench
from bench.figures import Figure, show, write_latest
from bench.machine import machine_facts
from bench.running import installation


def main() -> None:
    """Measure everything, or what was asked for; print a table and keep the figures."""
    arguments = _arguments()
    facts = machine_facts() | {"tickets": arguments.tickets}
    modules = [module for name, module in _benchmarks().items() if not arguments.only or name in arguments.only]
    quiet = [module for module in modules if not getattr(module, "NEEDS_SERVER", True)]
    figures = [figure for module in quiet for figure in _measured(module)]
    if len(quiet) < len(modules):
        with installation(tickets=arguments.tickets, serve=True):
            figures += [figure for module in modules if module not in quiet for figure in _measured(module)]
    show(figures)
    print(f"Kept in {write_latest(figures, facts=facts)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Växel on this machine.")
    parser.add_argument("--tickets", type=int, default=100_000, help="how many tickets the database holds")
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
