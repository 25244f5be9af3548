"""The graph of a year: what is computed from what, row by row, futures left open.

A row is one number in every future: one state's product, one pair's hostility, one parameter. It has an identity, an
integer: from 0 up for what is computed, below 0 for a constant. A node computes some rows by one operation, from rows
given by their identities; so picking, repeating, stacking and reshaping cost nothing, they only name rows in another
order. Equal nodes are one node, and what depends on constants alone is computed at once, by the operations with which
NumPy runs the graph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.operations import OPERATIONS

Rows = NDArray[np.int64]
"""identities of rows"""

KINDS = {"f": np.dtype(np.float32), "b": np.dtype(np.bool_), "i": np.dtype(np.int32)}
"""What a row can hold: floats in single precision, truths, whole numbers."""

WORTH_DEDUPING = 0.8
"""Share of distinct rows below which an operation computes each distinct row once and refers to it."""


@dataclass(frozen=True, eq=False)
class Node:
    """Some rows computed by one operation.

    op      name in `operations.OPERATIONS`, or one of `input`, `draw`, `fold`, `pick`, `lookup`, `put`
    args    rows that each of its rows is computed from
    base    identity of its first row
    count   how many rows
    kind    what they hold, a key of KINDS
    detail  what the operation needs beside
    guard   rows of truths: where one is false in every future of a tile, the row need not be computed
    """

    op: str
    args: tuple[Rows, ...]
    base: int
    count: int
    kind: str
    detail: tuple[Any, ...] = ()
    guard: Rows | None = None

    @property
    def rows(self) -> Rows:
        """Identities of its rows."""
        return np.arange(self.base, self.base + self.count)


@dataclass
class Graph:
    """Nodes in an order in which they can be computed."""

    nodes: list[Node] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)
    """of every constant, by place: row -1 is the first"""
    parents: dict[int, set[int]] = field(default_factory=dict)
    """places of the nodes that a node is computed from, by its id, once they have been asked for"""
    _size: int = 0
    _known: dict[tuple[Any, ...], Node] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    _bases: list[int] = field(default_factory=list)
    _sorted: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def constant(self, values: NDArray[Any], kind: str) -> Rows:
        """Rows of constants of the shape of `values`."""
        held = np.ascontiguousarray(values, dtype=KINDS[kind])
        flat = held.reshape(-1).astype(np.uint32) if kind == "b" else held.reshape(-1).view(np.uint32)
        found, back = np.unique(flat, return_inverse=True)
        return np.array([self._place(int(bits)) for bits in found], dtype=np.int64)[back].reshape(np.shape(values))

    def _place(self, bits: int) -> int:
        if bits not in self._places:
            self._places[bits] = -1 - len(self.bits)
            self.bits.append(bits)
        return self._places[bits]

    def values(self, rows: Rows, kind: str) -> NDArray[Any]:
        """Values of rows that are all constants."""
        bits = np.array([self.bits[-1 - row] for row in rows.reshape(-1).tolist()], dtype=np.uint32).reshape(rows.shape)
        return bits.astype(np.bool_) if kind == "b" else bits.view(KINDS[kind])

    def node_of(self, row: int) -> Node:
        """The node that computes a row."""
        return self.nodes[bisect_right(self._bases, row) - 1]

    def places_of(self, rows: Rows) -> Rows:
        """Place among `nodes` of the node that computes each row, rows 0 or above."""
        if len(self._sorted) != len(self._bases):
            self._sorted = np.array(self._bases, dtype=np.int64)
        return np.searchsorted(self._sorted, rows, side="right") - 1

    def add(
        self,
        op: str,
        args: Sequence[Rows],
        count: int,
        kind: str,
        detail: tuple[Any, ...] = (),
        guard: Rows | None = None,
    ) -> Rows:
        """Rows of a node, which is made unless there is one like it."""
        known = (
            op,
            kind,
            detail,
            count,
            *(rows.tobytes() for rows in args),
            guard.tobytes() if guard is not None else 0,
        )
        node = self._known.get(known)
        if node is None:
            node = Node(op, tuple(args), self._size, count, kind, detail, guard)
            self._known[known] = node
            self.nodes.append(node)
            self._bases.append(node.base)
            self._size += count
        return node.rows

    def apply(self, op: str, kind: str, kinds: str, args: Sequence[Rows], guard: Rows | None = None) -> Rows:
        """Rows of an operation on rows of equal shape, [n] each.

        kind   what comes out
        kinds  what goes in, a letter an argument
        guard  [n] truths under which it is asked for
        """
        settled = self._settled(op, kinds, args)
        open_ = np.flatnonzero(settled == NOWHERE)
        if len(open_) == 0:
            return settled
        some = [rows[open_] for rows in args]
        if all((rows < 0).all() for rows in some):
            with np.errstate(all="ignore"):
                found = OPERATIONS[op](*(self.values(rows, k) for rows, k in zip(some, kinds, strict=True)))
            settled[open_] = self.constant(np.asarray(found), kind)
            return settled
        under = None if guard is None else guard[open_]
        first, back = distinct([*some, *([] if under is None else [under])])
        if len(first) < WORTH_DEDUPING * len(open_):
            some, under = [rows[first] for rows in some], None if under is None else under[first]
            settled[open_] = self.add(op, some, len(first), kind, guard=under)[back]
        else:
            settled[open_] = self.add(op, some, len(open_), kind, guard=under)
        return settled

    def _settled(self, op: str, kinds: str, args: Sequence[Rows]) -> Rows:
        """Rows that follow without computing anything; NOWHERE elsewhere."""
        settled = np.full(args[0].shape, NOWHERE, dtype=np.int64)
        if op == "where":
            truth, yes, no = args
            one, none = self._place(1), self._place(0)
            settled = np.where(truth == one, yes, np.where(truth == none, no, settled))
            return np.where(yes == no, yes, settled)
        if op in ("and", "or"):
            one, none = self._place(1), self._place(0)
            stays, ends = (one, none) if op == "and" else (none, one)
            for mine, other in (args, args[::-1]):
                settled = np.where(mine == stays, other, np.where(mine == ends, ends, settled))
            return np.where(args[0] == args[1], args[0], settled)
        if op == "multiply" and kinds == "ff":
            one = self._place(int(np.float32(1.0).view(np.uint32)))
            return np.where(args[0] == one, args[1], np.where(args[1] == one, args[0], settled))
        if op == "divide":
            one = self._place(int(np.float32(1.0).view(np.uint32)))
            return np.where(args[1] == one, args[0], settled)
        if op == "subtract" and kinds == "ff":
            return np.where(args[1] == self._place(0), args[0], settled)
        return settled


NOWHERE = np.iinfo(np.int64).min
"""Stands for a row that is not known yet."""


def distinct(columns: Sequence[Rows]) -> tuple[Rows, Rows]:
    """First place of every distinct combination of `columns`, [n] each, in order, and which of them each [n] is."""
    if any((np.diff(column) > 0).all() for column in columns):
        return np.arange(len(columns[0])), np.arange(len(columns[0]))
    code = columns[0]
    for number, column in enumerate(columns[1:]):
        if number:
            _, code = np.unique(code, return_inverse=True)
        code = (code.astype(np.int64) << 32) + (column & 0xFFFFFFFF)
    _, first, back = np.unique(code, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[back]
