"""Where true values fall in posteriors given data simulated from them: evenly, if the machinery is right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BINS = 8
"""Bins of places in the test of evenness."""


@dataclass(frozen=True)
class Placed:
    """Places of true values among draws (simulation-based calibration: Talts and others 2018).

    names    of the parameters
    places   [records, k] share of the posterior below the true value, 0-1
    """

    names: tuple[str, ...]
    places: Floats

    def evenness(self) -> dict[str, float]:
        """Chance, by parameter, of places at least as uneven if they were even (chi-square over `BINS` bins)."""
        from scipy.stats import chisquare

        counts = [np.histogram(column, bins=BINS, range=(0.0, 1.0))[0] for column in self.places.T]
        return {name: float(chisquare(count).pvalue) for name, count in zip(self.names, counts, strict=True)}
