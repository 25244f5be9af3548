"""Sums over rows that belong together: pairs by target, links by guarantor, members by pool, groups by sponsor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Adder:
    """Sums rows by group, each group's in order: pairs by target, links by guarantor, members by pool."""

    rows: tuple[Indices, ...]
    """rows of each group that has any, the largest group first"""
    groups: Indices
    """[n] which groups these are"""
    turns: tuple[Indices, ...]
    """the first row of every group in `groups`, the second of those that have two, and so on"""
    count: int
    """how many groups there are"""

    @staticmethod
    def of(group: Indices, count: int) -> Adder:
        """Make the adder of rows that belong to groups `group` [N]; rows of groups from `count` on are left out."""
        held = [np.flatnonzero(group == one) for one in range(count)]
        groups = np.array(sorted(range(count), key=lambda one: -len(held[one])), dtype=np.intp)
        groups = groups[[len(held[one]) > 0 for one in groups]]
        rows = tuple(held[one] for one in groups)
        most = max(map(len, rows), default=0)
        turns = tuple(np.array([own[turn] for own in rows if len(own) > turn], dtype=np.intp) for turn in range(most))
        return Adder(rows, groups, turns, count)

    def __call__(self, values: Floats) -> Floats:
        """Sum the rows of `values` [N, F], [groups, F]: group by group or turn by turn, whichever are fewer."""
        found = np.zeros((self.count, values.shape[1]), dtype=values.dtype)
        if len(self.groups) < len(self.turns):
            for one, rows in zip(self.groups, self.rows, strict=True):
                np.add.reduce(values.take(rows, axis=0), axis=0, out=found[one], initial=0.0)
            return found
        total = np.zeros((len(self.groups), values.shape[1]), dtype=values.dtype)
        for rows in self.turns:
            total[: len(rows)] += values.take(rows, axis=0)
        found[self.groups] = total
        return found
