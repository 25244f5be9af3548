"""Rebuild the fact tables in src/foedus/exposure/facts from the evidence file and the register.

Usage: FOEDUS_EVIDENCE=DIR python tools/build_exposure.py [OUT]

Grades: V when the figure stands in the page cited or in a press report of high confidence; C when it is a division or
a count of such figures; R when it is recalled or the report is weak; A for our own assumptions. Each row cites the
publication by a key of sources.bib, which this script writes too.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import exposure_costs as costs
import exposure_register as register
from foedus.exposure.holdings import KINDS
from foedus.world.facttable import FIGURE_COLUMNS
from places import evidence_folder

EVIDENCE = evidence_folder()
Row = tuple[object, ...]

FIXED_SOURCES = {
    "foedus_model": ("{Foedus}", "Model assumptions, argued in docs/model.md", "2026", ""),
    "foedus_judgement": (
        "{Foedus}",
        "Own judgement, stated with its reason in docs/facts.md and in the row",
        "2026",
        "",
    ),
    "military_balance2025": (
        "{International Institute for Strategic Studies}",
        "The Military Balance 2025, and command fact sheets",
        "2025",
        "Recalled; check before relying on a single figure",
    ),
    "price_levels2026": (
        "{Bureau of Economic Analysis; Eurostat; Office for National Statistics}",
        "GDP deflator of the United States; consumer prices of the euro area and of the United Kingdom",
        "2026",
        "Recalled; the last years are provisional",
    ),
    "learning_curves": (
        "{Congressional Budget Office; Mantle}",
        "Learning slopes of aircraft, ships and submarines",
        "2019",
        "Recalled ranges of the literature",
    ),
    "defence_inflation_literature": ("{Literature}", "Defence-specific inflation", "2024", "Recalled"),
    "german_force_plan": (
        "{Federal Ministry of Defence}",
        "Planned strength of the Bundeswehr, mid-2030s",
        "2025",
        "Recalled: 182,000 to about 260,000 in ten years, 3.6 % a year",
    ),
    "aegis_vessel_upkeep": (
        "{Jiji Press}",
        "Two Aegis vessels, purchase and three decades of upkeep",
        "2021",
        "900 over 500 billion yen: upkeep 0.8 of purchase",
    ),
    "helicopter_upkeep": (
        "{Reuters}",
        "H145M fleet, purchase and operation to 2048",
        "2025",
        "3.0 over 3.4 billion euro: upkeep 0.88 of purchase",
    ),
    "jones2014": (
        "Jones, Gary and White, Edward and Ryschka, Erin and Ritschel, Jonathan",
        "Investigation into the Ratio of Operating and Support Costs to Life-Cycle Costs",
        "2014",
        "55 % of life-cycle cost, crew included: upkeep 1.2 of purchase",
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
            parts = [
                f"author = {{{{{_clean(publisher)}}}}}",
                f"title = {{{_clean(title) or 'Figure recalled, no title recorded'}}}",
                f"year = {{{year}}}",
            ]
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


def own(evidence: Evidence) -> list[Row]:
    """What allies hold, and what the states of a region hold together."""
    rows: list[Row] = [
        (where, *evidence.figure(ident, variable, KINDS[variable][2].unit, factor))
        for (where, variable), (ident, factor) in register.OWN_READ.items()
    ]
    return rows + [
        (iso, variable, 2025, value, low, high, KINDS[variable][2].unit, "military_balance2025", "R", "")
        for iso, counts in register.OWN_RECALLED.items()
        for variable, (value, low, high) in counts.items()
    ]


def prices(evidence: Evidence) -> list[Row]:
    """What contracts and budgets paid, in the currency and prices of the contract."""
    return [
        (item, case, *evidence.figure(row, f"{basis}_{currency}", f"million {currency.upper()}/piece", factor, note))
        for item, cases in costs.PRICES.items()
        for case, row, factor, basis, currency, note in cases
    ]


def items(evidence: Evidence) -> list[Row]:
    """Service life, upkeep, output, lead time and pieces built so far, by item."""
    rows: list[Row] = [
        (item, *evidence.figure(row, "service_life", "year", 1.0, "", "2025")) for item, row in costs.LIFE.items()
    ]
    rows += [
        (item, *evidence.figure(row, f"upkeep_{currency}", f"million {currency.upper()}/piece/year", factor, note))
        for item, (row, factor, currency, note) in costs.UPKEEP_READ.items()
    ]
    units = {"first_delivery": "year", "output": "piece/year", "built": "piece"}
    for item, rates in costs.INDUSTRY.items():
        for variable, (value, low, high, origin, grade, note) in rates.items():
            source = ";".join(dict.fromkeys(_origin(evidence, key) for key in origin.split(";")))
            rows.append(
                (item, variable, 2025, f"{value:g}", f"{low:g}", f"{high:g}", units[variable], source, grade, note)
            )
    return rows


def _origin(evidence: Evidence, key: str) -> str:
    return evidence.source(evidence.rows[key]) if key in evidence.rows else key


def lists(evidence: Evidence) -> list[Row]:
    """Quantities of each preset."""
    rows: list[Row] = []
    for preset, quantities in costs.LISTS.items():
        for item, entry in quantities.items():
            unit = "person" if item == "people" else "piece"
            variable = "people" if item == "people" else "quantity"
            if isinstance(entry[0], str):
                row, factor, note, _ = entry
                rows.append((preset, item, *evidence.figure(row, variable, unit, float(factor), str(note))))
            else:
                value, low, high, why = entry
                rows.append((preset, item, variable, 2025, value, low, high, unit, "foedus_judgement", "A", why))
    return rows


def rates(evidence: Evidence) -> list[Row]:
    """Exchange rates and price levels."""
    rows: list[Row] = [
        ("usd", *evidence.figure("L333", "per_euro", "unit/EUR", 1.0, "press conversions of 2025 and 2026", "2025")),
        ("gbp", "per_euro", 2025, 0.86, 0.84, 0.88, "unit/EUR", "price_levels2026", "R", ""),
    ]
    for currency, levels in costs.INDEX.items():
        rows += [
            (currency, "price_level", year, value, "", "", "index", "price_levels2026", "R", "")
            for year, value in levels.items()
        ]
    return rows


def people(evidence: Evidence) -> list[Row]:
    """What a person costs a year."""
    return [
        (case, *evidence.figure(row, variable, f"{variable[-3:].upper()}/person/year", factor, note))
        for case, (row, factor, variable, note) in costs.PEOPLE.items()
    ]


def published(evidence: Evidence) -> list[Row]:
    """Published ranges, for comparison."""
    units = {"total_usd": "billion USD", "total_eur": "billion EUR", "yearly_eur": "billion EUR/year"}
    return [
        (preset, line, *evidence.figure(row, variable, units[variable], factor, note))
        for (preset, line), (row, factor, variable, note) in costs.PUBLISHED.items()
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
    write(out, "holdings.csv", ("where",), own(evidence))
    write(out, "prices.csv", ("item", "case"), prices(evidence))
    write(out, "items.csv", ("item",), items(evidence))
    write(out, "lists.csv", ("preset", "item"), lists(evidence))
    write(out, "rates.csv", ("currency",), rates(evidence))
    write(out, "people.csv", ("case",), people(evidence))
    write(out, "published.csv", ("preset", "line"), published(evidence))
    (out / "sources.bib").write_text(evidence.bibliography(), encoding="utf-8")


if __name__ == "__main__":
    main()
