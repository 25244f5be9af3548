"""Reading the fact tables that ship with Foedus, with a user's overlay on top."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from foedus import terms
from foedus.bibliography import source_keys
from foedus.errors import FactError, UnknownName
from foedus.world.checks import check_names, check_pairs, check_pools, check_wars
from foedus.world.facttable import Fact, latest_of, read_facts
from foedus.world.inventory import PRICES
from foedus.world.variables import TABLES

FACTS = Path(__file__).parent / "facts"
GROUPS = "groups.csv"
"""Groups of states by name (`world/groups.py`); no overlay replaces it, and only scenarios that name one rest on it."""

START = 2026
"""First year a study of the world of today can begin; its facts stand on 1 July."""

RECORD = 1976
"""First year of which the world of today knows the disputes: what hostility remembers of older ones is next to none."""


@dataclass(frozen=True)
class Register:
    """One state of states.csv."""

    iso3: str
    name: str
    region: str
    ccode: int
    capital: str


@dataclass(frozen=True)
class Tables:
    """All facts: the register of states, and each table's facts, latest year of a figure last."""

    states: tuple[Register, ...]
    facts: Mapping[str, tuple[Fact, ...]]
    digest: str
    year: int = PRICES
    """Year at whose end stocks stand."""
    record: int = RECORD
    """First year of disputes on record."""

    @property
    def start(self) -> int:
        """First year a study can begin: 2026, or the year of its facts for a past world."""
        return START if self.year == PRICES else self.year

    def latest(self, table: str) -> Mapping[tuple[tuple[str, ...], str], Fact]:
        """Latest fact by key and variable; a mapping to read, not to change."""
        return self._latest[table]

    @cached_property
    def _latest(self) -> Mapping[str, Mapping[tuple[tuple[str, ...], str], Fact]]:
        return {table: latest_of(rows) for table, rows in self.facts.items()}


@cache
def shipped_facts(table: str) -> tuple[Fact, ...]:
    """Rows of a table that ships with Foedus, without any overlay. Raises FactError or UnknownName."""
    columns, variables = TABLES[table]
    return tuple(read_facts(FACTS / table, columns, variables, source_keys(FACTS / "sources.bib")))


def read_tables(overlay: Path | None) -> Tables:
    """Read every table; an overlay row replaces rows of its key and variable.

    Of a dispute or a campaign it replaces the row of its year, of plans.csv the whole plan of its state.

    Raises FactError or UnknownName naming file and line.
    """
    if overlay is not None and not overlay.is_dir():
        msg = f"{overlay}: no such directory of fact tables"
        raise FactError(msg)
    if overlay is not None:
        _check_overlay(overlay)
    keys = source_keys(FACTS / "sources.bib")
    if overlay is not None and (overlay / "sources.bib").exists():
        keys = keys | source_keys(overlay / "sources.bib")
    digest = hashlib.sha256()
    facts: dict[str, tuple[Fact, ...]] = {}
    for name, (columns, variables) in TABLES.items():
        rows = read_facts(FACTS / name, columns, variables, keys)
        digest.update((FACTS / name).read_bytes())
        if overlay is not None and (overlay / name).exists():
            digest.update((overlay / name).read_bytes())
            above = read_facts(overlay / name, columns, variables, keys)
            replaced = {_replaced(name, fact) for fact in above}
            rows = [fact for fact in rows if _replaced(name, fact) not in replaced] + above
        facts[name] = tuple(rows)
    states = register_of_states()
    known = {state.iso3 for state in states}
    check_names(facts, known)
    check_pools(facts, known)
    check_pairs(facts, (RECORD, START))
    check_wars(facts, START)
    return Tables(states, facts, digest.hexdigest()[:16])


def _replaced(table: str, fact: Fact) -> tuple[object, ...]:
    """What an overlay's row replaces: rows of its key and variable; a whole plan; a dispute or campaign in its year."""
    key = fact.key[:1] if table == "plans.csv" else fact.key
    yearly = table == "disputes.csv" or fact.variable == "campaign"
    return (key, fact.variable, fact.year if yearly else None)


def _check_overlay(overlay: Path) -> None:
    """Stop at a table that no reader would open: its figures would not count, and nobody would know."""
    legal = (*TABLES, "sources.bib")
    found = [path for path in sorted(overlay.iterdir()) if path.suffix.lower() in (".csv", ".bib", ".parquet")]
    for path in found:
        if path.name not in legal and not path.name.startswith("."):
            raise UnknownName("fact table", path.name, legal, f"{overlay}: {path.name}")
    if not found:
        msg = f"{overlay}: holds no fact table. It may hold {', '.join(legal)}."
        raise FactError(msg)


@cache
def register_of_states() -> tuple[Register, ...]:
    """The states that the model covers. Raises UnknownName for a region nobody declared."""
    path = FACTS / "states.csv"
    with path.open(newline="", encoding="utf-8") as handle:
        rows = [
            Register(row["iso3"], row["name"], row["region"], int(row["ccode"]), row["capital"])
            for row in csv.DictReader(handle)
        ]
    for row in rows:
        if row.region not in terms.REGIONS:
            raise UnknownName("region", row.region, terms.REGIONS, f"{path.name}: {row.iso3}")
    return tuple(rows)
