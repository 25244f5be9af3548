"""What every builder of fact tables does: read a research file, take the latest year, form a row, write a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from foedus.world.facttable import FIGURE_COLUMNS
from places import data_folder

Row = tuple[object, ...]


def read(name: str) -> pl.DataFrame:
    """Read a file of the research data."""
    path = data_folder() / name
    return pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)


def latest(frame: pl.DataFrame, column: str, isos: Sequence[str], before: int = 2027) -> dict[str, tuple[int, float]]:
    """Latest year and value of a column by iso3."""
    kept = frame.filter(pl.col(column).is_not_null() & pl.col("iso3").is_in(isos) & (pl.col("year") < before))
    kept = kept.sort("year").group_by("iso3", maintain_order=True).last()
    return {r["iso3"]: (int(r["year"]), float(r[column])) for r in kept.iter_rows(named=True)}


def figure(
    variable: str,
    year: int,
    value: float,
    unit: str,
    source: str,
    grade: str,
    low: float | None = None,
    high: float | None = None,
    note: str = "",
) -> Row:
    """Columns of a fact from `variable` on, to five digits."""
    bounds = ("" if bound is None else f"{bound:.5g}" for bound in (low, high))
    return (variable, year, f"{value:.5g}", *bounds, unit, source, grade, note)


def around(value: float, margin: float) -> tuple[float, float]:
    """A range about a share, within 0 and 1."""
    return max(value - margin, 0.0), min(value + margin, 1.0)


def write(path: Path, keys: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a fact table, sorted by its keys, variable and year."""
    by_key = sorted(rows, key=lambda row: tuple(str(cell) for cell in row[: len(keys) + 2]))
    write_rows(path, (*keys, *FIGURE_COLUMNS), by_key)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows under their columns as they come."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
