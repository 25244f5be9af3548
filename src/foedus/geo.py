"""Distance between places on the Earth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0
"""Mean radius of the Earth, km (International Union of Geodesy and Geophysics: 6371.0088)."""


def great_circle(
    latitude: ArrayLike, longitude: ArrayLike, other_latitude: ArrayLike, other_longitude: ArrayLike
) -> NDArray[Any]:
    """Distance in km between places on a sphere, by the haversine formula.

    latitude, longitude              of one place, degrees
    other_latitude, other_longitude  of the other, degrees
    All broadcast against each other; the distance has their common shape, and single precision where all of them have.
    Source: Sinnott, Virtues of the haversine (Sky and Telescope 68, 1984).
    """
    one, two = np.radians(latitude), np.radians(other_latitude)
    east = np.radians(longitude) - np.radians(other_longitude)
    half = np.sin((one - two) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(east / 2) ** 2
    kilometres: NDArray[Any] = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return kilometres
