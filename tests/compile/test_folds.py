"""Sums over groups, and numbers that a row can hold, as they are traced."""

from __future__ import annotations

import numpy as np

from foedus.compile import ufuncs  # noqa: F401 - says what operators do to traced arrays
from foedus.compile.candidates import Candidates
from foedus.compile.folds import grouped
from foedus.compile.graph import Graph, Rows
from foedus.compile.traced import Array


def inputs(graph: Graph, count: int, kind: str = "f") -> Rows:
    return graph.add("state", [], count, kind, (f"{kind}{count}",))


def zero(graph: Graph) -> Rows:
    return graph.constant(np.zeros(1, dtype=np.float32), "f")


def test_groups_of_one_short_length_are_added_up_by_operations_and_others_by_a_fold() -> None:
    graph = Graph()
    rows = inputs(graph, 6)
    grouped(graph, "add", [rows[:2], rows[2:4], rows[4:]])
    assert [node.op for node in graph.nodes] == ["state", "add"]
    grouped(graph, "add", [rows[:2], rows[2:5]])
    assert [node.op for node in graph.nodes] == ["state", "add", "fold"]


def test_only_the_first_zero_of_a_sum_is_added_and_the_bits_are_the_same() -> None:
    graph = Graph()
    rows, nothing = inputs(graph, 3), zero(graph)
    grouped(graph, "add", [np.concatenate([rows[:1], nothing, rows[1:2], nothing, nothing, rows[2:]]), rows[:2]])
    (fold,) = [node for node in graph.nodes if node.op == "fold"]
    assert fold.detail == ("add", (4, 6))
    assert fold.args[0].tolist() == [rows[0], nothing[0], rows[1], rows[2], rows[0], rows[1]]
    for values in np.array(np.meshgrid(*[[-0.0, 0.0, 1.5, -1.5]] * 3), dtype=np.float32).reshape(3, -1).T:
        a, b, c = values
        none = np.float32(0.0)
        assert (a + none + b + none + none + c).tobytes() == (a + none + b + c).tobytes()


def test_a_sum_of_nothing_but_zeros_is_zero() -> None:
    graph = Graph()
    assert grouped(graph, "add", [np.repeat(zero(graph), 3), np.empty(0, dtype=np.int64)]).tolist() == [
        *zero(graph),
        *zero(graph),
    ]


def test_numbers_that_a_row_can_hold_are_those_of_its_group_and_its_choices() -> None:
    graph = Graph()
    largest = graph.add("which", [inputs(graph, 3)], 2, "i", ((2, 3), (4, 7, 9), 11))
    truth, one = inputs(graph, 2, "b"), graph.constant(np.ones(2), "i")
    chosen = graph.apply("where", "i", "bii", [truth, largest, one])
    assert Candidates(graph).of(chosen) == [(1, 4, 7, 11), (1, 9, 11)]
    assert Candidates(graph).of(graph.apply("iadd", "i", "ii", [largest, one])) == [(5, 8, 12), (10, 12)]
    assert Candidates(graph).of(inputs(graph, 2, "i")) is None


def test_half_of_one_and_a_tangent_is_one_logistic_operation_and_no_other_sum_is() -> None:
    graph = Graph()
    tangent = Array.of(graph, inputs(graph, 3), "f", 53, wide=True, selection=None)
    chance = np.tanh(tangent) * np.float32(0.5)
    assert [graph.node_of(row).op for row in (chance + 0.5).rows] == ["logistic"] * 3
    for other in (chance + 0.25, np.tanh(tangent) * np.float32(0.25) + 0.5, tangent * np.float32(0.5) + 0.5):
        assert [graph.node_of(row).op for row in other.rows] == ["add"] * 3
