"""Figures of every year that somebody watches beside the measures of the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.observation import Observation


@dataclass(frozen=True)
class Watched:
    """A figure that is kept of every year for whoever asks for it.

    name     among what is watched in one run
    compute  how it follows from what the year computed: an array whose last axis is the futures, kept in single
             precision. Its text is traced as the engine's is (docs/compiled.md), so it asks for no value in an `if`
    """

    name: str
    compute: Callable[[Observation], Any]

    def seen(self, seen: Observation) -> NDArray[np.float32]:
        """The figure of a year, [..., F]."""
        return np.asarray(self.compute(seen), dtype=np.float32)


@dataclass(frozen=True)
class ToRecord:
    """What a chunk records.

    kept     measures
    watched  figures of every year beside them
    """

    kept: Kept = EVERYTHING
    watched: tuple[Watched, ...] = ()


EVERY_MEASURE = ToRecord()
"""Every measure, and nothing beside them."""
