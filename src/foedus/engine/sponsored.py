"""Sponsored fighters as a year sees them: who may begin, what their campaigns cost and tie down (eqs 52-54; R36)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.fronts import Fronts
from foedus.engine.layout import Floats, floats
from foedus.engine.setting import Setting
from foedus.engine.shapes import GroupFuture, PairFuture, StateFuture
from foedus.engine.state import State
from foedus.engine.threat import Outlook
from foedus.equations import sponsorship


@dataclass(frozen=True)
class Sponsored:
    """What sponsored fighters may do this year."""

    calm: GroupFuture
    """chance that a group at peace begins a campaign when its sponsor fights nobody that matters to it"""
    unleashed: GroupFuture
    """the same when its sponsor fights the target or the target's guarantor"""
    on: GroupFuture
    """chance that a campaign is on in the year; 1 where one is on as it begins"""
    loss: GroupFuture
    """what the target can expect to lose to the group, in stakes"""


def look_at_groups(outlook: Outlook, growth: StateFuture, state: State, setting: Setting) -> Sponsored:
    """See what each group may do, and what its target can expect to lose by it.

    outlook  of crises this year; pairs at war open none
    growth   [S, F] forces over those of the first year
    """
    p, sponsors = setting.p, setting.layout.sponsors
    if not len(sponsors):
        nothing = np.zeros((0, setting.futures), dtype=np.float32)
        return Sponsored(nothing, nothing, nothing, nothing)
    supply = np.log(np.maximum(growth.take(sponsors.fighters.sponsor, axis=0), 1e-3))

    def begins(unleashed: float) -> Floats:
        chance = sponsorship.chance_of_campaign(
            p["campaign_begins"],
            unleashed,
            p["campaign_unleashed"],
            supply,
            p["campaign_supply"],
            state.strength,
        )
        return np.asarray(p["sponsored_open"] * chance, dtype=np.float32)

    calm, unleashed = begins(0.0), begins(1.0)
    fights = 1.0 - np.exp(sponsors.by_group(np.log1p(-_chance_of_force(outlook, state.fronts))[sponsors.quarrel]))
    quiet = calm + fights * (unleashed - calm)
    on = np.asarray(state.campaigns + (1.0 - state.campaigns) * quiet, dtype=np.float32)
    loss = sponsorship.loss_in_campaign(on, state.strength, setting.group_loss, p["stake_share_of_gdp"])
    return Sponsored(calm, unleashed, on, np.asarray(loss, dtype=np.float32))


def _chance_of_force(outlook: Outlook, fronts: Fronts) -> PairFuture:
    """Chance of each pair, short of certainty, that force is used this year; next to sure where a war is on."""
    crisis = outlook.crisis
    chance = floats(crisis.challenge * (1.0 - crisis.concession) * (crisis.limited_force + crisis.attack))
    chance = np.minimum(chance, np.float32(1.0 - 1e-6))
    chance[fronts.pair, fronts.future] = 1.0 - 1e-6
    return chance


def lost_to_groups(sponsored: Sponsored, setting: Setting) -> StateFuture:
    """What each state can expect to lose to sponsored fighters, in stakes, [S, F]."""
    if not len(setting.layout.sponsors):
        return np.zeros((setting.layout.counts.states, setting.futures), dtype=np.float32)
    return setting.layout.sponsors.by_target(sponsored.loss)
