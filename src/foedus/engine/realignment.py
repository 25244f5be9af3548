"""Toward which patron allies lean (eq. 37; R28)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import floats
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State, drawn_to
from foedus.equations import alignment


def realign(situation: Situation, state: State, setting: Setting) -> State:
    """Alignment a year on: support withdrawn leaves room that rival powers may fill."""
    promise_change = situation.pressure.promise - situation.origin.pressure.promise
    room = np.clip(1.0 - situation.support.overall, 0.0, 1.0)
    drawn = drawn_to(promise_change, room, setting)
    moved = floats(alignment.alignment_next(state.alignment, drawn, setting.p["alignment_speed"]))
    return replace(state, alignment=np.asarray(moved / moved.sum(axis=0), dtype=np.float32))
