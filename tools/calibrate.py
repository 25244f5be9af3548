"""Calibrate the crisis tree so that the world of 2026 has the historical base rates in its first year.

Usage: python tools/calibrate.py [SEED]

Free: the parameters of `FREE`. Targets: rates of challenge by class of pair, and shares conceded, using force and
reaching war with and without a major-power ally (base_rates.csv, 1950-2010). Rates are means over `FUTURES` points of
every other parameter's range, and over the ranges of stakes and hostility, as in a run. Each miss counts by the
square of its log ratio, over the spread of the historical figure in logs; differential evolution finds the least.
Prints what fits best; the ledger holds the rounded result with a range around it.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
from scipy.optimize import differential_evolution

from foedus import terms
from foedus.engine.draws import Draws
from foedus.engine.forces import muster
from foedus.engine.layout import Layout, lay_out
from foedus.engine.setting import Policy, Setting
from foedus.engine.state import at_start
from foedus.engine.support import provide
from foedus.engine.threat import cohesion, face, judge
from foedus.equations.crisis import Crisis
from foedus.equations.hedging import OPTIONS
from foedus.ledger import load_ledger, parameter_values, sobol_points
from foedus.world import World

FUTURES = 32
FREE = {
    "challenge_cost": (0.3, 1.0),
    "hostility_weight": (0.0, 0.6),
    "yielding_cost": (0.1, 0.8),
    "back_down_cost": (-0.1, 0.15),
    "limited_gain": (0.05, 0.5),
    "challenger_war_cost": (0.6, 2.2),
    "war_cost_relief": (0.0, 2.2),
    "war_cost_scaling": (0.3, 1.0),
}
LEAST_SPREAD = 0.15
"""Least spread of a target in logs, so that a rate known from thousands of cases does not crowd out the rest."""


def main() -> None:
    """Fit and print."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    world, ledger = World.load(), load_ledger()
    layout = lay_out(world.states, world.pairs, world.links, world.pools)
    facts = world.tables.latest("base_rates.csv")
    rates = {key: fact.value for key, fact in facts.items() if fact.value > 0.0}
    spread = {key: max((facts[key].high - facts[key].low) / 4.0 / facts[key].value, LEAST_SPREAD) for key in rates}
    points = sobol_points(FUTURES, len(ledger.uncertain), seed)
    drawn = parameter_values(ledger, points, {}, {})
    values = {name: np.broadcast_to(value, FUTURES).astype(np.float32) for name, value in drawn.items()}
    states, _, links, _ = layout.counts
    policy = Policy(
        "steady", np.ones((1, links, len(terms.CHANNELS)), np.float32), np.zeros((1, links), np.float32), 0.0, 1.0, 0.0,
        {}, np.full((states, len(OPTIONS)), np.nan, np.float32), np.full(states, np.nan, np.float32),
    )  # fmt: skip
    luck = Draws(seed, np.arange(FUTURES, dtype=np.uint64))

    def rates_at(point: np.ndarray) -> dict[tuple[tuple[str, ...], str], float]:
        moved = {name: values[name] + np.float32(x - ledger[name].default) for name, x in zip(FREE, point, strict=True)}
        p = values | moved
        setting = Setting(layout, (2026,), policy, p, luck, luck)
        state = at_start(setting)
        support = provide(0, state, setting)
        forces = muster(support, state, np.zeros_like(state.gdp), setting)
        outlook = judge(face(support, forces, state, setting), p)
        state = replace(state, cohesion=cohesion(outlook, state, setting))
        return summarise(judge(face(support, forces, state, setting), p).crisis, layout)

    def misfit(point: np.ndarray) -> float:
        got = rates_at(point)
        return sum((np.log(max(got[key], 1e-6) / rate) / spread[key]) ** 2 for key, rate in rates.items())

    best = differential_evolution(
        misfit, list(FREE.values()), seed=seed, maxiter=120, popsize=10, tol=1e-4, polish=False
    )
    print({name: round(float(x), 3) for name, x in zip(FREE, best.x, strict=True)}, "misfit", round(best.fun, 1))
    for key, value in rates_at(best.x).items():
        print(f"{key[0][0]:12} {key[1]:24} model {value:.4f}  history {rates.get(key, 0.0):.4f}")


def summarise(crisis: Crisis, layout: Layout) -> dict[tuple[tuple[str, ...], str], float]:
    """Expected base rates of a solved tree, by class and over all pairs."""
    challenge = np.asarray(crisis.challenge)
    resisted = challenge * (1 - crisis.concession)
    war = resisted * crisis.attack
    force = war + resisted * crisis.limited_force
    aided = layout.treaty
    found = {}
    for name in ("rival", "contiguous", "major", "all"):
        mine = np.full(len(challenge), True) if name == "all" else layout.pair_class == terms.PAIR_CLASSES.index(name)
        total = challenge[mine].sum()
        found[((name,), "challenge")] = float(challenge[mine].mean())
        found[((name,), "conceded")] = float((challenge * crisis.concession)[mine].sum() / total)
        found[((name,), "force")] = float(force[mine].sum() / total)
        found[((name,), "war")] = float(war[mine].sum() / total)
        for label, some in (("war_with_major_ally", mine & aided), ("war_without_major_ally", mine & ~aided)):
            found[((name,), label)] = float(war[some].sum() / max(challenge[some].sum(), 1e-9))
    return found


if __name__ == "__main__":
    main()
