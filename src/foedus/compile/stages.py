"""What the parts of a program hand out, as rows of its graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from foedus.compile.graph import Graph, Rows
from foedus.compile.operands import Operand
from foedus.compile.refusal import Untraceable
from foedus.compile.traced import Summed


@dataclass(frozen=True)
class ProgramResult:
    """Rows that a program hands out.

    summed  over the futures of a chunk
    """

    rows: Rows
    kind: str
    summed: bool = False

    @cached_property
    def flat(self) -> Rows:
        """Its rows in one line."""
        return self.rows.reshape(-1)


@dataclass(frozen=True)
class ProgramStage:
    """What one of the three parts of a program hands out: what the next year starts from, and the record's measures."""

    carried: dict[str, ProgramResult]
    record: dict[tuple[str, str], ProgramResult]


def result_of(value: Any, futures: int, graph: Graph) -> ProgramResult:
    """Rows of a value; raise Untraceable for one that has neither an axis of futures nor a sum over them."""
    if isinstance(value, Summed):
        return ProgramResult(value.rows, "f", summed=True)
    operand = Operand(value, graph, futures)
    rows = operand.rows if operand.wide or not operand.rows.ndim else operand.rows[..., 0]
    if not operand.wide and np.shape(value)[-1:] not in ((1,), (futures,)):
        raise Untraceable("a measure without futures", "Give it an axis of futures, or sum over them.")
    return ProgramResult(rows, operand.kind)
