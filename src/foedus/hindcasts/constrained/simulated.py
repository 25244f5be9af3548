"""Simulation-based calibration of the weights: histories made from known parameters, weighed as the real one is."""

from __future__ import annotations

import numpy as np

from foedus.estimators.placed import Placed
from foedus.hindcasts.constrained.constrain import JoinedDraws, constrain
from foedus.hindcasts.constrained.targets import PastTarget, Runs, Shown

NAMES = ("first", "second", "third")
DRAWS, LUCK, TOLERANCE = 1024, 0.5, 0.4
ANSWERS = np.array([[1.0, 0.0, 0.0], [0.5, -0.8, 0.0], [0.0, 0.0, 0.0]])
"""what each of three targets answers to each parameter; the last to none"""
BENT = 0.1
"""curvature of the answers, which the linear emulator does not see"""


def calibrated(histories: int, seed: int = 1) -> Placed:
    """Place true parameters among draws weighed by what simulated histories of them showed.

    Three parameters with normal priors answer to three targets, one of which is luck alone. Runs have luck, and the
    history has luck of its own and an error of the size of the tolerance, as the weights assume.
    """
    random, places = np.random.default_rng(seed), []
    chosen = [PastTarget(f"target {i}", "made up", 2000 + i, _never) for i in range(len(ANSWERS))]
    for _ in range(histories):
        values = random.normal(size=(DRAWS, len(NAMES)))
        true = random.normal(size=(1, len(NAMES)))
        drawn, once = (_answers(x) + LUCK * random.normal(size=(len(x), len(ANSWERS))) for x in (values, true))
        seen = (once + TOLERANCE * random.normal(size=once.shape))[0]
        shown = tuple(Shown(drawn[:, i], float(seen[i]), TOLERANCE) for i in range(len(ANSWERS)))
        found = constrain(JoinedDraws(NAMES, values, shown), chosen, least=1.0)
        places.append(found.raked.weights @ (values < true))
    return Placed(NAMES, np.array(places))


def _answers(values: np.ndarray) -> np.ndarray:
    straight = values @ ANSWERS.T
    return np.asarray(straight + BENT * np.sin(2.0 * straight))


def _never(_runs: Runs) -> Shown:
    msg = "a made-up target is not run"
    raise NotImplementedError(msg)
