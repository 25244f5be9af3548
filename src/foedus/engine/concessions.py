"""Ground given up without a crisis: offers before force (eq. 27; R10). Wars that are on: `campaign.py`, `wars.py`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import Floats, entries, floats
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.threat import foresee
from foedus.equations import accommodation

OFFER_CAP = 0.2
"""Most that the chance of an offer reaches in a year: talks take years."""


def concede(situation: Situation, state: State, setting: Setting) -> State:
    """Offers to each state's worst challenger; one at war offers nothing until it ends."""
    p, worst, value = setting.p, situation.worst, situation.nearest.value
    luck = setting.draws.uniform(situation.year, "offer", setting.state_ids)
    offered = (luck < _chance_of_offer(situation, setting) * p["accommodation_open"] * OFFER_CAP) & (value > 0.0)
    offered &= state.fronts.on_soil(setting) == 0.0
    share = np.asarray(offered * p["offer_size"], dtype=np.float32)
    conceded = state.conceded.copy()
    member, future = entries((share > 0.0) & (worst.some > 0.0))
    pair, gave = worst.pair[member, future], share[member, future]
    conceded[pair, future] = accommodation.conceded_next(conceded[pair, future], 1.0, gave, 0.0)
    return replace(
        state,
        conceded=conceded * (1.0 - p["concession_recovery"]),
        moves=replace(state.moves, conceded=share * value),
    )


def _chance_of_offer(situation: Situation, setting: Setting) -> Floats:
    """Chance in a year that each state would offer ground to its worst challenger, if talks were quick, [S, F]."""
    p, standoff = setting.p, situation.nearest
    stronger = np.log(accommodation.challenger_gain(p["offer_size"], p["power_shift"]))
    after = foresee(
        standoff.but(stake=standoff.stake * (1.0 - p["offer_size"]), log_challenger=standoff.log_challenger + stronger),
        p,
        setting.model,
    ).perceived_loss
    chance: Floats = floats(
        accommodation.chance_of_offer(
            situation.foreseen.perceived_loss * p["offer_horizon"],
            after * p["offer_horizon"],
            p["offer_size"] * np.maximum(standoff.stake, 0.2),
            p["offer_pride"],
            p["power_shift"],
            p["precision"],
        )
    )
    return chance
