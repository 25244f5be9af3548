"""A chunk: some futures run side by side through every year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.engine import record
from foedus.engine.observation import Observation
from foedus.engine.setting import Setting
from foedus.engine.situation import Block, Origin, Situation
from foedus.engine.state import State, at_start
from foedus.engine.watching import EVERY_MEASURE, ToRecord
from foedus.engine.year import BLOCKS, step

Watch = Callable[[Situation, State], None]
"""Called after each year with what it saw, and the state it left, whose `moves` say what was done."""


def run_chunk(
    setting: Setting,
    watch: Watch | None = None,
    room: memoryview | None = None,
    blocks: tuple[Block, ...] = BLOCKS,
    wanted: ToRecord = EVERY_MEASURE,
) -> record.Record:
    """Run the futures of `setting` through all its years and return what was recorded.

    watch   sees every year as it ends
    room    memory to record in, of `record.Shape.bytes`; new memory when None
    blocks  the blocks of a year; the model's own unless told
    wanted  what is recorded: every measure, and nothing beside them, unless told

    Raises ArithmeticError, naming measure and year, when a figure of the record is not a number.
    """
    state = at_start(setting)
    recorded = record.empty(record.Shape.of(setting.layout, len(setting.years), setting.futures, wanted.kept), room)
    origin: Origin | None = None
    figures: list[list[np.ndarray]] = [[] for _ in wanted.watched]
    for year in range(len(setting.years)):
        situation, state = step(year, state, origin, setting, blocks)
        origin = situation.origin
        record.keep(recorded, situation, state, setting)
        for years, one in zip(figures, wanted.watched, strict=True):
            years.append(one.seen(Observation(situation, state, setting)).copy())
        if watch:
            watch(situation, state)
        del situation  # the next year's arrays take its place
    record.refuse_gaps(recorded, setting.years)
    recorded.watched.update({one.name: np.stack(years) for one, years in zip(wanted.watched, figures, strict=True)})
    return recorded
