"""Verbs on pairs: borders, distance, treaties, rivalry, claims, trade; on state-years, their sums and counts."""

from __future__ import annotations

from typing import Self

import polars as pl

from foedus.errors import InputError
from foedus.panels import geography, lookup, sums
from foedus.panels.base import PAIR, PanelBase
from foedus.panels.registry import ATOP, CLAIMS, RIVALRY, TRADE


class PairVerbs(PanelBase):
    """Contiguity, distance, treaties, rivalry, claims, trade, organisations, political relevance."""

    def contiguity(self, rule: str = "closest") -> Self:
        """Add conttype, 1 (land) to 5 (400 miles of water), 0 none; to state-years land and sea, numbers of neighbours.

        rule   which spell speaks for a year with several. "closest": the closest, fillers of type 0 left out.
               "first": the first of the year, a filler of 0 included, as R's `peacesciencer` 1.2.9 has it
        """
        if rule not in ("closest", "first"):
            msg = f'rule is "{rule}"; it must be "closest" or "first"'
            raise InputError(msg)
        spells = self._read("cow_contiguity")
        table = geography.contiguity_years(spells.frame, self.cow, first=rule == "first")
        if self.kind == "state-year":
            return self._state(spells, ("land", "sea"), sums.borders(table), zero=("land", "sea"))
        return self._pair(spells, ("conttype",), table, mirror=True, zero=("conttype",))

    def capital_distance(self) -> Self:
        """Add capdist: great-circle km between the capitals of 1 January, or of the first day with one.

        To state-years, mincapdist: to the nearest capital of another member.
        """
        name = f"{self.system}_capitals"
        capitals = self._read(name)
        seats = capitals.frame.rename({self.code: "ccode"})
        if self.kind == "state-year":
            return self._state(capitals, ("mincapdist",), geography.nearest_capital(seats, self.own), own=True)
        return self._grown(geography.with_capital_distance(self.lazy, seats, self.own), capitals)

    def minimum_distance(self) -> Self:
        """Add mindist: least km between the two territories on 1 January (from 1886); to state-years, minmindist."""
        loaded = self._read(f"{self.system}_min_distance")
        table = loaded.frame
        if self.system == "gw":
            table = table.rename({"gwcode1": "ccode1", "gwcode2": "ccode2"})
        if self.kind == "state-year":
            nearest = sums.by_state(table, pl.col("mindist").min().alias("minmindist"))
            return self._state(loaded, ("minmindist",), nearest, own=True)
        return self._pair(loaded, ("mindist",), table, mirror=True, own=True)

    def atop(self) -> Self:
        """Add treaty obligations: what ccode1 owes ccode2; undirected, what either owes the other.

        To state-years: 1 where the state owes any other.
        """
        loaded = self._read("atop_dyad_year")
        table = loaded.frame
        if self.kind == "state-year":
            owed = table.group_by(pl.col("ccode1").alias("ccode"), "year").agg(pl.col(ATOP).max())
            return self._state(loaded, ATOP, owed, zero=ATOP)
        if not self.directed:
            table = lookup.mirrored(table, PAIR).group_by("ccode1", "ccode2", "year").agg(pl.col(ATOP).max())
        return self._pair(loaded, ATOP, table, zero=ATOP)

    def rivalries(self) -> Self:
        """Add ongoingrivalry, its number tssr_id and its kinds (positional, spatial, …), 0 or 1.

        To state-years: n_rivalries and n_positional, n_spatial, n_ideological, n_interventionary.
        """
        spells = self._read("thompson_strategic_rivalries")
        table = geography.rivalry_years(spells.frame, self.cow)
        if self.kind == "state-year":
            counts = {"n_rivalries": "ongoingrivalry"} | {f"n_{kind}": kind for kind in RIVALRY[2:]}
            table = sums.by_state(table, *(pl.col(c).cast(pl.Int32).sum().alias(n) for n, c in counts.items()))
            return self._state(spells, tuple(counts), table, zero=tuple(counts))
        return self._pair(spells, RIVALRY, table, mirror=True, zero=[c for c in RIVALRY if c != "tssr_id"])

    def claims(self) -> Self:
        """Add territorial claims: n_claims, those by each, those whose end is unknown, icowsal_max (0-12).

        To state-years: n_claims and the greatest icowsal_max.
        """
        loaded = self._read("icow_territorial_claim_dyad_year")
        if self.kind == "state-year":
            own = loaded.frame.group_by(pl.col("ccode1").alias("ccode"), "year").agg(
                pl.col("n_claims").sum(), pl.col("icowsal_max").max()
            )
            return self._state(loaded, ("n_claims", "icowsal_max"), own, zero=("n_claims", "icowsal_max"))
        return self._pair(loaded, CLAIMS, zero=CLAIMS)

    def trade(self) -> Self:
        """Add flow1 (imports of ccode1 from ccode2), flow2 (the reverse), both smoothed; million dollars.

        To state-years: imports and exports, summed over the partners whose figure is known.
        """
        loaded = self._read("cow_trade_dyad_year")
        if self.kind == "state-year":
            return self._state(loaded, ("imports", "exports"), sums.trade(loaded.frame))
        return self._pair(loaded, TRADE, mirror=True)

    def igos(self) -> Self:
        """Add dyadigos: joint full memberships of organisations; to state-years sum_dyadigos, over all partners."""
        loaded = self._read("cow_igo_dyad_year")
        if self.kind == "state-year":
            table = sums.by_state(loaded.frame, pl.col("dyadigos").sum().alias("sum_dyadigos"))
            return self._state(loaded, ("sum_dyadigos",), table)
        return self._pair(loaded, ("dyadigos",), mirror=True)

    def relevant(self, *, only: bool = False) -> Self:
        """Add prd: 1 when the pair is contiguous in any way, or one is a major power.

        only   keep just those rows
        """
        self._need_pairs("political relevance")
        panel = self
        if "conttype" not in panel.columns:
            panel = panel.contiguity()
        if "cowmaj1" not in panel.columns:
            panel = panel.majors()  # type: ignore[attr-defined]
        near = pl.col("conttype") > 0
        great = (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
        lazy = panel.lazy.with_columns((near | great).cast(pl.Int8).alias("prd"))
        return panel._with(lazy.filter(pl.col("prd") == 1) if only else lazy)  # noqa: SLF001
