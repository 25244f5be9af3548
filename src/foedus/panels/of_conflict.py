"""Verbs on disputes, confrontations, wars and armed conflicts, and on the years since the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import polars as pl

from foedus.errors import InputError
from foedus.panels import conflicts, spells
from foedus.panels.base import PanelBase
from foedus.panels.disputes import (
    FILES,
    ORDER,
    Initiators,
    Parties,
    Project,
    columns,
    load_disputes,
    one_per_pair_year,
)
from foedus.panels.registry import MIC, WARS

EVENTS = ("gmlmid", "cowmid", "mic", "cowinter", "ucdp")
"""How the names of columns begin that say whether something went on or began."""


class ConflictVerbs(PanelBase):
    """Disputes (GML, COW, MIC), wars, armed conflicts, peace years."""

    def gml_mids(
        self,
        parties: Parties = "all",
        initiators: Initiators = "sidea-all-joiners",
        prefix: str = "",
        order: Sequence[str] = ORDER,
    ) -> Self:
        """Add GML disputes: gmlmidonset, gmlmidongoing, init1, sidea1 … (`disputes.one_per_pair_year`).

        prefix   put before the names that GML and COW share, when a panel carries both
        order    which dispute speaks for a pair-year with several: columns, the first decides

        To state-years: gmlmidonset, gmlmidongoing, and both again for disputes that the state initiated
        (gmlmidonset_init, gmlmidongoing_init).
        """
        return self._mids("gml", parties, initiators, prefix, order)

    def cow_mids(
        self,
        parties: Parties = "all",
        initiators: Initiators = "sidea-all-joiners",
        prefix: str = "",
        order: Sequence[str] = ORDER,
    ) -> Self:
        """Add COW disputes: cowmidonset, cowmidongoing and the rest, by the same rules as `gml_mids`."""
        return self._mids("cow", parties, initiators, prefix, order)

    def mics(self) -> Self:
        """Add confrontations (MIC): miconset, micongoing, how many of each, onset_orig, mic_hostlev, deaths of both.

        onset_orig is 1 when one that begins has both states as originators, 0 when one only joined it. To state-years:
        miconset, micongoing, and the highest mic_hostlev of its pairs.
        """
        loaded = self._read("mic_directed_dyad_year")
        if self.kind == "state-year":
            own = loaded.frame.group_by(pl.col("ccode1").alias("ccode"), "year").agg(
                pl.col("miconset", "micongoing", "mic_hostlev").max()
            )
            return self._state(loaded, ("miconset", "micongoing", "mic_hostlev"), own, zero=("miconset", "micongoing"))
        return self._pair(loaded, MIC, zero=MIC)

    def wars(self) -> Self:
        """Add COW inter-state wars: cowinteronset, cowinterongoing, warnum, and war_… columns of both sides.

        Several in a pair-year: an onset first, then most known battle deaths, then the lowest number. To state-years:
        cowinteronset, cowinterongoing, and war_initiator, 1 where the state initiated one.
        """
        loaded = self._read("cow_interstate_war_directed_dyad_year")
        if self.kind == "state-year":
            own = loaded.frame.group_by(pl.col("ccode1").alias("ccode"), "year").agg(
                pl.col("cowinteronset", "cowinterongoing").max(), pl.col("initiator1").max().alias("war_initiator")
            )
            names = ("cowinteronset", "cowinterongoing", "war_initiator")
            return self._state(loaded, names, own, zero=names)
        return self._pair(loaded, WARS, conflicts.one_war(loaded.frame), zero=("cowinteronset", "cowinterongoing"))

    def ucdp(self, kinds: Sequence[str] = conflicts.KINDS, *, only_wars: bool = False) -> Self:
        """Add armed conflicts of states (UCDP/PRIO): ucdpongoing, ucdponset, ucdp_conflicts, ucdp_maxintensity.

        kinds       "interstate", "intrastate", "II" (internationalised), "extrasystemic"
        only_wars   years with 1,000 battle deaths or more alone

        A state is party to a conflict as side A, and in interstate ones as side B. An onset is a conflict that had no
        row the year before. In a COW panel states are found by `cow_gw_state_year`.
        """
        loaded = self._covered(self.folder.load("ucdp_prio_acd"))
        table = conflicts.by_state(loaded.frame, kinds, only_wars=only_wars)
        names = ("ucdponset", "ucdpongoing", "ucdp_conflicts", "ucdp_maxintensity")
        if self.system == "cow":
            codes = self.folder.read("cow_gw_state_year").select("ccode", "gwcode", "year").unique(["ccode", "year"])
            table = codes.join(table, on=["gwcode", "year"]).sort("ccode", "year")
            return self._state(loaded, names, table, zero=names[:3])
        return self._state(loaded, names, table.rename({"gwcode": "ccode"}), zero=names[:3], own=True)

    def peace_years(self, *, event: str = "ongoing", ongoing: str = "event", pad: bool = False) -> Self:
        """Add gmlmidspell, cowmidspell, …: years since the last dispute, war or conflict, or the first year.

        event     "ongoing": the count starts again after a year in which one went on; "onset": in which one began
        ongoing   "event": every year of a run of them counts; "missing": after its first year the count is missing,
                  since what goes on cannot begin
        pad       count also the years in which the pair or state did not exist
        """
        self._legal("event", event, ("ongoing", "onset"))
        self._legal("ongoing", ongoing, ("event", "missing"))
        if self.kind == "dispute-dyad-year":
            msg = f"peace years are counted on dyad-years and state-years; this panel is of kind {self.kind}"
            raise InputError(msg)
        found = [start for start in EVENTS if f"{start}{event}" in self.columns]
        if not found:
            msg = "peace years need disputes: add gml_mids, cow_mids, mics, wars or ucdp first"
            raise InputError(msg)
        made = [
            spells.peace_years(f"{start}{event}", f"{start}spell", pad=pad, censored=ongoing == "missing")
            for start in found
        ]
        self._fresh(f"{start}spell" for start in found)
        return self._with(self.lazy.with_columns(made))

    def _mids(
        self, project: Project, parties: Parties, initiators: Initiators, prefix: str, order: Sequence[str]
    ) -> Self:
        loaded = self._covered(load_disputes(self.folder, project, frozenset(self.cow.codes)))
        used = tuple(dict.fromkeys((*self.used, *FILES[project])))
        events = (f"{project}midonset", f"{project}midongoing")
        if self.kind == "state-year":
            table = conflicts.disputes_by_state(loaded.frame, project, parties, initiators)
            names = (*events, *(f"{e}_init" for e in events))
            return replace(self._state(loaded, names, table, zero=names), used=used)
        table = one_per_pair_year(loaded.frame, parties, initiators, order)
        table = table.rename({"onset": events[0], "ongoing": events[1]})
        named = {c: c if c.startswith(project) else f"{prefix}{c}" for c in columns(project)}
        return replace(self._pair(loaded, named, table, zero=events), used=used)
