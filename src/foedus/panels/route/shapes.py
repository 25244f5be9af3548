"""A publisher's own form of a file brought into the declared one: names of columns, dates, lists of states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from foedus.errors import DataError, UnknownName, nearest
from foedus.frames import read_csv, read_parquet
from foedus.panels.reading import opened
from foedus.panels.route.sources import aliases
from foedus.panels.table import Column, Table
from foedus.panels.tables import TABLES

UCDP_KINDS = {"1": "extrasystemic", "2": "interstate", "3": "intrastate", "4": "II"}
"""How UCDP numbers its types of conflict."""
MADE = {"gml_mid_participants": "spell", "ucdp_prio_acd": "row", "cow_interstate_war_directed_dyad_year": "resume"}
"""Columns that number the rows of one key, made where a publisher has none."""

SAME_COLUMNS = ({"cow_state_system", "cow_major_powers"}, {"cow_mid_disputes", "gml_mid_disputes"})
"""Files that their columns cannot tell apart."""
HINTS = {
    "cow_state_system": "states",
    "cow_major_powers": "majors",
    "cow_mid_disputes": "cow",
    "gml_mid_disputes": "gml",
}
"""What in the name of a publisher's file says which of those it is."""


def read_any(path: Path) -> pl.DataFrame:
    """Read a table of a publisher: CSV, tab-separated, Stata, Parquet, or an R object (.rda, .rds).

    Text stays text and numbers numbers. Raises DataError for another form or what cannot be read.
    """
    name = path.name.lower()
    try:
        if name.endswith(".parquet"):
            return read_parquet(path)
        if name.endswith((".rda", ".rdata", ".rds")):
            return _from_r(path)
        if name.endswith(".dta"):
            import pandas as pd

            return _from_pandas(pd.read_stata(path, convert_categoricals=False, convert_dates=False))
        if name.endswith((".csv", ".csv.gz", ".txt", ".tsv", ".tab")):
            with opened(path) as file:
                head = file.readline()
            mark = max(",;\t", key=head.count)
            return read_csv(path, infer_schema=False, separator=mark, encoding="utf8-lossy")
    except ModuleNotFoundError as error:
        msg = f'{path.name}: reading this form needs {error.name}: pip install "foedus[data]"'
        raise DataError(msg) from error
    except (pl.exceptions.PolarsError, OSError, ValueError, EOFError) as error:
        msg = f"{path.name}: cannot be read ({' '.join(str(error).split())[:200]})"
        raise DataError(msg) from error
    msg = f"{path.name}: the ending is none of .csv, .csv.gz, .tsv, .txt, .dta, .parquet, .rda and .rds"
    raise DataError(msg)


def _from_r(path: Path) -> pl.DataFrame:
    import warnings

    import pandas as pd
    import rdata

    with warnings.catch_warnings():
        # An R Date has no constructor there: it comes as the days since 1970 that it is.
        warnings.simplefilter("ignore")
        made = rdata.read_rds(str(path)) if path.name.lower().endswith(".rds") else rdata.read_rda(str(path))
    tables = [made] if isinstance(made, pd.DataFrame) else [v for v in made.values() if isinstance(v, pd.DataFrame)]
    if len(tables) != 1:
        msg = f"{path.name}: holds {len(tables)} data frames; it must hold one"
        raise DataError(msg)
    return _from_pandas(tables[0])


def _from_pandas(table: object) -> pl.DataFrame:
    frame = {}
    for name in table.columns:  # type: ignore[attr-defined]
        column = table[name]  # type: ignore[index]
        values = [None if value is None or value != value else value for value in column.astype(object).tolist()]
        frame[str(name)] = pl.Series(str(name), values, strict=False)
    return pl.DataFrame(frame)


def table_of(frame: pl.DataFrame, path: Path, name: str | None) -> Table:
    """Return which declared table a publisher's frame is. Raises DataError where none fits, or several do.

    name   the table, where the caller knows it
    """
    if name is not None:
        if name not in TABLES:
            raise UnknownName("research file", name, TABLES)
        return TABLES[name]
    found = [table for table in TABLES.values() if not lacking(frame, table)]
    most = max((len(table.columns) for table in found), default=0)
    best = [table for table in found if len(table.columns) == most]
    alike = [table for table in found if any({table.name, b.name} in SAME_COLUMNS for b in best)]
    chosen = list(dict.fromkeys(table.name for table in (*best, *alike)))
    told = [name for name in chosen if HINTS.get(name, name) in path.name.lower()]
    chosen = told if len(told) == 1 else chosen
    if len(chosen) == 1:
        return TABLES[chosen[0]]
    if not chosen:
        table = min(TABLES.values(), key=lambda table: len(lacking(frame, table)) / len(table.columns))
        msg = (
            f"{path.name}: fits no research file. Nearest is {table.name}, of which it lacks "
            f"{', '.join(lacking(frame, table)[:8])}. It has {', '.join(frame.columns[:12])}"
        )
    else:
        msg = f"{path.name}: may be {' or '.join(chosen)}; say which with --as NAME"
    raise DataError(msg)


