"""Events outside the model: what a scenario says happened to the hostility of pairs, year by year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.setting import Setting
from foedus.engine.state import State


def added_hostility(year: int, setting: Setting) -> Floats | float:
    """What events outside the model add to each pair's hostility this year, [P, 1]; 0 without any."""
    added = setting.policy.hostility
    return 0.0 if added is None else added[year][:, None]


def apply_events(year: int, state: State, setting: Setting) -> State:
    """Hostility as this year's events outside the model find it: moved by their change since last year."""
    if setting.policy.hostility is None:
        return state
    before = added_hostility(year - 1, setting) if year else 0.0
    moved = state.hostility + (added_hostility(year, setting) - before)
    return replace(state, hostility=np.clip(moved, 0.0, 1.0).astype(np.float32))
