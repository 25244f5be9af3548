"""A chunk: some futures run side by side through every year."""

from __future__ import annotations

from collections.abc import Callable

from foedus.engine import record
from foedus.engine.setting import Setting
from foedus.engine.state import State, at_start
from foedus.engine.year import Origin, Year, step

Watch = Callable[[int, Year, State], None]
"""Called after each year with its index, what it computed, and the state it left."""


def run_chunk(setting: Setting, watch: Watch | None = None, room: memoryview | None = None) -> record.Record:
    """Run the futures of `setting` through all its years and return what was recorded.

    watch  sees every year as it ends, for what the record does not keep
    room   memory to record in, of `record.Shape.bytes`; new memory when None
    """
    state = at_start(setting)
    kept = record.empty(record.Shape.of(setting.layout, len(setting.years), setting.futures), room)
    origin: Origin | None = None
    for year in range(len(setting.years)):
        state, origin, computed = step(year, state, origin, setting)
        record.keep(kept, year, computed, state, setting)
        if watch:
            watch(year, computed, state)
        del computed  # the next year's arrays take its place
    return kept
