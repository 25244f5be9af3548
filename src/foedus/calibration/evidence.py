"""The frames that estimates share, each read and built once, when first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from foedus.calibration.joining.posterior import Joining, joining
from foedus.calibration.joining.third_states import read_third_states
from foedus.calibration.proliferation import proliferation_rows
from foedus.estimators.specifications import fatal_risk
from foedus.panels import DataFolder, dyad_years
from foedus.panels.samples import (
    bilateral_disputes,
    fatal_rows,
    intervention_rows,
    onset_frame,
    outcome_rows,
    spending_rows,
    tie_rows,
)

FIRST, LAST = 1950, 2010
MEMORY_YEARS = 14
"""A pair counts as live this long after a dispute, as in the world's own pairs."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """A folder of research data, and what estimates compute from it."""

    folder: DataFolder

    @classmethod
    def open(cls, data: DataFolder | Path | str | None = None) -> Evidence:
        """Open a folder; without one, what FOEDUS_DATA names. Raises DataError when there is none."""
        return cls(data if isinstance(data, DataFolder) else DataFolder.open(data))

    @cached_property
    def disputes(self) -> pl.DataFrame:
        """GML disputes that began in 1950-2010."""
        return self.folder.read("gml_mid_disputes").filter(pl.col("styear").is_between(FIRST, LAST))

    @cached_property
    def bilateral(self) -> pl.DataFrame:
        """Bilateral disputes, with the state that began each, 1816-2010."""
        return bilateral_disputes(self.folder)

    @cached_property
    def onsets(self) -> pl.DataFrame:
        """Undirected relevant pairs without a continuing dispute, 1950-2010, with the baselines' predictors."""
        return onset_frame(FIRST, LAST, data=self.folder).with_columns(
            dyad=pl.col("ccode1") * 1000 + pl.col("ccode2"),
        )

    @cached_property
    def relevant(self) -> pl.DataFrame:
        """All undirected relevant pairs, 1950-2010."""
        return dyad_years(FIRST, LAST, directed=False, data=self.folder).gml_mids().relevant(only=True).collect()

    @cached_property
    def directed(self) -> pl.DataFrame:
        """Directed relevant pairs, 1950-2010; `challenge`: ccode1, on side A from the start, opened a dispute."""
        panel = dyad_years(FIRST, LAST, directed=True, data=self.folder)
        panel = panel.gml_mids(initiators="sidea-orig").relevant(only=True)
        return panel.with_columns(challenge=(pl.col("gmlmidonset") == 1) & (pl.col("init1") == 1)).collect()

    @cached_property
    def defenders(self) -> pl.DataFrame:
        """State-years owed defence by a major power: ccode, year, defender."""
        owed = dyad_years(1816, LAST, directed=True, data=self.folder).atop().filter(pl.col("atop_defense") == 1)
        pacts = owed.majors().filter(pl.col("cowmaj1") == 1).collect()
        return pacts.select(pl.col("ccode2").alias("ccode"), "year", pl.col("ccode1").alias("defender"))

    @cached_property
    def classed(self) -> pl.DataFrame:
        """Directed pairs that the world would hold, 1950-2010, by its class rule, with how their disputes went.

        Pairs: rivals, contiguous over at most 150 miles of water, or one a major power and a dispute between the two
        within 14 years. Columns: ccode1, ccode2, year, class, aided (1 when a major power owes ccode2 defence),
        challenge, conceded, force, war.
        """
        panel = dyad_years(FIRST - MEMORY_YEARS, LAST, directed=True, data=self.folder).contiguity().majors()
        panel = panel.rivalries().gml_mids(parties="originators", initiators="sidea-orig")
        near = pl.col("conttype").is_between(1, 4)
        rival = pl.col("ongoingrivalry") == 1
        great = (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
        frame = panel.filter(near | rival | great | (pl.col("gmlmidonset") == 1)).collect()
        met = frame.filter(pl.col("gmlmidonset") == 1).select("ccode1", "ccode2", pl.col("year").alias("met"))
        recent = pl.concat([met.with_columns(year=pl.col("met") + k) for k in range(1, MEMORY_YEARS + 1)])
        recent = recent.select("ccode1", "ccode2", "year").unique().with_columns(recent=pl.lit(value=True))
        aided = self.defenders.select(pl.col("ccode").alias("ccode2"), "year").unique().with_columns(aided=pl.lit(1))
        outcome = self.folder.read("gml_mid_disputes").select("dispnum", "outcome")
        frame = frame.join(recent, on=["ccode1", "ccode2", "year"], how="left")
        frame = frame.filter(pl.col("year") >= FIRST, near | rival | (great & pl.col("recent")))
        frame = frame.join(aided, on=["ccode2", "year"], how="left").join(outcome, on="dispnum", how="left")
        opened = (pl.col("gmlmidonset") == 1) & (pl.col("init1") == 1)
        gravest, war = pl.max_horizontal("hostlev1", "hostlev2"), pl.min_horizontal("hostlev1", "hostlev2") >= 5
        return frame.select(
            "ccode1",
            "ccode2",
            "year",
            pl.when(rival).then(pl.lit("rival")).when(near).then(pl.lit("contiguous")).otherwise(pl.lit("major")).alias("class"),
            pl.col("aided").fill_null(0),
            opened.fill_null(value=False).cast(pl.Int8).alias("challenge"),
            (pl.col("outcome").is_in([1, 4]) & ~war).fill_null(value=False).cast(pl.Int8).alias("conceded"),
            (gravest >= 4).fill_null(value=False).cast(pl.Int8).alias("force"),
            war.fill_null(value=False).cast(pl.Int8).alias("war"),
            (pl.min_horizontal("ccode1", "ccode2") * 1000 + pl.max_horizontal("ccode1", "ccode2")).alias("dyad"),
        )  # fmt: skip

    @cached_property
    def interventions(self) -> pl.DataFrame:
        """Defenders of a target by bilateral dispute, 1816-2010."""
        return intervention_rows(self.folder)

    @cached_property
    def joining(self) -> Joining:
        """Posterior of equation (14) given every third state, 1946-2010."""
        return joining(read_third_states(self.folder))

    @cached_property
    def outcomes(self) -> pl.DataFrame:
        """Bilateral disputes with graded outcome, 1816-2010."""
        return outcome_rows(self.folder)

    @cached_property
    def spending(self) -> pl.DataFrame:
        """State-years of spending, 1950-2010, with each state's chance of a fatal dispute in `fatal_risk`."""
        risk = fatal_risk(fatal_rows(self.folder, FIRST, LAST))
        rows = spending_rows(self.folder, FIRST, LAST)
        return rows.join(risk, on=["ccode", "year"], how="left").sort("ccode", "year")

    @cached_property
    def nuclear(self) -> pl.DataFrame:
        """State-years of nuclear status, 1939-2001."""
        return proliferation_rows(self.folder)

    @cached_property
    def ties(self) -> pl.DataFrame:
        """Undirected pairs with defence pacts now and a year before, 1951-2010."""
        return tie_rows(self.folder, FIRST + 1, LAST)
