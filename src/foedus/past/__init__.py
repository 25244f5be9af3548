"""Worlds of past years: what the research files say of a year, as a World the engine can run on."""

from foedus.past.archive import Archive
from foedus.past.build import FIRST, LAST, world_of
from foedus.past.running import Past, run_past

__all__ = ["FIRST", "LAST", "Archive", "Past", "run_past", "world_of"]
