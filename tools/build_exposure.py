"""Rebuild the fact tables in src/foedus/exposure/facts from the evidence file and the register.

Usage: FOEDUS_EVIDENCE=DIR python tools/build_exposure.py [OUT]

Grades: V when the figure stands in the page cited or in a press report of high confidence; C when it is a division or
a count of such figures; R when it is recalled or the report is weak; A for our own assumptions. Each row cites the
publication by a key of sources.bib, which this script writes too.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from pathlib import Path

import exposure_register as register
from foedus.exposure.holdings import KINDS
from foedus.world.facttable import FIGURE_COLUMNS

EVIDENCE = Path(os.environ.get("FOEDUS_EVIDENCE", Path(__file__).parents[2] / "shared" / "evidence"))
Row = tuple[object, ...]

FIXED_SOURCES = {
    "foedus_model": ("{Foedus}", "Model assumptions, argued in docs/model.md", "2026", ""),
    "foedus_judgement": ("{Foedus}", "Own judgement, stated with its reason in docs/exposure.md", "2026", ""),
    "military_balance2025": (
        "{International Institute for Strategic Studies}",
        "The Military Balance 2025, and command fact sheets",
        "2025",
        "Recalled; check before relying on a single figure",
    ),
    "ukraine_intelligence_halt2025": (
        "{Press reports}",
        "Halt of United States intelligence sharing with Ukraine, 3 to 11 March 2025",
        "2025",
        "",
    ),
    "korea_thaad_moved2026": (
        "{Press reports}",
        "Parts of the THAAD battery and Patriot rounds moved from South Korea to the Gulf, March 2026",
        "2026",
        "",
    ),
}


class Evidence:
    """Rows of the evidence files by identifier, and the bibliography they make."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        for name in ("facts.csv", "facts_costs.csv"):
            with (EVIDENCE / name).open(newline="", encoding="utf-8") as handle:
                self.rows |= {row["id"]: row for row in csv.DictReader(handle)}
        self.keys: dict[tuple[str, str, str], str] = {}

    def source(self, row: dict[str, str]) -> str:
        """Citation key of a row's publication."""
        work = (row["source_publisher"], row["source_title"], row["source_year"] or row["year"])
        if work not in self.keys:
            words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", work[0]).lower()) or ["unsigned"]
            stem = "_".join(words[:3]) + work[2]
            taken = set(self.keys.values()) | set(FIXED_SOURCES)
            key, letter = stem, ord("b")
            while key in taken:
                key, letter = f"{stem}{chr(letter)}", letter + 1
            self.keys[work] = key
        return self.keys[work]

    @staticmethod
    def grade(row: dict[str, str]) -> str:
        """Grade of a row by how it was read."""
        if row["how_read"].startswith("recalled") or row["confidence"] == "low":
            return "R"
        if "own" in row["how_read"] or "own division" in row["statement"] or "own arithmetic" in row["statement"]:
            return "C"
        return "V" if row["how_read"].startswith("quoted") or row["confidence"] == "high" else "R"

    def figure(
        self, ident: str, variable: str, unit: str, factor: float = 1.0, note: str = "", year: str = ""
    ) -> tuple[object, ...]:
        """Columns from `variable` on, for one row of the evidence."""
        row = self.rows[ident]
        value, low, high = (float(row[name]) * factor if row[name] else None for name in ("value", "low", "high"))
        assert value is not None
        bounds = [x for x in (low, value, high) if x is not None]
        return (
            variable,
            year or row["year"],
            f"{value:.6g}",
            f"{min(bounds):.6g}" if len(bounds) > 1 else "",
            f"{max(bounds):.6g}" if len(bounds) > 1 else "",
            unit,
            self.source(row),
            self.grade(row),
            note,
        )

    def bibliography(self) -> str:
        """The works cited, as BibTeX."""
        entries = [
            f"@misc{{{key}, author = {{{author}}}, title = {{{title}}}, year = {{{year}}}"
            + (f", note = {{{note}}}" if note else "")
            + "}"
            for key, (author, title, year, note) in FIXED_SOURCES.items()
        ]
        urls = {self.keys[w]: r["source_url"] for r in self.rows.values() if (w := self._work(r)) in self.keys}
        for (publisher, title, year), key in sorted(self.keys.items(), key=lambda pair: pair[1]):
            parts = [f"author = {{{{{_clean(publisher)}}}}}", f"title = {{{_clean(title)}}}", f"year = {{{year}}}"]
            if urls.get(key):
                parts.append(f"url = {{{urls[key]}}}")
            entries.append(f"@misc{{{key}, {', '.join(parts)}}}")
        return "\n".join(entries) + "\n"

    @staticmethod
    def _work(row: dict[str, str]) -> tuple[str, str, str]:
        return row["source_publisher"], row["source_title"], row["source_year"] or row["year"]


def _clean(text: str) -> str:
    return re.sub(r"[{}\\%#&_$]", "", text.replace("&", "and")).strip()


def provided(evidence: Evidence) -> list[Row]:
    """What the United States has in each host and theatre."""
    rows: list[Row] = [
        ("USA", where, *evidence.figure(ident, variable, KINDS[variable][2].unit, factor))
        for (where, variable), (ident, factor) in register.PROVIDED_READ.items()
    ]
    rows += [
        ("USA", where, variable, 2025, value, low, high, KINDS[variable][2].unit, "military_balance2025", "R", note)
        for (where, variable), (value, low, high, note) in register.PROVIDED_RECALLED.items()
    ]
    return rows


def own() -> list[Row]:
    """What allies hold."""
    return [
        (iso, variable, 2025, value, low, high, KINDS[variable][2].unit, "military_balance2025", "R", "")
        for iso, counts in register.OWN_RECALLED.items()
        for variable, (value, low, high) in counts.items()
    ]


def write(out: Path, name: str, keys: tuple[str, ...], rows: list[Row]) -> None:
    """Write one table, sorted by its keys."""
    with (out / name).open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(keys + FIGURE_COLUMNS)
        writer.writerows(sorted(rows, key=lambda row: tuple(str(x) for x in row[: len(keys) + 2])))


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "src/foedus/exposure/facts"
    out.mkdir(parents=True, exist_ok=True)
    evidence = Evidence()
    write(out, "provided.csv", ("guarantor", "where"), provided(evidence))
    write(out, "holdings.csv", ("iso3",), own())
    (out / "sources.bib").write_text(evidence.bibliography(), encoding="utf-8")


if __name__ == "__main__":
    main()
