"""Who joins: equation (14) with a posterior, its data disputes and every third state that might have come.

A third state may join a dispute short of war or a war. The equation speaks of a state that is attacked, so that
disputes short of war have a log-odds of their own below it. What a forecast of a dispute gives is the mixture of the
two, by the share of past disputes that became wars, since which one will is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.calibration.joining.third_states import Calls
from foedus.calibration.pairs.structure import Free, ledger_values
from foedus.equations import intervention
from foedus.estimators.importance import WeightedDraws, sample
from foedus.ledger import Parameter, load_ledger

Floats = NDArray[np.float64]

ROUNDS, POINTS = 4, 600
"""of the draws: eight parameters need fewer than the tree's"""
MEMBERS = 256
"""equally likely members kept of the draws"""
TINY = 1e-12
RECORD_ONLY = ("no_treaty", "short_of_war")
"""What is estimated here and is no parameter of the ledger: without a record, none of it counts."""


def priors() -> tuple[Free, ...]:
    """What is estimated: parameters of the ledger, and two that only the record has.

    Of what the ledger takes from elsewhere its range is read as one standard deviation to either side of its default,
    and as all that a parameter can be. Baseline and pledge are one number here, since what is known of a defender is
    that it is pledged. The ledger's weights of size, contiguity and enmity are from this very record: their priors here
    are what the literature said before it, that the strong and the near join (Joyce and Braithwaite 2013).
    """
    ledger = load_ledger()
    base, pledge, size, near, own = (
        ledger[name]
        for name in (
            "intervention_baseline", "pledge_weight", "capability_weight", "contiguity_weight", "enmity_weight"
        )
    )  # fmt: skip
    spread = float(np.hypot(_spread(base), _spread(pledge)))
    return (
        Free(
            "pledged",
            base.default + pledge.default,
            spread,
            -6.0,
            4.0,
            "log-odds of a pledged great power if its ally is attacked by its rival",
        ),
        _of(ledger["help_weight"]),
        _of(ledger["homeland_exposure_weight"]),
        Free(size.name, 8.0, 8.0, 0.0, 40.0, size.meaning),
        Free(near.name, 1.0, 1.0, -3.0, 5.0, near.meaning),
        Free(own.name, 1.5, 1.5, -3.0, 8.0, own.meaning),
        Free("no_treaty", -2.0, 1.0, -7.0, 1.0, "change in log-odds of a state that owes the target nothing"),
        Free("short_of_war", -4.0, 1.5, -9.0, 1.0, "change in log-odds where the dispute stays short of war"),
    )


def _spread(parameter: Parameter) -> float:
    return (parameter.high - parameter.low) / 2.0


def _of(parameter: Parameter) -> Free:
    return Free(parameter.name, parameter.default, _spread(parameter), parameter.low, parameter.high, parameter.meaning)


def chance_joined(calls: Calls, p: Mapping[str, float], war: Floats | float) -> Floats:
    """Chance that each third state joins, [n], given whether the dispute became a war (0 or 1)."""
    standing = intervention.standing(calls.capability, p["capability_weight"], calls.contiguous, p["contiguity_weight"])
    own = intervention.enmity(calls.hostility, p["enmity_weight"])
    inclined = p["pledged"] + p["no_treaty"] * (1.0 - calls.owed) + standing + own
    fights = intervention.chance_reliable_type_fights(
        inclined + p["short_of_war"] * (1.0 - war),
        calls.help_effect,
        p["help_weight"],
        calls.armed,
        p["homeland_exposure_weight"],
    )
    found: Floats = np.asarray(intervention.promise(fights, p["belief_at_start"], p["unreliable_share"]))
    return found


@dataclass(frozen=True)
class Joining:
    """The posterior of the equation given past calls.

    free     what was estimated, with its priors
    base     the ledger's values of what was not
    draws    weighted points, [n, k]
    war      share of past calls on defenders in disputes that became wars
    cases    third states asked
    joiners  those of them that came
    """

    free: tuple[Free, ...]
    base: Mapping[str, float]
    draws: WeightedDraws
    war: float
    cases: int
    joiners: int

    def members(self) -> list[Mapping[str, float]]:
        """Every parameter in equally likely members."""
        names = [f.name for f in self.free]
        points = self.draws.members(MEMBERS, seed=1).tolist()
        return [{**self.base, **dict(zip(names, point, strict=True))} for point in points]

    def chance(self, calls: Calls) -> Floats:
        """Chance that each third state joins a dispute of which nobody knows yet whether it becomes a war, [n]."""
        total = np.zeros(len(calls.year))
        for p in self.members():
            total += self.war * chance_joined(calls, p, 1.0) + (1.0 - self.war) * chance_joined(calls, p, 0.0)
        return total / MEMBERS

    def kept_in_war(self, calls: Calls) -> Floats:
        """Mean chance that those calls are answered if all of them are wars, by member, [MEMBERS]."""
        return np.array([float(chance_joined(calls, p, 1.0).mean()) for p in self.members()])

    def estimates(self) -> tuple[tuple[str, float], ...]:
        """Posterior means by name, four significant digits."""
        return tuple(
            (f.name, float(f"{mean:.4g}")) for f, mean in zip(self.free, self.draws.mean().tolist(), strict=True)
        )


def joining(past: Calls) -> Joining:
    """Draw the posterior given past calls. Raises EstimationError when the draws are not to be believed."""
    from scipy.optimize import minimize

    free, base = priors(), ledger_values()
    names = [f.name for f in free]
    mean, spread, low, high = (np.array([getattr(f, k) for f in free]) for k in ("mean", "spread", "low", "high"))

    def smooth(point: Floats) -> float:
        p = base | dict(zip(names, point.tolist(), strict=True))
        chance = np.clip(chance_joined(past, p, past.war), TINY, 1.0 - TINY)
        seen = past.joined * np.log(chance) + (1.0 - past.joined) * np.log1p(-chance)
        return float(seen.sum() - 0.5 * np.sum(((point - mean) / spread) ** 2))

    def log_density(point: Floats) -> float:
        return -np.inf if ((point < low) | (point > high)).any() else smooth(point)

    def downhill(point: Floats) -> float:
        return -smooth(point)

    mode = minimize(downhill, mean, method="L-BFGS-B", bounds=[(f.low, f.high) for f in free])
    draws = sample(log_density, mode.x, _covariance(smooth, mode.x, spread), rounds=ROUNDS, count=POINTS)
    return Joining(free, base, draws, float(past.defenders().war.mean()), len(past.year), int(past.joined.sum()))


def _covariance(log_density: Callable[[Floats], float], mode: Floats, spread: Floats) -> Floats:
    """Inverse of the curvature at the mode, by differences of a hundredth of each prior's spread."""
    steps = np.diag(0.01 * spread)
    k = len(mode)
    curve = np.empty((k, k))
    for i in range(k):
        for j in range(k):
            corners = [log_density(mode + a * steps[i] + b * steps[j]) for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
            curve[i, j] = -(corners[0] - corners[1] - corners[2] + corners[3]) / (4 * steps[i, i] * steps[j, j])
    return np.asarray(np.linalg.inv(curve))
