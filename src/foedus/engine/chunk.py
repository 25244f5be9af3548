"""A chunk: some futures run side by side through every year."""

from __future__ import annotations

from foedus.engine import record
from foedus.engine.setting import Setting
from foedus.engine.state import at_start
from foedus.engine.year import Origin, step


def run_chunk(setting: Setting) -> record.Record:
    """Run the futures of `setting` through all its years and return what was recorded."""
    state = at_start(setting)
    kept = record.empty(setting)
    origin: Origin | None = None
    for year in range(len(setting.years)):
        state, origin, computed = step(year, state, origin, setting)
        record.keep(kept, year, computed, state, setting)
    return kept
