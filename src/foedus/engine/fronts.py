"""Wars that are on: one entry a war and future, because they are rare (eqs 42-45; R32)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats, Indices, entries
from foedus.engine.setting import At, Setting
from foedus.engine.shapes import Answered, Happened, HappenedIndex, StateFuture
from foedus.equations import war


@dataclass(frozen=True)
class Fronts:
    """Wars between two states, as their pair (attacker, defender) and future."""

    pair: HappenedIndex
    future: HappenedIndex
    held: Happened
    """share of what is fought over that the attacker holds by force, 0-1"""
    years: Happened
    """whole years that the war has lasted"""
    joined: Happened
    """1 when the defender's guarantor fights beside it"""
    others: Answered
    """1 when the second guarantor of that place does"""

    @staticmethod
    def at_start(setting: Setting) -> Fronts:
        """The wars that facts say are on when a run begins; none with R32 off. Guarantors supply them, none fights."""
        pairs, goes_on = setting.layout.pairs, setting.p["war_goes_on"] > 0.0
        pair, future = entries((pairs.at_war > 0.0)[:, None] & goes_on)
        held, years = setting.front_at_start[pair, future], pairs.war_years[pair].astype(np.float32)
        nothing = np.zeros_like(held)
        nobody = np.broadcast_to(nothing[:, None], (len(held), setting.layout.backing.places))
        return Fronts(pair, future, held, years, nothing, nobody)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.pair)

    def where(self, chosen: NDArray[np.bool_]) -> Fronts:
        """Only those chosen, of [n] flags."""
        return Fronts(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def beside(self, other: Fronts) -> Fronts:
        """These and others."""
        mine, theirs = vars(self), vars(other)
        return Fronts(**{name: np.concatenate([mine[name], theirs[name]]) for name in mine})

    def at(self, values: Floats) -> Floats:
        """Entries [n] of `values` [P, F]."""
        return np.asarray(values[self.pair, self.future])

    def back(self, setting: Setting) -> tuple[Indices, Indices]:
        """Pair and future of the defender against the attacker; the war's own where that is no pair."""
        return setting.layout.reverse[self.pair], self.future

    def attacker(self, setting: Setting) -> tuple[Indices, Indices]:
        """State and future of each attacker."""
        return setting.layout.challenger[self.pair], self.future

    def defender(self, setting: Setting) -> tuple[Indices, Indices]:
        """State and future of each defender."""
        return setting.layout.target[self.pair], self.future

    def on_soil(self, setting: Setting) -> StateFuture:
        """1 where a war is on at home, [S, F]."""
        flags = np.zeros((setting.layout.counts.states, setting.futures), dtype=np.float32)
        flags[self.defender(setting)] = 1.0
        return flags


def ends_in_first(p: Mapping[str, Floats]) -> Floats:
    """Chance that a war ends in the year in which it breaks out; sure with R32 off."""
    return np.asarray(1.0 - p["war_goes_on"] * (1.0 - p["war_ends_first"]))


def tied_down(fronts: Fronts, total: StateFuture, setting: Setting) -> tuple[Happened, Happened]:
    """Share of its forces that each war ties down, [n] each: the attacker's, and the defender's (eq. 45).

    total  [S, F] billion USD that can fight
    """
    attacker, defender = total[fronts.attacker(setting)], total[fronts.defender(setting)]
    now = At(setting.p, fronts.future)
    of_attacker, of_defender = (
        np.asarray(war.force_committed(enemy, own, now["force_ratio"], now["most_committed"]), dtype=np.float32)
        for enemy, own in ((defender, attacker), (attacker, defender))
    )
    return of_attacker, of_defender


def absent(challenger: Floats, fronts: Fronts, total: StateFuture, setting: Setting) -> Floats:
    """Log power of challengers, [P, F], less what their wars elsewhere tie down; written into the same array."""
    if not len(fronts):
        return challenger
    layout = setting.layout
    free = np.zeros((layout.counts.states, setting.futures), dtype=np.float32)
    attackers, defenders = fronts.attacker(setting), fronts.defender(setting)
    of_attacker, of_defender = (np.log1p(-share) for share in tied_down(fronts, total, setting))
    np.add.at(free, attackers, of_attacker)
    np.add.at(free, defenders, of_defender)
    challenger += free.take(layout.challenger, axis=0)
    back, future = fronts.back(setting)
    other = back != fronts.pair
    np.subtract.at(challenger, (fronts.pair, fronts.future), of_attacker)
    np.subtract.at(challenger, (back[other], future[other]), of_defender[other])
    return challenger
