"""Who would come to a state's help against whom: defenders by treaty, and the power they can bring (eqs 4, 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.equations.contest import delivered_share
from foedus.panels import DataFolder, dyad_years, state_years

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

REACH_BY_LAND, REACH_BY_SEA = 2310.0, 3640.0
"""km over which power fades by e: the ledger's reaches by domain, weighted as each theatre weighs its domains."""
BEYOND_KM = 20_000.0
"""distance given to a pair whose distance is not known: as good as out of reach"""


@dataclass(frozen=True)
class Defenders:
    """Dense arrays over years, and states numbered by ascending code.

    first    first year of the first axis
    codes    state codes, ascending
    alive    [years, s, s] both were states
    power    [years, s] share of world capabilities (CINC)
    armed    [years, s] 1 when in possession of nuclear arms
    major    [years, s] 1 when a major power
    owed     [years, s, s] 1 when the first owes the second defence (ATOP)
    distance [years, s, s] km between capitals
    helpers  [years, target, challenger] power that the target's defenders can bring to it
    major_helper    [years, target, challenger] 1 when a major power is among them
    nuclear_helper  [years, target, challenger] 1 when a nuclear power is

    A defender that is the challenger, or owes the challenger defence as well, does not count against it.
    """

    first: int
    codes: Integers
    alive: NDArray[np.bool_]
    power: NDArray[np.float32]
    armed: NDArray[np.float32]
    major: NDArray[np.float32]
    owed: NDArray[np.float32]
    distance: NDArray[np.float32]
    helpers: NDArray[np.float32]
    major_helper: NDArray[np.bool_]
    nuclear_helper: NDArray[np.bool_]

    def number(self, codes: Integers) -> Integers:
        """Return each code's place on the state axes."""
        return np.searchsorted(self.codes, codes)


def read_defenders(folder: DataFolder, first: int, last: int) -> Defenders:
    """Read treaties, power and arms of some years. Raises DataError as a panel does."""
    pairs = dyad_years(first, last, data=folder).atop().capital_distance().collect()
    states = state_years(first, last, data=folder).nmc().majors().nuclear().collect()
    codes = states["ccode"].unique().sort().to_numpy().astype(np.int64)
    shape = (last - first + 1, len(codes))
    at_state = (_place(states, "year") - first, np.searchsorted(codes, _place(states, "ccode")))
    at_pair = (
        _place(pairs, "year") - first,
        *(np.searchsorted(codes, _place(pairs, c)) for c in ("ccode1", "ccode2")),
    )

    def state(column: pl.Expr) -> NDArray[np.float32]:
        return _dense(shape, at_state, states.select(column).to_series(), 0.0)

    def pair(name: str, missing: float) -> NDArray[np.float32]:
        return _dense((*shape, len(codes)), at_pair, pairs[name], missing)

    power, owed = state(pl.col("cinc")), pair("atop_defense", 0.0)
    armed = state(pl.col("nuclear_weapons_status") == 3)
    alive = np.zeros((*shape, len(codes)), dtype=np.bool_)
    alive[at_pair] = True
    free = 1.0 - owed
    free[:, np.arange(len(codes)), np.arange(len(codes))] = 0.0

    def against(held: NDArray[np.float32]) -> NDArray[np.float32]:
        summed: NDArray[np.float32] = np.matmul(np.ascontiguousarray(held.transpose(0, 2, 1)), free)
        return summed

    major, distance = state(pl.col("cowmaj")), pair("capdist", BEYOND_KM)
    brought = owed * power[:, :, None] * delivered_share(distance, REACH_BY_SEA)
    return Defenders(
        first,
        codes,
        alive,
        power,
        armed,
        major,
        owed,
        distance,
        against(brought.astype(np.float32)),
        against(owed * major[:, :, None]) > 0,
        against(owed * armed[:, :, None]) > 0,
    )


def _place(frame: pl.DataFrame, column: str) -> Integers:
    return frame[column].to_numpy().astype(np.int64)


def _dense(shape: tuple[int, ...], at: tuple[Integers, ...], values: pl.Series, missing: float) -> NDArray[np.float32]:
    dense = np.full(shape, missing, dtype=np.float32)
    dense[at] = values.cast(pl.Float32).fill_null(missing).to_numpy()
    return dense
