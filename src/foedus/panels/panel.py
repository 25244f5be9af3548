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
    one_per_pair_year,
    read_disputes,
)
from foedus.panels.files import DataFolder, bibliography
from foedus.panels.registry import ATOP, DEMOCRACY, ECONOMY_FILES, GDP, NMC, POPULATION, RIVALRY, TRADE
from foedus.panels.systems import Space, System
from foedus.panels.tables import TABLES
from foedus.panels.writing import write_frame

Kind = Literal["state-year", "dyad-year", "dispute-dyad-year"]


@dataclass(frozen=True)
class Panel:
    """A panel under construction: every verb returns a new one; rows come with `collect` or `write`.

    kind       "state-year", "dyad-year" or "dispute-dyad-year"
    system     "cow" or "gw"
    directed   both orders of each pair stand
    folder     where data files are
    cow        numbered space of COW codes over the panel's years
    own        the same for the panel's own system
    lazy       the rows; columns that begin with _ are place numbers and are dropped at the end
    used       files read so far
    """

    kind: Kind
    system: System
    directed: bool
    folder: DataFolder
    cow: Space
    own: Space
    lazy: pl.LazyFrame
    used: tuple[str, ...]

    # verbs on states

    def majors(self) -> Panel:
        """Add `cowmaj`: 1 when a COW major power on at least one day of the year."""
        coverage = self._covered("cow_major_powers")
        table = geography.major_years(self._read("cow_major_powers"))
        return self._state("cow_major_powers", table, ("cowmaj",), zero=coverage)

    def nmc(self) -> Panel:
        """Add material capabilities: milex, milper, irst, pec, tpop, upop, cinc (units as published)."""
        return self._state("cow_nmc", self._read("cow_nmc"), NMC)

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
        return self._state("regime_democracy", self._read("regime_democracy"), DEMOCRACY)

    def us_troops(self) -> Panel:
        """Add troops_ad_best: US active-duty personnel hosted, from reports that do not count twice."""
        return self._state("us_troops_country_year", self._read("us_troops_country_year"), ("troops_ad_best",))

    def ideal_points(self) -> Panel:
        """Add idealpointfp (final-passage votes) and idealpointall."""
        return self._state("un_ideal_points", self._read("un_ideal_points"), ("idealpointfp", "idealpointall"))

    def nuclear(self, vintage: str = "OWID/FAS 2023") -> Panel:
        """Add nuclear_weapons_status (0-3) and warheads of one vintage, missing where it has no estimate."""
        warheads = self._read("nuclear_warheads")
        known = warheads["vintage"].unique().sort().to_list()
        if vintage not in known:
            msg = f'vintage is "{vintage}"; nuclear_warheads has {", ".join(known)}'
            raise InputError(msg)
        chosen = warheads.filter(pl.col("vintage") == vintage)
        status = self._state(
            "nuclear_proliferation_status",
            self._read("nuclear_proliferation_status"),
            ("nuclear_weapons_status",),
        )
        return status._state("nuclear_warheads", chosen, ("warheads",))  # noqa: SLF001

    # verbs on pairs

    def contiguity(self) -> Panel:
        """Add conttype: the closest contiguity in the year, 1 (land) to 5 (400 miles of water), 0 none."""
        coverage = self._covered("cow_contiguity", pairs=True)
        table = geography.contiguity_years(self._read("cow_contiguity"), self.cow)
        return self._pair("cow_contiguity", table, ("conttype",), zero=coverage)

    def capital_distance(self) -> Panel:
        """Add capdist: great-circle km between the capitals of 1 January, or of the first day with one."""
        name = f"{self.system}_capitals"
        self._covered(name, pairs=True)
        code = "ccode" if self.system == "cow" else "gwcode"
        capitals = self._read(name).rename({code: "ccode"})
        return self._grown(geography.with_capital_distance(self.lazy, capitals, self.own), name)

    def minimum_distance(self) -> Panel:
        """Add mindist: least kilometres between the two territories on 1 January (from 1886)."""
        name = f"{self.system}_min_distance"
        table = self._read(name)
        if self.system == "gw":
            table = table.rename({"gwcode1": "ccode1", "gwcode2": "ccode2"})
        return self._pair(name, lookup.mirrored(table, {"ccode1": "ccode2"}), ("mindist",), own=True)

    def atop(self) -> Panel:
        """Add treaty obligations: what ccode1 owes ccode2; undirected, what either owes the other."""
        coverage = self._covered("atop_dyad_year", pairs=True)
        table = self._read("atop_dyad_year")
        if not self.directed:
            table = (
                lookup.mirrored(table, {"ccode1": "ccode2"})
                .group_by("ccode1", "ccode2", "year")
                .agg(pl.col(ATOP).max())
            )
        return self._pair("atop_dyad_year", table, ATOP, zero=coverage)

    def rivalries(self) -> Panel:
        """Add ongoingrivalry, its number tssr_id and its kinds (positional, spatial, …), 0 or 1."""
        coverage = self._covered("thompson_strategic_rivalries", pairs=True)
        table = geography.rivalry_years(self._read("thompson_strategic_rivalries"), self.cow)
        panel = self._pair("thompson_strategic_rivalries", table, RIVALRY)
        zero = lookup.none_within([c for c in RIVALRY if c != "tssr_id"], coverage, "_cowpair")
        return replace(panel, lazy=panel.lazy.with_columns(zero))

    def trade(self) -> Panel:
        """Add flow1 (imports of ccode1 from ccode2), flow2 (the reverse), both smoothed; million dollars."""
        table = lookup.mirrored(
            self._read("cow_trade_dyad_year"),
            {"ccode1": "ccode2", "flow1": "flow2", "smoothflow1": "smoothflow2"},
        )
        return self._pair("cow_trade_dyad_year", table, TRADE)

    def igos(self) -> Panel:
        """Add dyadigos: joint full memberships of intergovernmental organisations."""
        table = lookup.mirrored(self._read("cow_igo_dyad_year"), {"ccode1": "ccode2"})
        return self._pair("cow_igo_dyad_year", table, ("dyadigos",))

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

    def _read(self, name: str) -> pl.DataFrame:
        legal = self.own if name.startswith("gw_") else self.cow
        return self.folder.read(name, frozenset(legal.codes))

    def _covered(self, name: str, *, pairs: bool = False) -> tuple[int, int]:
        if pairs and self.kind == "state-year":
            msg = f"{name} describes pairs; a state-year panel has none. Start from dyad_years."
            raise InputError(msg)
        first, last = self.folder.coverage(name)
        if self.own.last < first or self.own.first > last:
            msg = (
                f"{name} covers {first}-{last}; the panel is "
                f"{self.own.first}-{self.own.last}, so every value would be missing"
            )
            raise DataError(msg)
        return first, last

    def _fresh(self, names: Iterable[str]) -> None:
        if twice := [n for n in names if n in self.columns]:
            msg = f"the panel already has {', '.join(twice[:6])}. Give prefix= to disputes, or add a variable once."
            raise InputError(msg)

    def _grown(self, lazy: pl.LazyFrame, name: str) -> Panel:
        return replace(self, lazy=lazy, used=(*self.used, name) if name not in self.used else self.used)

    def _state(
        self, name: str, table: pl.DataFrame, names: tuple[str, ...], zero: tuple[int, int] | None = None
    ) -> Panel:
        coverage = self._covered(name)
        table = lookup.within(table.filter(pl.col("year").is_between(*coverage)), self.cow)
        rows = lookup.rows_at(
            self.cow.state_years,
            self.cow.state_year(lookup.integers(table, "ccode"), lookup.integers(table, "year")),
        )
        lazy = self.lazy
        sides = ("",) if self.kind == "state-year" else ("1", "2")
        self._fresh(f"{n}{side}" for n in names for side in sides)
        for side in sides:
            lazy = lookup.attach(lazy, f"_cow{side or '1'}", rows, table, {n: f"{n}{side}" for n in names})
            if zero:
                lazy = lazy.with_columns(lookup.none_within([f"{n}{side}" for n in names], zero, f"_cow{side or '1'}"))
        return self._grown(lazy, name)

    def _pair(
        self,
        name: str,
        table: pl.DataFrame,
        names: Iterable[str],
        *,
        zero: tuple[int, int] | None = None,
        own: bool = False,
    ) -> Panel:
        return self._pair_as(name, table, {n: n for n in names}, zero=zero, own=own)

    def _pair_as(
        self,
        name: str,
        table: pl.DataFrame,
        names: Mapping[str, str],
        *,
        zero: tuple[int, int] | None = None,
        own: bool = False,
    ) -> Panel:
        coverage = self._covered(name, pairs=True)
        self._fresh(names.values())
        space = self.own if own else self.cow
        table = lookup.within(table.filter(pl.col("year").is_between(*coverage)), space)
        one, two, year = (lookup.integers(table, c) for c in ("ccode1", "ccode2", "year"))
        rows = lookup.rows_at(space.pair_years, space.pair_year(one, two, year))
        lazy = lookup.attach(self.lazy, "_ownpair" if own else "_cowpair", rows, table, names)
        if zero:
            lazy = lazy.with_columns(lookup.none_within(names.values(), zero, "_cowpair"))
        return self._grown(lazy, name)

    def _economy(self, source: str, columns: Mapping[str, tuple[str, ...]]) -> Panel:
        if source not in ECONOMY_FILES:
            msg = f'source is "{source}"; it must be one of {", ".join(ECONOMY_FILES)}'
            raise InputError(msg)
        name = ECONOMY_FILES[source]
        return self._state(name, self._read(name), columns[source])

    def _mids(self, project: Project, parties: Parties, initiators: Initiators, prefix: str) -> Panel:
        main, *others = FILES[project]
        coverage = self._covered(main, pairs=True)
        table = one_per_pair_year(read_disputes(self.folder, project, frozenset(self.cow.codes)), parties, initiators)
        table = table.rename({"onset": f"{project}midonset", "ongoing": f"{project}midongoing"})
        named = {c: c if c.startswith(project) else f"{prefix}{c}" for c in columns(project)}
        panel = self._pair_as(main, table, named)
        events = lookup.none_within([f"{project}midonset", f"{project}midongoing"], coverage, "_cowpair")
        grown = replace(panel, lazy=panel.lazy.with_columns(events))
        return replace(grown, used=(*grown.used, *others))
