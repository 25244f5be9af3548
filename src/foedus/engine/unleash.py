"""Which sponsored fighters begin a campaign this year, which go on, and what is left of them (eqs 52-53; R36)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import floats
from foedus.engine.setting import Setting
from foedus.engine.shapes import GroupFuture
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.equations import sponsorship


def unleash(situation: Situation, state: State, setting: Setting) -> State:
    """Draw the year's campaigns: groups at peace begin, likelier where their sponsor fights; after it some end."""
    if not len(setting.layout.sponsors):
        return state
    p, draws, ids, year = setting.p, setting.draws, setting.group_ids, situation.year
    seen = situation.sponsored
    chance = np.where(_sponsor_fights(situation, state, setting) > 0.0, seen.unleashed, seen.calm)
    begins = (draws.uniform(year, "campaign begins", ids) < chance).astype(np.float32)
    on = np.maximum(state.campaigns, begins)
    goes_on = (draws.uniform(year, "campaign ends", ids) >= p["campaign_ends"]).astype(np.float32)
    after = sponsorship.strength_next(state.strength, on, p["campaign_losses"], p["campaign_recovery"])
    return replace(
        state,
        campaigns=on * goes_on,
        strength=np.asarray(floats(after), dtype=np.float32),
        moves=replace(state.moves, campaigns=on),
    )


def _sponsor_fights(situation: Situation, state: State, setting: Setting) -> GroupFuture:
    """1 or more where the sponsor and the target, or its guarantor, use force on one another this year, [U, F]."""
    sponsors, events, fronts = setting.layout.sponsors, state.moves.events, situation.state.fronts
    fought = np.zeros((setting.layout.counts.pairs, setting.futures), dtype=np.float32)
    np.maximum.at(fought, (events.pair, events.future), np.maximum(events.war, events.limited))
    fought[fronts.pair, fronts.future] = 1.0
    return sponsors.by_group(fought[sponsors.quarrel])
