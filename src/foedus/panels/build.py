"""Where panels start: who existed when, as state-years, dyad-years or disputes; and one call for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import numpy as np
import polars as pl

from foedus.errors import DataError, UnknownName
from foedus.panels import lookup
from foedus.panels.disputes import FILES, Initiators, Project, initiated, load_disputes
from foedus.panels.grounds import (
    Folder,
    check_truth,
    codes_at,
    cow_number,
    files_of,
    ground,
    pair_rows,
    strangers,
    years_at,
)
from foedus.panels.panel import Kind, Panel
from foedus.panels.registry import VARIABLES
from foedus.panels.systems import Integers, Space, System


def state_years(
    first: int, last: int | None = None, *, system: System = "cow", data: Folder = None, carry: bool = False
) -> Panel:
    """Start a panel of state-years: a row for every state that was a member on at least one day of the year.

    first, last   years, inclusive, within what the membership file covers; without `last`, to its last
    system        "cow" (column ccode) or "gw" (column gwcode)
    data          folder of data files; without it the one FOEDUS_DATA names
    carry         let `last` lie beyond the membership file: its members of the last day stay members

    Raises DataError when the membership file is missing or malformed, or the years lie outside it.
    """
    folder, own, cow, told = ground(first, last, system, data, carry=carry)
    alive = _some(np.flatnonzero(own.alive), own, system)
    code = "ccode" if system == "cow" else "gwcode"
    columns = {
        code: codes_at(own, alive // own.years),
        "year": years_at(own, alive),
        "_own1": alive.astype(np.uint32),
        "_unit": (alive // own.years).astype(np.uint32),
    }
    frame = pl.DataFrame(columns)
    frame = frame.with_columns(_cow1=cow_number(folder, own, cow, system).gather(pl.Series(alive)))
    return Panel("state-year", system, False, folder, cow, own, frame.lazy(), files_of(system), told)


def dyad_years(
    first: int,
    last: int | None = None,
    *,
    directed: bool = True,
    system: System = "cow",
    data: Folder = None,
    carry: bool = False,
) -> Panel:
    """Start a panel of dyad-years: a row where two states were members on a common day of the year.

    first, last   years, inclusive, within what the membership file covers; without `last`, to its last
    directed      both orders of a pair; otherwise the lower code first
    system        "cow" (columns ccode1, ccode2) or "gw" (gwcode1, gwcode2)
    data          folder of data files; without it the one FOEDUS_DATA names
    carry         let `last` lie beyond the membership file: its members of the last day stay members

    Raises DataError when the membership file is missing or malformed, or the years lie outside it.
    """
    check_truth("directed", directed)
    folder, own, cow, told = ground(first, last, system, data, carry=carry)
    numbers = _some(np.flatnonzero(own.paired), own, system)
    one = numbers // own.state_years * own.years + numbers % own.years
    two = numbers % own.state_years
    if not directed:
        one, two = one[one < two], two[one < two]
    frame = pair_rows(folder, own, cow, system, one, two)
    return Panel("dyad-year", system, directed, folder, cow, own, frame.lazy(), files_of(system), told)


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
    folder, own, cow, _ = ground(first, last, "cow", data)
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
    progress: Callable[[str], None] | None = None,
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
    progress   called with a few words before each step

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
    say = progress or (lambda _: None)
    say("rows")
    panel = starts[kind]()
    for name, variable in VARIABLES.items():
        if name in wanted and name != "relevant":
            say(name)
            made = getattr(panel, variable.method)(**_prefix(panel, name))
            panel = cast("Panel", made)
    if relevant or only or "relevant" in wanted:
        panel = panel.relevant(only=only)
    say(f"writing {out}")
    panel.write(out)
    return panel


def _prefix(panel: Panel, name: str) -> dict[str, str]:
    return {"prefix": "cow_"} if name == "cow-mids" and "dispnum" in panel.columns else {}


def _some(numbers: Integers, space: Space, system: System) -> Integers:
    if not len(numbers):
        msg = f"no rows: {system}_state_system has no members in {space.first}-{space.last}"
        raise DataError(msg)
    return numbers
