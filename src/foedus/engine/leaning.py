"""Block 13b: toward whom partners lean (eq. 37; R28)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.setting import Setting
from foedus.engine.state import State, drawn_to
from foedus.equations import alignment


def lean(promise: Floats, first_promise: Floats, room: Floats, state: State, setting: Setting) -> State:
    """Alignment a year on.

    promise, first_promise  [L, F] believed chance of help, now and in the first year
    room                    [L, F] support withdrawn since the start, which rival powers may fill, 0-1
    """
    drawn = drawn_to(promise - first_promise, room, setting)
    moved = alignment.alignment_next(state.alignment, drawn, setting.p["alignment_speed"])
    return replace(state, alignment=np.asarray(moved / moved.sum(axis=0), dtype=np.float32))
