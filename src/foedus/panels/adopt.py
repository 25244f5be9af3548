"""A dyad-year table from elsewhere, taken in as a Panel once its rows are checked."""

from __future__ import annotations

import numpy as np
import polars as pl

from foedus.errors import DataError
from foedus.panels import lookup
from foedus.panels.base import HIDDEN
from foedus.panels.files import DataFolder
from foedus.panels.grounds import Folder, check_truth, files_of, ground, pair_rows, strangers
from foedus.panels.panel import Panel
from foedus.panels.systems import System, load_membership


def adopt_dyad_years(
    frame: pl.DataFrame,
    *,
    directed: bool = True,
    system: System = "cow",
    gaps: bool = False,
    name: str = "frame",
    data: Folder = None,
) -> Panel:
    """Take in a dyad-year table, with all its columns, so that every verb of Panel can be used on it.

    frame     whole-number columns ccode1, ccode2 (or gwcode1, gwcode2) and year, ordered by them
    directed  the table may have both orders of a pair; otherwise the lower code comes first
    system    "cow" (columns ccode1, ccode2) or "gw" (gwcode1, gwcode2)
    gaps      allow a pair to skip years; spells then count rows unless padded
    name      what to call the table in errors
    data      folder of data files; without it the one FOEDUS_DATA names

    A row of two states that were not both members on a common day that year keeps its columns; what files say of
    pairs is missing there, never 0, and `notes` says how many such rows there are.

    Raises DataError, naming the row (1 is the first), for missing columns or values, an unknown code, a state
    paired with itself, years outside the system's, repeated, unsorted or gapped years, or, undirected, a
    higher code first.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    members = load_membership(folder, system)
    code = "ccode" if system == "cow" else "gwcode"
    keys = (f"{code}1", f"{code}2", "year")
    if lost := [k for k in keys if k not in frame.columns or not frame.schema[k].is_integer()]:
        msg = f"{name}: lacks the whole-number column {', '.join(lost)}. It has {', '.join(frame.columns[:12])}"
        raise DataError(msg)
    check_truth("directed", directed)
    if taken := [column for column in frame.columns if column in HIDDEN]:
        msg = f"{name}: {', '.join(taken)} is a name that panels use inside. Rename the column."
        raise DataError(msg)
    _check_rows(frame, keys, members.codes, name, directed=directed, gaps=gaps)
    one, two, year = (lookup.integers(frame, k) for k in keys)
    first, last = int(year.min()), int(year.max())
    folder, own, cow, _ = ground(first, last, system, folder)
    rows = pair_rows(folder, own, cow, system, own.state_year(one, year), own.state_year(two, year))
    whole = pl.concat([rows, frame.drop(keys)], how="horizontal")
    told = strangers(rows, name)
    return Panel("dyad-year", system, directed, folder, cow, own, whole.lazy(), files_of(system), told)


def _check_rows(
    frame: pl.DataFrame,
    keys: tuple[str, str, str],
    codes: frozenset[int],
    name: str,
    *,
    directed: bool,
    gaps: bool,
) -> None:
    if frame.is_empty():
        msg = f"{name}: has no rows"
        raise DataError(msg)
    one, two, year = (frame[k].cast(pl.Int64) for k in keys)
    legal = pl.Series(sorted(codes)).implode()
    known = one.is_in(legal) & two.is_in(legal)
    for wrong, why in (
        (one.is_null() | two.is_null() | year.is_null(), "a code or year is empty"),
        (~known, "a code that the state system does not know"),
        (one == two, "a state cannot be paired with itself"),
        (one > two if not directed else one != one, "in an undirected table the lower code comes first"),
    ):
        _stop(frame, keys, wrong, name, why)
    order = (one * 1000 + two) * 10_000 + year
    step = order.diff().fill_null(1)
    same = (one == one.shift(1)) & (two == two.shift(1))
    _stop(frame, keys, step == 0, name, "repeats the row before. Keep one.")
    _stop(frame, keys, step < 0, name, f"comes after a higher key. Sort by {', '.join(keys)}.")
    if not gaps:
        why = "skips years that came before it. Fill them in, or allow gaps."
        _stop(frame, keys, same.fill_null(value=False) & (step > 1), name, why)


def _stop(frame: pl.DataFrame, keys: tuple[str, str, str], wrong: pl.Series, name: str, why: str) -> None:
    if (bad := wrong.fill_null(value=False)).any():
        at = int(np.argmax(bad.to_numpy()))
        what = ", ".join(f"{k} {frame[k][at]}" for k in keys)
        msg = f"{name}:{at + 1}  {what}: {why}"
        raise DataError(msg)
