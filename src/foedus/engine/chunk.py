"""A chunk: some futures run side by side through every year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.engine import record
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.observation import Observation
from foedus.engine.setting import Setting
from foedus.engine.situation import Block, Origin, Situation
from foedus.engine.state import State, at_start
from foedus.engine.watching import Watched
from foedus.engine.year import BLOCKS, step

Watch = Callable[[Situation, State], None]
"""Called after each year with what it saw, and the state it left, whose `moves` say what was done."""


def run_chunk(
    setting: Setting,
    watch: Watch | None = None,
    room: memoryview | None = None,
    blocks: tuple[Block, ...] = BLOCKS,
    kept: Kept = EVERYTHING,
    watched: tuple[Watched, ...] = (),
) -> record.Record:
    """Run the futures of `setting` through all its years and return what was recorded.

    watch    sees every year as it ends
    room     memory to record in, of `record.Shape.bytes`; new memory when None
    blocks   the blocks of a year; the model's own unless told
    kept     measures that are recorded; all unless told
    watched  figures of every year that are recorded beside the measures

    Raises ArithmeticError, naming measure and year, when a figure of the record is not a number.
    """
    state = at_start(setting)
    recorded = record.empty(record.Shape.of(setting.layout, len(setting.years), setting.futures, kept), room)
    origin: Origin | None = None
    figures: list[list[np.ndarray]] = [[] for _ in watched]
    for year in range(len(setting.years)):
        situation, state = step(year, state, origin, setting, blocks)
        origin = situation.origin
        record.keep(recorded, situation, state, setting)
        for years, one in zip(figures, watched, strict=True):
            years.append(one.seen(Observation(situation, state, setting)).copy())
        if watch:
            watch(situation, state)
        del situation  # the next year's arrays take its place
    record.refuse_gaps(recorded, setting.years)
    recorded.watched.update({one.name: np.stack(years) for one, years in zip(watched, figures, strict=True)})
    return recorded
