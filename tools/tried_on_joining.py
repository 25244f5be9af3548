"""Score what equation (14) might know of a helper, on training years alone: the table of docs/posterior.md.

Usage: FOEDUS_DATA=DIR python tools/tried_on_joining.py

Each form is fitted under normal priors on every third state of 1946-74, and scored by log loss on calls on defenders
and on all third states: in ten folds of whole disputes, and on the five years after each of four ends. Half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from foedus.calibration.joining.third_states import Calls, read_third_states
from foedus.calibration.pairs.defenders import REACH_BY_SEA
from foedus.calibration.pairs.structure import ledger_values
from foedus.equations import contest, intervention
from foedus.hindcasts.joining import TRAIN
from foedus.panels import DataFolder
from foedus.panels.samples import third_party_rows

Floats = NDArray[np.float64]
FOLDS = 10
ENDS = (1954, 1959, 1964, 1969)
SPAN = 5
ALWAYS = ("short of war", "treaty")
CHOSEN = ("help", "armed", "weight", "touches ally", "quarrel")
FORMS: Mapping[str, Sequence[str]] = {
    "as it was, but given all third states": ("help", "armed", "power arrives", "major"),
    "weight, contiguity, regimes": ("weight", "touches ally", "democracies", "autocracies"),
    "weight, contiguity, help, exposure": ("help", "armed", "weight", "touches ally"),
    "the chosen form": CHOSEN,
    "the chosen form, from disputes alone": ("help", "armed", "weight", "touches ally", "quarrel, disputes alone"),
    "log of weight": ("help", "armed", "log weight", "touches ally", "quarrel"),
    "root of weight": ("help", "armed", "root of weight", "touches ally", "quarrel"),
    "major power in place of weight": ("help", "armed", "major", "touches ally", "quarrel"),
    "without help": ("armed", "weight", "touches ally", "quarrel"),
    "without exposure": ("help", "weight", "touches ally", "quarrel"),
    "without weight": ("help", "armed", "touches ally", "quarrel"),
    "without contiguity": ("help", "armed", "weight", "quarrel"),
    "and power that arrives": (*CHOSEN, "power arrives"),
    "and regimes": (*CHOSEN, "democracies", "autocracies"),
    "and treaty by help": (*CHOSEN, "treaty by help"),
    "and treaty by weight": (*CHOSEN, "treaty by weight"),
}
PRIORS: Mapping[str, tuple[float, float]] = {
    "constant": (-4.0, 3.0), "short of war": (-4.0, 1.5), "treaty": (1.5, 1.0), "help": (1.5, 1.5),
    "armed": (-1.2, 1.5), "weight": (8.0, 8.0), "log weight": (0.5, 0.5), "root of weight": (3.0, 5.0),
    "touches ally": (1.0, 1.0), "quarrel": (1.5, 1.5), "quarrel, disputes alone": (1.5, 1.5),
    "treaty by weight": (0.0, 10.0),
}  # fmt: skip
"""Mean and standard deviation; 0 and 1 for the rest."""


def columns(calls: Calls, unaided: Calls, folder: DataFolder) -> Mapping[str, Floats]:
    """Candidates by name, [n]; `unaided` has the hostility that disputes alone left."""
    regimes = third_party_rows(folder, *TRAIN).select("dispnum", "ccode", "democracies", "autocracies")
    kinds = {name: regimes.schema[name] for name in ("dispnum", "ccode")}
    asked = pl.DataFrame({"dispnum": calls.dispute, "ccode": calls.defender}, schema=kinds)
    asked = asked.join(regimes, on=["dispnum", "ccode"], how="left", maintain_order="left").fill_null(0.0)
    weight = np.maximum(calls.capability, 1e-6)
    return {
        "constant": np.ones(len(calls.year)),
        "short of war": 1.0 - calls.war,
        "treaty": calls.owed,
        "help": calls.help_effect,
        "armed": calls.armed,
        "major": calls.major,
        "weight": calls.capability,
        "log weight": np.log(weight / intervention.GREAT_POWER),
        "root of weight": np.sqrt(weight),
        "touches ally": calls.contiguous,
        "power arrives": np.asarray(contest.delivered_share(np.exp(calls.log_km), REACH_BY_SEA)),
        "quarrel": calls.hostility,
        "quarrel, disputes alone": unaided.hostility,
        "democracies": asked["democracies"].to_numpy(),
        "autocracies": asked["autocracies"].to_numpy(),
        "treaty by help": calls.owed * calls.help_effect,
        "treaty by weight": calls.owed * calls.capability,
    }


def kept() -> float:
    """Share of the reliable type's chance that is left by doubt of the type (eq. 9)."""
    p = ledger_values()
    return float(intervention.promise(1.0, p["belief_at_start"], p["unreliable_share"]))


