"""The register of the exposure account: figures recalled or judged, and which rows of the evidence its tables take."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foedus.bibliography import source_keys
from foedus.errors import FactError, UnknownName
from foedus.exposure.holdings import KINDS
from foedus.exposure.replacement.tables import TABLES as REPLACEMENT
from foedus.world.facttable import FactVariable
from register import REGISTER, Entry, read_entries

EXPOSURE = REGISTER / "exposure"
HELD = {name: variable for name, (_, _, variable) in KINDS.items()}

TABLES: Mapping[str, tuple[tuple[str, ...], Mapping[str, FactVariable]]] = {
    "provided.csv": (("guarantor", "where"), HELD),
    "holdings.csv": (("where",), HELD),
    **REPLACEMENT,
}
"""Tables of the account in the order in which their works are given keys."""

COLUMNS = ("table", "key", "second_key", "variable", "evidence", "factor", "year", "note")


@dataclass(frozen=True)
class Reading:
    """A row of the evidence that a table takes.

    key       key columns of the row it makes
    evidence  identifier in the evidence files
    factor    what the figure read is multiplied by, to come to the unit of the variable
    year      of the row; empty for that of the evidence
    """

    table: str
    key: tuple[str, ...]
    variable: str
    evidence: str
    factor: float
    year: str
    note: str


def own_sources() -> frozenset[str]:
    """Keys of the register's own bibliography."""
    return source_keys(EXPOSURE / "sources.bib")


def entries(table: str, evidence: Collection[str]) -> tuple[Entry, ...]:
    """Rows that the register gives of a table; their sources are keys of its bibliography or rows of the evidence."""
    path = EXPOSURE / table
    if not path.exists():
        return ()
    keys, variables = TABLES[table]
    return read_entries(path, keys, variables, {*own_sources(), *evidence})


def readings(evidence: Collection[str]) -> list[Reading]:
    """Rows of the evidence that tables take.

    Raises FactError for other columns, a key too few or too many, or a factor that is no number; UnknownName for a
    table, a variable or a row of the evidence that does not exist.
    """
    with (EXPOSURE / "readings.csv").open(newline="", encoding="utf-8") as handle:
        head, *rows = csv.reader(handle)
    if tuple(head) != COLUMNS:
        msg = f"readings.csv:1  columns are {', '.join(head)}; they must be {', '.join(COLUMNS)}"
        raise FactError(msg)
    return [_reading(f"readings.csv:{line}", row, evidence) for line, row in enumerate(rows, start=2)]


def _reading(where: str, row: list[str], evidence: Collection[str]) -> Reading:
    if len(row) != len(COLUMNS):
        msg = f"{where}  has {len(row)} fields, not {len(COLUMNS)}. Quote a note that holds commas."
        raise FactError(msg)
    table, first, second, variable, ident, factor, year, note = row
    if table not in TABLES:
        raise UnknownName("table", table, TABLES, f"{where}  {table}")
    keys, variables = TABLES[table]
    if variable not in variables:
        raise UnknownName("variable", variable, variables, f"{where}  {variable}")
    if ident not in evidence:
        raise UnknownName("row of the evidence", ident, sorted(evidence), f"{where}  {ident}")
    key = tuple(name for name in (first, second) if name)
    if len(key) != len(keys):
        msg = f"{where}  has {len(key)} keys; {table} has {len(keys)}: {', '.join(keys)}"
        raise FactError(msg)
    return Reading(table, key, variable, ident, _factor(where, factor), year, note)


def _factor(where: str, text: str) -> float:
    """A number, or one over another as in 1000/35."""
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below or "1")
    except (ValueError, ZeroDivisionError) as error:
        msg = f'{where}  factor is "{text}"; it must be a number, or one over another as in 1000/35'
        raise FactError(msg) from error
