"""What a measure is computed from: a year as it was seen, and the state that it left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.engine.fronts import Fronts
from foedus.engine.layout import Floats, floats
from foedus.engine.moves import Events
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.support import per_guarantor
from foedus.engine.threat import chance_of_war
from foedus.equations import order, war
from foedus.equations.choice import Number
from foedus.terms import PairClass, Region


@dataclass(frozen=True)
class Observation:
    """What a measure is computed from: what a year saw, and the state it left, whose `moves` say what was done."""

    now: Situation
    after: State
    setting: Setting

    @property
    def events(self) -> Events:
        """The year's crises."""
        return self.after.moves.events

    def allies(self, of_states: Floats) -> Floats:
        """Rows [A, F] of figures of states, [S, F]."""
        return of_states[self.setting.layout.allies]

    def links(self, of_links: Floats) -> Floats:
        """Rows [A, F] of figures of links, [L, F]: of each ally's principal guarantor."""
        return of_links[self.setting.layout.link_of[self.setting.layout.allies]]

    def worst(self, of_pairs: Floats) -> Floats:
        """Rows [A, F] of figures of pairs, [P, F]: against each ally's worst challenger."""
        return self.allies(self.now.worst.from_(of_pairs))

    def guarantors(self, of_links: Floats) -> Floats:
        """Sums [g, F] of figures of links, [L, F], over each guarantor's allies."""
        return self.patrons(per_guarantor(of_links, self.setting))

    def patrons(self, of_guarantors: Floats) -> Floats:
        """Rows [g, F] of figures of guarantors, [G, F]: principal ones."""
        return of_guarantors[: len(self.setting.layout.patrons)]

    def pairs(self, flag: Floats) -> NDArray[np.float64]:
        """How many of the year's crises bear a flag, by pair, [P]."""
        counts = np.bincount(self.events.pair, weights=flag, minlength=self.setting.layout.counts.pairs)
        return np.asarray(counts, dtype=np.float64)

    def classes(self, flag: Floats) -> Floats:
        """How many of the year's crises bear a flag, by class of pair and future, [K, F]."""
        counts = np.zeros((len(PairClass), self.setting.futures), dtype=np.float32)
        np.add.at(counts, (self.setting.layout.pair_class[self.events.pair], self.events.future), flag)
        return counts

    def summed(self, of_pairs: Floats) -> NDArray[np.float64]:
        """Sums [P] of figures of pairs, [P, F], over futures."""
        return np.asarray(of_pairs.sum(axis=1, dtype=np.float64))

    @cached_property
    def resisted(self) -> Floats:
        """Chance that a pair's crisis is opened and the target does not yield, [P, F]."""
        crisis = self.now.outlook.crisis
        return np.asarray(crisis.challenge * (1.0 - crisis.concession))

    @cached_property
    def at_war(self) -> Floats:
        """Chance of each pair, [P, F], that a war breaks out in the year; 1 where one is on."""
        chance = chance_of_war(self.now.outlook)
        chance[self.fronts.pair, self.fronts.future] = 1.0
        return chance

    @property
    def abroad(self) -> Floats:
        """Product that each ally can expect to lose by wars and blockades to which it is no party, [A, F] (eq. 46a)."""
        layout, p = self.setting.layout, self.setting.p
        by_war, by_blockade = (
            values[layout.target] for values in (layout.states.abroad_war, layout.states.abroad_blockade)
        )
        told = np.flatnonzero((by_war > 0.0) | (by_blockade > 0.0))
        blockade = self.of_kind(floats(1.0 - self.setting.known.land), "blockade_share")
        chances = self.at_war.take(told, axis=0), blockade.take(told, axis=0)
        lost = war.lost_abroad(chances[0], by_war[told, None], chances[1], by_blockade[told, None], p["trade_loss"])
        ends = np.stack([layout.challenger[told], layout.target[told]])
        apart = (ends[:, None] != layout.allies[:, None]).all(axis=0).astype(np.float32)
        return floats((apart[:, :, None] * np.asarray(lost)[None]).sum(axis=1))

    @property
    def others_help(self) -> Floats:
        """True chance that any second guarantor fights against each state's worst challenger, [S, F]."""
        others = self.now.nearest.others
        return np.zeros_like(self.now.nearest.stake) if others is None else others.true

    @property
    def by_sponsored(self) -> Floats:
        """What each pair's target can expect to lose to fighters whom the challenger sponsors, in stakes, [P, F]."""
        sponsors = self.setting.layout.sponsors
        if not len(sponsors):
            return np.zeros_like(self.now.outlook.loss_fought)
        return sponsors.by_pair(self.now.sponsored.loss)

    @property
    def under_campaign(self) -> Floats:
        """Chance of each state, [S, F], that any sponsored group wages a campaign upon it in the year."""
        sponsors = self.setting.layout.sponsors
        if not len(sponsors):
            return np.zeros_like(self.now.state.ruin)
        spared = np.log1p(-np.minimum(self.now.sponsored.on, np.float32(1.0 - 1e-6)))
        return floats(1.0 - np.exp(sponsors.by_target(spared)))

    @property
    def fronts(self) -> Fronts:
        """The wars that are on when the year begins."""
        return self.now.state.fronts

    def in_wars(self, values: Floats) -> Floats:
        """Figures of the wars that are on, [n], where they are, [P, F]; 0 elsewhere."""
        spread = np.zeros((self.setting.layout.counts.pairs, self.setting.futures), dtype=np.float32)
        spread[self.fronts.pair, self.fronts.future] = values
        return spread

    @cached_property
    def limited(self) -> Floats:
        """Chance that a pair's crisis sees force short of war, [P, F]."""
        return np.asarray(self.resisted * self.now.outlook.crisis.limited_force)

    def of_kind(self, where: Floats, share: str) -> Floats:
        """Chance that a pair's crisis sees one kind of it, [P, F]: a share, by parameter, where `where` [P, 1] is 1."""
        return np.asarray(self.limited * where * self.setting.p[share])

    @cached_property
    def ground(self) -> Floats:
        """Share of the issue that each challenger was given or holds by force, [P, F]."""
        given = self.now.state.conceded
        return np.asarray(given + (1.0 - given) * self.in_wars(self.fronts.held))

    @cached_property
    def power_shares(self) -> dict[int, Floats]:
        """Shares of each region's powers, [power, F], by its place in `Region`, where there are any.

        Powers are a region's states at home, and each guarantor with what it would bring there.
        """
        at_home, delivered = self.now.forces.total, self.setting.p["order_on_delivered"]
        brought = self.now.forces.guarantor_help.sum(axis=1)
        by_region: dict[int, Floats] = {}
        for region, (here, guests) in enumerate(self.setting.layout.powers):
            if len(here) == 0:
                continue
            powers = [at_home[here]]
            for guarantor, helped in guests:
                most = brought[helped].max(axis=0, initial=0.0)
                powers.append((delivered * most + (1.0 - delivered) * at_home[guarantor])[None])
            by_region[region] = floats(order.power_shares(np.concatenate(powers)))
        return by_region

    def regions(self, measure: Callable[[Floats], Number], least: int = 1) -> Floats:
        """A measure of power shares by region, [R, F]; 0 where there are fewer powers than `least`."""
        values = np.zeros((len(Region), self.setting.futures), dtype=np.float32)
        for region, shares in self.power_shares.items():
            if len(shares) >= least:
                values[region] = measure(shares)
        return values
