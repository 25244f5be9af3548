"""Response surfaces: what every ally can expect as a function of four bundles of support, and how far that is off.

A preset scales with four factors, each on one bundle of channels. The model is run at designed points with the same
luck and parameters, a polynomial of second order is fitted to each ally's outcome, and further points, which the fit
has not seen, say how far it is off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from foedus import terms
from foedus.compile.engines import Machinery
from foedus.engine.setting import Setting
from foedus.results.error import standard_errors
from foedus.results.outbreak import chance_of_a_war
from foedus.study import Study
from foedus.study.span import twin_count

Values = NDArray[np.float64]

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "forces": ("troops", "reinforcement"),
    "supplies": ("arms", "sustainment", "training", "technology", "money"),
    "eyes and shields": ("intelligence", "missile_defence"),
    "promise": ("pledge", "nuclear"),
}
"""Bundles of channels that a factor scales; together all eleven."""

MOST = 1.5
"""Largest factor; the smallest is 0."""

TRIED = 12
"""Points that no fit sees."""

SPREAD = 8
"""Points within the cube that a fit sees besides corners, faces and middle."""

LEAST = 1e-6
"""Added before a logarithm is taken: losses in per cent of GDP, and chances."""


@dataclass(frozen=True)
class ResponseSurface:
    """What a preset gives as a function of its four factors.

    loss   coefficients of the logarithm of expected loss, % of GDP a year, [A, K]
    war    coefficients of the log odds of a war by the end, [A, K]
    plain  loss and chance where every factor is 1, worked out and not fitted, [A, 2]
    off    how far a fitted loss is off at points that the fit has not seen, share of the loss: median and 90th
           percentile over points, [A, 2]
    off_war  the same of the chance of war
    error    Monte Carlo standard errors of `plain`, [A, 2]
    """

    loss: Values
    war: Values
    plain: Values
    off: Values
    off_war: Values
    error: Values


def terms_of(points: Values) -> Values:
    """Terms of the polynomial at points, [N, K]: 1, each factor, each product of two; factors count from 1."""
    shifted = np.column_stack([np.ones(len(points)), points - 1.0])
    pairs = combinations_with_replacement(range(shifted.shape[1]), 2)
    return np.column_stack([shifted[:, a] * shifted[:, b] for a, b in pairs])


def design() -> tuple[Values, Values]:
    """Points that a fit sees, and points that it does not, [N, 4] each, factors from 0 to `MOST`."""
    count = len(BUNDLES)
    corners = np.array(list(product((0.0, MOST), repeat=count)))
    middle = np.full((1, count), 1.0)
    faces = np.array([np.where(np.arange(count) == i, end, 1.0) for i in range(count) for end in (0.0, MOST)])
    inside = MOST * qmc.Sobol(count, rng=1).random_base2(5)[: SPREAD + TRIED]
    return np.concatenate([middle, corners, faces, inside[:SPREAD]]), inside[SPREAD:]


def surface(study: Study, done: Callable[[], None] = lambda: None) -> ResponseSurface:
    """Fit the surface of a study's posture.

    study  one posture, compared with nothing, of at most one chunk of futures
    done   called after each run
    """
    setting, machinery = study.setting(0, "posture"), study.machinery()
    seen, unseen = design()
    made = [_outcome(machinery, _scaled(setting, point), done) for point in np.concatenate([seen, unseen])]
    found, errors = (np.array([one[part] for one in made]) for part in (0, 1))
    fitted, held = found[: len(seen)], found[len(seen) :]
    loss, off = _fit(np.log(fitted[:, :, 0] + LEAST), seen, unseen, held[:, :, 0], lambda y: np.exp(y) - LEAST)
    war, off_war = _fit(_odds(fitted[:, :, 1]), seen, unseen, held[:, :, 1], lambda y: 1.0 / (1.0 + np.exp(-y)))
    return ResponseSurface(loss, war, fitted[0], off, off_war, errors[0])


def _fit(
    made: Values, seen: Values, unseen: Values, held: Values, back: Callable[[Values], Values]
) -> tuple[Values, Values]:
    """Coefficients, [A, K], that meet the first point exactly, and how far the fit is off at unseen points, [A, 2]."""
    middle, rest = made[:1], terms_of(seen)[:, 1:]
    slopes, *_ = np.linalg.lstsq(rest, made - middle, rcond=None)
    coefficients = np.concatenate([middle, slopes]).T
    told = back(terms_of(unseen) @ coefficients.T)
    off = np.abs(told - held) / np.maximum(held, LEAST)
    return coefficients, np.quantile(off, (0.5, 0.9), axis=0).T


def _odds(chance: Values) -> Values:
    held = np.clip(chance, LEAST, 1.0 - LEAST)
    return np.asarray(np.log(held / (1.0 - held)))


def _scaled(setting: Setting, factors: Sequence[float] | Values) -> Setting:
    """The same setting with each bundle's levels scaled, 0 to 2 as everywhere."""
    levels = setting.policy.levels.copy()
    for factor, channels in zip(factors, BUNDLES.values(), strict=True):
        places = [terms.Channel.of(channel) for channel in channels]
        levels[:, :, places] = np.minimum(levels[:, :, places] * np.float32(factor), 2.0)
    return replace(setting, policy=replace(setting.policy, levels=levels))


def _outcome(machinery: Machinery, setting: Setting, done: Callable[[], None]) -> tuple[Values, Values]:
    """Expected loss, % of GDP a year, and chance of a war by the end, of each ally, [A, 2]; and their errors."""
    record = machinery.run(setting)
    stake = 100.0 * setting.p["stake_share_of_gdp"].astype(np.float64)
    loss = (record.allies["loss_conceded"] + record.allies["loss_fought"]).mean(axis=0, dtype=np.float64) * stake
    war = chance_of_a_war(record.allies["war"].astype(np.float64))
    done()
    again, count = twin_count(setting.futures), setting.futures
    twins = np.arange(again), np.arange(count - again, count)
    both = (loss, war)
    means, errors = [x.mean(axis=1) for x in both], [standard_errors(x, twins) for x in both]
    return np.column_stack(means), np.column_stack(errors)
