"""Groups of rows folded in order: sums and maxima over members that are known while a year is traced."""

from __future__ import annotations

import numpy as np

from foedus.compile.graph import Graph, Rows

LONG_FOLD = 16
"""Rows up to which a fold is written out as operations, which fuse with their neighbours."""


def folded(graph: Graph, op: str, parts: list[Rows]) -> Rows:
    """Rows of `parts` [n] each, added up or compared in order."""
    if len(parts) <= LONG_FOLD:
        total = parts[0]
        for part in parts[1:]:
            total = graph.apply(op, "f", "ff", [total, part])
        return total
    return grouped(graph, op, [np.array(group) for group in zip(*parts, strict=True)])


def grouped(graph: Graph, op: str, groups: list[Rows]) -> Rows:
    """A row for each group of rows, folded in order; 0 for a group of none."""
    zero = int(graph.constant(np.zeros(1, dtype=np.float32), "f")[0])
    found = np.full(len(groups), zero, dtype=np.int64)
    members = [_without_zeros(group, zero) if op == "add" else group for group in groups]
    for place, group in enumerate(members):
        if len(group) == 1:
            found[place] = group[0]
    many = [place for place, group in enumerate(members) if len(group) > 1]
    if not many:
        return found
    lengths = {len(members[place]) for place in many}
    if len(lengths) == 1 and max(lengths) <= LONG_FOLD:
        found[many] = folded(graph, op, list(np.stack([members[place] for place in many], axis=1)))
        return found
    ends = np.cumsum([len(members[place]) for place in many])
    rows = np.concatenate([members[place] for place in many])
    found[many] = graph.add("fold", [rows], len(many), "f", (op, tuple(ends.tolist())))
    return found


def _without_zeros(group: Rows, zero: int) -> Rows:
    """A group to be added up, without zeros after the first: once one was added, no more of them can change the sum."""
    zeros = np.flatnonzero(group == zero)
    return np.delete(group, zeros[1:])
