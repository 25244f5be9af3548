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
from foedus.panels.disputes import FILES, Initiators, Project, initiated, read_disputes
from foedus.panels.files import DataFolder
from foedus.panels.panel import Kind, Panel
from foedus.panels.registry import VARIABLES
from foedus.panels.systems import Integers, Space, System, check_years, load_membership

Folder = DataFolder | Path | str | None


def state_years(first: int, last: int, *, system: System = "cow", data: Folder = None) -> Panel:
    """Start a panel of state-years: a row for every state that was a member on at least one day of the year.

    first, last   years, inclusive, within what the membership file covers
    system        "cow" (column ccode) or "gw" (column gwcode)
    data          folder of data files; without it the one FOEDUS_DATA names

    Raises DataError when the membership file is missing or malformed, or the years lie outside it.
    """
    folder, own, cow, alive = _ground(first, last, system, data, pairs=None)
    code = "ccode" if system == "cow" else "gwcode"
    columns = {
        code: _codes(own, alive // own.years),
        "year": _year(own, alive),
        "_own1": alive.astype(np.uint32),
    }
    frame = pl.DataFrame(columns)
    frame = frame.with_columns(_cow1=_cow_number(folder, own, cow, system, alive))
    return Panel("state-year", system, False, folder, cow, own, frame.lazy(), files_of(system))


def dyad_years(first: int, last: int, *, directed: bool = True, system: System = "cow", data: Folder = None) -> Panel:
    """Start a panel of dyad-years: a row where two states were members on a common day of the year.

    first, last   years, inclusive, within what the membership file covers
    directed      both orders of a pair; otherwise the lower code first
    system        "cow" (columns ccode1, ccode2) or "gw" (gwcode1, gwcode2)
    data          folder of data files; without it the one FOEDUS_DATA names

    Raises DataError when the membership file is missing or malformed, or the years lie outside it.
    """
    folder, own, cow, numbers = _ground(first, last, system, data, pairs=directed)
    one = numbers // own.state_years * own.years + numbers % own.years
    two = numbers % own.state_years
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
    folder, own, cow, _ = _ground(first, last, "cow", data, pairs=True)
    if project not in FILES:
        raise UnknownName("dispute project", project, FILES)
    table = read_disputes(folder, project, frozenset(cow.codes)).filter(pl.col("year").is_between(first, last))
    table = table.sort("ccode1", "ccode2", "year", "dispnum")
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

    Returns the panel, for its columns and citations. Raises UnknownName for a name nobody declared.
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


def _ground(
    first: int, last: int, system: System, data: Folder, pairs: bool | None
) -> tuple[DataFolder, Space, Space, Integers]:
    folder = data if isinstance(data, DataFolder) else DataFolder.open(data)
    members = load_membership(folder, system)
    check_years(first, last, (members.first, members.last), f"{system}_state_system")
    own = members.space(first, last)
    cow = own if system == "cow" else load_membership(folder, "cow").space(first, last)
    numbers = members.alive(first, last) if pairs is None else members.paired(first, last, directed=pairs)
    if not len(numbers):
        msg = f"no rows: {system}_state_system has no members in {first}-{last}"
        raise DataError(msg)
    return folder, own, cow, numbers


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
    """Return codes, year and place numbers of pairs, given the numbers of their two state-years."""
    code = "ccode" if system == "cow" else "gwcode"
    first, second = one // own.years, two // own.years
    pair = (first * len(own.codes) + second).astype(np.uint32)
    frame = pl.DataFrame(
        {
            f"{code}1": _codes(own, first),
            f"{code}2": _codes(own, second),
            "year": _year(own, one),
            "_own1": one.astype(np.uint32),
            "_own2": two.astype(np.uint32),
            "_unit": pair,
        }
    )
    frame = frame.with_columns((pl.col("_unit") * own.years + pl.col("_own1") % own.years).alias("_ownpair"))
    if system == "cow":
        return frame.with_columns(
            pl.col("_own1").alias("_cow1"),
            pl.col("_own2").alias("_cow2"),
            pl.col("_ownpair").alias("_cowpair"),
        )
    frame = frame.with_columns(
        _cow1=_cow_number(folder, own, cow, system, one), _cow2=_cow_number(folder, own, cow, system, two)
    )
    return frame.with_columns(((pl.col("_cow1") // cow.years) * cow.state_years + pl.col("_cow2")).alias("_cowpair"))


def _cow_number(folder: DataFolder, own: Space, cow: Space, system: System, state_years: Integers) -> pl.Series:
    """Return the COW place number of each state-year; null where COW knows no such state that year."""
    if system == "cow":
        return pl.Series(state_years.astype(np.uint32))
    table = folder.read("cow_gw_state_year")
    legal = pl.col("gwcode").is_in(own.codes) & pl.col("ccode").is_in(cow.codes)
    table = table.filter(pl.col("year").is_between(own.first, own.last), legal).unique(
        ["gwcode", "year"], keep="last", maintain_order=True
    )
    gw, ccode, year = (lookup.integers(table, c) for c in ("gwcode", "ccode", "year"))
    rows = lookup.rows_at(own.state_years, own.state_year(gw, year))
    numbers = pl.Series(cow.state_year(ccode, year).astype(np.uint32))
    return numbers.gather(rows.gather(pl.Series(state_years)))
