"""Block 13b: toward whom partners lean (eq. 37; R28)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.engine.layout import Floats
from foedus.engine.setting import Setting
from foedus.engine.state import State, starting_pulls
from foedus.equations import alignment
from foedus.equations.choice import shares


def lean(promise: Floats, first_promise: Floats, room: Floats, state: State, setting: Setting) -> State:
    """Alignment a year on.

    promise, first_promise  [L, F] believed chance of help, now and in the first year
    room                    [L, F] support withdrawn since the start, which rival powers may fill, 0-1
    """
    p = setting.p
    pulls = starting_pulls(setting).copy()
    pulls[0] += p["alignment_promise"] * (promise - first_promise)
    pulls[1] += p["outreach_weight"] * p["rival_outreach"] * room * (setting.layout.rival_similarity > 0.0)[:, None]
    drawn = shares(pulls, 1.0)
    moved = alignment.alignment_next(state.alignment, drawn, p["alignment_speed"])
    return replace(state, alignment=np.asarray(moved / moved.sum(axis=0), dtype=np.float32))
