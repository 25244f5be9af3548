"""What a chunk of futures recorded, as the tables of a part on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.engine.record import Record
from foedus.equations.hedging import OPTIONS
from foedus.study.study import Study
from foedus.terms import PAIR_CLASSES, REGIONS

ROW_GROUP = 1 << 17
"""Rows that are encoded at once: more would hold more memory, fewer take longer."""


@lru_cache(maxsize=8)
def _keys(years: tuple[int, ...], rows: tuple[str, ...], size: int) -> tuple[pl.Series, pl.Series]:
    """Columns of years and of row names for arrays [year, row, future] laid flat: the same in every chunk."""
    row = np.tile(np.repeat(np.arange(len(rows), dtype=np.uint32), size), len(years))
    year = np.repeat(np.array(years, dtype=np.int16), len(rows) * size)
    return pl.Series(year), pl.Series(rows, dtype=pl.Enum(rows)).gather(row)


def tables_of(role: str) -> tuple[str, ...]:
    """Tables that a part of a role has; parameters, which both postures share, are with one only."""
    return (*TABLES, PARAMETERS) if role == "posture" else tuple(TABLES)


def table_of(
    name: str, record: Record, study: Study, role: str, chunk: int, columns: Collection[str] | None = None
) -> pl.DataFrame:
    """One table of a part, in long form.

    name     one of `tables_of(role)`
    columns  those that are wanted; of parameters no others are made
    """
    if name == PARAMETERS:
        values = {"future": _futures(study, chunk)} | study.parameters(chunk)
        wanted = [one for one in ("future", *(p.name for p in study.swept)) if columns is None or one in columns]
        return pl.DataFrame({one: values[one] for one in wanted})
    return TABLES[name](record, study.side(role), chunk)


@dataclass(frozen=True)
class Hashed:
    """A file, and a hash of what is written to it."""

    file: IO[bytes]
    sum: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> int:
        """Write to it; less than all where a file without a buffer takes less, as it may."""
        count = self.file.write(data)
        self.sum.update(data if count == len(data) else memoryview(data)[:count])
        return count

    def flush(self) -> None:
        """Hand on what is written."""
        self.file.flush()


def write_tables(
    role: str, chunk: int, record: Record, study: Study, opened: Callable[[str], AbstractContextManager[IO[bytes]]]
) -> dict[str, str]:
    """Write each table of a part as Parquet; return a hash of each file by name.

    opened  opens the file of a name
    """
    sums = {}
    for table in tables_of(role):
        name = f"{table}.parquet"
        with opened(name) as file:
            hashed = Hashed(file)
            table_of(table, record, study, role, chunk).write_parquet(
                cast("IO[bytes]", hashed), compression="snappy", statistics=False, row_group_size=ROW_GROUP
            )
            sums[name] = hashed.sum.hexdigest()
    return sums


def _long(group: Group) -> Table:
    """Maker of the table of a group's measures, a row a year, row of the group and future."""

    def table(record: Record, study: Study, chunk: int) -> pl.DataFrame:
        rows, years, size = _rows(study, group), study.scenario.years, study.size(chunk)
        year, row = _keys(years, rows, size)
        return pl.DataFrame(
            {
                "year": year,
                group.key: row,
                "future": np.tile(_futures(study, chunk), len(years) * len(rows)),
                **{name: values.reshape(-1) for name, values in record.tables[group].items()},
            }
        )

    return table


def _rows(study: Study, group: Group) -> tuple[str, ...]:
    """Names on a group's axis."""
    names, layout = study.world.states.iso3, study.layout
    held = {Group.ALLY: layout.allies, Group.GUARANTOR: layout.patrons}
    return REGIONS if group is Group.REGION else tuple(names[i] for i in held[group])


def _futures(study: Study, chunk: int) -> NDArray[np.uint32]:
    return study.span(chunk).futures.astype(np.uint32)


def _pairs(record: Record, study: Study, _: int) -> pl.DataFrame:
    layout = study.layout
    keys = _directed(study).with_columns(
        pl.Series("class", list(layout.pairs.pair_class)), pl.Series("treaty", layout.treaty)
    )
    return keys.with_columns(pl.Series(name, values) for name, values in record.pairs.items())


def _classes(record: Record, study: Study, chunk: int) -> pl.DataFrame:
    size = study.size(chunk)
    return pl.DataFrame(
        {
            "class": np.repeat(PAIR_CLASSES, size),
            "future": np.tile(_futures(study, chunk), len(PAIR_CLASSES)),
            **{name: values.reshape(-1) for name, values in record.tables[Group.CLASS].items()},
        }
    )


def _pair_years(record: Record, study: Study, _: int) -> pl.DataFrame:
    directed, years = _directed(study), study.scenario.years
    return pl.concat([directed] * len(years)).with_columns(
        pl.Series("year", np.repeat(np.array(years, dtype=np.int16), directed.height)),
        *(pl.Series(name, values.reshape(-1)) for name, values in record.pair_years.items()),
    )


def _directed(study: Study) -> pl.DataFrame:
    names, layout = study.world.states.iso3, study.layout
    return pl.DataFrame(
        {"challenger": [names[i] for i in layout.challenger], "target": [names[i] for i in layout.target]}
    )


def _options(record: Record, study: Study, _: int) -> pl.DataFrame:
    allies = list(_rows(study, Group.ALLY))
    return pl.DataFrame({"ally": allies, **{name: record.options[k] for k, name in enumerate(OPTIONS)}})


Table = Callable[[Record, Study, int], pl.DataFrame]
"""Makes a table of a chunk's record."""

TABLES: dict[str, Table] = {
    **{group.value: _long(group) for group in (Group.ALLY, Group.GUARANTOR, Group.REGION)},
    Group.PAIR.value: _pairs,
    Group.CLASS.value: _classes,
    Group.PAIR_YEAR.value: _pair_years,
    "options": _options,
}
"""Every table of a part by name, parameters aside."""

PARAMETERS = "parameters"
