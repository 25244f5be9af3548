"""Rows in the arena: where they lie, how they are copied, what is put there before a tile and before a year.

A row of words is a word a future; a row of truths, where they are packed, a bit a future, behind all rows of words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Node, Rows
from foedus.compile.grouping import FIRST, LATER, ONCE
from foedus.compile.llvm_text import HELD, Function, LoopTurn
from foedus.compile.loops import LoopPlan


class ArenaWriter(ABC):
    """Part of a writer: the arena of a plan."""

    plan: LoopPlan
    graph: Graph
    width: int

    @abstractmethod
    def table(self, values: Any, kind: str = "i32") -> str:
        """A constant array, by its name."""

    @abstractmethod
    def uniform_at(self, f: Function, node: Node) -> str:
        """Pointer to the first figure of an input that is the same in all futures."""

    def packed(self, kind: str) -> bool:
        """Whether rows of a kind are a bit a future."""
        return kind == "b" and self.plan.arena.packed

    def bytes_of(self, kind: str) -> int:
        """Bytes of a row."""
        return self.width // 8 if self.packed(kind) else 4 * self.width

    def held(self, f: Function, kind: str) -> str:
        """The type of a row in memory."""
        return f"i{self.width}" if self.packed(kind) else f.type(HELD[kind])

    def offsets(self, rows: Rows, stage: int, kind: str) -> Any:
        """Bytes from the beginning of the arena at which rows of a kind lie in a stage, [n]."""
        found = np.empty(len(rows), dtype=np.int64)
        fixed, arena = rows < 0, self.plan.arena
        for at in np.flatnonzero(fixed).tolist():
            row = int(rows[at])
            found[at] = self.graph.bits[-1 - row] if self.packed(kind) else arena.constants[row]
        if not fixed.all():
            owner = np.where(fixed, -1, self.graph.places_of(np.maximum(rows, 0)))
            for place in np.unique(owner[~fixed]).tolist():
                mine = owner == place
                found[mine] = arena.slots[stage][place] + rows[mine] - self.graph.nodes[place].base
        return self.offset(found, kind)

    def offset(self, slot: Any, kind: str) -> Any:
        """Bytes from the beginning of the arena at which a slot lies."""
        return slot * self.bytes_of(kind) + (4 * self.width * self.plan.arena.words if self.packed(kind) else 0)

    def at(self, f: Function, offset: int) -> str:
        """Pointer to a place in the arena."""
        return f.put(f"getelementptr inbounds i8, ptr %a, i64 {offset}")

    def carried(self) -> str:
        """What the next year starts from, put where inputs lie: out of the start, the first year, later ones."""
        program = self.plan.schedule.program
        texts = []
        for stage, part, name in (
            (ONCE, program.start, "start"),
            (FIRST, program.first, "first"),
            (LATER, program.later, "later"),
        ):
            f = Function(self.width)
            f.label("entry")
            state = {node.detail[0]: node for node in self.graph.nodes if node.op == "state"}
            for packed in (False, True):
                moved = [
                    [self.offsets(rows, stage, state[n].kind) for rows in (r.flat, state[n].rows)]
                    for n, r in part.carried.items()
                    if n in state and self.packed(state[n].kind) == packed
                ]
                if moved:
                    source, target = (np.concatenate(side) for side in zip(*moved, strict=True))
                    self._moved(f, source, target, "b" if packed else "i")
            f.do("ret void")
            texts.append("\n".join([f"define internal void @carry_{name}(ptr %c, ptr %a) noinline {{", *f.lines, "}"]))
        return "\n".join(texts)

    def _moved(self, f: Function, source: Any, target: Any, kind: str) -> None:
        """Copy rows; those that lie where others are written to are read before."""
        held, changed = self.held(f, kind), source != target
        crossing = np.isin(source, target[changed]) & changed
        kept = [
            (f.put(f"load {held}, ptr {self.at(f, a)}, align {self.bytes_of(kind)}"), b)
            for a, b in zip(source[crossing].tolist(), target[crossing].tolist(), strict=True)
        ]
        plain = changed & ~crossing
        self.copy(f, source[plain], target[plain], kind)
        for value, b in kept:
            f.do(f"store {held} {value}, ptr {self.at(f, b)}, align {self.bytes_of(kind)}")

    def copy(self, f: Function, sources: Any, targets: Any, kind: str) -> None:
        """Copy rows of the arena from places to others, runs of neighbours at once."""
        size = self.bytes_of(kind)
        runs: list[list[int]] = []
        for source, target in zip(sources.tolist(), targets.tolist(), strict=True):
            if runs and [end + runs[-1][2] * size for end in runs[-1][:2]] == [source, target]:
                runs[-1][2] += 1
            else:
                runs.append([source, target, 1])
        for source, target, count in runs:
            if count >= 4:
                a, b = self.at(f, source), self.at(f, target)
                f.do(
                    f"call void @llvm.memcpy.p0.p0.i64(ptr align {size} {b}, ptr align {size} {a}, i64 {count * size}, "
                    "i1 false)"
                )
        singles = [[end + k * size for end in run[:2]] for run in runs if run[2] < 4 for k in range(run[2])]
        if singles:
            self._copy_by_table(f, singles, kind)

    def _copy_by_table(self, f: Function, pairs: list[list[int]], kind: str) -> None:
        turn = LoopTurn(f, len(pairs))
        table = self.table([place for pair in pairs for place in pair])
        pair = f.put(f"getelementptr inbounds [2 x i32], ptr {table}, i64 {turn.index}")
        ends = []
        for side in (0, 4):
            number = f.put(f"load i32, ptr {f.put(f'getelementptr inbounds i8, ptr {pair}, i64 {side}')}, align 4")
            ends.append(f.put(f"getelementptr inbounds i8, ptr %a, i64 {f.put(f'zext i32 {number} to i64')}"))
        held, size = self.held(f, kind), self.bytes_of(kind)
        value = f.put(f"load {held}, ptr {ends[0]}, align {size}")
        f.do(f"store {held} {value}, ptr {ends[1]}, align {size}")
        turn.end()

    def splats(self) -> str:
        """Constants and inputs that are the same in all futures, put into the arena beside rows that are not."""
        texts = []
        for yearly, name in ((False, "once"), (True, "year")):
            f = Function(self.width)
            f.label("entry")
            if not yearly:
                self._constants(f)
            for place in sorted(self.plan.splats):
                node = self.graph.nodes[place]
                if node.detail[0].yearly == yearly:
                    self._splat(f, node, self.offset(self.plan.slots[ONCE][place], node.kind))
            f.do("ret void")
            texts.append(
                "\n".join([f"define internal void @splat_{name}(ptr %c, ptr %a, i64 %y) noinline {{", *f.lines, "}"])
            )
        return "\n".join(texts)

    def _constants(self, f: Function) -> None:
        for row, slot in self.plan.arena.constants.items():
            value = f.splat("i32", str(int(np.uint32(self.graph.bits[-1 - row]).view(np.int32))))
            f.do(f"store {f.type('i32')} {value}, ptr {self.at(f, 4 * self.width * slot)}, align 64")
        if self.packed("b"):
            for slot, value in enumerate(("0", "-1")):
                f.do(f"store i{self.width} {value}, ptr {self.at(f, self.offset(slot, 'b'))}, align {self.width // 8}")

    def _splat(self, f: Function, node: Node, offset: int) -> None:
        source, size = self.uniform_at(f, node), self.bytes_of(node.kind)
        turn = LoopTurn(f, node.count)
        at = f.put(f"getelementptr inbounds i32, ptr {source}, i64 {turn.index}")
        one = f.put(f"load i32, ptr {at}, align 4")
        if self.packed(node.kind):
            value = f.put(f"sext i1 {f.put(f'icmp ne i32 {one}, 0')} to i{self.width}")
        else:
            value = f.spread("i32", one)
        moved = f.put(f"mul i64 {turn.index}, {size}")
        target = f.put(f"getelementptr inbounds i8, ptr {self.at(f, offset)}, i64 {moved}")
        kind = f"i{self.width}" if self.packed(node.kind) else f.type("i32")
        f.do(f"store {kind} {value}, ptr {target}, align {size}")
        turn.end()
