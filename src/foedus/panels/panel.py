"""The Panel: an immutable, lazy table of state-years or pair-years to which each verb adds columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import polars as pl

from foedus.errors import DataError, InputError
from foedus.panels import geography, lookup, spells
from foedus.panels.disputes import (
    FILES,
    Initiators,
    Parties,
    Project,
    columns,
    load_disputes,
    one_per_pair_year,
)
from foedus.panels.files import DataFolder, Loaded, bibliography
from foedus.panels.registry import ATOP, CLAIMS, DEMOCRACY, ECONOMY_FILES, GDP, NMC, POPULATION, RIVALRY, TRADE
from foedus.panels.systems import Space, System
from foedus.panels.tables import TABLES
from foedus.panels.writing import write_frame

Kind = Literal["state-year", "dyad-year", "dispute-dyad-year"]
PAIR = {"ccode1": "ccode2", "ccode2": "ccode1"}


@dataclass(frozen=True)
class Panel:
    """A panel under construction: every verb returns a new one; rows come with `collect` or `write`.

    kind       "state-year", "dyad-year" or "dispute-dyad-year"
    system     "cow" or "gw"
    directed   both orders of each pair are rows
    folder     where data files are
    cow        numbered space of COW codes over the panel's years
    own        the same for the panel's own system
    lazy       the rows; columns that begin with _ are place numbers and are dropped at the end
    used       files read so far
    notes      what was emptied, recoded, left out or could not be placed, in sentences
    """

    kind: Kind
    system: System
    directed: bool
    folder: DataFolder
    cow: Space
    own: Space
    lazy: pl.LazyFrame
    used: tuple[str, ...]
    notes: tuple[str, ...] = ()

    # verbs on states

    def majors(self) -> Panel:
        """Add `cowmaj`: 1 when a COW major power on at least one day of the year."""
        spells = self._read("cow_major_powers")
        return self._state(spells, ("cowmaj",), geography.major_years(spells.frame), zero=("cowmaj",))

    def nmc(self) -> Panel:
        """Add material capabilities: milex, milper, irst, pec, tpop, upop, cinc (units as published)."""
        return self._state(self._read("cow_nmc"), NMC)

    def gdp(self, source: str = "fariss") -> Panel:
        """Add GDP.

        source   "fariss": pwtrgdp (million 2017 international dollars) and mrgdppc (per head, 2011).
                 "anders": natural logs of GDP, GDP per head and surplus domestic product.
                 "world_bank": gdp_current_usd.
        """
        return self._economy(source, GDP)

    def population(self, source: str = "fariss") -> Panel:
        """Add population: pwtpop (millions); wbpopest (log) from "anders"; heads from "world_bank"."""
        return self._economy(source, POPULATION)

    def democracy(self) -> Panel:
        """Add v2x_polyarchy (0-1), polity2 (-10 to 10) and euds."""
        return self._state(self._read("regime_democracy"), DEMOCRACY)

    def us_troops(self) -> Panel:
        """Add troops_ad_best: US active-duty personnel hosted, from reports that do not count twice."""
        return self._state(self._read("us_troops_country_year"), ("troops_ad_best",))

    def ideal_points(self) -> Panel:
        """Add idealpointfp (final-passage votes) and idealpointall."""
        return self._state(self._read("un_ideal_points"), ("idealpointfp", "idealpointall"))

    def nuclear(self, vintage: str = "OWID/FAS 2023") -> Panel:
        """Add nuclear_weapons_status (0-3) and warheads of one vintage, missing where it has no estimate."""
        warheads = self._read("nuclear_warheads")
        known = warheads.frame["vintage"].unique().sort().to_list()
        if vintage not in known:
            msg = f'vintage is "{vintage}"; nuclear_warheads has {", ".join(known)}'
            raise InputError(msg)
        chosen = warheads.frame.filter(pl.col("vintage") == vintage)
        status = self._state(self._read("nuclear_proliferation_status"), ("nuclear_weapons_status",))
        return status._state(warheads, ("warheads",), chosen)  # noqa: SLF001

    # verbs on pairs

    def contiguity(self) -> Panel:
        """Add conttype: the closest contiguity in the year, 1 (land) to 5 (400 miles of water), 0 none."""
        spells = self._read("cow_contiguity", pairs=True)
        table = geography.contiguity_years(spells.frame, self.cow)
        return self._pair(spells, ("conttype",), table, mirror=True, zero=("conttype",))

    def capital_distance(self) -> Panel:
        """Add capdist: great-circle km between the capitals of 1 January, or of the first day with one."""
        name = f"{self.system}_capitals"
        code = "ccode" if self.system == "cow" else "gwcode"
        capitals = self._read(name, pairs=True)
        lazy = geography.with_capital_distance(self.lazy, capitals.frame.rename({code: "ccode"}), self.own)
        return self._grown(lazy, capitals)

    def minimum_distance(self) -> Panel:
        """Add mindist: least kilometres between the two territories on 1 January (from 1886)."""
        loaded = self._read(f"{self.system}_min_distance", pairs=True)
        table = loaded.frame
        if self.system == "gw":
            table = table.rename({"gwcode1": "ccode1", "gwcode2": "ccode2"})
        return self._pair(loaded, ("mindist",), table, mirror=True, own=True)

    def atop(self) -> Panel:
        """Add treaty obligations: what ccode1 owes ccode2; undirected, what either owes the other."""
        loaded = self._read("atop_dyad_year", pairs=True)
        table = loaded.frame
        if not self.directed:
            table = lookup.mirrored(table, PAIR).group_by("ccode1", "ccode2", "year").agg(pl.col(ATOP).max())
        return self._pair(loaded, ATOP, table, zero=ATOP)

    def rivalries(self) -> Panel:
        """Add ongoingrivalry, its number tssr_id and its kinds (positional, spatial, …), 0 or 1."""
        spells = self._read("thompson_strategic_rivalries", pairs=True)
        table = geography.rivalry_years(spells.frame, self.cow)
        return self._pair(spells, RIVALRY, table, mirror=True, zero=[c for c in RIVALRY if c != "tssr_id"])

    def claims(self) -> Panel:
        """Add territorial claims: n_claims, those by each, those whose end is unknown, icowsal_max (0-12)."""
        return self._pair(self._read("icow_territorial_claim_dyad_year", pairs=True), CLAIMS, zero=CLAIMS)

    def trade(self) -> Panel:
        """Add flow1 (imports of ccode1 from ccode2), flow2 (the reverse), both smoothed; million dollars."""
        return self._pair(self._read("cow_trade_dyad_year", pairs=True), TRADE, mirror=True)

    def igos(self) -> Panel:
        """Add dyadigos: joint full memberships of intergovernmental organisations."""
        return self._pair(self._read("cow_igo_dyad_year", pairs=True), ("dyadigos",), mirror=True)

    def gml_mids(
        self, parties: Parties = "all", initiators: Initiators = "sidea-all-joiners", prefix: str = ""
    ) -> Panel:
        """Add GML disputes: gmlmidonset, gmlmidongoing, init1, sidea1 … (`disputes.one_per_pair_year`).

        prefix   put before the names that GML and COW share, when a panel carries both
        """
        return self._mids("gml", parties, initiators, prefix)

    def cow_mids(
        self, parties: Parties = "all", initiators: Initiators = "sidea-all-joiners", prefix: str = ""
    ) -> Panel:
        """Add COW disputes: cowmidonset, cowmidongoing and the rest, by the same rules as `gml_mids`."""
        return self._mids("cow", parties, initiators, prefix)

    def peace_years(self, *, pad: bool = False) -> Panel:
        """Add gmlmidspell, cowmidspell: years since the pair's last ongoing dispute, or its first year.

        pad   count also the years in which the pair did not exist
        """
        if self.kind != "dyad-year":
            msg = f"peace years are counted on dyad-years; this panel is of kind {self.kind}"
            raise InputError(msg)
        names = self.columns
        found = [event for event in ("gmlmidongoing", "cowmidongoing") if event in names]
        if not found:
            msg = "peace years need disputes: add gml_mids or cow_mids first"
            raise InputError(msg)
        made = [spells.peace_years(e, f"{e.removesuffix('ongoing')}spell", pad=pad) for e in found]
        return replace(self, lazy=self.lazy.with_columns(made))

    def relevant(self, *, only: bool = False) -> Panel:
        """Add prd: 1 when the pair is contiguous in any way, or one is a major power.

        only   keep just those rows
        """
        panel = self
        if "conttype" not in panel.columns:
            panel = panel.contiguity()
        if "cowmaj1" not in panel.columns:
            panel = panel.majors()
        near = pl.col("conttype") > 0
        great = (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
        lazy = panel.lazy.with_columns((near | great).cast(pl.Int8).alias("prd"))
        return replace(panel, lazy=lazy.filter(pl.col("prd") == 1) if only else lazy)

    # what any table can do

    def filter(self, *conditions: pl.Expr) -> Panel:
        """Keep the rows where every Polars condition holds."""
        return replace(self, lazy=self.lazy.filter(*conditions))

    def with_columns(self, *columns: pl.Expr, **named: pl.Expr) -> Panel:
        """Add columns by Polars expressions."""
        return replace(self, lazy=self.lazy.with_columns(*columns, **named))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the panel's columns, in order."""
        return tuple(c for c in self.lazy.collect_schema().names() if not c.startswith("_"))

    def collect(self) -> pl.DataFrame:
        """Compute the panel, rows ordered by code and year."""
        return self.lazy.select(self.columns).collect()

    def write(self, path: Path | str) -> Path:
        """Write the panel to a .parquet, .csv or .dta file, whole or not at all, and return its path.

        Raises InputError for another ending or a folder that is not there.
        """
        return write_frame(self.lazy.select(self.columns), Path(path))

    def citations(self) -> tuple[str, ...]:
        """Return what to cite for the files this panel used, in the order they were read."""
        sources = bibliography()
        keys = dict.fromkeys(key for name in self.used for key in TABLES[name].cites)
        return tuple(
            f"{s.author} ({s.year}). {s.title}. {s.publisher}".rstrip(". ") + f". {s.url}"
            for s in map(sources.__getitem__, keys)
        )

    # how verbs attach

    def _read(self, name: str, *, pairs: bool = False) -> Loaded:
        """Read a file for this panel: DataError when it describes pairs and there are none, or none of its years."""
        if pairs:
            self._need_pairs(name)
        legal = self.own if name.startswith("gw_") else self.cow
        return self._covered(self.folder.load(name, frozenset(legal.codes)))

    def _need_pairs(self, name: str) -> None:
        if self.kind == "state-year":
            msg = f"{name} describes pairs; a state-year panel has none. Start from dyad_years."
            raise InputError(msg)

    def _covered(self, loaded: Loaded) -> Loaded:
        if self.own.last < loaded.first or self.own.first > loaded.last:
            msg = (
                f"{loaded.table.name} covers {loaded.first}-{loaded.last}; the panel is "
                f"{self.own.first}-{self.own.last}, so every value would be missing"
            )
            raise DataError(msg)
        return loaded

    def _fresh(self, names: Iterable[str]) -> None:
        if twice := [n for n in names if n in self.columns]:
            msg = f"the panel already has {', '.join(twice[:6])}. Give prefix= to disputes, or add a variable once."
            raise InputError(msg)

    def _grown(self, lazy: pl.LazyFrame, loaded: Loaded, notes: tuple[str, ...] = ()) -> Panel:
        used = dict.fromkeys((*self.used, loaded.table.name))
        told = dict.fromkeys((*self.notes, *loaded.notes, *notes))
        return replace(self, lazy=lazy, used=tuple(used), notes=tuple(told))

    def _state(
        self, loaded: Loaded, names: tuple[str, ...], table: pl.DataFrame | None = None, zero: Iterable[str] = ()
    ) -> Panel:
        """Add columns of states: `table` in place of the file's own rows; no row means 0 in the columns `zero`."""
        covered = loaded.first, loaded.last
        table = loaded.frame if table is None else table
        table, notes = lookup.place(table.filter(pl.col("year").is_between(*covered)), self.cow, loaded.table.name)
        rows = lookup.rows_at(
            self.cow.state_years,
            self.cow.state_year(lookup.integers(table, "ccode"), lookup.integers(table, "year")),
        )
        lazy = self.lazy
        sides = ("",) if self.kind == "state-year" else ("1", "2")
        self._fresh(f"{n}{side}" for n in names for side in sides)
        for side in sides:
            named = {n: f"{n}{side}" for n in names}
            lazy = lookup.attach(lazy, f"_cow{side or '1'}", rows, table, named, (zero, covered))
        return self._grown(lazy, loaded, notes)

    def _pair(
        self,
        loaded: Loaded,
        names: Iterable[str] | Mapping[str, str],
        table: pl.DataFrame | None = None,
        *,
        zero: Iterable[str] = (),
        mirror: bool = False,
        own: bool = False,
    ) -> Panel:
        """Add columns of pairs, by name or under another one.

        table    in place of the file's own rows, by ccode1, ccode2 and year
        zero     columns in which no row means 0
        mirror   each pair has one row; add the other order
        own      the codes are of the panel's own system
        """
        covered = loaded.first, loaded.last
        named = names if isinstance(names, Mapping) else {n: n for n in names}
        self._fresh(named.values())
        space = self.own if own else self.cow
        table = loaded.frame if table is None else table
        table, notes = lookup.place(table.filter(pl.col("year").is_between(*covered)), space, loaded.table.name)
        if mirror:
            table = lookup.mirrored(table, PAIR | {a: b for a, b in loaded.table.swapped.items() if a in table.columns})
        one, two, year = (lookup.integers(table, c) for c in ("ccode1", "ccode2", "year"))
        rows = lookup.rows_at(space.pair_years, space.pair_year(one, two, year))
        lazy = lookup.attach(self.lazy, "_ownpair" if own else "_cowpair", rows, table, named, (zero, covered))
        return self._grown(lazy, loaded, notes)

    def _economy(self, source: str, columns: Mapping[str, tuple[str, ...]]) -> Panel:
        if source not in ECONOMY_FILES:
            msg = f'source is "{source}"; it must be one of {", ".join(ECONOMY_FILES)}'
            raise InputError(msg)
        return self._state(self._read(ECONOMY_FILES[source]), columns[source])

    def _mids(self, project: Project, parties: Parties, initiators: Initiators, prefix: str) -> Panel:
        self._need_pairs(FILES[project][0])
        loaded = self._covered(load_disputes(self.folder, project, frozenset(self.cow.codes)))
        table = one_per_pair_year(loaded.frame, parties, initiators)
        table = table.rename({"onset": f"{project}midonset", "ongoing": f"{project}midongoing"})
        named = {c: c if c.startswith(project) else f"{prefix}{c}" for c in columns(project)}
        grown = self._pair(loaded, named, table, zero=(f"{project}midonset", f"{project}midongoing"))
        return replace(grown, used=tuple(dict.fromkeys((*grown.used, *FILES[project]))))
