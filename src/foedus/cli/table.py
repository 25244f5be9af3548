"""A run as one long table in a file, for R, Stata and spreadsheets."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from foedus.cli.lists import table
from foedus.cli.tables import said
from foedus.panels.writing import write_frame
from foedus.results import Results
from foedus.results.tidy import MEASURES, measures, tidy


def write_table(folder: Path, out: Path | None, of: Sequence[str], *, every_future: bool, as_json: bool) -> None:
    """Write the long table of a run folder; without a file, list the measures it can hold."""
    results = Results.open(folder)
    if out is None:
        if as_json:
            sys.stdout.write(json.dumps(measures().to_dicts(), indent=1, ensure_ascii=False) + "\n")
            return
        rows = [(m.name, m.unit, m.meaning) for m in MEASURES]
        table(f"{len(rows)} measures of {folder}; write them with --out FILE", ("name", "unit", "meaning"), rows)
        return
    frame = tidy(results, of, futures=every_future)
    write_frame(frame.lazy(), out)
    if as_json:
        body = {"file": str(out), "rows": frame.height, "columns": frame.columns}
        sys.stdout.write(json.dumps(body, indent=1, ensure_ascii=False) + "\n")
        return
    said(f"{out}: {frame.height:,} rows; {', '.join(frame.columns)}")
