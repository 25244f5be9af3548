"""A run as one long table in a file, for R, Stata and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from foedus.cli.asked import Asked
from foedus.cli.console import said
from foedus.cli.lists import table
from foedus.cli.naming import allies_named
from foedus.cli.output import print_json
from foedus.panels.writing import STREAM, check_frame, write_frame
from foedus.results import Results
from foedus.results.tidy import measures, tidy
from foedus.world import World


def list_measures(group: str, run: Path | None, *, as_json: bool) -> None:
    """List the measures of the long table, with unit and meaning; a run that is named has to be one."""
    if run is not None:
        Results.open(run)
    found = measures(group)
    if as_json:
        print_json(found.to_dicts())
        return
    rows = [(row["measure"], row["unit"], row["meaning"]) for row in found.iter_rows(named=True)]
    title = f"{len(rows)} measures of each {group}; write them with: foedus table RUN --out FILE"
    table(title, ("name", "unit", "meaning"), rows)


def write_table(folder: Path, out: Path, of: Sequence[str], group: str, asked: Asked, *, every_future: bool) -> None:
    """Write the long table of a run folder."""
    results = Results.open(folder)
    check_frame(out)
    allies = allies_named(World.load(), asked.allies, results.allies)
    frame = tidy(results, of, futures=every_future, group=group)
    if asked.allies:
        frame = frame.filter(pl.col("ally").is_in(list(allies)))
    if write_frame(frame.lazy(), out) == STREAM:
        return
    if asked.as_json:
        body = {"file": str(out), "rows": frame.height, "columns": frame.columns}
        print_json(body)
        return
    said(f"{out}: {frame.height:,} rows; {', '.join(frame.columns)}")
