"""Worlds of past years: what the research files say of a year, as a World the engine can run on."""

from foedus.history.worlds.archive import Archive
from foedus.history.worlds.build import FIRST, LAST, world_of

__all__ = ["FIRST", "LAST", "Archive", "world_of"]
