"""What a declaration of a research file says: columns and what is legal in them, key, years, licence, citation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from foedus.panels.codes import ENDED, FLAG, Recode

COW_LICENCE = "free for research with citation; check the project's terms before publishing a copy"

ColumnKind = Literal["code", "int", "float", "text", "date"]
Orders = Literal["directed", "undirected", "mirrored"]

EARLIEST, LATEST = 1400, 2100
"""Years that any file could mean."""


@dataclass(frozen=True)
class Column:
    """What a column holds and what is legal in it.

    kind      "code" (of a state), "int", "float", "text" or "date" (ISO 8601)
    low       least legal value; of a date, the year
    high      greatest legal value; of a date, the year
    listed    code list: legal value to meaning; empty when any value in range is legal
    missing   the publisher's codes for a missing value; they are read as empty, and counted
    """

    kind: ColumnKind
    low: float = -math.inf
    high: float = math.inf
    listed: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()

    @property
    def rule(self) -> str:
        """Say what a value of the column must be."""
        if self.kind == "date":
            return f"a date like 1990-10-03, from {self.low:.0f} to {self.high:.0f}"
        if self.listed:
            legal = ", ".join(f"{value} ({meaning})" for value, meaning in self.listed.items())
        else:
            legal = ("a number" if self.kind == "float" else "a whole number") + self._range
        return legal + (f"; or, for missing, {' or '.join(map(str, self.missing))} or nothing" if self.missing else "")

    @property
    def _range(self) -> str:
        low, high = (f"{bound:,.10g}" if abs(bound) >= 10_000 else f"{bound:.10g}" for bound in (self.low, self.high))
        if math.isinf(self.low) and math.isinf(self.high):
            return ""
        if math.isinf(self.high):
            return f", {low} or more"
        return f" from {low} to {high}"


CODE = Column("code", 1, 999)
YEAR = Column("int", EARLIEST, LATEST)
MONTH, DAY = Column("int", 1, 12), Column("int", 1, 31)
DATE = Column("date", EARLIEST, LATEST)
TEXT = Column("text")
YES_NO = Column("int", listed=FLAG)


def number(low: float = -math.inf, high: float = math.inf, missing: tuple[int, ...] = ()) -> Column:
    """Declare a column of numbers."""
    return Column("float", low, high, missing=missing)


def whole(low: float, high: float = 2**31 - 1, missing: tuple[int, ...] = ()) -> Column:
    """Declare a column of whole numbers."""
    return Column("int", low, high, missing=missing)


def listed(codes: Mapping[int, str], missing: tuple[int, ...] = ()) -> Column:
    """Declare a column of codes from a list."""
    return Column("int", listed=codes, missing=missing)


def columns(**groups: Column | tuple[str, Column]) -> dict[str, Column]:
    """Name columns: `name=COLUMN`, or `group=("name name name", COLUMN)` for several of one kind."""
    named = ((name, made) if isinstance(made, Column) else made for name, made in groups.items())
    return {name: column for names, column in named for name in names.split()}


@dataclass(frozen=True)
class Table:
    """One file: `NAME.parquet` or `NAME.csv` in the data folder.

    columns   legal name to what it holds
    key       columns that together name a row once
    first     first year its publisher covers; what a folder's own file covers is read from it
    last      last year its publisher covers
    cites     keys of the bibliography
    span      columns with the first and last year of a row, or its dates; none when rows have no year
    orders    pairs only. "directed": each order is a fact of its own. "undirected": one row a pair, either
              order. "mirrored": both orders, the second with columns ...1 and ...2 swapped; made where absent
    beyond    codes of polities outside the state system that the publisher also lists; their rows are left
              out
    recodes   rows under a COW code that had ended, moved to the code of their years
    optional  a code may be empty (territories without one); such rows are left out
    unbroken  no row means none, and the publisher has rows of every year: one without any was cut out
    extras    columns that are read where the file has them, such as names
    """

    name: str
    meaning: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    first: int
    last: int
    licence: str
    cites: tuple[str, ...]
    span: tuple[str, str] | None = ("year", "year")
    orders: Orders | None = None
    beyond: tuple[int, ...] = ()
    recodes: tuple[Recode, ...] = ENDED
    optional: bool = False
    unbroken: bool = False
    extras: Mapping[str, Column] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return what a column holds, of those that must be there or may."""
        return self.columns.get(name) or self.extras[name]

    @property
    def codes(self) -> tuple[str, ...]:
        """Columns that hold codes of states."""
        return tuple(name for name, column in self.columns.items() if column.kind == "code")

    @property
    def swapped(self) -> Mapping[str, str]:
        """New names of the columns when the two states of a pair change places."""
        firsts = [c.removesuffix("1") for c in self.columns if c.endswith("1")]
        both = [c for c in firsts if f"{c}2" in self.columns]
        return {f"{c}1": f"{c}2" for c in both} | {f"{c}2": f"{c}1" for c in both}
