"""A report as plain values: what a web page and a PDF of it have in common. All words are chosen, every number is
written; whoever shows it only places it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; the first cell names its row. `numbers` are the columns, counted from 0, that hold numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of a chart: two counts, one on top of the other."""

    label: str
    lower: int
    upper: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Columns side by side. It never stands alone: the table of its section has the same numbers."""

    #: What it shows, in a sentence, for whoever does not see it.
    told: str
    lower: str
    #: Empty when the columns have one part only.
    upper: str = ""
    bars: tuple[Bar, ...]

    @property
    def highest(self) -> int:
        """At least 1, to divide by."""
        return max((bar.lower + bar.upper for bar in self.bars), default=0) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part under a heading; what is empty is left out."""

    heading: str
    text: str = ""
    #: Figures with what they count.
    facts: tuple[tuple[str, str], ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReport:
    """What a vendor and its customer look at together once a year."""

    #: "sv" or "en".
    language: str
    #: The organisation's name.
    title: str
    subtitle: str
    desk: str
    #: When it was made, in words.
    made: str
    sections: tuple[Section, ...]
    #: How the figures are counted.
    footnote: str
