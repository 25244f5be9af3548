"""Calibrate the crisis tree so that the world of 2026, at default parameters, has the historical base rates.

Usage: python tools/calibrate.py

Free: challenge_cost, hostility_weight, yielding_cost, back_down_cost, limited_gain, challenger_war_cost.
Targets: rates of challenge by class of pair,
shares conceded, using force and reaching war with and without a guarantor. Prints what fits best; the ledger holds
the rounded result, with ranges around it. Nothing is tuned on the years that docs/validation.md tests on.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from foedus import terms
from foedus.engine.draws import Draws
from foedus.engine.forces import muster
from foedus.engine.layout import lay_out
from foedus.engine.setting import Policy, Setting
from foedus.engine.state import at_start
from foedus.engine.support import provide
from foedus.engine.threat import cohesion, face, judge
from foedus.equations.hedging import OPTIONS
from foedus.ledger import load_ledger
from foedus.world import World

FREE = ("challenge_cost", "hostility_weight", "yielding_cost", "back_down_cost", "limited_gain", "challenger_war_cost")


def main() -> None:
    world, ledger = World.load(), load_ledger()
    layout = lay_out(world.states, world.pairs, world.links, world.pools)
    rates = {key: fact.value for key, fact in world.tables.latest("base_rates.csv").items()}
    values = {p.name: np.full(1, p.default, dtype=np.float32) for p in ledger}
    states, _, links, _ = layout.counts
    policy = Policy(
        "steady", np.ones((1, links, len(terms.CHANNELS)), np.float32), np.zeros((1, links), np.float32), 0.0, 1.0, 0.0,
        {}, np.full((states, len(OPTIONS)), np.nan, np.float32), np.full(states, np.nan, np.float32),
    )  # fmt: skip

    def rates_at(point: np.ndarray) -> dict[tuple[tuple[str, ...], str], float]:
        p = values | {name: np.full(1, x, np.float32) for name, x in zip(FREE, point, strict=True)}
        setting = Setting(layout, (2026,), policy, p, Draws(1, np.zeros(1, np.uint64)))
        state = at_start(setting)
        from dataclasses import replace

        state = replace(state, reliable=np.full_like(state.reliable, 0.65))
        support = provide(0, state, setting)
        forces = muster(support, state, np.zeros_like(state.gdp), setting)
        outlook = judge(face(support, forces, state, setting), p)
        state = replace(state, cohesion=cohesion(outlook, state, setting))
        crisis = judge(face(support, forces, state, setting), p).crisis
        return summarise(crisis, layout)

    def misfit(point: np.ndarray) -> float:
        got = rates_at(point)
        total = 0.0
        for key, value in got.items():
            weight = {"challenge": 2.0, "war": 0.5, "war_without_major_ally": 2.0}.get(key[1], 1.0)
            total += weight * (np.log(max(value, 1e-6)) - np.log(max(rates[key], 1e-3))) ** 2
        outside = np.maximum(np.abs(point - start) / np.abs(spread) - 1.0, 0.0)
        return total + float((outside**2).sum())

    start = np.array([0.5, 0.25, 0.5, 0.0, 0.2, 1.0])
    spread = np.array([0.3, 0.4, 0.6, 0.2, 0.25, 0.5])
    best = minimize(misfit, start, method="Nelder-Mead", options={"maxiter": 1500, "xatol": 1e-3, "fatol": 1e-3})
    print(dict(zip(FREE, best.x.round(3).tolist(), strict=True)), "misfit", round(best.fun, 3))
    for key, value in rates_at(best.x).items():
        print(f"{key[0][0]:12} {key[1]:24} model {value:.4f}  history {rates[key]:.4f}")


def summarise(crisis, layout) -> dict[tuple[tuple[str, ...], str], float]:  # type: ignore[no-untyped-def]
    """Expected base rates of a solved tree, by class and over all pairs."""
    challenge = crisis.challenge[:, 0]
    resisted = challenge * (1 - crisis.concession[:, 0])
    war = resisted * crisis.attack[:, 0]
    force = war + resisted * crisis.limited_force[:, 0]
    found = {}
    for name in ("rival", "contiguous", "major", "all"):
        mine = np.full(len(challenge), True) if name == "all" else layout.pair_class == terms.PAIR_CLASSES.index(name)
        total = challenge[mine].sum()
        found[((name,), "challenge")] = challenge[mine].mean()
        if name == "all":
            found[((name,), "conceded")] = (challenge * crisis.concession[:, 0])[mine].sum() / total
            found[((name,), "force")] = force[mine].sum() / total
            found[((name,), "war")] = war[mine].sum() / total
            aided = layout.aided[:, 0] > 0
            found[((name,), "war_with_major_ally")] = war[aided].sum() / challenge[aided].sum()
            found[((name,), "war_without_major_ally")] = war[~aided].sum() / challenge[~aided].sum()
    return found


if __name__ == "__main__":
    main()
