"""Block 10: giving ground: offers before force, and protégés at war without support (eq. 27; R10)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus import terms
from foedus.engine.layout import Floats, entries
from foedus.engine.setting import Setting
from foedus.engine.standoff import Chosen, Standoff
from foedus.engine.state import State
from foedus.engine.support import Support
from foedus.engine.threat import Foreseen, foresee
from foedus.equations import accommodation

WAR_CHANNELS = ("arms", "sustainment", "intelligence", "money")
"""What sustains a protégé at war."""


@dataclass(frozen=True)
class Given:
    """Ground given this year without a crisis."""

    state: State
    loss: Floats
    """[S, F] stakes given up"""


def give(
    year: int,
    worst: Chosen,
    standoff: Standoff,
    foreseen: Foreseen,
    support: Support,
    state: State,
    setting: Setting,
) -> Given:
    """Offers to each state's worst challenger, and what war without support forces.

    worst              the pair
    standoff, foreseen  of that pair, [S, F]
    """
    p = setting.p
    now = foreseen.perceived_loss
    kept = 1.0 - p["offer_size"]
    stronger = np.log(accommodation.challenger_gain(p["offer_size"], p["power_shift"]))
    after = foresee(
        standoff.but(stake=standoff.stake * kept, log_challenger=standoff.log_challenger + stronger), p
    ).perceived_loss
    chance = accommodation.chance_of_offer(
        now * p["offer_horizon"],
        after * p["offer_horizon"],
        p["offer_size"] * np.maximum(standoff.stake, 0.2),
        p["offer_pride"],
        p["power_shift"],
        p["precision"],
    )
    luck = setting.draws.uniform(year, "offer", setting.state_ids)
    offered = (luck < chance * p["accommodation_open"] * OFFER_CAP) & (standoff.stake > 0.0)
    forced = war_concession(support, setting)
    given = np.clip(offered * p["offer_size"] + forced, 0.0, 1.0)
    conceded = state.conceded.copy()
    state_, future = entries((given > 0.0) & (worst.some > 0.0))
    pair, gave = worst.pair[state_, future], given[state_, future]
    conceded[pair, future] = accommodation.conceded_next(conceded[pair, future], 1.0, gave, 0.0)
    faded = conceded * (1.0 - p["concession_recovery"])
    return Given(replace(state, conceded=faded), given * standoff.stake)


OFFER_CAP = 0.2
"""Most that the chance of an offer reaches in a year: talks take years."""


def war_concession(support: Support, setting: Setting) -> Floats:
    """Share of the remaining issue that each protégé at war must yield for want of support, [S, F]."""
    p, layout = setting.p, setting.layout
    forced = np.zeros((layout.counts[0], setting.futures), dtype=np.float32)
    at_war = np.flatnonzero((layout.states.at_war > 0.0) & (layout.link_of < layout.counts[2]))
    channels = [terms.CHANNELS.index(name) for name in WAR_CHANNELS]
    relative = support.relative[np.ix_(layout.link_of[at_war], np.array(channels))]
    came = 1.0 - p["war_guarantor_share"] * (1.0 - np.minimum(relative.mean(axis=1), 1.0))
    short = accommodation.war_support_shortfall(came, p["war_support_need"])
    forced[at_war] = layout.states.at_war[at_war, None] * accommodation.war_concession(short, p["war_concession_rate"])
    return forced
