"""Where panels start: who existed when, as state-years, dyad-years or disputes; and one call for all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import DataError, UnknownName
from foedus.panels import lookup
from foedus.panels.disputes import FILES, Initiators, Project, initiated, load_disputes
from foedus.panels.files import DataFolder
from foedus.panels.panel import Kind, Panel
from foedus.panels.registry import VARIABLES
from foedus.panels.systems import Flags, Integers, Space, System, check_years, load_membership

Folder = DataFolder | Path | str | None


def state_years(first: int, last: int, *, system: System = "cow", data: Folder = None) -> Panel:
    """Start a panel of state-years: a row for every state that was a member on at least one day of the year.

    first, last   years, inclusive, within what the membership file covers
    system        "cow" (column ccode) or "gw" (column gwcode)
    data          folder of data files; without it the one FOEDUS_DATA names

    Raises DataError when the membership file is missing or malformed, or the years lie outside it.
    """
    folder, own, cow = ground(first, last, system, data)
    alive = _some(np.flatnonzero(own.alive), own, system)
    code = "ccode" if system == "cow" else "gwcode"
    columns = {
        code: _codes(own, alive // own.years),
        "year": _year(own, alive),
        "_own1": alive.astype(np.uint32),
    }
    frame = pl.DataFrame(columns)
    frame = frame.with_columns(_cow1=_cow_number(folder, own, cow, system).gather(pl.Series(alive)))
    return Panel("state-year", system, False, folder, cow, own, frame.lazy(), files_of(system))


def dyad_years(first: int, last: int, *, directed: bool = True, system: System = "cow", data: Folder = None) -> Panel:
    """Start a panel of dyad-years: a row where two states were members on a common day of the year.

    first, last   years, inclusive, within what the membership file covers
    directed      both orders of a pair; otherwise the lower code first
    system        "cow" (columns ccode1, ccode2) or "gw" (gwcode1, gwcode2)
    data          folder of data files; without it the one FOEDUS_DATA names

    Raises DataError when the membership file is missing or malformed, or the years lie outside it.
    """
    folder, own, cow = ground(first, last, system, data)
    numbers = _some(np.flatnonzero(own.paired), own, system)
    one = numbers // own.state_years * own.years + numbers % own.years
    two = numbers % own.state_years
    if not directed:
        one, two = one[one < two], two[one < two]
    frame = pair_rows(folder, own, cow, system, one, two)
    return Panel("dyad-year", system, directed, folder, cow, own, frame.lazy(), files_of(system))


def dispute_dyad_years(
    first: int,
    last: int,
    *,
    project: Project = "gml",
    initiators: Initiators = "sidea-all-joiners",
    data: Folder = None,
) -> Panel:
    """Start a panel of dispute-dyad-years: a row for every dispute, directed opposed pair and year.

    first, last   years, inclusive, within what the membership file covers
    project       "gml" or "cow"
    initiators    see `disputes.one_per_pair_year`
    data          folder of data files; without it the one FOEDUS_DATA names

    Columns are the published ones with `init1` and `init2`. Raises DataError as `dyad_years` does.
    """
    folder, own, cow = ground(first, last, "cow", data)
    if project not in FILES:
        raise UnknownName("dispute project", project, FILES)
    loaded = load_disputes(folder, project, frozenset(cow.codes))
    table = loaded.frame.filter(pl.col("year").is_between(first, last)).sort("ccode1", "ccode2", "year", "dispnum")
    codes1, codes2, years = (lookup.integers(table, c) for c in ("ccode1", "ccode2", "year"))
    frame = pair_rows(folder, own, cow, "cow", own.state_year(codes1, years), own.state_year(codes2, years))
    event = {"onset": f"{project}midonset", "ongoing": f"{project}midongoing"}
    rest = (
        table.drop("ccode1", "ccode2", "year")
        .rename(event)
        .with_columns(initiated(initiators, "1"), initiated(initiators, "2"))
    )
    used = (*files_of("cow"), *FILES[project])
    return Panel(
        "dispute-dyad-year",
        "cow",
        True,
        folder,
        cow,
        own,
        pl.concat([frame, rest], how="horizontal").lazy(),
        used,
        (*loaded.notes, *strangers(frame, FILES[project][0])),
    )


def build_panel(
    kind: Kind,
    *,
    directed: bool,
    system: System,
    years: tuple[int, int],
    add: Iterable[str],
    relevant: bool,
    data: Folder,
    out: Path | str,
    only: bool = False,
) -> Panel:
    """Build a panel by names and write it: what `foedus panel` does.

    kind       "state-year", "dyad-year" or "dispute-dyad-year"
    directed   both orders of a pair; otherwise the lower code first (dyad-years only)
    system     "cow" or "gw"; dispute-dyad-years are always "cow"
    years      first and last, inclusive
    add        names of VARIABLES
    relevant   add the politically relevant flag
    data       folder of data files; without it the one FOEDUS_DATA names
    out        .parquet, .csv or .dta
    only       keep just politically relevant rows

    Returns the panel, for its columns and citations. Raises UnknownName for an undeclared name.
    """
    wanted = list(add)
    for name in wanted:
        if name not in VARIABLES:
            raise UnknownName("panel variable", name, VARIABLES)
    starts = {
        "state-year": lambda: state_years(*years, system=system, data=data),
        "dyad-year": lambda: dyad_years(*years, directed=directed, system=system, data=data),
        "dispute-dyad-year": lambda: dispute_dyad_years(*years, data=data),
    }
    if kind not in starts:
        raise UnknownName("kind of panel", kind, starts)
    panel = starts[kind]()
    for name, variable in VARIABLES.items():
        if name in wanted and name != "relevant":
            made = getattr(panel, variable.method)(**_prefix(panel, name))
            panel = cast("Panel", made)
    if relevant or only or "relevant" in wanted:
        panel = panel.relevant(only=only)
    panel.write(out)
    return panel


def _prefix(panel: Panel, name: str) -> dict[str, str]:
    return {"prefix": "cow_"} if name == "cow-mids" and "dispnum" in panel.columns else {}


def ground(first: int, last: int, system: System, data: Folder) -> tuple[DataFolder, Space, Space]:
    """Return the folder, the panel's own space and that of COW codes over some years.

    Raises DataError when the years lie outside the membership file.
    """
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    members = load_membership(folder, system)
    check_years(first, last, (members.first, members.last), f"{system}_state_system")
    own = members.space(first, last)
    cow = own if system == "cow" else load_membership(folder, "cow").space(first, last)
    return folder, own, cow


def _some(numbers: Integers, space: Space, system: System) -> Integers:
    if not len(numbers):
        msg = f"no rows: {system}_state_system has no members in {space.first}-{space.last}"
        raise DataError(msg)
    return numbers


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


def _codes(space: Space, numbers: Integers) -> NDArray[np.int32]:
    codes: NDArray[np.int32] = np.asarray(space.codes, dtype=np.int32)
    return codes[numbers]


def _year(space: Space, state_years: Integers) -> NDArray[np.int32]:
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
            f"{code}1": _codes(own, first),
            f"{code}2": _codes(own, second),
            "year": _year(own, one),
            "_own1": _known(one, own.alive),
            "_own2": _known(two, own.alive),
            "_unit": (first * len(own.codes) + second).astype(np.uint32),
            "_ownpair": _known(pair, own.paired),
        }
    )
    if system == "cow":
        return frame.with_columns(_cow1="_own1", _cow2="_own2", _cowpair="_ownpair")
    numbers = _cow_number(folder, own, cow, system)
    frame = frame.with_columns(_cow1=numbers.gather(frame["_own1"]), _cow2=numbers.gather(frame["_own2"]))
    both = ((pl.col("_cow1") // cow.years) * cow.state_years + pl.col("_cow2")).alias("_cowpair")
    found = frame.select(both)["_cowpair"]
    there = pl.Series(cow.paired).gather(found).fill_null(value=False)
    return frame.with_columns(_cowpair=found.set(~there, None))


def _known(numbers: Integers, there: Flags) -> pl.Series:
    kept = there[numbers]
    series = pl.Series(numbers.astype(np.uint32))
    return series if kept.all() else series.set(pl.Series(~kept), None)


def _cow_number(folder: DataFolder, own: Space, cow: Space, system: System) -> pl.Series:
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
