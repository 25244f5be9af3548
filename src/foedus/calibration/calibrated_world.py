"""The world that the calibration asks: its base rates in the first year and through a run, as chances, not draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus import terms
from foedus.engine.chunk import run_chunk
from foedus.engine.draws import Draws
from foedus.engine.layout import Floats, Layout, lay_out
from foedus.engine.setting import Policy, Setting
from foedus.engine.situation import Situation, assess
from foedus.engine.state import State, at_start
from foedus.equations.crisis import Crisis
from foedus.equations.hedging import OPTIONS
from foedus.estimators.fit import Floats as Doubles
from foedus.ledger import load_ledger, parameter_values, sobol_points
from foedus.world import World

FUTURES = 64
YEARS = tuple(range(2026, 2051))
Rates = Mapping[tuple[tuple[str, ...], str], float]


@dataclass(frozen=True, eq=False)
class CalibratedWorld:
    """Today's world under steady support, with every parameter drawn.

    setting   for `YEARS`
    values    by parameter, [F]
    defaults  the ledger's
    """

    setting: Setting
    values: Mapping[str, Floats]
    defaults: Mapping[str, float]


def calibrated_world(seed: int) -> CalibratedWorld:
    """Set up the world with `FUTURES` points of the ledger's ranges."""
    world, ledger = World.load(), load_ledger()
    layout = lay_out(world.states, world.pairs, world.links, world.pools)
    drawn = parameter_values(ledger, sobol_points(FUTURES, len(ledger.uncertain), seed), {}, {})
    values = {name: np.broadcast_to(value, FUTURES).astype(np.float32) for name, value in drawn.items()}
    states, links = layout.counts.states, layout.counts.links
    policy = Policy(
        name="steady",
        levels=np.ones((len(YEARS), links, len(terms.CHANNELS)), np.float32),
        switched_off=np.zeros((len(YEARS), links), np.float32),
        conditional=0.0,
        politics_spread=1.0,
        homeland_defence=0.0,
        remedies={},
        option_shares=np.full((len(OPTIONS), states), np.nan, np.float32),
        spending=np.full((len(YEARS), states), np.nan, np.float32),
    )
    luck = Draws(seed, np.arange(FUTURES, dtype=np.uint64))
    setting = Setting(layout, YEARS, policy, values, luck, luck)
    return CalibratedWorld(setting, values, {p.name: p.default for p in ledger})


def first_year(world: CalibratedWorld, names: Sequence[str], point: Doubles) -> Rates:
    """Return base rates of the first year with the parameters `names` moved so that their peak is at `point`."""
    values, defaults = world.values, world.defaults
    p = dict(values)
    for name, x in zip(names, point, strict=True):
        p[name] = (values[name] + (x - defaults[name])).astype(np.float32)
    setting = replace(world.setting, p=p)
    solved = assess(0, at_start(setting), None, setting).outlook.crisis
    return summarise(counts(solved), setting.layout)


def through_the_run(world: CalibratedWorld) -> Rates:
    """Return base rates over all of `YEARS`, at the ledger's values."""
    found: list[Floats] = []

    def watch(situation: Situation, after: State) -> None:  # noqa: ARG001  what a watch is given
        found.append(counts(situation.outlook.crisis))

    run_chunk(world.setting, watch)
    return summarise(np.mean(found, axis=0), world.setting.layout)


def counts(crisis: Crisis[Floats]) -> Floats:
    """Return chances of a challenge, of one conceded, of one with force or worse, and of war, [4, P, F]."""
    challenge = np.asarray(crisis.challenge)
    resisted = challenge * (1 - crisis.concession)
    war = resisted * crisis.attack
    return np.stack([challenge, challenge * crisis.concession, war + resisted * crisis.limited_force, war])


def summarise(counted: Floats, layout: Layout) -> Rates:
    """Return the base rates of counts as from `counts`, by class and over all pairs."""
    challenge, conceded, force, war = counted
    aided = layout.treaty
    found: dict[tuple[tuple[str, ...], str], float] = {}
    for name in ("rival", "contiguous", "major", "all"):
        mine = np.full(len(challenge), True) if name == "all" else layout.pair_class == terms.PAIR_CLASSES.index(name)
        total = challenge[mine].sum()
        found[((name,), "challenge")] = float(challenge[mine].mean())
        found[((name,), "conceded")] = float(conceded[mine].sum() / total)
        found[((name,), "force")] = float(force[mine].sum() / total)
        found[((name,), "war")] = float(war[mine].sum() / total)
        for label, some in (("war_with_major_ally", mine & aided), ("war_without_major_ally", mine & ~aided)):
            found[((name,), label)] = float(war[some].sum() / max(challenge[some].sum(), 1e-9))
    return found
