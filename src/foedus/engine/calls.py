"""What another model of who fights reads of every guarantor this year."""

from __future__ import annotations

import numpy as np

from foedus.engine.models import Call
from foedus.engine.setting import Setting
from foedus.engine.state import State
from foedus.engine.support import Support
from foedus.terms import Channel


def call_principal(support: Support, state: State, setting: Setting) -> Call | None:
    """What each principal guarantor may be called on for, rows links [L]; None where no other model is plugged in."""
    if setting.model is None:
        return None
    of_link, nothing = setting.layout.link_guarantor, np.zeros_like(setting.helpers.principal.distance)
    return Call(
        facts=setting.helpers.principal,
        pledge=support.channel(Channel.PLEDGE),
        troops=support.troops,
        umbrella=support.channel(Channel.NUCLEAR),
        stakes=support.stakes,
        load=state.load[of_link],
        politics=state.politics[of_link],
        reputation=state.reputation[of_link],
        help_effect=nothing,
        vulnerability=nothing,
        hostility=nothing,
    )


def call_second(support: Support, state: State, setting: Setting) -> Call | None:
    """The same of second guarantors, rows their links [H]."""
    if setting.model is None:
        return None
    backing, level = setting.layout.backing, support.second
    nothing = np.zeros_like(setting.helpers.second.distance)
    return Call(
        facts=setting.helpers.second,
        pledge=level[:, Channel.PLEDGE],
        troops=support.second_troops,
        umbrella=level[:, Channel.NUCLEAR],
        stakes=setting.second_stakes,
        load=state.load[backing.owner],
        politics=state.politics[backing.owner],
        reputation=state.reputation[backing.owner],
        help_effect=nothing,
        vulnerability=nothing,
        hostility=nothing,
    )
