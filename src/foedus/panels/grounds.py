"""What panels stand on: the folder, the numbered spaces of states and pairs, and the place numbers of rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError
from foedus.given import shown
from foedus.panels import lookup
from foedus.panels.files import DataFolder
from foedus.panels.systems import Flags, Integers, Space, System, check_whole, check_years, load_membership

Folder = DataFolder | Path | str | None


def ground(
    first: int, last: int | None, system: System, data: Folder, *, carry: bool = False
) -> tuple[DataFolder, Space, Space, tuple[str, ...]]:
    """Return the folder, the panel's own space, that of COW codes over some years, and what to note of them.

    Arguments as in `dyad_years`. Raises InputError for years that are not whole numbers, DataError when they lie
    outside the membership file.
    """
    check_whole(first=first, **({} if last is None else {"last": last}))
    check_truth("carry", carry)
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    members = load_membership(folder, system)
    covered, last = members.last, members.last if last is None else last
    if carry:
        members = members.carried(last)
    check_years(first, last, (members.first, members.last), f"{system}_state_system")
    own = members.space(first, last)
    cow = members if system == "cow" else load_membership(folder, "cow")
    told = f"{system}_state_system ends in {covered}; its members of the last day are carried forward to {last}"
    notes = (told,) if last > covered else ()
    return folder, own, own if system == "cow" else (cow.carried(last) if carry else cow).space(first, last), notes


def check_truth(name: str, value: object) -> None:
    """Raise InputError, with what to write, where an option that is true or false is something else."""
    if not isinstance(value, bool):
        msg = f"{name} is {shown(value)}; it must be True or False"
        raise InputError(msg)


def strangers(rows: pl.DataFrame, name: str) -> tuple[str, ...]:
    """Say how many pair-years from elsewhere, from `pair_rows`, never existed."""
    never = rows.filter(pl.col("_ownpair").is_null())
    if never.is_empty():
        return ()
    one, two, year = never.row(0)[:3]
    told = (
        f"{name}: {never.height:,} of {rows.height:,} rows are of pairs without a common day as members that year "
        f"(first: {one} and {two} in {year}); what files say of pairs is missing there"
    )
    return (told,)


def files_of(system: System) -> tuple[str, ...]:
    """Return the membership files that a panel of a system reads."""
    return ("cow_state_system",) if system == "cow" else ("gw_state_system", "cow_gw_state_year")


def codes_at(space: Space, numbers: Integers) -> NDArray[np.int32]:
    """Return the codes that have these places among the codes of a space."""
    codes: NDArray[np.int32] = np.asarray(space.codes, dtype=np.int32)
    return codes[numbers]


def years_at(space: Space, state_years: Integers) -> NDArray[np.int32]:
    """Return the years of numbered state-years."""
    years: NDArray[np.int32] = (state_years % space.years + space.first).astype(np.int32)
    return years


def pair_rows(folder: DataFolder, own: Space, cow: Space, system: System, one: Integers, two: Integers) -> pl.DataFrame:
    """Return codes, year and place numbers of pairs, given the numbers of their two state-years.

    The number of a state-year or pair-year that never was is empty, so that nothing is found there.
    """
    code = "ccode" if system == "cow" else "gwcode"
    first, second = one // own.years, two // own.years
    pair = first * own.state_years + two
    frame = pl.DataFrame(
        {
            f"{code}1": codes_at(own, first),
            f"{code}2": codes_at(own, second),
            "year": years_at(own, one),
            "_own1": _known(one, own.alive),
            "_own2": _known(two, own.alive),
            "_unit": (first * len(own.codes) + second).astype(np.uint32),
            "_ownpair": _known(pair, own.paired),
        }
    )
    if system == "cow":
        return frame.with_columns(_cow1="_own1", _cow2="_own2", _cowpair="_ownpair")
    numbers = cow_number(folder, own, cow, system)
    frame = frame.with_columns(_cow1=numbers.gather(frame["_own1"]), _cow2=numbers.gather(frame["_own2"]))
    both = ((pl.col("_cow1") // cow.years) * cow.state_years + pl.col("_cow2")).alias("_cowpair")
    found = frame.select(both)["_cowpair"]
    there = pl.Series(cow.paired).gather(found).fill_null(value=False)
    return frame.with_columns(_cowpair=found.set(~there, None))


def _known(numbers: Integers, there: Flags) -> pl.Series:
    kept = there[numbers]
    series = pl.Series(numbers.astype(np.uint32))
    return series if kept.all() else series.set(pl.Series(~kept), None)


def cow_number(folder: DataFolder, own: Space, cow: Space, system: System) -> pl.Series:
    """Return, for every state-year of the own space, its COW place number; null where COW knows no such state."""
    if system == "cow":
        return _known(np.arange(own.state_years), own.alive)
    table = folder.read("cow_gw_state_year")
    legal = pl.col("gwcode").is_in(own.codes) & pl.col("ccode").is_in(cow.codes)
    table = table.filter(pl.col("year").is_between(own.first, own.last), legal).unique(
        ["gwcode", "year"], keep="last", maintain_order=True
    )
    gw, ccode, year = (lookup.integers(table, c) for c in ("gwcode", "ccode", "year"))
    rows = lookup.rows_at(own.state_years, own.state_year(gw, year))
    return _known(cow.state_year(ccode, year), cow.alive).gather(rows)
