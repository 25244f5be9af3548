"""Verbs that add what is known of states; in a panel of pairs, of each of the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import polars as pl

from foedus.errors import InputError
from foedus.panels import geography
from foedus.panels.base import PanelBase
from foedus.panels.registry import DEMOCRACY, ECONOMY_FILES, GDP, NMC, POPULATION, THREAT


class StateVerbs(PanelBase):
    """Capabilities, economies, regimes, forces, names."""

    def majors(self) -> Self:
        """Add `cowmaj`: 1 when a COW major power on at least one day of the year."""
        spells = self._read("cow_major_powers")
        return self._state(spells, ("cowmaj",), geography.major_years(spells.frame), zero=("cowmaj",))

    def nmc(self) -> Self:
        """Add material capabilities: milex, milper, irst, pec, tpop, upop, cinc (units as published)."""
        return self._state(self._read("cow_nmc"), NMC)

    def gdp(self, source: str = "fariss") -> Self:
        """Add GDP.

        source   "fariss": pwtrgdp (million 2017 international dollars) and mrgdppc (per head, 2011); in a
                 Gleditsch-Ward panel from the file gw_gdp_pop, if the folder has it.
                 "anders": natural logs of GDP, GDP per head and surplus domestic product.
                 "world_bank": gdp_current_usd.
        """
        return self._economy(source, GDP)

    def population(self, source: str = "fariss") -> Self:
        """Add population: pwtpop (millions); wbpopest (log) from "anders"; heads from "world_bank"."""
        return self._economy(source, POPULATION)

    def democracy(self) -> Self:
        """Add v2x_polyarchy (0-1), polity2 (-10 to 10), euds and aeuds (the same, adjusted)."""
        return self._native("regime_democracy", "gw_democracy", DEMOCRACY)

    def us_troops(self) -> Self:
        """Add troops_ad_best: US active-duty personnel hosted, from reports that do not count twice."""
        return self._state(self._read("us_troops_country_year"), ("troops_ad_best",))

    def ideal_points(self) -> Self:
        """Add idealpointfp (final-passage votes) and idealpointall."""
        return self._state(self._read("un_ideal_points"), ("idealpointfp", "idealpointall"))

    def nuclear(self, vintage: str = "OWID/FAS 2023") -> Self:
        """Add nuclear_weapons_status (0-3) and warheads of one vintage, missing where it has no estimate."""
        warheads = self._read("nuclear_warheads")
        known = warheads.frame["vintage"].unique().sort().to_list()
        if vintage not in known:
            msg = f'vintage is "{vintage}"; nuclear_warheads has {", ".join(known)}'
            raise InputError(msg)
        chosen = warheads.frame.filter(pl.col("vintage") == vintage)
        status = self._state(self._read("nuclear_proliferation_status"), ("nuclear_weapons_status",))
        return status._state(warheads, ("warheads",), chosen)  # noqa: SLF001

    def territorial_threat(self) -> Self:
        """Add lterrthreat, latent territorial threat, with its standard deviation and 95 % bounds (sd, lwr, upr)."""
        loaded = self._read("latent_territorial_threat")
        named = {"sd": "lterrthreat_sd", "lwr": "lterrthreat_lwr", "upr": "lterrthreat_upr"}
        return self._state(loaded, THREAT, loaded.frame.rename(named))

    def names(self) -> Self:
        """Add name and abb of states; in a Gleditsch-Ward panel also microstate, 0 or 1."""
        columns = ("stateabb", "statenme") if self.system == "cow" else ("gw_abb", "gw_name")
        loaded = self._read(f"{self.system}_state_system")
        if missing := [name for name in columns if name not in loaded.frame.columns]:
            msg = f"{loaded.table.name} has no column {' and '.join(missing)}, so states have no names"
            raise InputError(msg)
        if self.system == "cow":
            spells = loaded.frame.rename({"stateabb": "abb", "statenme": "name"})
            first, last = pl.col("styear"), pl.col("endyear")
        else:
            spells = loaded.frame.rename({"gwcode": "ccode", "gw_abb": "abb", "gw_name": "name"})
            first, last = pl.col("start").dt.year(), pl.col("end").dt.year()
        years = pl.int_ranges(first, pl.min_horizontal(last, pl.lit(self.own.last)) + 1, dtype=pl.Int32).alias("year")
        named = ("name", "abb") if self.system == "cow" else ("name", "abb", "microstate")
        opened = spells.select("ccode", *named, years).explode("year").unique(["ccode", "year"], keep="last")
        return self._state(loaded, named, opened, own=True)

    def codes(self) -> Self:
        """Add the other system's code: gwcode to a COW panel, ccode to a Gleditsch-Ward one."""
        other = "gwcode" if self.system == "cow" else "ccode"
        loaded = self._covered(self.folder.load("cow_gw_state_year"))
        known = loaded.frame.filter(pl.col(self.code).is_in(self.own.codes))
        known = known.unique([self.code, "year"], keep="last", maintain_order=True)
        table = known.select(pl.col(self.code).alias("ccode"), "year", pl.col(other).alias("_other"))
        return self._state(loaded, {"_other": other}, table, own=True)

    def _economy(self, source: str, columns: Mapping[str, tuple[str, ...]]) -> Self:
        if source not in ECONOMY_FILES:
            msg = f'source is "{source}"; it must be one of {", ".join(ECONOMY_FILES)}'
            raise InputError(msg)
        if source == "fariss":
            return self._native(ECONOMY_FILES[source], "gw_gdp_pop", columns[source])
        return self._state(self._read(ECONOMY_FILES[source]), columns[source])