def lacking(frame: pl.DataFrame, table: Table) -> tuple[str, ...]:
    """Return the declared columns that a publisher's frame has under no name."""
    names = renamed(frame, table)
    return tuple(c for c in table.columns if c not in names and MADE.get(table.name) != c)


def renamed(frame: pl.DataFrame, table: Table) -> Mapping[str, str]:
    """Return column of the table to column of the frame: the same name in any case, or one that publishers use."""
    own = {name.lower().strip(): name for name in reversed(frame.columns)}
    found = {}
    for column in (*table.columns, *table.extras):
        given = next((own[name] for name in (column, *aliases().get(column, ())) if name in own), None)
        if given is not None:
            found[column] = given
    return found


def shaped(frame: pl.DataFrame, table: Table, path: Path) -> pl.DataFrame:
    """Return the declared columns of a publisher's frame, dates as dates, lists of states as rows.

    Values are not judged here: reading the file that is written does that. Raises DataError for a lost column or a date
    that is none.
    """
    if lost := lacking(frame, table):
        near = nearest(lost[0], frame.columns)
        hint = f' (is it "{near}"?)' if near else ""
        msg = f"{path.name}: lacks {', '.join(lost)}{hint} for {table.name}. It has {', '.join(frame.columns[:12])}"
        raise DataError(msg)
    names = renamed(frame, table)
    made = frame.select(pl.col(given).alias(column) for column, given in names.items())
    for column in names:
        if table.column(column).kind == "date":
            last = column in ("end", "enddate")
            made = made.with_columns(_dates(made[column], table.column(column), path, last=last))
    if table.name == "ucdp_prio_acd":
        made = _conflicts(made)
    return _numbered(made, table)


def _dates(raw: pl.Series, column: Column, path: Path, *, last: bool) -> pl.Series:
    """Return dates from ISO text, 19200110, 192001 (its first or last day), days since 1970, or dates."""
    if raw.dtype == pl.Date or isinstance(raw.dtype, pl.Datetime):
        return raw.cast(pl.Date)
    text = raw.cast(pl.String).str.strip_chars().str.replace(r"\.0+$", "")
    number = text.cast(pl.Int64, strict=False)
    months = (text + "01").str.to_date("%Y%m%d", strict=False)
    if last:
        months = months.dt.month_end()
    frame = pl.DataFrame(
        {
            "text": text,
            "number": number,
            "iso": text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
            "day": text.str.to_date("%Y%m%d", strict=False),
            "month": months,
        }
    )
    days = pl.lit(0).cast(pl.Date).dt.offset_by(pl.format("{}d", "number"))
    size = pl.col("number").abs()
    found = frame.select(
        pl.coalesce(
            "iso",
            pl.when(size >= 10_000_000).then(pl.col("day")),
            pl.when(size.is_between(100_000, 9_999_999)).then(pl.col("month")),
            pl.when(size < 100_000).then(days),
        ).alias(raw.name)
    )[raw.name]
    blank = text.is_null() | text.is_in(["", "NA"])
    if (wrong := found.is_null() & ~blank).any():
        at = int(wrong.arg_max() or 0)
        forms = f"{column.rule}, or like 19901003 or 199010"
        msg = f"{path.name}: {raw.name} is {text[at]} in row {at + 1}; it must be {forms}"
        raise DataError(msg)
    return found


def _conflicts(made: pl.DataFrame) -> pl.DataFrame:
    """Give each pair of sides a row, as UCDP lists several states in one cell, and types of conflict their names."""
    kind = pl.col("type_of_conflict").cast(pl.String).replace(UCDP_KINDS)
    made = made.with_columns(kind, *(pl.col(side).cast(pl.String) for side in ("gwno_a", "gwno_b")))
    for side in ("gwno_a", "gwno_b"):
        made = made.with_columns(pl.col(side).str.replace_all(" ", "").str.split(",")).explode(side)
        made = made.with_columns(pl.when(pl.col(side) != "").then(pl.col(side)))
    return made


def _numbered(made: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Number the rows of one key where the publisher does not."""
    column = MADE.get(table.name)
    if column is None or column in made.columns:
        return made
    key = [name for name in table.key if name != column]
    start = 0 if column == "resume" else 1
    return made.with_columns((pl.int_range(pl.len()).over(key) + start).alias(column))
