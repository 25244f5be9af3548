"""Facts from figures: each checked against the same rules as the committed tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from foedus.bibliography import source_keys
from foedus.world.facttable import Fact, checked_fact
from foedus.world.tables import FACTS
from foedus.world.variables import TABLES


@cache
def _sources() -> frozenset[str]:
    return source_keys(FACTS / "sources.bib")


@dataclass
class Facts:
    """Facts being gathered for a world of one year, by table.

    year   written beside figures that have no year of their own
    """

    year: int
    rows: dict[str, list[Fact]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(
        self,
        table: str,
        key: tuple[str, ...],
        variable: str,
        value: float,
        *,
        source: str,
        grade: str,
        year: int | None = None,
        low: float | None = None,
        high: float | None = None,
        note: str = "",
    ) -> None:
        """Add one figure; FactError when it breaks a rule of its table."""
        legal = TABLES[table][1]
        text = ["" if x is None else repr(float(x)) for x in (value, low, high)]
        figures = [variable, str(year or self.year), *text, legal[variable].unit, source, grade, note]
        where = f"{table} of {self.year}: {' '.join(key)}"
        self.rows[table].append(checked_fact(key, figures, where, legal, _sources()))

    @property
    def frozen(self) -> Mapping[str, tuple[Fact, ...]]:
        """Facts by table."""
        return {name: tuple(rows) for name, rows in self.rows.items()}
