"""The evidence files of the exposure account: rows by identifier, and the bibliography they make."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection

from places import evidence_folder

FILES = ("facts.csv", "facts_costs.csv")
Work = tuple[str, str, str]


class Evidence:
    """Rows of the evidence files by identifier, and the keys given to the works they cite.

    taken  keys that no work may be given, because the register's own bibliography has them
    """

    def __init__(self, taken: Collection[str]) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        for name in FILES:
            with (evidence_folder() / name).open(newline="", encoding="utf-8") as handle:
                self.rows |= {row["id"]: row for row in csv.DictReader(handle)}
        self.taken = frozenset(taken)
        self.keys: dict[Work, str] = {}

    def source(self, ident: str) -> str:
        """Citation key of the work that a row was read in."""
        work = _work(self.rows[ident])
        if work not in self.keys:
            words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", work[0]).lower()) or ["unsigned"]
            stem = "_".join(words[:3]) + work[2]
            taken = {*self.keys.values(), *self.taken}
            key, letter = stem, ord("b")
            while key in taken:
                key, letter = f"{stem}{chr(letter)}", letter + 1
            self.keys[work] = key
        return self.keys[work]

    def grade(self, ident: str) -> str:
        """Grade of a row by how it was read."""
        row = self.rows[ident]
        if row["how_read"].startswith("recalled") or row["confidence"] == "low":
            return "R"
        if "own" in row["how_read"] or "own division" in row["statement"] or "own arithmetic" in row["statement"]:
            return "C"
        return "V" if row["how_read"].startswith("quoted") or row["confidence"] == "high" else "R"

    def figure(self, ident: str, factor: float) -> tuple[str, str, str, str]:
        """Year, value, low and high of a row, the last three times a factor; ends are empty where it gives no range."""
        row = self.rows[ident]
        value = float(row["value"]) * factor
        ends = [float(row[name]) * factor for name in ("low", "high") if row[name]]
        low, high = (f"{least:.6g}" if ends else "" for least in (min([value, *ends]), max([value, *ends])))
        return row["year"], f"{value:.6g}", low, high

    def bibliography(self) -> list[str]:
        """The works cited so far, as lines of BibTeX."""
        urls = {self.keys[w]: r["source_url"] for r in self.rows.values() if (w := _work(r)) in self.keys}
        lines = []
        for (publisher, title, year), key in sorted(self.keys.items(), key=lambda pair: pair[1]):
            parts = [
                f"author = {{{{{_clean(publisher)}}}}}",
                f"title = {{{_clean(title) or 'Figure recalled, no title recorded'}}}",
                f"year = {{{year}}}",
            ]
            if urls.get(key):
                parts.append(f"url = {{{urls[key]}}}")
            lines.append(f"@misc{{{key}, {', '.join(parts)}}}")
        return lines


def _work(row: dict[str, str]) -> Work:
    return row["source_publisher"], row["source_title"], row["source_year"] or row["year"]


def _clean(text: str) -> str:
    return re.sub(r"[{}\\%#&_$]", "", text.replace("&", "and")).strip()
