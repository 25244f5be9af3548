"""Distance on the Earth."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.geo import EARTH_RADIUS_KM, great_circle


def test_from_pole_to_pole_is_half_way_round() -> None:
    assert float(great_circle(90.0, 0.0, -90.0, 0.0)) == pytest.approx(math.pi * EARTH_RADIUS_KM)


def test_paris_lies_344_km_from_london() -> None:
    assert float(great_circle(48.8566, 2.3522, 51.5074, -0.1278)) == pytest.approx(343.6, abs=0.1)


def test_places_broadcast_and_single_precision_stays_single() -> None:
    latitude, longitude = np.array([0.0, 45.0, 90.0], np.float32), np.array([0.0, 90.0, 180.0], np.float32)
    km = great_circle(latitude[:, None], longitude[:, None], latitude, longitude)
    assert (km.shape, km.dtype) == ((3, 3), np.float32)
    assert (km == km.T).all()
    assert (np.diag(km) == 0.0).all()
