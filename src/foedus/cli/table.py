"""A run as one long table in a file, for R, Stata and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.cli.lists import table
from foedus.cli.output import print_json
from foedus.cli.tables import said
from foedus.panels.writing import check_frame, write_frame
from foedus.results import Results
from foedus.results.tidy import measures, tidy


def list_measures(group: str, *, as_json: bool) -> None:
    """List the measures of the long table, with unit and meaning."""
    found = measures(group)
    if as_json:
        print_json(found.to_dicts())
        return
    rows = [(row["measure"], row["unit"], row["meaning"]) for row in found.iter_rows(named=True)]
    title = f"{len(rows)} measures of each {group}; write them with: foedus table RUN --out FILE"
    table(title, ("name", "unit", "meaning"), rows)


def write_table(
    folder: Path, out: Path | None, of: Sequence[str], group: str, *, every_future: bool, as_json: bool
) -> None:
    """Write the long table of a run folder; without a file, list the measures it can hold."""
    results = Results.open(folder)
    if out is None:
        list_measures(group, as_json=as_json)
        return
    check_frame(out)
    frame = tidy(results, of, futures=every_future, group=group)
    write_frame(frame.lazy(), out)
    if as_json:
        body = {"file": str(out), "rows": frame.height, "columns": frame.columns}
        print_json(body)
        return
    said(f"{out}: {frame.height:,} rows; {', '.join(frame.columns)}")
