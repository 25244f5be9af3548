"""The normal distribution's quantile and probability, as SciPy's to the last bit of single precision, without SciPy."""

from __future__ import annotations

from math import erfc, exp, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

TAIL = exp(-2.0)
"""Probability below which, or above one less which, the expansion for tails is used."""

LEAST = 1e-13
"""Probability down to which, and up to one less which, `quantile` holds."""

MIDDLE = (
    (-5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1, 1.39312609387279679503e1,
     -1.23916583867381258016e0),
    (1.0, 1.95448858338141759834e0, 4.67627912898881538453e0, 8.63602421390890590575e1, -2.25462687854119370527e2,
     2.00260212380060660359e2, -8.20372256168333339912e1, 1.59056225126211695515e1, -1.18331621121330003142e0),
)  # fmt: skip
TAILS = (
    (4.05544892305962419923e0, 3.15251094599893866154e1, 5.71628192246421288162e1, 4.40805073893200834700e1,
     1.46849561928858024014e1, 2.18663306850790267539e0, -1.40256079171354495875e-1, -3.50424626827848203418e-2,
     -8.57456785154685413611e-4),
    (1.0, 1.57799883256466749731e1, 4.53907635128879210584e1, 4.13172038254672030440e1, 1.50425385692907503408e1,
     2.50464946208309415979e0, -1.42182922854787788574e-1, -3.80806407691578277194e-2, -9.33259480895457427372e-4),
)  # fmt: skip
"""Numerator and denominator of the rational approximations, highest power first: Moshier, Cephes Mathematical Library
(1989), the one SciPy uses."""

ROOT = 2.50662827463100050242
"""Square root of twice pi."""


def quantile(level: Floats) -> NDArray[np.float64]:
    """Standard normal quantile at `level`, from `LEAST` to one less `LEAST`; any shape."""
    levels = np.asarray(level, dtype=np.float64)
    from_half = levels - 0.5
    square = from_half * from_half
    found = from_half + from_half * (square * _polynomial(square, MIDDLE[0]) / _polynomial(square, MIDDLE[1]))
    found *= ROOT
    upper = levels > 1.0 - TAIL
    tails = upper | (levels <= TAIL)
    beyond, sign = levels[tails], np.where(upper[tails], 1.0, -1.0)
    root = np.sqrt(-2.0 * np.log(np.where(sign > 0.0, 1.0 - beyond, beyond)))
    inverse = 1.0 / root
    first = root - np.log(root) / root
    found[tails] = sign * (first - inverse * _polynomial(inverse, TAILS[0]) / _polynomial(inverse, TAILS[1]))
    return found


def probability(value: float) -> float:
    """Chance that a standard normal value is below `value`."""
    return 0.5 * erfc(-value / sqrt(2.0))


def _polynomial(at: NDArray[np.float64], coefficients: tuple[float, ...]) -> NDArray[np.float64]:
    found = np.full_like(at, coefficients[0])
    for coefficient in coefficients[1:]:
        found *= at
        found += coefficient
    return found
