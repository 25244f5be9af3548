"""Trials on disk: one file each, written whole, read back or passed over."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from foedus.advise.tally import Tally
from foedus.files import whole


def written(place: Path | None, tally: Tally) -> None:
    """Keep a trial; nowhere when there is no place."""
    if place is not None:
        with whole(place) as own, own.open("wb") as file:
            np.savez(file, outcomes=tally.outcomes, watched=tally.watched)


def read(place: Path | None) -> Tally | None:
    """A trial as it was kept; None where it was not, or where the file cannot be read."""
    if place is None or not place.exists():
        return None
    try:
        with np.load(place) as file:
            return Tally(file["outcomes"], file["watched"])
    except (OSError, ValueError, KeyError, EOFError):
        return None
