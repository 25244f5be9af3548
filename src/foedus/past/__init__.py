"""Worlds of past years: what the research files say of a year, as a World the engine can run on."""

from foedus.past.archive import Archive
from foedus.past.build import FIRST, LAST, world_of

__all__ = ["FIRST", "LAST", "Archive", "world_of"]
