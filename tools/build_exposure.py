"""Rebuild the fact tables in src/foedus/exposure/facts from the evidence files and from data/register/exposure.

Usage: FOEDUS_EVIDENCE=DIR python tools/build_exposure.py [OUT]

Grades: V when the figure stands in the page cited or in a press report of high confidence; C when it is a division or
a count of such figures; R when it is recalled or the report is weak; A for our own assumptions. Each row cites the
publication by a key of sources.bib, which this script writes too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from evidence import Evidence
from exposure_register import EXPOSURE, TABLES, entries, own_sources, readings
from figures import Row, write


def rows_of(table: str, evidence: Evidence) -> list[Row]:
    """Rows of a table: what is read in the evidence, then what the register gives."""
    _, variables = TABLES[table]
    rows: list[Row] = []
    for reading in readings(evidence.rows):
        if reading.table == table:
            unit, ident = variables[reading.variable].unit, reading.evidence
            year, *figures = evidence.figure(ident, reading.factor)
            source, grade = evidence.source(ident), evidence.grade(ident)
            rows.append(
                (*reading.key, reading.variable, reading.year or year, *figures, unit, source, grade, reading.note)
            )
    for entry in entries(table, evidence.rows):
        *figures, source, grade, note = entry.row
        rows.append((*figures, _cited(source, evidence), grade, note))
    return rows


def _cited(source: str, evidence: Evidence) -> str:
    """Keys of the works that a row of the register rests on, which it names by key or by row of the evidence."""
    return ";".join(
        dict.fromkeys(evidence.source(name) if name in evidence.rows else name for name in source.split(";"))
    )


def main() -> None:
    """Write every table, and the bibliography."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "src/foedus/exposure/facts"
    out.mkdir(parents=True, exist_ok=True)
    evidence = Evidence(own_sources())
    for table, (keys, _) in TABLES.items():
        write(out / table, keys, rows_of(table, evidence))
    fixed = (EXPOSURE / "sources.bib").read_text(encoding="utf-8")
    (out / "sources.bib").write_text(fixed + "\n".join(evidence.bibliography()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
