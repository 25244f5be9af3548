"""Who threatens whom, and what another state's help would be worth against it: what pooling turns on (3.9, eq. 7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.pairs.defenders import REACH_BY_LAND, REACH_BY_SEA, Defenders
from foedus.equations.contest import contest_with_help, delivered_share
from foedus.ledger import load_ledger
from foedus.panels import DataFolder, dyad_years

Singles = NDArray[np.float32]

MEMORY = 10
"""years a dispute counts as a threat"""
RECENT = 0.5
"""weight of such a dispute, beside 1 for a strategic rivalry"""
LEAST_POWER = 1e-6


def read_threats(folder: DataFolder, known: Defenders) -> tuple[Singles, NDArray[np.bool_]]:
    """Return how far each pair are each other's threat, 0-1, and whether they touch by land, [years, s, s]."""
    years, states = known.power.shape
    start, last = known.first - MEMORY, known.first + years - 1
    panel = dyad_years(start, last, directed=False, data=folder).contiguity().rivalries().gml_mids().collect()
    inside = np.isin(panel["ccode1"].to_numpy(), known.codes) & np.isin(panel["ccode2"].to_numpy(), known.codes)
    panel = panel.filter(inside)
    one, two = (known.number(panel[c].to_numpy().astype(np.int64)) for c in ("ccode1", "ccode2"))
    at = panel["year"].to_numpy().astype(np.int64) - start

    def dense(values: NDArray[np.float64]) -> Singles:
        held = np.zeros((years + MEMORY, states, states), dtype=np.float32)
        held[at, one, two] = held[at, two, one] = values
        return held

    rival = dense(panel["ongoingrivalry"].fill_null(0).to_numpy().astype(float))[MEMORY:]
    dispute = dense(panel["gmlmidongoing"].fill_null(0).to_numpy().astype(float))
    land = dense((panel["conttype"] == 1).fill_null(value=False).to_numpy().astype(float))[MEMORY:] > 0
    recent = np.maximum.reduce([dispute[MEMORY - k : MEMORY - k + years] for k in range(MEMORY)])
    return np.maximum(rival, RECENT * recent) * known.alive, land


def worth_of_help(known: Defenders, threat: Singles, land: NDArray[np.bool_]) -> Singles:
    """Fall in the chances that a state's threats win, if another helped it, [years, state, helper].

    Threats are summed by their weight; no state helps against itself.
    """
    ledger = load_ledger()
    told, sharp = (ledger[name].default for name in ("balance_reliability", "decisiveness"))
    edge = float(np.log(ledger["defender_edge"].default))
    worth = np.zeros_like(threat)
    for year in range(len(threat)):
        power = np.maximum(known.power[year], LEAST_POWER)
        brought = power[:, None] * delivered_share(known.distance[year], REACH_BY_SEA)
        faded = np.where(land[year], known.distance[year] / 2 / REACH_BY_LAND, known.distance[year] / REACH_BY_SEA)
        target, challenger = np.nonzero(threat[year])
        came = np.log(power[challenger]) - faded[challenger, target]
        own = np.log(power[target])
        joint = np.log(power[target][:, None] + brought[:, target].T)
        _, help_effect = contest_with_help(came[:, None], own[:, None], joint, (came - own)[:, None], told, sharp, edge)
        gain = np.array(threat[year][target, challenger][:, None] * help_effect)
        gain[np.arange(len(target)), challenger] = 0.0
        np.add.at(worth[year], target, gain.astype(np.float32))
    return worth
