"""Run a program node by node with NumPy: slower than compiled, with the same bits, and everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.compile.graph import KINDS, Graph, Node, Rows
from foedus.compile.operations import OPERATIONS
from foedus.compile.program import WATCHED
from foedus.compile.reach import RowReach
from foedus.compile.schedule import NodeSchedule
from foedus.compile.stages import ProgramResult
from foedus.engine import record
from foedus.engine.keeping import EVERYTHING, Kept
from foedus.engine.measure import Group
from foedus.engine.setting import REVIEW_YEARS, Setting

LANES = 16
"""Futures that a sum over futures adds up as a tree; the sums of each so many follow in order."""


def run(
    schedule: NodeSchedule, setting: Setting, kept: Kept = EVERYTHING, room: memoryview | None = None
) -> record.Record:
    """The record of a chunk; in `room`, as `engine.chunk.run_chunk`."""
    found = record.empty(record.Shape.of(setting.layout, len(setting.years), setting.futures, kept), room)
    with np.errstate(all="ignore"):
        machine = Machine(schedule, setting)
        machine.compute(schedule.once, 0)
        state = machine.handed_out(schedule.program.start.carried)
        for year in range(len(setting.years)):
            stage = schedule.program.later if year else schedule.program.first
            machine.state = state
            machine.compute(schedule.later if year else schedule.first, year)
            state = state | machine.handed_out(stage.carried)
            for key, result in stage.record.items():
                values = machine.result(result)
                keep_year(found, key, values.reshape(*result.rows.shape, *values.shape[1:]), year, setting)
            machine.forget()
    record.refuse_gaps(found, setting.years)
    return found


def keep_year(found: record.Record, key: tuple[str, str], values: NDArray[Any], year: int, setting: Setting) -> None:
    """Write one measure of a year into a record, as `engine.record.keep`; of options, sums over futures."""
    table, name = key
    if table == "options":
        if year % REVIEW_YEARS == 0:
            weight = min(REVIEW_YEARS, len(setting.years) - year) / len(setting.years)
            found.options[...] += weight * (values / setting.futures)
    elif table == WATCHED:
        if name not in found.watched:
            found.watched[name] = np.empty((len(setting.years), *values.shape), dtype=np.float32)
        found.watched[name][year] = values
    elif (group := Group(table)).counted:
        found.tables[group][name] += values
    else:
        found.tables[group][name][year] = values


class Machine:
    """Values of rows that have been computed, [rows, F] a node."""

    def __init__(self, schedule: NodeSchedule, setting: Setting) -> None:
        self.schedule, self.graph, self.setting = schedule, schedule.graph, setting
        self.futures = setting.futures
        self.once: dict[int, NDArray[Any]] = {}
        self.values: dict[int, NDArray[Any]] = self.once
        self.state: dict[str, NDArray[Any]] = {}
        self.year = 0

    def compute(self, order: Sequence[int], year: int) -> None:
        """Compute nodes for a year, by place."""
        self.year = year
        self.values = self.once if order is self.schedule.once else {}
        only_when = {} if self.values is self.once else self.schedule.only_when[year == 0]
        for place in order:
            flag = only_when.get(place)
            if flag is not None and not self.truth(flag):
                continue
            node = self.graph.nodes[place]
            self.values[place] = self._computed(node)

    def forget(self) -> None:
        """Forget what the year computed."""
        self.values = {}

    def handed_out(self, carried: dict[str, ProgramResult]) -> dict[str, NDArray[Any]]:
        """What the next year starts from."""
        return {name: np.array(self.result(result)) for name, result in carried.items()}

    def result(self, result: ProgramResult) -> NDArray[Any]:
        """Values [n, F] of a result; its sums [n] where it is summed."""
        flat = self.rows(result.flat, result.kind)
        return summed(flat) if result.summed else flat

    def rows(self, rows: Rows, kind: str) -> NDArray[Any]:
        """Values [n, F] of rows."""
        known = self.schedule.reached.get(id(rows))
        if known is None or known.rows is not rows:
            known = RowReach.of(self.graph, rows, kind)
            self.schedule.reached[id(rows)] = known
        if known.fixed is not None and not known.parts:
            return np.broadcast_to(known.fixed, (len(rows), self.futures))
        if known.whole is not None:
            place, picked = known.whole
            held = self._held(place)
            return held if picked is None else np.asarray(held[picked])
        found = np.empty((len(rows), self.futures), dtype=KINDS[kind])
        if known.fixed is not None:
            found[known.where] = known.fixed
        for place, mine, picked in known.parts:
            found[mine] = self._held(place)[picked]
        return found

    def truth(self, row: int) -> bool:
        """A truth that is the same in all futures."""
        if row < 0:
            return bool(self.graph.values(np.array([row]), "b")[0])
        place = int(self.graph.places_of(np.array([row]))[0])
        return bool(self._held(place)[row - self.graph.nodes[place].base, 0])

    def _held(self, place: int) -> NDArray[Any]:
        return self.values[place] if place in self.values else self.once[place]

    def _computed(self, node: Node) -> NDArray[Any]:
        if node.op == "when":
            flag, yes, no = node.args
            return self.rows(yes if self.truth(int(flag[0])) else no, node.kind)
        if node.op in OPERATIONS:
            kinds = argument_kinds(self.graph, node)
            return np.asarray(OPERATIONS[node.op](*(self.rows(x, k) for x, k in zip(node.args, kinds, strict=True))))
        found: NDArray[Any] = getattr(self, f"_{node.op}")(node)
        return found

    def _parameter(self, node: Node) -> NDArray[Any]:
        return np.asarray(self.setting.p[node.detail[0]], dtype=np.float32)[None]

    def _uniform(self, node: Node) -> NDArray[Any]:
        values = np.asarray(node.detail[0].read(self.setting, self.year)).reshape(-1, 1).astype(KINDS[node.kind])
        return np.broadcast_to(values, (node.count, self.futures))

    def _state(self, node: Node) -> NDArray[Any]:
        return self.state[node.detail[0]].reshape(node.count, self.futures)

    def _draw(self, node: Node) -> NDArray[Any]:
        name, whose = node.detail
        use, year = self.schedule.program.inputs.keys[name]
        draws = self.setting.draws if whose == "luck" else self.setting.unknowns
        actors = self.graph.values(node.args[0], "i").astype(np.uint32).astype(np.uint64)
        year = self.year if year is None else year
        if node.guard is None:
            return draws.uniform(year, use, actors)
        place, future = np.nonzero(self.rows(node.guard, "b"))
        found = np.full((node.count, self.futures), 0.5, dtype=np.float32)
        found[place, future] = draws.sparse(year, use, actors[place], future)
        return found

    def _fold(self, node: Node) -> NDArray[Any]:
        op, ends = node.detail
        values, work = self.rows(node.args[0], "f"), OPERATIONS[op]
        starts = np.array([0, *ends[:-1]])
        lengths = np.array(ends) - starts
        total = values[starts]
        for turn in range(1, int(lengths.max())):
            more = np.flatnonzero(lengths > turn)
            total[more] = work(total[more], values[starts[more] + turn])
        return np.asarray(total)

    def _which(self, node: Node) -> NDArray[Any]:
        ends, pairs, nobody = node.detail
        starts = np.array([0, *ends[:-1]])
        lengths, pair = np.array(ends) - starts, np.array(pairs)
        values = self.rows(node.args[0], "f")
        best = np.full((node.count, self.futures), -1.0, dtype=np.float32)
        found = np.full((node.count, self.futures), nobody, dtype=np.int32)
        for turn in range(int(lengths.max())):
            more = np.flatnonzero(lengths > turn)
            here = values[starts[more] + turn]
            higher = best[more] < here
            best[more] = np.where(higher, here, best[more])
            found[more] = np.where(higher, pair[starts[more] + turn][:, None], found[more])
        return found

    def _pick(self, node: Node) -> NDArray[Any]:
        index, values = self.rows(node.args[0], "i"), self.rows(node.args[1], node.kind)
        return np.take_along_axis(values, np.clip(index, 0, len(values) - 1), axis=0)

    def _lookup(self, node: Node) -> NDArray[Any]:
        table = self.graph.values(np.array(node.detail[0]), node.kind)
        return np.asarray(table[np.clip(self.rows(node.args[0], "i"), 0, len(table) - 1)])

    def _put(self, node: Node) -> NDArray[Any]:
        old, index, mask, written = node.args
        found = np.array(self.rows(old, node.kind))
        row, future = np.nonzero(self.rows(mask, "b"))
        found[self.rows(index, "i")[row, future], future] = self.rows(written, node.kind)[row, future]
        return found


def summed(values: NDArray[Any]) -> NDArray[np.float64]:
    """Sums [n] of figures [n, F] over futures in double precision: LANES at a time as a tree, then in order."""
    rows, futures = values.shape
    whole = np.zeros((rows, -(-futures // LANES) * LANES))
    whole[:, :futures] = values
    lanes = whole.reshape(rows, -1, LANES)
    while lanes.shape[-1] > 1:
        half = lanes.shape[-1] // 2
        lanes = lanes[..., :half] + lanes[..., half:]
    return np.asarray(lanes[..., 0].cumsum(axis=1)[:, -1])


ARGUMENTS = {
    "and": "bb", "or": "bb", "not": "b", "iadd": "ii", "isub": "ii", "imul": "ii", "iless": "ii", "iequal": "ii",
    "inot_equal": "ii", "iless_equal": "ii",
}  # fmt: skip


def argument_kinds(graph: Graph, node: Node) -> str:
    """What an operation's arguments hold."""
    if node.op in ("where", "when"):
        return "b" + node.kind * 2
    if node.op in ("lookup", "pick"):
        return "i" + node.kind * (node.op == "pick")
    if node.op == "float":
        return graph.node_of(int(node.args[0].max())).kind
    return ARGUMENTS.get(node.op, "f" * len(node.args))
