"""Columns of figures by key, with the ranges of their facts; what links provide, principal and second ones alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from foedus import terms
from foedus.world.facttable import Fact
from foedus.world.model import Floats

Key = tuple[str, ...]
Found = Mapping[tuple[Key, str], Fact]
"""Latest facts of a table by key and variable."""

BOUNDS = (("", "value"), ("_low", "low"), ("_high", "high"))
"""Ends of names of fields that hold a figure and its range, and what of a fact each holds."""


def read_column(found: Found, keys: Sequence[Key], variable: str, missing: float, bound: str = "value") -> Floats:
    """One variable of every key, [n], or an end of its range (`low`, `high`); `missing` where no fact gives it."""
    facts = [found.get((key, variable)) for key in keys]
    return np.array([missing if fact is None else fact.at(bound) for fact in facts])


def read_ranged(found: Found, keys: Sequence[Key], variables: Sequence[str], missing: float) -> dict[str, Floats]:
    """Each variable of every key as three fields, [n]: the figure by its name, its range by `_low` and `_high`."""
    return {
        f"{name}{end}": read_column(found, keys, name, missing, bound) for name in variables for end, bound in BOUNDS
    }


def provided(found: Found, keys: Sequence[Key], order: Mapping[str, int], missing: float) -> dict[str, Any]:
    """Fields of `Links` that say who provides what to whom, [L] and [L, C].

    keys     guarantor and ally of each link; each has a fact on its pledge, whose note is the link's basis
    order    place of each state
    missing  what stands where no fact gives a channel, troops or stakes
    """
    levels = read_ranged(found, keys, [f"channel_{name}" for name in terms.CHANNELS], missing)
    channels = {
        f"channels{end}": np.stack([levels[f"channel_{name}{end}"] for name in terms.CHANNELS], axis=1)
        for end, _ in BOUNDS
    }
    return {
        "guarantor": np.array([order[guarantor] for guarantor, _ in keys], dtype=np.intp),
        "ally": np.array([order[ally] for _, ally in keys], dtype=np.intp),
        **channels,
        **read_ranged(found, keys, ("troops", "stakes"), missing),
        "basis": tuple(found[key, "channel_pledge"].note for key in keys),
    }
