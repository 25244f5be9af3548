"""The Panel: an immutable, lazy table of state-years or pair-years to which each verb adds columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from foedus.errors import InputError, UnknownName
from foedus.panels.base import Kind
from foedus.panels.files import bibliography, bibtex
from foedus.panels.joining import joined
from foedus.panels.labels import labels_of
from foedus.panels.of_conflict import ConflictVerbs
from foedus.panels.of_pairs import PairVerbs
from foedus.panels.of_states import StateVerbs
from foedus.panels.tables import TABLES
from foedus.panels.writing import write_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Kind", "Panel"]


class Panel(StateVerbs, PairVerbs, ConflictVerbs):
    """A panel under construction: every verb returns a new one; rows come with `collect`, `head` or `write`.

    Fields are those of `base.PanelBase`.
    """

    # what any table can do

    def filter(self, *conditions: pl.Expr) -> Panel:
        """Keep the rows where every Polars condition holds."""
        return self._with(self.lazy.filter(*conditions))

    def with_columns(self, *columns: pl.Expr, **named: pl.Expr) -> Panel:
        """Add columns by Polars expressions."""
        return self._with(self.lazy.with_columns(*columns, **named))

    def join(self, table: pl.DataFrame | pd.DataFrame, *, name: str = "table") -> Panel:
        """Put the columns of a table of your own beside the rows; rows that it lacks are missing.

        table   by the panel's own keys; or by code and year, or code alone, of states: then each of a pair's two states
                gets the columns, with 1 and 2 behind
        name    what to call it in errors and notes

        Raises InputError for other keys, a repeated key, or a column that the panel has already.
        """
        return joined(self, table, name)

    def lagged(self, *columns: str, years: int = 1) -> Panel:
        """Add columns as they were `years` earlier (later where negative) in the same pair or state, by the calendar.

        Named `…_lag1`, or `…_lead1` for later; missing where that year has no row. Raises UnknownName, InputError.
        """
        if isinstance(years, bool) or not isinstance(years, int) or not years:
            msg = f"years is {years!r}; it must be a whole number other than 0, such as 1, or -1 for the year after"
            raise InputError(msg)
        if self.kind == "dispute-dyad-year":
            msg = "a dispute-dyad-year has no row of the year before; lag columns of dyad-years"
            raise InputError(msg)
        for column in columns:
            if column not in self.columns:
                raise UnknownName("column", column, self.columns)
        ending = f"_lag{years}" if years > 0 else f"_lead{-years}"
        other = self.lazy.select(
            "_unit", (pl.col("year") + years).cast(pl.Int32), *(pl.col(c).alias(f"{c}{ending}") for c in columns)
        )
        made = self.lazy.with_columns(pl.col("year").cast(pl.Int32))
        return self._with(made.join(other, on=["_unit", "year"], how="left", maintain_order="left"))

    def collect(self) -> pl.DataFrame:
        """Compute the panel, rows ordered by code and year."""
        return self.lazy.select(self.columns).collect()

    def head(self, rows: int = 5) -> pl.DataFrame:
        """Compute the first rows."""
        return self.lazy.select(self.columns).head(rows).collect()

    def to_pandas(self) -> pd.DataFrame:
        """Compute the panel as a pandas frame."""
        import pandas as pd

        frame = self.collect()
        return pd.DataFrame({name: frame[name].to_numpy() for name in frame.columns})

    def __getitem__(self, columns: str | Sequence[str]) -> Any:
        """Compute one column as a Series, or some as a frame."""
        wanted = [columns] if isinstance(columns, str) else list(columns)
        for column in wanted:
            if column not in self.columns:
                raise UnknownName("column", column, self.columns)
        frame = self.lazy.select(wanted).collect()
        return frame[columns] if isinstance(columns, str) else frame

    def __repr__(self) -> str:
        order = "" if self.kind == "state-year" else ", directed" if self.directed else ", undirected"
        shown = ", ".join(self.columns[:8]) + (", …" if len(self.columns) > 8 else "")
        years = f"{self.own.first}-{self.own.last}"
        return f"<Panel: {self.kind}{order}, {self.system}, {years}; {len(self.columns)} columns: {shown}>"

    def write(self, path: Path | str) -> Path:
        """Write the panel to a .parquet, .csv, .csv.gz or .dta file, whole or not at all, and return its path.

        A .dta file carries labels of columns and of coded values. Raises InputError for another ending or a folder that
        is not there.
        """
        return write_frame(self.lazy.select(self.columns), Path(path), labels_of(self.columns))

    def citations(self) -> tuple[str, ...]:
        """Return what to cite for the files this panel used, in the order they were read."""
        sources = bibliography()
        return tuple(
            f"{s.author} ({s.year}). {s.title}. {s.publisher}".rstrip(". ") + f". {s.url}"
            for s in map(sources.__getitem__, self._cited)
        )

    def bibtex(self) -> str:
        """Return the same works as BibTeX entries, for a .bib file."""
        return bibtex(self._cited)

    @property
    def _cited(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for name in self.used for key in TABLES[name].cites))
