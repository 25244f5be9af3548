"""Chance of at least one war over years, from the chance in each year that one is on or breaks out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ON = 1.0 - 1e-5
"""Chance of a year above which a war is on: an outbreak is never as sure, and one that is on is certain but for
rounding."""


def chance_of_a_war(war: NDArray[Any]) -> NDArray[Any]:
    """Chance of at least one war against each ally over some years, 0-1, [..., N].

    war  [Y, ..., N] chance that a war is on or breaks out in a year: the measure `war`

    A war that is on in the first year is certain. One that was drawn on the way is no second chance: that it might
    break out was counted in its own year, in every future, so that the years that it lasts are left out, and with them
    what other challengers might begin meanwhile.
    """
    peace = 1.0 - war
    peace[1:][war[1:] > ON] = 1.0
    return np.asarray(1.0 - np.prod(peace, axis=0))
