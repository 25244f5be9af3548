"""Loops of their own kind: folds, the largest of a group, entries written over rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.compile.graph import Node
from foedus.compile.llvm_arithmetic import OPERATIONS
from foedus.compile.llvm_rows import Reader
from foedus.compile.llvm_text import LoopTurn, floating


@dataclass(frozen=True)
class Inner:
    """A loop that carries values."""

    name: str
    index: str
    carried: list[str]
    kinds: list[str]
    results: list[str]


class Groups(Reader):
    """Writes loops over groups of rows."""

    def write_fold(self, nodes: list[Node]) -> None:
        """Groups of rows folded in order, by several folds side by side that have groups of the same lengths."""
        ends = nodes[0].detail[1]
        f, slots = self.f, [self.w.offsets(node.args[0], self.loop.stages, "f") for node in nodes]
        outer, first, last = self._over_groups(ends)
        starts = [("float", self._load_slot(some, first)) for some in slots]
        inner = self._inner(f.put(f"add i64 {first}, 1"), last, starts)
        totals = [
            OPERATIONS[node.detail[0]](self.o, f, [total, self._load_slot(some, inner.index)])
            for node, some, total in zip(nodes, slots, inner.carried, strict=True)
        ]
        self._end_inner(inner, totals)
        for place, total in zip(self.loop.nodes, inner.results, strict=True):
            self._store(total, "f", self.slots[place], outer.index)
        outer.end()

    def write_which(self, node: Node) -> None:
        """The pair of each group in which a value is largest; the first of those that tie."""
        ends, pairs, nobody = node.detail
        f, slots = self.f, self.w.offsets(node.args[0], self.loop.stages, "f")
        outer, first, last = self._over_groups(ends)
        inner = self._inner(first, last, [("float", self.o.number(-1.0)), ("i32", self.o.whole(nobody))])
        value = self._load_slot(slots, inner.index)
        at = f.put(f"getelementptr inbounds i32, ptr {self.w.table(pairs)}, i64 {inner.index}")
        pair = f.spread("i32", f.put(f"load i32, ptr {at}, align 4"))
        best, found = inner.carried
        higher = self.o.less(best, value)
        best = f.put(f"select {f.type('i1')} {higher}, {f.type('float')} {value}, {f.type('float')} {best}")
        found = f.put(f"select {f.type('i1')} {higher}, {f.type('i32')} {pair}, {f.type('i32')} {found}")
        self._end_inner(inner, [best, found])
        self._store(inner.results[1], "i", self.slots[self.loop.nodes[0]], outer.index)
        outer.end()

    def _over_groups(self, ends: tuple[int, ...]) -> tuple[LoopTurn, str, str]:
        f = self.f
        outer = LoopTurn(f, len(ends))
        table = self.w.table([0, *ends])
        bounds = []
        for place in (outer.index, f.put(f"add i64 {outer.index}, 1")):
            at = f.put(f"getelementptr inbounds i32, ptr {table}, i64 {place}")
            bounds.append(f.put(f"sext i32 {f.put(f'load i32, ptr {at}, align 4')} to i64"))
        return outer, bounds[0], bounds[1]

    def _row_at(self, offsets: Any, index: str) -> str:
        """Pointer to one of some rows of the arena, by its number among them."""
        f, steps = self.f, np.diff(offsets)
        if len(steps) and (steps == steps[0]).all():
            moved = f.put(f"mul i64 {index}, {int(steps[0])}")
            return f.put(f"getelementptr inbounds i8, ptr {self.w.at(f, int(offsets[0]))}, i64 {moved}")
        at = f.put(f"getelementptr inbounds i32, ptr {self.w.table(offsets)}, i64 {index}")
        moved = f.put(f"zext i32 {f.put(f'load i32, ptr {at}, align 4')} to i64")
        return f.put(f"getelementptr inbounds i8, ptr %a, i64 {moved}")

    def _load_slot(self, slots: Any, index: str) -> str:
        return self.f.put(f"load {self.f.type('float')}, ptr {self._row_at(slots, index)}, align 64")

    def _inner(self, first: str, last: str, carried: list[tuple[str, str]]) -> Inner:
        """A loop that carries values; it may run no turn."""
        f = self.f
        f.count += 1
        name = f"n{f.count}"
        f.do(f"br label %{name}.before")
        f.label(f"{name}.before")
        f.do(f"br label %{name}")
        f.label(name)
        index = f"%{name}.i"
        f.do(f"{index} = phi i64 [ {first}, %{name}.before ], [ {index}.next, %{name}.end ]")
        names = []
        for number, (kind, start) in enumerate(carried):
            here = f"%{name}.c{number}"
            f.do(f"{here} = phi {f.type(kind)} [ {start}, %{name}.before ], [ {here}.next, %{name}.end ]")
            names.append(here)
        more = f.put(f"icmp ult i64 {index}, {last}")
        f.do(f"br i1 {more}, label %{name}.body, label %{name}.after")
        f.label(f"{name}.body")
        return Inner(name, index, names, [kind for kind, _ in carried], names)

    def _end_inner(self, inner: Inner, values: list[str]) -> None:
        f = self.f
        f.do(f"br label %{inner.name}.end")
        f.label(f"{inner.name}.end")
        f.do(f"{inner.index}.next = add i64 {inner.index}, 1")
        for here, kind, value in zip(inner.carried, inner.kinds, values, strict=True):
            none = f.splat(kind, "0" if kind == "i32" else floating(-0.0))
            op = "fadd" if kind == "float" else "add"
            f.do(f"{here}.next = {op} {f.type(kind)} {value}, {none}")
        f.do(f"br label %{inner.name}")
        f.label(f"{inner.name}.after")

    def write_put(self, node: Node) -> None:
        """Rows copied, then some entries written over: those of a list, at rows that depend on values."""
        old, index, mask, written = node.args
        f, stage = self.f, self.loop.stages
        target = self.w.offset(self.slots[self.loop.nodes[0]], node.kind)
        there = target + self.w.bytes_of(node.kind) * np.arange(node.count)
        self.w.copy(f, self.w.offsets(old, stage, node.kind), there, node.kind)
        outer = LoopTurn(f, len(mask))
        truth = self._loaded(self._row_at(self.w.offsets(mask, stage, "b"), outer.index), "b")
        lanes = f.put(f"bitcast {f.type('i1')} {truth} to i{f.width}")
        rows = [
            self._row_at(self.w.offsets(given, stage, kind), outer.index)
            for given, kind in ((index, "i"), (written, node.kind))
        ]
        inner = LoopTurn(f, f.width)
        shifted = f.put(f"lshr i{f.width} {lanes}, {f.put(f'trunc i64 {inner.index} to i{f.width}')}")
        some = f.put(f"trunc i{f.width} {shifted} to i1")
        f.do(f"br i1 {some}, label %{inner.name}.some, label %{inner.name}.none")
        f.label(f"{inner.name}.some")
        values = []
        for start in rows:
            at = f.put(f"getelementptr inbounds i32, ptr {start}, i64 {inner.index}")
            values.append(f.put(f"load i32, ptr {at}, align 4"))
        row = f.put(f"sext i32 {values[0]} to i64")
        start = f.put(f"getelementptr inbounds {f.type('i32')}, ptr {self.w.at(f, target)}, i64 {row}")
        at = f.put(f"getelementptr inbounds i32, ptr {start}, i64 {inner.index}")
        f.do(f"store i32 {values[1]}, ptr {at}, align 4")
        f.do(f"br label %{inner.name}.none")
        f.label(f"{inner.name}.none")
        inner.end()
        outer.end()
