"""What a benchmark gives: named numbers with their unit, and the goal where there is one."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `goal` is the most that is wanted, or the least with `better` "more"."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    better: Literal["less", "more"] = "less"
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.better == "less" else self.value >= self.goal


def write_latest(figures: Sequence[Figure], *, facts: dict[str, Any]) -> Path:
    """Keep the figures with the facts of the machine, for the record."""
    OUT.mkdir(exist_ok=True)
    path = OUT / "latest.json"
    content = {"machine": facts, "figures": [asdict(figure) | {"is_met": figure.is_met} for figure in figures]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def show(figures: Sequence[Figure]) -> None:
    """The figures as a table."""
    table = Table("what", "", "unit", "goal", "met", "note")
    table.columns[1].justify = table.columns[3].justify = "right"
    marks = {None: "", True: "yes", False: "NO"}
    for figure in figures:
        sign = "≤" if figure.better == "less" else "≥"
        goal = "" if figure.goal is None else f"{sign} {_number(figure.goal)}"
        table.add_row(figure.name, _number(figure.value), figure.unit, goal, marks[figure.is_met], figure.note)
    Console(width=None if Console().is_terminal else 140).print(table)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
