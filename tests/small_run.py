"""Runs of the small world: the ledger's defaults, chosen support, a mechanism on or off, the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

import small_world
from foedus.engine.chunk import run_chunk
from foedus.engine.draws import Draws
from foedus.engine.layout import Layout, OtherParties, lay_out
from foedus.engine.policy import Policy
from foedus.engine.record import Record
from foedus.engine.setting import Setting
from foedus.equations.hedging import Option
from foedus.ledger import load_ledger
from foedus.terms import Channel
from foedus.world.model import Links
from foedus.world.sponsored import Fighters

EAST, CORE, FAR = 0, 1, 2
"""Rows of the three allies in a record."""

LEDGER = load_ledger()


@dataclass(frozen=True)
class Case:
    """What to run. `levels` sets a channel from the third year on; the rest stays at 1."""

    levels: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    fixed: Mapping[str, float] = field(default_factory=dict)
    states: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, Any] = field(default_factory=dict)
    pairs: Mapping[str, Any] = field(default_factory=dict)
    policy: Mapping[str, Any] = field(default_factory=dict)
    switch_off: float = 0.0
    second: Links | None = None
    fighters: Fighters | None = None
    pooled: bool = True
    years: int = 16
    futures: int = 128
    regional_rival: bool = False

    def but(self, **changed: Any) -> Case:
        """The same case with some parts changed."""
        return replace(self, **changed)


def certain(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures of states, with the ends of their ranges where they stand themselves."""
    ends = {"warheads": ("warheads_low", "warheads_high"), "homeland_reach": ("reach_low", "reach_high")}
    return {**{end: figures[name] for name in ends if name in figures for end in ends[name]}, **figures}


def layout(case: Case) -> Layout:
    """Indices of the small world, changed as the case asks."""
    states, pairs = small_world.states(), replace(small_world.pairs(), **case.pairs)
    if case.regional_rival:
        states, pairs = small_world.with_regional_rival(states, pairs)
    pools = small_world.pools() if case.pooled else small_world.no_pools()
    links = replace(small_world.links(), **case.links)
    return lay_out(
        replace(states, **certain(case.states)), pairs, links, pools, OtherParties(case.second, case.fighters)
    )


def setting(case: Case) -> Setting:
    """Everything a year of the case reads."""
    found = layout(case)
    years = tuple(range(2026, 2026 + case.years))
    levels = np.ones((case.years, found.counts.links, len(Channel)), dtype=np.float32)
    for channel, level in case.levels.items():
        levels[2:, :, Channel.of(channel)] = level
    switched_off = np.zeros(levels.shape[:2], dtype=np.float32)
    switched_off[2:] = case.switch_off
    count = found.counts.states
    policy = Policy(
        name="test",
        levels=levels,
        switched_off=switched_off,
        conditional=0.0,
        politics_spread=1.0,
        homeland_defence=0.0,
        remedies={},
        option_shares=np.full((len(Option), count), np.nan, dtype=np.float32),
        spending=np.full((len(years), count), np.nan, dtype=np.float32),
    )
    values = {name: parameter.default for name, parameter in LEDGER.parameters.items()}
    values.update(case.fixed)
    values.update(LEDGER.switched_off(case.without))
    p = {name: np.full(case.futures, value, dtype=np.float32) for name, value in values.items()}
    draws = Draws(7, np.arange(case.futures, dtype=np.uint64))
    return Setting(found, years, replace(policy, **case.policy), p, draws, draws, small_world.helpers(found))


def run(case: Case) -> Record:
    """Run the case."""
    return run_chunk(setting(case))


def on_and_off(row: str, case: Case) -> tuple[Record, Record]:
    """The case with a mechanism on, and off."""
    return run(case), run(case.but(without=(*case.without, row)))


def mean(record: Record, measure: str, ally: int, first: int = 0) -> float:
    """Mean of an ally measure over futures and years from `first` on."""
    return float(record.allies[measure][first:, ally].mean())


def option(record: Record, name: str, ally: int) -> float:
    """Mean share of flexible money an ally puts into an option."""
    return float(record.options[Option.of(name), ally])
