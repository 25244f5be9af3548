"""Pairs of states as the structural equations see them: every input from what was known the year before.

Rows are those of the onset baselines, so that forecasts are compared on the same cases. In arrays whose first axis
is 2, entry 0 is ccode1 challenging ccode2 and entry 1 the reverse. Power, treaties, arms and disputes are those of
the year before (of the year itself where the pair is new); contiguity, distance and major-power status are of the
year itself, as in the baselines. Rivalries were coded in retrospect, here as in the baselines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.calibration.pairs.defenders import REACH_BY_LAND, REACH_BY_SEA, read_defenders
from foedus.calibration.pairs.endings import read_endings, uncoded
from foedus.calibration.pairs.history import History, read_history
from foedus.engine.quarrel import DISTANCE_ORIGIN, NEAREST_ORIGIN
from foedus.panels import DataFolder, dyad_years
from foedus.panels.samples import Coding, Sample, onset_frame
from foedus.world.rules import LEAST_POWER, SIZE_ORIGIN

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FIRST, LAST = 1950, 2010
LASTS: Mapping[Coding, int] = {"gml": LAST, "cow": 2014, "mic": 2014}
"""last year of each coding"""
UNKNOWN_DEMOCRACY = 0.3
"""electoral democracy given to a state without an estimate: the mean of all state-years since 1950"""


@dataclass(frozen=True)
class DyadYears:
    """Undirected pair-years [n], and what a crisis in each direction would turn on [2, n].

    frame           ccode1, ccode2, year, onset and the baselines' predictors
    dyad, year      [n]
    onset           [n] 1 when a dispute began
    ending          [n] how it ended: an index of `ENDINGS`, -1 without onset or when not of two originators alone
    challenger      [n] 0 when ccode1 was on side A, else 1
    log_power       [2, n] challenger's log share of world capabilities
    helpers         [2, n] power that the target's defenders can bring to it
    major_helper, nuclear_helper, armed    [2, n] 1 when one is a major, nuclear power; when the challenger is armed
    owes            [2, n] 1 when the challenger owes the target defence
    fading          [n] log of the power lost on the way, by capitals (half of it between land neighbours). The engine
                    takes nearest points, or a nearer base; with those, members of record-1989 score 0.2 of 1,998 log
                    points worse on onsets of 1990-2010 and expect 7 % more wars, which disputes cannot tell apart
    land, water     [n] 1 when they touch by land, by water
    one_major, two_majors                  [n]
    log_size        [n] mean log share of world capabilities, from SIZE_ORIGIN
    log_distance    [n] log km between capitals, from DISTANCE_ORIGIN
    log_nearest     [n] log of 1 + km between nearest points, from NEAREST_ORIGIN; of capitals where not known
    democracy       [n] electoral democracy of the less democratic of the two, 0-1
    claim           [n] 1 when either claimed territory of the other
    """

    frame: pl.DataFrame
    dyad: Integers
    year: Integers
    onset: Floats
    ending: Integers
    challenger: Integers
    log_power: Floats
    helpers: Floats
    major_helper: Floats
    nuclear_helper: Floats
    armed: Floats
    owes: Floats
    fading: Floats
    land: Floats
    water: Floats
    one_major: Floats
    two_majors: Floats
    log_size: Floats
    log_distance: Floats
    log_nearest: Floats
    democracy: Floats
    claim: Floats
    history: History

    def within(self, years: tuple[int, int]) -> Integers:
        """Return the numbers of the rows in some years."""
        return np.flatnonzero((self.year >= years[0]) & (self.year <= years[1]))


@cache
def read_pairs(folder: DataFolder, sample: Sample = "relevant-with-fillers", coding: Coding = "gml") -> DyadYears:
    """Read pair-years from 1950 and what was known of them: to 2010 in GML, to 2014 in COW and MIC.

    coding   whose disputes are outcome and memory. Endings are coded in GML alone: the others do not say who yielded.

    Raises DataError as a panel does.
    """
    last = LASTS[coding]
    frame = onset_frame(FIRST, last, sample=sample, coding=coding, data=folder).sort("ccode1", "ccode2", "year")
    one, two, year = (frame[c].to_numpy().astype(np.int64) for c in ("ccode1", "ccode2", "year"))
    known = read_defenders(folder, FIRST - 1, last)
    a, b = known.number(one), known.number(two)
    row = year - known.first
    lag = np.where(known.alive[row - 1, a, b], row - 1, row)
    log_power = np.log(np.maximum(np.stack([known.power[lag, a], known.power[lag, b]]), LEAST_POWER)).astype(float)
    touch = _contiguity(folder, frame, last)
    land, contiguous = (touch == 1).astype(float), frame["contiguous"].to_numpy()
    km = np.exp(frame["log_distance"].to_numpy()) - 1.0
    endings = read_endings(folder, frame) if coding == "gml" else uncoded(len(frame))
    history = read_history(folder, coding, one, two, year, last)
    before = _before(folder, frame, last)
    nearest = np.where(np.isnan(before.nearest), km, before.nearest)

    def both(values: NDArray[np.float32] | NDArray[np.bool_]) -> Floats:
        return np.stack([values[lag, b, a], values[lag, a, b]]).astype(float)

    return DyadYears(
        frame=frame,
        dyad=history.pair,
        year=year,
        onset=frame["onset"].to_numpy().astype(float),
        ending=endings.ending,
        challenger=endings.challenger,
        log_power=log_power,
        helpers=both(known.helpers),
        major_helper=both(known.major_helper),
        nuclear_helper=both(known.nuclear_helper),
        armed=np.stack([known.armed[lag, a], known.armed[lag, b]]).astype(float),
        owes=both(known.owed)[::-1],
        fading=np.where(land == 1, km / 2 / REACH_BY_LAND, km / REACH_BY_SEA),
        land=land,
        water=contiguous * (1.0 - land),
        one_major=frame["one_major"].to_numpy(),
        two_majors=frame["two_majors"].to_numpy(),
        log_size=log_power.mean(axis=0) - SIZE_ORIGIN,
        log_distance=frame["log_distance"].to_numpy() - DISTANCE_ORIGIN,
        log_nearest=np.log1p(nearest) - NEAREST_ORIGIN,
        democracy=before.democracy,
        claim=before.claim,
        history=history,
    )


@dataclass(frozen=True)
class _Before:
    """Claims and regimes as the year before had them, and the nearest points of the two in the year itself, [n]."""

    claim: Floats
    democracy: Floats
    nearest: Floats


def _before(folder: DataFolder, frame: pl.DataFrame, last: int) -> _Before:
    own = pl.col("ccode1", "ccode2", "year")
    panel = dyad_years(FIRST - 1, last, directed=False, data=folder).claims().democracy().minimum_distance().collect()
    weaker = pl.min_horizontal(
        pl.coalesce(pl.col(f"v2x_polyarchy{side}"), (pl.col(f"polity2{side}") + 10) / 20, UNKNOWN_DEMOCRACY)
        for side in ("1", "2")
    )
    known = panel.select(own, weaker.alias("democracy"), (pl.col("n_claims") > 0).cast(pl.Float64).alias("claim"))
    keys = ["ccode1", "ccode2", "year"]
    lagged = frame.select(own).join(known.with_columns(pl.col("year") + 1), on=keys, how="left", maintain_order="left")
    now = frame.select(own).join(known, on=keys, how="left", maintain_order="left")
    near = frame.select(own).join(panel.select(own, "mindist"), on=keys, how="left", maintain_order="left")
    return _Before(
        claim=lagged["claim"].fill_null(now["claim"]).fill_null(0.0).to_numpy(),
        democracy=lagged["democracy"].fill_null(now["democracy"]).fill_null(UNKNOWN_DEMOCRACY).to_numpy(),
        nearest=near["mindist"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
    )


def _contiguity(folder: DataFolder, frame: pl.DataFrame, last: int) -> Integers:
    kinds = dyad_years(FIRST, last, directed=False, data=folder).contiguity().collect()
    kinds = kinds.select("ccode1", "ccode2", "year", pl.col("conttype").fill_null(0))
    joined = frame.join(kinds, on=["ccode1", "ccode2", "year"], how="left", maintain_order="left")
    return joined["conttype"].to_numpy().astype(np.int64)
