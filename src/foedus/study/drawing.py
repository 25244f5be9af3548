"""Parameters of futures, drawn once for all studies that ask for the same: what a lever moves is seldom one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats
from foedus.ledger import Ledger, parameter_points, parameter_values
from foedus.ledger.ensemble import Ensemble

MOST_HELD = 16
"""Draws that are kept, the last asked for, half a megabyte each."""

Ranges = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class _Recipe:
    """What a draw follows from; `told` tells it from others, by the identity of ledger and ensemble, which it holds."""

    told: tuple[Any, ...]
    ledger: Ledger = field(compare=False)
    ensemble: Ensemble | None = field(compare=False)
    fixed: Mapping[str, float] = field(compare=False)
    ranges: Ranges = field(compare=False)
    places: NDArray[np.integer] = field(compare=False)
    seed: int = field(compare=False)


def drawn(
    ledger: Ledger,
    ensemble: Ensemble | None,
    fixed: Mapping[str, float],
    ranges: Ranges,
    places: NDArray[np.integer],
    seed: int,
) -> dict[str, Floats]:
    """Value of every parameter at `places` [F] of the sample, [F] each and not to be written to.

    A scenario's own value or range (`fixed`, `ranges`) comes first, then the member of the ensemble, then the range of
    the ledger.
    """
    told = (id(ledger), id(ensemble), tuple(fixed.items()), tuple(ranges.items()), places.tobytes(), seed)
    return dict(_drawn(_Recipe(told, ledger, ensemble, fixed, ranges, places, seed)))


@lru_cache(maxsize=MOST_HELD)
def _drawn(asked: _Recipe) -> dict[str, Floats]:
    points = parameter_points(asked.ledger, asked.ranges, asked.places, asked.seed)
    members = asked.ensemble.at(asked.places, asked.seed) if asked.ensemble else {}
    found = parameter_values(asked.ledger, points, asked.fixed, asked.ranges, members)
    for values in found.values():
        values.flags.writeable = False
    return found
