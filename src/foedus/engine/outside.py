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
    """Hostility as this year's events outside the model find it: moved by their change since last year.

    What counts of an event is what it moves the resting hostility up to 1. If all of it counted, one that is over would
    take more from a pair at the limit than it had added. What an event takes counts in full: hostility that memory left
    above its rest thaws too.
    """
    if setting.policy.hostility is None:
        return state
    moved = state.hostility + _counted(year, setting)
    if year:
        moved = moved - _counted(year - 1, setting)
    return replace(state, hostility=np.clip(moved, 0.0, 1.0).astype(np.float32))


def _counted(year: int, setting: Setting) -> Floats:
    """By how much a year's events move the resting hostility of each pair, [P, F]."""
    rest = setting.hostility_at_rest
    return np.asarray(np.minimum(rest + added_hostility(year, setting), 1.0) - rest, dtype=np.float32)
