"""What might add to the tree's chance of force, or of war, given a dispute: one thing at a time, out of sample.

Usage: FOEDUS_DATA=DIR python tools/tried_on_escalation.py

The tree is fitted before each decade from the 1970s on. Each form is then fitted on the same disputes, with the tree's
log-odds as its offset, and scored on the decade: the 1970s and 1980s choose, 1990-2010 are only scored. Differences of
log loss from the tree as it is; below none is better. docs/posterior.md holds the outcome. Two minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from foedus.calibration.pairs.dyads import FIRST, DyadYears, read_pairs
from foedus.calibration.pairs.endings import ENDINGS
from foedus.equations.choice import logistic
from foedus.hindcasts.escalation import FORCE, WAR, given_dispute
from foedus.hindcasts.onset import WINDOWS
from foedus.hindcasts.registry import HindcastSetting, Years
from foedus.panels import DataFolder

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Form = Callable[[Floats, Floats, Mapping[str, Floats]], Floats]
"""chance [k], given what is fitted, the tree's log-odds [k] and the covariates [k] by name"""

PRIOR = 0.5
"""standard deviation of each thing fitted, covariates at a spread of one"""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
TINY = 1e-6


@dataclass(frozen=True)
class Coded:
    """Disputes with a coded ending: rows [k], and the tree's chance of each ending [4, k]."""

    rows: Integers
    ends: Floats

    def odds(self, least: int) -> Floats:
        """The tree's log-odds of an ending or a graver one, [k]."""
        chance = np.clip(self.ends[least:].sum(axis=0), TINY, 1.0 - TINY)
        return np.asarray(np.log(chance) - np.log1p(-chance))


def covariates(pairs: DyadYears, rows: Integers) -> dict[str, Floats]:
    """What is known of disputes before they escalate, [k] by name."""
    k, challenger = np.arange(len(rows)), pairs.challenger[rows]
    power, armed = pairs.log_power[:, rows], pairs.armed[:, rows]
    ratio = power[challenger, k] - power[1 - challenger, k]
    mine, theirs = armed[challenger, k], armed[1 - challenger, k]
    return {
        "parity": np.abs(ratio),
        "power of the challenger": ratio,
        "regime": pairs.democracy[rows],
        "territorial claim": pairs.claim[rows],
        "challenger armed": mine,
        "target armed": theirs,
        "both armed": mine * theirs,
        "land border": pairs.land[rows],
        "rivalry": pairs.frame[rows]["rivalry"].to_numpy().astype(np.float64),
        "major power defends the target": pairs.major_helper[challenger, rows],
        "anyone defends the target": (pairs.helpers[challenger, rows] > 0).astype(np.float64),
        "nearest distance": pairs.log_nearest[rows],
        "size of the two": pairs.log_size[rows],
        "two majors": pairs.two_majors[rows],
    }


def _adds(name: str) -> Form:
    return lambda t, odds, x: np.asarray(logistic(odds + t[0] + t[1] * x[name]))


def forms(names: Mapping[str, Floats]) -> dict[str, tuple[int, Form]]:
    """Every form tried: how many things it fits, and the chance it gives."""
    found: dict[str, tuple[int, Form]] = {
        "as it is": (0, lambda _, odds, __: np.asarray(logistic(odds))),
        "level alone": (1, lambda t, odds, _: np.asarray(logistic(odds + t[0]))),
        "precision of the node": (2, lambda t, odds, _: np.asarray(logistic(t[0] + np.exp(t[1]) * odds))),
        "unobserved resolve": (
            2,
            lambda t, odds, _: np.asarray(
                logistic((odds + t[0])[:, None] + np.exp(t[1]) * NODES) @ (WEIGHTS / WEIGHTS.sum())
            ),
        ),
    }
    return found | {name: (2, _adds(name)) for name in names}


def loss(chance: Floats, event: Floats) -> float:
    """Sum of log losses."""
    kept = np.clip(chance, TINY, 1.0 - TINY)
    return -float(np.sum(event * np.log(kept) + (1.0 - event) * np.log1p(-kept)))


def scored(pairs: DyadYears, past: Coded, future: Coded, least: int) -> dict[str, float]:
    """Fit every form on past disputes; return the log loss of each on future ones."""
    known, later = covariates(pairs, past.rows), covariates(pairs, future.rows)
    for name, values in known.items():
        middle, spread = values.mean(), values.std() or 1.0
        known[name], later[name] = (values - middle) / spread, (later[name] - middle) / spread
    event = [(pairs.ending[one.rows] >= least).astype(np.float64) for one in (past, future)]
    before, after = past.odds(least), future.odds(least)
    found = {}
    for name, (count, form) in forms(known).items():
        at = np.zeros(count)
        if count:

            def target(t: Floats, form: Form = form) -> float:
                return loss(form(t, before, known), event[0]) + 0.5 * float(np.sum((t / PRIOR) ** 2))

            at = minimize(target, at + 0.01, method="BFGS").x
        found[name] = loss(form(at, after, later), event[1])
    return found


def main() -> None:
    """Print both tables."""
    setting = HindcastSetting(DataFolder.open())
    pairs = read_pairs(setting.folder)

    def coded(train: Years, years: Years) -> Coded:
        return Coded(*given_dispute(setting, train, years, pairs))

    held = [(coded((FIRST, test[0] - 1), (FIRST, test[0] - 1)), coded((FIRST, test[0] - 1), test)) for test in WINDOWS]
    for what in (FORCE, WAR):
        windows = [scored(pairs, past, future, ENDINGS.index(what)) for past, future in held]
        base = [one["as it is"] for one in windows]
        print(f"{what}: the tree {sum(base[:2]):.1f} on 1970-89, {sum(base[2:]):.1f} on 1990-2010")
        for name in windows[0]:
            gain = [one[name] - tree for one, tree in zip(windows, base, strict=True)]
            print(f"  {name:32} {sum(gain[:2]):+6.2f} {sum(gain[2:]):+6.2f}")


if __name__ == "__main__":
    main()