def fitted(design: Floats, joined: Floats, names: Sequence[str]) -> Floats:
    """Weights at the mode of the posterior."""
    mean, spread = np.array([PRIORS.get(name, (0.0, 1.0)) for name in names]).T
    share = kept()

    def downhill(weights: Floats) -> tuple[float, Floats]:
        odds = expit(design @ weights)
        chance = np.clip(share * odds, 1e-12, 1.0 - 1e-12)
        seen = joined * np.log(chance) + (1.0 - joined) * np.log1p(-chance)
        slope = share * odds * (1.0 - odds) * (joined / chance - (1.0 - joined) / (1.0 - chance))
        away = (weights - mean) / spread
        return -float(seen.sum() - 0.5 * (away**2).sum()), -(design.T @ slope - away / spread)

    return np.asarray(minimize(downhill, mean, jac=True, method="L-BFGS-B").x)


def splits(calls: Calls) -> Iterator[tuple[str, NDArray[np.bool_], NDArray[np.bool_]]]:
    """What is fitted and what is scored, by the kind of test."""
    disputes, place = np.unique(calls.dispute, return_inverse=True)
    fold = (np.random.default_rng(0).permutation(len(disputes)) % FOLDS)[place]
    for k in range(FOLDS):
        yield "folds", fold != k, fold == k
    for end in ENDS:
        yield "next years", calls.year <= end, (calls.year > end) & (calls.year <= end + SPAN)


def scores(calls: Calls, known: Mapping[str, Floats], names: Sequence[str]) -> Mapping[tuple[str, str], float]:
    """Sum of log losses by kind of test and whom it is scored on; whether a dispute becomes a war is not foretold."""
    design = np.stack([known[name] for name in names], axis=1)
    short, total, share = names.index("short of war"), dict.fromkeys(SCORED, 0.0), kept()
    for kind, past, future in splits(calls):
        weights = fitted(design[past], calls.joined[past], names)
        war, seen = float(calls.war[past].mean()), design[future].copy()
        chance = np.zeros(len(seen))
        for is_short, likely in ((0.0, war), (1.0, 1.0 - war)):
            seen[:, short] = is_short
            chance += likely * share * expit(seen @ weights)
        joined, owed = calls.joined[future], calls.owed[future] == 1.0
        loss = -(joined * np.log(chance) + (1.0 - joined) * np.log1p(-chance))
        total[kind, "defenders"] += float(loss[owed].sum())
        total[kind, "all"] += float(loss.sum())
    return total


SCORED = tuple((kind, whom) for kind in ("folds", "next years") for whom in ("defenders", "all"))


def main() -> None:
    """Print a row for each form."""
    folder = DataFolder.open(None)
    every, unaided = (read_third_states(folder, TRAIN[1] + 1, rivals=known) for known in (True, False))
    calls, without = (one.only(one.year <= TRAIN[1]) for one in (every, unaided))
    known = columns(calls, without, folder)
    sys.stdout.write(f"{'':40s}" + "".join(f"{f'{kind}, {whom}':>24s}" for kind, whom in SCORED) + "\n")
    for form, names in FORMS.items():
        found = scores(calls, known, ("constant", *ALWAYS, *names))
        sys.stdout.write(f"{form:40s}" + "".join(f"{found[key]:24.1f}" for key in SCORED) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
